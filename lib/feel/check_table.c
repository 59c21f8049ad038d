/* check_table.c - the type of one output of a decision table's version: conditions of rows, what they give, and what
 * there can be when none matches. Called by check.c for HZ_AST_TABLE, which program/check_tables.c makes.
 */
#include "feel/check.h"

#include "value/number_type.h"

typedef struct gathered {
    hz_env *env;
    const hz_ast *table;
    hz_type type;      /* of the outputs so far; kind NULL: none but null */
    bool ok;
} gathered;

static bool collects(const hz_ast *table)
{
    return table->compare >= HZ_HIT_SUM;
}

static bool is_period(const hz_type *type)
{
    return type->kind == HZ_KIND_DAYS || type->kind == HZ_KIND_MONTHS || type->kind == HZ_KIND_NULL;
}

/* Sums reach as far as all rows together: those that can be left out count from 0. */
static void add_to_sum(hz_type *sum, const hz_type *each)
{
    const hz_type zero = hz_number_type((hz_decimal){0, 0});
    uint8_t absent = (uint8_t)(sum->absent | each->absent);
    bool wide = sum->wide || each->wide;
    hz_type part;
    hz_number_either(&zero, each, &part);
    hz_number_add(sum, &part, sum);
    sum->absent = absent;
    sum->wide |= wide || !hz_number_fits(&part, sum->scale);
}

/* The type of another value joins. */
static void join(gathered *g, const hz_type *each, hz_span at)
{
    if (g->type.kind == HZ_KIND_NULL && g->type.absent == 0) {
        g->type = *each;
    } else if (!hz_type_join(&g->type, each, &g->type)) {
        hz_error(g->env->diags, HZ_E_WIDE, at, "this and the rows before it may need more than 64 bits");
        g->ok = false;
    }
}

/* What a row gives joins what the rows before it give. row: it is not `otherwise`. */
static void gather(gathered *g, hz_ast *output, bool row)
{
    hz_diags *diags = g->env->diags;
    if (!hz_feel_check(g->env, output, g->table->wanted)) {
        g->ok = false;
        return;
    }
    const hz_type *each = &output->type;
    bool adds = row && (g->table->compare == HZ_HIT_SUM || g->table->compare == HZ_HIT_COUNT);
    if (g->table->wanted == NULL && !is_period(each)) {
        hz_error(diags, HZ_E_TYPE, output->span, "this is a %s, and a period is needed here", hz_kind_name((hz_kind)each->kind));
        g->ok = false;
    } else if (collects(g->table) && (each->absent & HZ_MAY_NULL) != 0) {
        hz_diag *diag = hz_error(diags, HZ_E_MAY_BE_NULL, output->span, "what is collected here may be null");
        hz_diag_hint(diags, diag, "give the input a default, or write `if x = null then 0 else x`");
        g->ok = false;
    } else if (g->type.kind != HZ_KIND_NULL && each->kind != HZ_KIND_NULL && g->type.kind != each->kind) {
        hz_error(diags, HZ_E_TYPE, output->span, "this row gives a %s, an earlier one a %s", hz_kind_name((hz_kind)each->kind),
                 hz_kind_name((hz_kind)g->type.kind));
        g->ok = false;
    } else if (adds) {
        if (g->type.kind == HZ_KIND_NULL) g->type = (hz_type){.kind = HZ_KIND_NUMBER};
        add_to_sum(&g->type, each);
    } else {
        join(g, each, output->span);
    }
}

/* Rows that are no nodes: their constants are proved to differ, so that no error can come of two. */
static void check_long(hz_env *env, hz_ast *ast)
{
    const hz_long *rows = ast->rows;
    gathered g = {.env = env, .table = ast, .type = {.kind = HZ_KIND_NULL}, .ok = true};
    uint8_t absent = 0;
    hz_feel_check(env, rows->found, NULL);
    for (uint32_t i = 0; i < rows->columns; i++) {
        g.ok = hz_feel_check(env, ast->child[i], NULL) && g.ok;
        absent |= ast->child[i]->type.absent & (uint8_t)~HZ_MAY_NULL;
    }
    if (rows->type.kind != HZ_KIND_NONE) g.type = rows->type;
    for (uint32_t i = rows->columns; i < ast->children; i++) gather(&g, ast->child[i], i < rows->columns + rows->formulas);
    hz_check_fail(ast);
    if (!g.ok) return;
    ast->type = g.type;
    ast->type.step = 0;
    ast->type.absent |= absent;
    if (ast->type.kind == HZ_KIND_NUMBER && !hz_number_bounded(&ast->type)) ast->type.absent |= HZ_MAY_ERR;
    if (!rows->otherwise) ast->type.absent |= HZ_MAY_ERR;
}

void hz_check_table(hz_env *env, hz_ast *ast)
{
    if (ast->rows != NULL) {
        check_long(env, ast);
        return;
    }
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    gathered g = {.env = env, .table = ast, .type = {.kind = HZ_KIND_NULL}, .ok = true};
    uint8_t absent = 0;
    for (uint32_t i = 0; i + 1 < ast->children; i += 2) {
        hz_ast *match = ast->child[i];
        uint32_t known = env->facts.list.count;
        if (!hz_feel_check(env, match, &boolean)) g.ok = false;
        else hz_feel_narrow(env, match, HZ_CAN_TRUE);
        gather(&g, ast->child[i + 1], true);
        env->facts.list.count = known;
        absent |= match->type.absent;
    }
    bool otherwise = ast->children % 2 != 0, ordered = ast->compare == HZ_HIT_FIRST || ast->compare == HZ_HIT_PRIORITY;
    if (otherwise) gather(&g, ast->child[ast->children - 1], false);
    hz_check_fail(ast);
    if (!g.ok) return;
    ast->type = g.type;
    ast->type.step = 0;
    ast->type.absent |= absent;
    if (ast->type.kind == HZ_KIND_NUMBER && !hz_number_bounded(&ast->type)) ast->type.absent |= HZ_MAY_ERR;
    if (ast->compare != HZ_HIT_COUNT && (!otherwise || !ordered)) ast->type.absent |= HZ_MAY_ERR;
}
