/* check_long.c - the rows of a version that has very many: each cell as the constants that it takes, an index over them,
 * and the proof that no two match at once; then a formula per output that looks rows up. Called by check_tables.c.
 *
 * Cells mean what check_cells.c says: each text of a column is read there once, in memory that is given back, and only the
 * ends of its intervals are kept. A text column becomes one of numbers: those of its words.
 */
#include "program/check_plan.h"

#include "base/sort.h"
#include "program/index.h"
#include "program/overlap.h"
#include "rules/long_rows.h"

#define SIDES_MOST 64u    /* that a row can be cut into: the product over its cells */
#define ENTRIES_MOST 4u   /* as many times the rows, in all */
#define SPENT_MOST ((size_t)1 << 20) /* bytes that cells are read in before they are given back */

/* The sides of a cell among those of its column. */
typedef struct cell {
    uint32_t first, count;
} cell;

typedef struct making {
    hz_checker *checker;
    const hz_table *table;
    hz_table_version *version;
    hz_long_rows *rows;
    hz_arena scratch;        /* of this version */
    hz_arena column;         /* of the column that is read now */
    hz_arena spent;          /* of the cells that are read now */
    cell **cells;            /* per column and row */
    struct sides {
        HZ_VEC(hz_lookup_side) at;
    } *sides;                /* per column */
    hz_lookup *lookup;
    hz_lookup_words *words;  /* per column */
    bool good;
} making;

/* ---- Cells ---- */

/* A column whose cells are being read. */
typedef struct reading {
    making *m;
    uint32_t column;
    hz_checker checker;      /* its memory is `spent`, and what it numbers is forgotten */
    uint32_t next_id;
    hz_table_column of;
    hz_map known;            /* text of a cell -> place in `seen` */
    HZ_VEC(cell) seen;
    hz_map words;            /* of texts: word -> number, in order of appearance */
    HZ_VEC(hz_str) word_list;
} reading;

static cell add_sides(reading *r, const hz_lookup_side *sides, uint32_t count)
{
    struct sides *all = &r->m->sides[r->column];
    cell out = {all->at.count, count};
    for (uint32_t i = 0; i < count; i++) *HZ_PUSH(&r->m->scratch, &all->at) = sides[i];
    return out;
}

static void refuse_cell(reading *r, const hz_table_cell *written, const char *what, const char *hint)
{
    hz_diags *diags = r->m->checker->diags;
    hz_diag *diag = hz_error(diags, HZ_E_CELL, written->span, "%s, and this table has more than %d rows", what, HZ_ROWS_FEW);
    hz_diag_hint(diags, diag, "%s", hint);
    r->m->good = false;
}

/* Letters and digits stand for themselves; other texts may be patterns that only one text matches. */
static bool is_plain(hz_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x80 && c != ' ' && (c < '0' || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || c > 'z')) return false;
    }
    return text.len > 0;
}

/* The one text that a word of a cell matches. */
static bool word_text(reading *r, const hz_table_cell *written, const hz_cell_word *word, hz_str *out)
{
    *out = hz_str_trim(word->text);
    if (is_plain(*out)) return true;
    const hz_pattern *pattern = hz_check_cell_pattern(&r->of, word);
    if (pattern == NULL) {
        r->m->good = false;
        return false;
    }
    *out = pattern->prefix;
    if (pattern->exact) return true;
    refuse_cell(r, written, "a pattern that several texts match takes a row of a short table", "write each text in a row of its own, or divide the table");
    return false;
}

static uint32_t word_number(reading *r, hz_str text)
{
    uint32_t number = hz_map_find(&r->words, text);
    if (number != HZ_MAP_NONE) return number;
    hz_str kept = hz_arena_copy(&r->m->column, text);
    *HZ_PUSH(&r->m->column, &r->word_list) = kept;
    return hz_map_put(&r->m->column, &r->words, kept, r->word_list.count - 1);
}

static cell text_cell(reading *r, const hz_table_cell *written)
{
    hz_lookup_side sides[SIDES_MOST];
    if (written->words.count > SIDES_MOST) {
        refuse_cell(r, written, "a cell with so many words is too much", "divide it over several rows");
        return (cell){0, 0};
    }
    bool null = written->words.count == 1 && hz_str_is(hz_str_trim(written->words.at[0].text), "null");
    if (null) sides[0] = (hz_lookup_side){1, 0};
    for (uint32_t i = 0; i < written->words.count && !null; i++) {
        hz_str text;
        if (!word_text(r, written, &written->words.at[i], &text)) return (cell){0, 0};
        uint32_t number = word_number(r, text);
        sides[i] = (hz_lookup_side){number, number};
    }
    return add_sides(r, sides, written->words.count);
}

static cell tested_cell(reading *r, hz_table_cell *written)
{
    hz_lookup_side sides[SIDES_MOST];
    uint32_t count = 0;
    r->next_id = 1;
    if (!hz_check_cell(&r->of, written)) {
        r->m->good = false;
        return (cell){0, 0};
    }
    if (written->test->op == HZ_AST_BOOLEAN) return (cell){0, 0}; /* it never matches */
    for (uint32_t i = 0; i < hz_test_sides(written->test); i++) {
        bool none = false;
        if (count == SIDES_MOST || !hz_test_constant(written->test, i, &sides[count], &none)) {
            refuse_cell(r, written, count == SIDES_MOST ? "a cell of so many tests is too much" : "this cell is no set of constants",
                        "write values or ranges with both ends known, as in '[1..3]', '>= 7'");
            return (cell){0, 0};
        }
        count += !none;
    }
    return add_sides(r, sides, count);
}

/* Numbers and dates that stand alone are most of what there is. */
static bool plain_value(const reading *r, hz_str text, int64_t *value)
{
    const hz_type *type = &r->of.type;
    hz_decimal number;
    hz_i128 coefficient;
    int32_t day;
    if (type->kind == HZ_KIND_DATE && hz_date_parse(text, &day)) *value = day;
    else if (type->kind == HZ_KIND_NUMBER && hz_decimal_parse(text, false, &number) && number.scale <= type->scale &&
             hz_decimal_rescale(number.coefficient, number.scale, type->scale, &coefficient) && coefficient >= type->lo && coefficient <= type->hi)
        *value = (int64_t)coefficient;
    else return false;
    return true;
}

static cell new_cell(reading *r, hz_table_cell *written)
{
    return r->of.type.kind == HZ_KIND_STRING ? text_cell(r, written) : tested_cell(r, written);
}

static cell read_cell(reading *r, hz_table_cell *written)
{
    static const hz_lookup_side any = {INT64_MIN, INT64_MAX};
    int64_t value;
    if (written->words.count == 0) return add_sides(r, &any, 1);
    hz_str text = hz_str_trim(written->words.at[0].text);
    if (!written->listed && plain_value(r, text, &value)) return add_sides(r, &(hz_lookup_side){value, value}, 1);
    uint32_t place = written->listed ? HZ_MAP_NONE : hz_map_find(&r->known, text);
    if (place != HZ_MAP_NONE) return r->seen.at[place];
    cell out = new_cell(r, written);
    if (written->listed) return out;
    hz_map_put(&r->m->column, &r->known, text, r->seen.count);
    return *HZ_PUSH(&r->m->column, &r->seen) = out;
}

/* ---- Columns ---- */

static bool comes_before(const void *context, const void *a, const void *b)
{
    const reading *r = context;
    return hz_str_compare(r->word_list.at[*(const uint32_t *)a], r->word_list.at[*(const uint32_t *)b]) < 0;
}

/* Words are numbered in their order. */
static void settle_words(reading *r)
{
    hz_arena *arena = r->m->checker->arena;
    uint32_t count = r->word_list.count;
    uint32_t *order = HZ_NEW_MANY(&r->m->column, uint32_t, count), *number = HZ_NEW_MANY(&r->m->column, uint32_t, count);
    hz_lookup_words *words = &r->m->words[r->column];
    *words = (hz_lookup_words){HZ_NEW_MANY(arena, hz_str, count), count};
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    hz_sort(order, count, sizeof *order, comes_before, r);
    for (uint32_t i = 0; i < count; i++) {
        number[order[i]] = i;
        words->at[i] = hz_arena_copy(arena, r->word_list.at[order[i]]);
    }
    struct sides *sides = &r->m->sides[r->column];
    for (uint32_t i = 0; i < sides->at.count; i++) {
        hz_lookup_side *side = &sides->at.at[i];
        if (side->lo == side->hi) side->lo = side->hi = number[side->lo];
    }
}

static void begin_spending(reading *r)
{
    hz_arena_begin_within(&r->m->spent, r->m->checker->arena);
    r->checker = *r->m->checker;
    r->checker.arena = r->checker.env.arena = &r->m->spent;
    r->checker.env.next_id = &r->next_id;
    r->checker.env.context = &r->checker;
    r->checker.env.facts.list.at = NULL;
    r->checker.env.facts.list.count = r->checker.env.facts.list.room = 0;
}

static void read_column(making *m, uint32_t column)
{
    const hz_name_ref *name = &m->table->inputs.at[column];
    uint32_t symbol = hz_map_find(&m->checker->plan->rules->symbol_map, name->name);
    reading r = {.m = m, .column = column};
    hz_arena_begin_within(&m->column, m->checker->arena);
    begin_spending(&r);
    r.of = (hz_table_column){.checker = &r.checker, .table = m->table, .name = name, .type = m->checker->plan->symbols[symbol].type};
    m->cells[column] = HZ_NEW_MANY(&m->scratch, cell, m->rows->count);
    for (uint32_t i = 0; i < m->rows->count; i++) {
        hz_table_cell written = hz_long_cell(&m->spent, m->rows, i, column);
        m->cells[column][i] = read_cell(&r, &written);
        if (m->spent.taken <= SPENT_MOST + SPENT_MOST / 2) continue;
        hz_arena_end(&m->spent);
        begin_spending(&r);
    }
    if (r.of.type.kind == HZ_KIND_STRING) settle_words(&r);
    hz_arena_end(&m->spent);
    hz_arena_end(&m->column);
}

/* ---- Entries ---- */

static bool gives_before(const void *context, const void *a, const void *b)
{
    const int64_t *code = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return code[x] != code[y] ? code[x] < code[y] : x < y;
}

/* Rows in the order of their precedence. */
static uint32_t *order_of(const making *m)
{
    const hz_output *outputs = &m->checker->plan->rules->outputs.at[m->table->first_output];
    hz_arena *scratch = (hz_arena *)&m->scratch;
    uint32_t *order = HZ_NEW_MANY(scratch, uint32_t, m->rows->count), k = 0;
    for (uint32_t i = 0; i < m->rows->count; i++) order[i] = i;
    while (outputs[k].type.kind != HZ_KIND_CODE && k + 1 < m->table->output_count) k++;
    if (m->table->hit == HZ_HIT_PRIORITY) hz_sort(order, m->rows->count, sizeof *order, gives_before, m->rows->gives[k].value);
    return order;
}

/* How many entries a row makes: one for each choice of a side per cell. */
static uint32_t entries_of(const making *m, uint32_t row)
{
    uint32_t entries = 1;
    for (uint32_t c = 0; c < m->rows->columns && entries <= SIDES_MOST; c++) entries *= m->cells[c][row].count;
    return entries;
}

static bool count_entries(making *m)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < m->rows->count; i++) {
        uint32_t entries = entries_of(m, i);
        all += entries;
        if (entries <= SIDES_MOST && all <= (uint64_t)ENTRIES_MOST * m->rows->count) continue;
        hz_diag *diag = hz_error(m->checker->diags, HZ_E_TOO_LARGE, m->rows->spans[i], "with this row table `%.*s` has more lists of values than so many rows may have",
                                 HZ_ARG(m->table->name));
        hz_diag_hint(m->checker->diags, diag, "give values that belong together a code, in a shorter table, and look at that here");
        return false;
    }
    m->lookup->entries = (uint32_t)all;
    return true;
}

static void make_entries(making *m)
{
    hz_arena *arena = m->checker->arena;
    const uint32_t *order = order_of(m);
    uint32_t columns = m->rows->columns, at = 0;
    hz_lookup_side *sides = HZ_NEW_MANY(arena, hz_lookup_side, (size_t)m->lookup->entries * columns);
    uint32_t *row = HZ_NEW_MANY(arena, uint32_t, m->lookup->entries);
    uint32_t *entry = HZ_NEW_MANY(arena, uint32_t, m->rows->count);
    m->lookup->sides = sides;
    m->lookup->row = row;
    m->lookup->entry = entry;
    for (uint32_t i = 0; i < m->rows->count; i++) {
        uint32_t entries = entries_of(m, order[i]);
        entry[order[i]] = entries > 0 ? at : m->lookup->entries;
        for (uint32_t e = 0; e < entries; e++) {
            uint32_t rest = e;
            row[at++] = order[i];
            for (uint32_t c = 0; c < columns; c++) {
                const cell *of = &m->cells[c][order[i]];
                *sides++ = m->sides[c].at.at[of->first + rest % of->count];
                rest /= of->count;
            }
        }
    }
}

static void make_lists(making *m)
{
    hz_arena *arena = m->checker->arena;
    const int64_t **lists = HZ_NEW_MANY(arena, const int64_t *, 2 * (size_t)m->table->output_count);
    for (uint32_t k = 0; k < m->table->output_count; k++) {
        const hz_long_output *gives = &m->rows->gives[k];
        lists[m->lookup->list_count++] = gives->value;
        lists[m->lookup->list_count++] = gives->formula != NULL ? gives->formula : gives->value;
    }
    m->lookup->lists = lists;
}

static bool make_index(making *m)
{
    hz_index index = {.arena = m->checker->arena, .scratch = &m->scratch, .lookup = m->lookup};
    hz_index_make(&index);
    for (uint32_t i = 0; i < index.pairs.count; i++)
        hz_refuse_pair(m->checker, m->table, m->rows->spans[index.pairs.at[i].second], m->rows->spans[index.pairs.at[i].first]);
    if (index.too_alike && index.pairs.count == 0) {
        hz_diag *diag = hz_error(m->checker->diags, HZ_E_TOO_LARGE, m->table->name_span, "the rows of table `%.*s` are so alike that a claim would have to try hundreds of them",
                                 HZ_ARG(m->table->name));
        hz_diag_hint(m->checker->diags, diag, "so many rows need a column that tells them apart, by its values or by ranges that hardly overlap");
    }
    return index.pairs.count == 0 && !index.too_alike;
}

bool hz_check_long(hz_checker *checker, const hz_table *table, hz_table_version *version)
{
    hz_long_rows *rows = version->many;
    making m = {.checker = checker, .table = table, .version = version, .rows = rows, .good = true};
    hz_arena_begin_within(&m.scratch, checker->arena);
    m.cells = HZ_NEW_MANY(&m.scratch, cell *, rows->columns);
    m.sides = HZ_NEW_MANY(&m.scratch, struct sides, rows->columns);
    m.words = HZ_NEW_MANY(checker->arena, hz_lookup_words, rows->columns);
    m.lookup = HZ_NEW(checker->arena, hz_lookup);
    *m.lookup = (hz_lookup){.columns = rows->columns, .rows = rows->count, .ordered = table->hit != HZ_HIT_UNIQUE, .words = m.words};
    for (uint32_t c = 0; c < rows->columns; c++) read_column(&m, c);
    m.good = m.good && count_entries(&m);
    if (m.good) {
        make_entries(&m);
        make_lists(&m);
        m.good = make_index(&m);
    }
    rows->lookup = m.lookup;
    hz_arena_end(&m.scratch);
    return m.good;
}

/* ---- Formulas ---- */

static hz_ast *node(hz_checker *checker, hz_ast_op op, hz_span span)
{
    hz_ast *ast = HZ_NEW(checker->arena, hz_ast);
    ast->op = (uint8_t)op;
    ast->span = ast->at = span;
    return ast;
}

static hz_type constants_of(const hz_long_output *gives, const hz_output *output)
{
    hz_type type = {.kind = HZ_KIND_NONE};
    if (!gives->constants) return type;
    type = (hz_type){.kind = output->type.kind, .scale = gives->scale, .lo = gives->lo, .hi = gives->hi, .codes = output->type.codes};
    return type;
}

hz_ast *hz_long_formula(hz_checker *checker, const hz_table *table, const hz_table_version *version, uint32_t k)
{
    const hz_output *output = &checker->plan->rules->outputs.at[table->first_output + k];
    const hz_long_rows *rows = version->many;
    const hz_long_output *gives = &rows->gives[k];
    hz_ast *formula = node(checker, HZ_AST_TABLE, table->name_span);
    hz_long *out = HZ_NEW(checker->arena, hz_long);
    *out = (hz_long){.lookup = rows->lookup, .columns = rows->columns, .formulas = gives->formulas.count, .otherwise = version->has_otherwise,
                     .values = 2 * k, .which = gives->formula != NULL ? 2 * k + 1 : HZ_NO_LIST, .type = constants_of(gives, output)};
    out->found = node(checker, HZ_AST_BOOLEAN, table->name_span);
    formula->text = table->name;
    formula->compare = table->hit;
    formula->wanted = output->type.kind == HZ_KIND_MONTHS ? NULL : &output->type;
    formula->rows = out;
    formula->children = out->columns + out->formulas + (out->otherwise ? 1 : 0);
    formula->child = HZ_NEW_MANY(checker->arena, hz_ast *, formula->children);
    uint32_t at = 0;
    for (uint32_t c = 0; c < out->columns; c++) {
        hz_ast *name = node(checker, HZ_AST_NAME, table->inputs.at[c].span);
        name->text = table->inputs.at[c].name;
        formula->child[at++] = name;
    }
    for (uint32_t i = 0; i < out->formulas; i++) formula->child[at++] = gives->formulas.at[i];
    if (out->otherwise) formula->child[at] = version->otherwise.gives[k];
    return formula;
}
