/* long_cells.c - the cells of a row of a long version in words: formulas are made of the intervals that the look-up knows, and
 * said as those of other rows are. Called by formula.c.
 */
#include "run/say.h"

#define SAID_MOST 8 /* intervals of a column; more are cut off with an ellipsis */

/* A test of one column, as check_cells.c would make it. */
typedef struct test {
    hz_ast whole, name, side[SAID_MOST], end[2 * SAID_MOST];
    hz_ast *of_whole[1 + SAID_MOST], *of_side[SAID_MOST][2];
    uint32_t ends;
} test;

static const hz_lookup_side *sides_of(const hz_row *row, uint32_t entry)
{
    return &row->of->lookup->sides[(size_t)entry * row->of->columns];
}

/* Behind the last entry of the row. */
static uint32_t end_of_entries(const hz_row *row)
{
    const hz_lookup *lookup = row->of->lookup;
    uint32_t entry = lookup->entry[row->number];
    while (entry < lookup->entries && lookup->row[entry] == row->number) entry++;
    return entry;
}

static hz_ast *end_at(test *t, const hz_type *type, const hz_lookup_words *words, int64_t value)
{
    hz_ast *end = &t->end[t->ends++];
    *end = (hz_ast){.op = HZ_AST_AT, .type = *type};
    end->type.lo = end->type.hi = value;
    end->type.absent = 0;
    end->number = (hz_decimal){value, type->scale};
    if (type->kind == HZ_KIND_NUMBER) end->op = HZ_AST_NUMBER;
    if (type->kind == HZ_KIND_STRING) *end = (hz_ast){.op = HZ_AST_STRING, .text = words->at[value], .type = {.kind = HZ_KIND_STRING}};
    return end;
}

/* What all that lies on one side of an end passes: `>= 3`. */
static void say_side(test *t, uint32_t i, const hz_type *type, const hz_lookup_words *words, hz_lookup_side side)
{
    hz_ast *out = &t->side[i];
    bool numbers = type->kind != HZ_KIND_CODE && type->kind != HZ_KIND_BOOLEAN && type->kind != HZ_KIND_STRING;
    *out = (hz_ast){.op = HZ_AST_TEST, .child = t->of_side[i], .children = 1};
    if (side.lo > side.hi) {
        *out = (hz_ast){.op = HZ_AST_NULL, .type = {.kind = HZ_KIND_NULL}};
    } else if (side.lo == side.hi) {
        *out = *end_at(t, type, words, side.lo);
    } else if (numbers && side.lo == type->lo) {
        out->compare = HZ_AST_LE;
        t->of_side[i][0] = end_at(t, type, words, side.hi);
    } else if (numbers && side.hi == type->hi) {
        out->compare = HZ_AST_GE;
        t->of_side[i][0] = end_at(t, type, words, side.lo);
    } else {
        out->op = HZ_AST_RANGE;
        out->children = 2;
        t->of_side[i][0] = end_at(t, type, words, side.lo);
        t->of_side[i][1] = end_at(t, type, words, side.hi);
    }
}

/* `x in (1, >= 7)`; of one value `x = 1`, of one test `x >= 7`. */
static void make_test(test *t, const hz_table *table, uint32_t column, const hz_type *type, uint32_t count)
{
    t->name = (hz_ast){.op = HZ_AST_NAME, .text = table->inputs.at[column].name, .type = *type};
    t->whole = (hz_ast){.op = HZ_AST_IN, .child = t->of_whole, .children = count + 1};
    t->of_whole[0] = &t->name;
    for (uint32_t i = 0; i < count; i++) t->of_whole[i + 1] = &t->side[i];
    if (count != 1 || t->side[0].op == HZ_AST_RANGE) return;
    t->whole.op = t->side[0].op == HZ_AST_TEST ? t->side[0].compare : HZ_AST_EQ;
    if (t->side[0].op == HZ_AST_TEST) t->of_whole[1] = t->of_side[0][0];
}

/* The different sides of a row's entries in one column; false: any value will do. */
static bool gather(const hz_row *row, uint32_t column, hz_lookup_side *out, uint32_t *count, bool *more)
{
    *count = 0;
    *more = false;
    for (uint32_t e = row->of->lookup->entry[row->number], end = end_of_entries(row); e < end; e++) {
        hz_lookup_side side = sides_of(row, e)[column];
        bool known = false;
        if (hz_lookup_is_any(side)) return false;
        for (uint32_t i = 0; i < *count; i++) known = known || (out[i].lo == side.lo && out[i].hi == side.hi);
        if (known) continue;
        if (*count < SAID_MOST) out[(*count)++] = side;
        else *more = true;
    }
    return *count > 0;
}

bool hz_long_asks(const hz_row *row)
{
    hz_lookup_side sides[SAID_MOST];
    uint32_t count;
    bool more;
    for (uint32_t c = 0; c < row->of->columns; c++)
        if (gather(row, c, sides, &count, &more)) return true;
    return false;
}

void hz_say_long_cells(const hz_plan *plan, const hz_table *table, const hz_row *row, uint32_t language, hz_buf *out)
{
    bool first = true, more;
    for (uint32_t c = 0; c < row->of->columns; c++) {
        hz_lookup_side sides[SAID_MOST];
        uint32_t count;
        if (!gather(row, c, sides, &count, &more)) continue;
        uint32_t symbol = hz_map_find(&plan->rules->symbol_map, table->inputs.at[c].name);
        const hz_type *type = &plan->symbols[symbol].type;
        test t = {.ends = 0};
        for (uint32_t i = 0; i < count; i++) say_side(&t, i, type, &row->of->lookup->words[c], sides[i]);
        make_test(&t, table, c, type, count);
        if (!first) hz_buf_add(out, hz_say(HZ_SAY_COMMA, language));
        hz_say_formula(plan, &t.whole, language, out);
        if (more) hz_buf_add(out, HZ_STR("…"));
        first = false;
    }
}
