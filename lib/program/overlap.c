/* overlap.c - see overlap.h. A test is a set of intervals of its column's coefficients, of texts the patterns that it
 * lists. Where an end is not constant, the
 * interval is as wide as the checker knows, which can still prove rows apart, but not that they meet.
 */
#include "program/overlap.h"

#include "feel/check.h"

typedef struct interval {
    hz_i128 lo, hi; /* at the column's scale, inclusive; lo > hi: empty */
    bool exact;     /* just these values pass */
    bool null;      /* null may pass too; alone where it is empty */
} interval;

/* The test itself, below what makes null false. */
static const hz_ast *bare(const hz_ast *test)
{
    return test->op == HZ_AST_IF ? test->child[0] : test;
}

/* not(…) around a test. */
static bool is_not(const hz_ast *test)
{
    return test->op == HZ_AST_CALL && test->children == 1 && hz_str_is(test->text, "not");
}

/* A cell that no claim passes. */
static bool is_never(const hz_ast *test)
{
    return test->op == HZ_AST_BOOLEAN && !test->truth;
}

static const hz_ast *column_of(const hz_ast *test)
{
    return is_not(test) ? test->child[0]->child[0] : test->child[0];
}

static bool tests_name(const hz_ast *test)
{
    if (test->op == HZ_AST_PATTERN) return true;
    const hz_ast *inner = is_not(test) ? test->child[0] : test;
    bool comparison = inner->op >= HZ_AST_EQ && inner->op <= HZ_AST_GE;
    return (comparison || inner->op == HZ_AST_IN) && inner->child[0]->op == HZ_AST_NAME;
}

/* Every value of the column. */
static interval all_of(const hz_type *type)
{
    if (type->kind == HZ_KIND_BOOLEAN) return (interval){.lo = 0, .hi = 1};
    if (type->kind == HZ_KIND_CODE) return (interval){.lo = 0, .hi = (hz_i128)type->codes->count - 1};
    return (interval){.lo = type->lo, .hi = type->hi};
}

static bool has_name(const hz_ast *ast)
{
    bool found = ast->op == HZ_AST_NAME || ast->op == HZ_AST_QUESTION;
    for (uint32_t i = 0; i < ast->children && !found; i++) found = has_name(ast->child[i]);
    return found;
}

/* A bound of scale, at the column's: rounded up or down. whole: it is one of its values. False: beyond 128 bits. */
static bool at_scale(hz_i128 bound, int32_t from, int32_t to, bool up, hz_i128 *out, bool *whole)
{
    *whole = true;
    if (from <= to) return hz_decimal_rescale(bound, from, to, out);
    hz_i128 power = hz_power10(from - to);
    hz_i128 quotient = bound / power, rest = bound % power;
    *whole = rest == 0;
    if (rest > 0 && up) quotient++;
    if (rest < 0 && !up) quotient--;
    *out = quotient;
    return true;
}

/* Cuts what lies below (or above) an end off. */
static void cut(interval *in, const hz_type *column, const hz_ast *end, bool below, bool open)
{
    hz_i128 bound;
    bool whole;
    const hz_type *type = &end->type;
    if (has_name(end) || type->lo != type->hi) in->exact = false;
    if (!at_scale(below ? type->lo : type->hi, type->scale, column->scale, below, &bound, &whole)) {
        in->exact = false;
        return;
    }
    if (open && whole) bound += below ? 1 : -1;
    if (below && bound > in->lo) in->lo = bound;
    if (!below && bound < in->hi) in->hi = bound;
}

static interval of_comparison(const hz_type *column, uint8_t op, const hz_ast *with)
{
    interval in = all_of(column);
    in.exact = true;
    in.null = with->type.kind == HZ_KIND_NULL;
    if (in.null) return op == HZ_AST_EQ ? (interval){.lo = 1, .hi = 0, .exact = true, .null = true} : in;
    if (op == HZ_AST_NE) in.exact = false;
    if (op == HZ_AST_EQ || op == HZ_AST_GT || op == HZ_AST_GE) cut(&in, column, with, true, op == HZ_AST_GT);
    if (op == HZ_AST_EQ || op == HZ_AST_LT || op == HZ_AST_LE) cut(&in, column, with, false, op == HZ_AST_LT);
    return in;
}

static uint32_t intervals_in(const hz_ast *test)
{
    if (is_not(test)) return 2;
    return test->op == HZ_AST_IN ? test->children - 1 : 1;
}

static interval interval_at(const hz_ast *test, uint32_t index);

/* What lies below (0) or above (1) the one interval of a test; all where it has several. */
static interval beside(const hz_ast *test, uint32_t index)
{
    interval all = all_of(&test->child[0]->type);
    interval in = intervals_in(test) == 1 ? interval_at(test, 0) : (interval){.exact = false};
    all.null = true;
    if (!in.exact) return all;
    all.exact = true;
    if (in.lo > in.hi) return all;
    if (index == 0) all.hi = in.lo - 1;
    else all.lo = in.hi + 1;
    return all;
}

/* Texts are no intervals: null alone, or any text; patterns_meet looks closer. */
static interval of_text(const hz_ast *test)
{
    bool null = test->op == HZ_AST_EQ && test->child[1]->type.kind == HZ_KIND_NULL;
    return null ? (interval){.lo = 1, .hi = 0, .exact = true, .null = true} : (interval){.lo = 0, .hi = 0};
}

static interval interval_at(const hz_ast *test, uint32_t index)
{
    const hz_type *column = &column_of(test)->type;
    if (is_not(test)) return beside(test->child[0], index);
    if (column->kind == HZ_KIND_STRING) return of_text(test);
    if (test->op != HZ_AST_IN) return of_comparison(column, test->op, test->child[1]);
    const hz_ast *each = test->child[index + 1];
    if (each->op == HZ_AST_TEST) return of_comparison(column, each->compare, each->child[0]);
    if (each->op == HZ_AST_LIST) return all_of(column);
    if (each->op != HZ_AST_RANGE) return of_comparison(column, HZ_AST_EQ, each);
    interval in = all_of(column);
    in.exact = true;
    cut(&in, column, each->child[0], true, each->low_open);
    cut(&in, column, each->child[1], false, each->high_open);
    return in;
}

/* Two cells of patterns: apart where each pattern of the one is apart from each of the other. */
static hz_meeting patterns_meet(const hz_ast *a, const hz_ast *b)
{
    hz_meeting meeting = HZ_ROWS_APART;
    for (uint32_t i = 0; i < a->patterns->count; i++)
        for (uint32_t j = 0; j < b->patterns->count; j++) {
            if (a->patterns->bit[i] != a->bit || b->patterns->bit[j] != b->bit) continue;
            const hz_pattern *x = a->patterns->at[i], *y = b->patterns->at[j];
            if (hz_patterns_apart(x, y)) continue;
            if (hz_str_eq(x->text, y->text) || (x->exact && y->exact)) return HZ_ROWS_MEET;
            meeting = HZ_ROWS_UNSURE;
        }
    return meeting;
}

/* Two tests of one column. */
static hz_meeting tests_meet(const hz_ast *a, const hz_ast *b)
{
    hz_meeting meeting = HZ_ROWS_APART;
    if (a->op == HZ_AST_PATTERN && b->op == HZ_AST_PATTERN) return patterns_meet(a, b);
    for (uint32_t i = 0; i < intervals_in(a); i++)
        for (uint32_t j = 0; j < intervals_in(b); j++) {
            interval x = interval_at(a, i), y = interval_at(b, j);
            hz_i128 lo = x.lo > y.lo ? x.lo : y.lo, hi = x.hi < y.hi ? x.hi : y.hi;
            if (lo > hi && !(x.null && y.null)) continue;
            if (lo <= hi && x.exact && y.exact) return HZ_ROWS_MEET;
            meeting = HZ_ROWS_UNSURE;
        }
    return meeting;
}

/* Whether a condition has a test that is no set of constants. */
static bool has_open_test(const hz_ast *match)
{
    if (match->op == HZ_AST_AND) return has_open_test(match->child[0]) || has_open_test(match->child[1]);
    const hz_ast *test = bare(match);
    if (test->op == HZ_AST_BOOLEAN || test->op == HZ_AST_PATTERN) return false;
    if (!tests_name(test)) return true;
    for (uint32_t i = 0; i < intervals_in(test); i++)
        if (!interval_at(test, i).exact) return true;
    return false;
}

/* One test against those of a row. */
static hz_meeting against(const hz_ast *test, const hz_ast *match)
{
    if (match->op == HZ_AST_AND) {
        hz_meeting one = against(test, match->child[0]);
        hz_meeting other = one == HZ_ROWS_APART ? one : against(test, match->child[1]);
        if (one == HZ_ROWS_APART || other == HZ_ROWS_APART) return HZ_ROWS_APART;
        return one == HZ_ROWS_UNSURE ? one : other;
    }
    match = bare(match);
    if (is_never(test) || is_never(match)) return HZ_ROWS_APART;
    if (!tests_name(test) || !tests_name(match) || column_of(test)->symbol != column_of(match)->symbol) return HZ_ROWS_MEET;
    return tests_meet(test, match);
}

static hz_meeting meet(const hz_ast *a, const hz_ast *b)
{
    if (a->op != HZ_AST_AND) return against(bare(a), b);
    hz_meeting one = meet(a->child[0], b);
    hz_meeting other = one == HZ_ROWS_APART ? one : meet(a->child[1], b);
    if (one == HZ_ROWS_APART || other == HZ_ROWS_APART) return HZ_ROWS_APART;
    return one == HZ_ROWS_UNSURE ? one : other;
}

hz_meeting hz_rows_meet(const hz_ast *a, const hz_ast *b)
{
    hz_meeting meeting = meet(a, b);
    return meeting == HZ_ROWS_MEET && (has_open_test(a) || has_open_test(b)) ? HZ_ROWS_UNSURE : meeting;
}

bool hz_rows_tried(const hz_ast *table, uint32_t a, uint32_t b)
{
    bool any = table->compare == HZ_HIT_ANY;
    if (table->compare != HZ_HIT_UNIQUE && !any) return false;
    if (any && hz_ast_same(table->child[a + 1], table->child[b + 1])) return false;
    return hz_rows_meet(table->child[a], table->child[b]) != HZ_ROWS_APART;
}

hz_meeting hz_tests_meet(const hz_ast *a, const hz_ast *b)
{
    return tests_meet(bare(a), bare(b));
}

uint32_t hz_test_sides(const hz_ast *test)
{
    return intervals_in(bare(test));
}

void hz_test_side(const hz_ast *test, uint32_t index, hz_i128 *lo, hz_i128 *hi)
{
    test = bare(test);
    interval in = is_never(test) ? (interval){.lo = 1, .hi = 0} : tests_name(test) ? interval_at(test, index) : (interval){.lo = HZ_I128_MIN / 2, .hi = HZ_I128_MAX / 2};
    *lo = in.lo;
    *hi = in.hi;
}

bool hz_test_constant(const hz_ast *test, uint32_t index, hz_lookup_side *out, bool *none)
{
    test = bare(test);
    if (!tests_name(test) || test->op == HZ_AST_PATTERN) return false;
    interval in = interval_at(test, index);
    bool values = in.lo <= in.hi, nullable = (column_of(test)->type.absent & HZ_MAY_NULL) != 0;
    if (!in.exact || (values && in.null && nullable) || in.lo < INT64_MIN || in.hi > INT64_MAX) return false;
    *none = !values && !in.null;
    *out = values ? (hz_lookup_side){(int64_t)in.lo, (int64_t)in.hi} : (hz_lookup_side){1, 0};
    return true;
}

/* ---- Bounds ---- */

/* Pairs of fewer rows are quicker tried than prepared. */
#define BOUNDED_ROWS 32
/* Rows are looked at by as many columns. */
#define BOUNDED_COLUMNS 6

typedef struct bounding {
    uint32_t symbol[BOUNDED_COLUMNS];
    uint32_t columns;
    hz_bound *at;
} bounding;

/* All values that a test can pass; false: null, or what is no interval. */
static bool bound_of(const hz_ast *test, hz_bound *out)
{
    if (is_never(test) || !tests_name(test) || column_of(test)->type.kind == HZ_KIND_STRING) return false;
    *out = (hz_bound){HZ_I128_MAX / 2, HZ_I128_MIN / 2};
    for (uint32_t i = 0; i < intervals_in(test); i++) {
        interval in = interval_at(test, i);
        if (in.null) return false;
        if (in.lo < out->lo) out->lo = in.lo;
        if (in.hi > out->hi) out->hi = in.hi;
    }
    return true;
}

static void find_columns(bounding *all, const hz_ast *match)
{
    if (match->op == HZ_AST_AND) {
        find_columns(all, match->child[0]);
        find_columns(all, match->child[1]);
        return;
    }
    hz_bound bound;
    const hz_ast *test = bare(match);
    if (!bound_of(test, &bound)) return;
    for (uint32_t c = 0; c < all->columns; c++)
        if (all->symbol[c] == column_of(test)->symbol) return;
    if (all->columns < BOUNDED_COLUMNS) all->symbol[all->columns++] = column_of(test)->symbol;
}

static void bound_row(const bounding *all, const hz_ast *match, hz_bound *row)
{
    if (match->op == HZ_AST_AND) {
        bound_row(all, match->child[0], row);
        bound_row(all, match->child[1], row);
        return;
    }
    hz_bound bound;
    const hz_ast *test = bare(match);
    if (!bound_of(test, &bound)) return;
    for (uint32_t c = 0; c < all->columns; c++)
        if (all->symbol[c] == column_of(test)->symbol) row[c] = bound;
}

hz_row_bounds hz_row_bounds_of(hz_arena *arena, const hz_ast *table)
{
    bounding all = {.columns = 0};
    uint32_t rows = table->children / 2;
    if (rows < BOUNDED_ROWS) return (hz_row_bounds){0, NULL};
    for (uint32_t r = 0; r < rows; r++) find_columns(&all, table->child[2 * r]);
    all.at = HZ_NEW_MANY(arena, hz_bound, (size_t)rows * all.columns);
    for (uint32_t i = 0; i < rows * all.columns; i++) all.at[i] = (hz_bound){HZ_I128_MIN / 2, HZ_I128_MAX / 2};
    for (uint32_t r = 0; r < rows; r++) bound_row(&all, table->child[2 * r], all.at + (size_t)r * all.columns);
    return (hz_row_bounds){all.columns, all.at};
}

bool hz_row_bounds_part(const hz_row_bounds *bounds, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < bounds->columns; c++) {
        const hz_bound *x = &bounds->at[(size_t)a * bounds->columns + c], *y = &bounds->at[(size_t)b * bounds->columns + c];
        if (x->lo > y->hi || y->lo > x->hi) return true;
    }
    return false;
}
