/* gap.c - see gap.h. The columns span a box; each row takes its part out of it, and what is left is cut into smaller boxes
 * for the rows after it. The first box that is left behind the last row is a gap.
 */
#include "program/gap.h"

#include "program/overlap.h"

#define CELLS_MOST 600     /* rows × columns: how deep the search can get */
#define STEPS_MOST 50000
#define FEASIBLE_COST 100  /* steps that a look at the conditions counts for */

typedef struct side {
    hz_i128 lo, hi;
} side;

typedef struct column {
    uint32_t symbol;
    hz_type type;
    bool computed;         /* a number or date that is no input: only what rows speak of counts */
    bool text;             /* sides are rows: texts that the cell of that row matches */
    uint64_t codes;        /* of codes and booleans: those that there can be */
} column;

typedef struct search {
    hz_checker *checker;
    const hz_table *table;
    const hz_table_version *version;
    column *columns;
    side *box;             /* per column */
    hz_window window;
    hz_gap_known *known;
    uint32_t steps;
} search;

static const hz_ast *test_of(const search *s, uint32_t row, uint32_t c)
{
    return s->version->rows.at[row].cells[c].test;
}

static bool spend(search *s)
{
    return s->steps++ < STEPS_MOST;
}

/* From `from` on, within the box: to where all is in the row's cell, or nothing is. */
static bool next_part(const search *s, uint32_t row, uint32_t c, hz_i128 from, side *part)
{
    const hz_ast *test = test_of(s, row, c);
    hz_i128 inside = from - 1, outside = s->box[c].hi;
    if (s->columns[c].text) {
        const hz_ast *other = test_of(s, (uint32_t)from, c);
        *part = (side){from, from};
        return other != NULL && hz_tests_meet(test, other) != HZ_ROWS_APART;
    }
    for (uint32_t i = 0; i < hz_test_sides(test); i++) {
        hz_i128 lo, hi;
        hz_test_side(test, i, &lo, &hi);
        if (lo <= from && hi > inside) inside = hi;
        if (lo > from && hi >= lo && lo - 1 < outside) outside = lo - 1;
    }
    *part = (side){from, inside >= from ? inside : outside};
    if (part->hi > s->box[c].hi) part->hi = s->box[c].hi;
    return inside >= from;
}

static bool touches(const search *s, uint32_t row)
{
    for (uint32_t c = 0; c < s->table->inputs.count; c++) {
        bool any = test_of(s, row, c) == NULL;
        for (hz_i128 at = s->box[c].lo; at <= s->box[c].hi && !any;) {
            side part;
            any = next_part(s, row, c, at, &part);
            at = part.hi + 1;
        }
        if (!any) return false;
    }
    return true;
}

/* What is known of the plan lets the codes of the box come together. */
static bool is_possible(search *s)
{
    hz_facts *facts = &s->checker->env.facts;
    uint32_t known = facts->list.count;
    bool possible = true;
    facts->work = facts->depth = 0;
    for (uint32_t c = 0; c < s->table->inputs.count && possible; c++) {
        const column *of = &s->columns[c];
        bool listed = of->type.kind == HZ_KIND_CODE || of->type.kind == HZ_KIND_BOOLEAN;
        if (!listed || s->box[c].lo > s->box[c].hi) continue;
        uint32_t bit = s->box[c].lo < 63 ? (uint32_t)s->box[c].lo : 63;
        possible = hz_facts_assume_name(facts, of->symbol, &of->type, (hz_can){(uint64_t)1 << bit, false});
    }
    possible = possible && (s->known == NULL || s->known(s->checker, s->window));
    facts->list.count = known;
    s->steps += FEASIBLE_COST;
    return possible;
}

static bool left_by(search *s, uint32_t row);

/* What a row leaves of the box, column by column from c on. */
static bool left_beside(search *s, uint32_t row, uint32_t c)
{
    while (c < s->table->inputs.count && test_of(s, row, c) == NULL) c++;
    if (c == s->table->inputs.count) return false;
    const side whole = s->box[c];
    for (hz_i128 at = whole.lo; at <= whole.hi;) {
        side part;
        s->box[c] = whole;
        bool inside = next_part(s, row, c, at, &part);
        s->box[c] = part;
        if (inside ? left_beside(s, row, c + 1) : left_by(s, row + 1)) return true;
        at = part.hi + 1;
    }
    s->box[c] = whole;
    return false;
}

/* Something in the box matches no row from this one on; the box is it then. */
static bool left_by(search *s, uint32_t row)
{
    if (!spend(s)) return false;
    while (row < s->version->rows.count && !touches(s, row)) row++;
    return row == s->version->rows.count ? is_possible(s) : left_beside(s, row, 0);
}

/* ---- What the columns can be ---- */

static bool speaks_of(const search *s, uint32_t c, hz_i128 at, hz_i128 *until)
{
    bool any = false;
    hz_i128 end = at - 1, next = s->columns[c].type.hi;
    for (uint32_t row = 0; row < s->version->rows.count; row++) {
        const hz_ast *test = test_of(s, row, c);
        for (uint32_t i = 0; test != NULL && i < hz_test_sides(test); i++) {
            hz_i128 lo, hi;
            hz_test_side(test, i, &lo, &hi);
            if (lo <= at && hi > end) end = hi;
            if (lo > at && hi >= lo && lo - 1 < next) next = lo - 1;
        }
    }
    any = end >= at;
    *until = any ? end : next;
    return any;
}

/* The next part of all that a column can be, from `from` on; false: there is none. */
static bool next_of_column(const search *s, uint32_t c, hz_i128 from, side *part)
{
    const column *of = &s->columns[c];
    if (of->text) {
        while (from < (hz_i128)s->version->rows.count && (test_of(s, (uint32_t)from, c) == NULL || test_of(s, (uint32_t)from, c)->op != HZ_AST_PATTERN)) from++;
        *part = (side){from, from};
        return from < (hz_i128)s->version->rows.count;
    }
    if (of->type.kind == HZ_KIND_CODE || of->type.kind == HZ_KIND_BOOLEAN) {
        while (from <= of->type.hi && (of->codes >> (from < 63 ? (uint32_t)from : 63) & 1) == 0) from++;
        *part = (side){from, from};
        return from <= of->type.hi;
    }
    *part = (side){from, of->type.hi};
    while (of->computed && part->lo <= of->type.hi && !speaks_of(s, c, part->lo, &part->hi)) part->lo = part->hi + 1;
    if (part->hi > of->type.hi) part->hi = of->type.hi;
    return part->lo <= of->type.hi;
}

static bool left_of_all(search *s, uint32_t c)
{
    if (c == s->table->inputs.count) return left_by(s, 0);
    bool asked = false;
    for (uint32_t row = 0; row < s->version->rows.count; row++) asked = asked || test_of(s, row, c) != NULL;
    if (!asked) { /* any value will do */
        s->box[c] = (side){1, 0};
        return left_of_all(s, c + 1);
    }
    side part;
    hz_i128 from = s->columns[c].text ? 0 : s->columns[c].type.lo;
    while (spend(s) && next_of_column(s, c, from, &part)) {
        s->box[c] = part;
        if (left_of_all(s, c + 1)) return true;
        from = part.hi + 1;
    }
    return false;
}

static column column_of(hz_checker *checker, const hz_name_ref *name)
{
    const hz_plan_model *rules = checker->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name->name);
    column out = {.symbol = symbol, .type = checker->plan->symbols[symbol].type};
    bool listed = out.type.kind == HZ_KIND_CODE || out.type.kind == HZ_KIND_BOOLEAN;
    out.text = out.type.kind == HZ_KIND_STRING;
    out.computed = !listed && !out.text && rules->symbols.at[symbol].kind != HZ_SYMBOL_INPUT;
    if (listed) out.codes = hz_facts_of_name(&checker->env.facts, symbol, &out.type).values;
    if (out.type.kind == HZ_KIND_CODE) out.type.hi = (hz_i128)out.type.codes->count - 1;
    if (listed) out.type.lo = 0;
    if (out.type.kind == HZ_KIND_BOOLEAN) out.type.hi = 1;
    return out;
}

/* ---- What is said ---- */

static hz_str shown(const hz_checker *checker, const search *s, uint32_t c)
{
    const hz_type *type = &s->columns[c].type;
    hz_i128 at = s->box[c].lo;
    char text[HZ_DECIMAL_TEXT], day[HZ_DATE_TEXT];
    if (s->columns[c].text) return test_of(s, (uint32_t)at, c)->text;
    if (type->kind == HZ_KIND_CODE) return type->codes->at[at].id;
    if (type->kind == HZ_KIND_BOOLEAN) return at != 0 ? HZ_STR("true") : HZ_STR("false");
    if (type->kind == HZ_KIND_DATE) {
        hz_date_format((int32_t)at, day);
        return hz_arena_printf(checker->arena, "%s", day);
    }
    if (type->kind == HZ_KIND_MONTHS) return hz_arena_printf(checker->arena, "P%lldM", (long long)at);
    if (type->kind == HZ_KIND_DAYS) return hz_arena_printf(checker->arena, "P%lldD", (long long)(at / 86400 / hz_power10(type->scale)));
    hz_decimal_format(at, type->scale, text);
    return hz_arena_printf(checker->arena, "%s", text);
}

/* "kind = c, days = 5": the columns that matter to a row. */
static hz_str example(const hz_checker *checker, const search *s)
{
    hz_str out = HZ_STR("");
    for (uint32_t c = 0; c < s->table->inputs.count; c++) {
        if (s->box[c].lo > s->box[c].hi) continue;
        hz_str value = shown(checker, s, c);
        out = hz_arena_printf(checker->arena, "%.*s%s%.*s %s %.*s", HZ_ARG(out), out.len > 0 ? ", " : "", HZ_ARG(s->table->inputs.at[c].name),
                              s->columns[c].text ? "like" : "=", HZ_ARG(value));
    }
    return out;
}

static void warn(hz_checker *checker, const search *s, const hz_entry *entry, hz_window window)
{
    char day[HZ_DATE_TEXT];
    int32_t first = entry->since.day > window.from ? entry->since.day : window.from;
    hz_str when = HZ_STR("");
    if (first > HZ_DATE_MIN) {
        hz_date_format(first, day);
        when = hz_arena_printf(checker->arena, " on %s", day);
    }
    hz_diag *diag = hz_warn(checker->diags, HZ_E_GAP, entry->since.span, "no row of table `%.*s` matches %.*s%.*s", HZ_ARG(s->table->name), HZ_ARG(example(checker, s)), HZ_ARG(when));
    hz_diag_hint(checker->diags, diag, "add a row for it, or `otherwise:` with what the table gives where no row matches");
}

/* A column of texts in which every row has a pattern: there are always others. */
static bool has_open_texts(const search *s, uint32_t *open)
{
    for (uint32_t c = 0; c < s->table->inputs.count; c++) {
        bool every = s->columns[c].text && s->version->rows.count > 0;
        for (uint32_t row = 0; row < s->version->rows.count && every; row++) every = test_of(s, row, c) != NULL;
        *open = c;
        if (every) return true;
    }
    return false;
}

void hz_check_gap(hz_checker *checker, const hz_table *table, uint32_t version, hz_window window, hz_gap_known *known)
{
    uint32_t columns = table->inputs.count, open;
    const hz_entry *entry = &table->history.entries.at[version];
    search s = {.checker = checker, .window = window, .known = known, .table = table, .version = &table->versions.at[version]};
    uint32_t rows = s.version->rows.count;
    if (rows == 0 || columns == 0 || rows > CELLS_MOST / columns) return;
    s.columns = HZ_NEW_MANY(checker->arena, column, columns);
    s.box = HZ_NEW_MANY(checker->arena, side, columns);
    for (uint32_t c = 0; c < columns; c++) s.columns[c] = column_of(checker, &table->inputs.at[c]);
    if (has_open_texts(&s, &open)) {
        hz_diag *diag = hz_warn(checker->diags, HZ_E_GAP, entry->since.span, "no row of table `%.*s` matches a text that no pattern of `%.*s` matches", HZ_ARG(table->name),
                                HZ_ARG(table->inputs.at[open].name));
        hz_diag_hint(checker->diags, diag, "say with `otherwise:` what the table gives then");
    } else if (left_of_all(&s, 0)) {
        warn(checker, &s, entry, window);
    }
}
