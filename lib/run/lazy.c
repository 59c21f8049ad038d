/* lazy.c - which names of an expression an answer hangs on: what lazy three-valued evaluation asks for. States are read
 * from the decision's registers; nothing is computed again. Called by walk.c and by the explanation.
 */
#include "run/walk.h"

#include "program/overlap.h"

typedef struct lazy {
    const hz_decision *decision;
    hz_each_name *each;
    void *context;
} lazy;

static void ask_parts(const lazy *l, const hz_ast *ast);

/* Most expressions are names, or have none in them. */
static inline void ask(const lazy *l, const hz_ast *ast)
{
    if (ast->op == HZ_AST_NAME) l->each(l->context, ast);
    else if (ast->children > 0) ask_parts(l, ast);
}

static hz_state state_of(const hz_decision *decision, const hz_ast *ast)
{
    const hz_regs *regs = hz_expression_regs(decision, ast);
    return regs == NULL ? HZ_IS_VALUE : hz_machine_state(&decision->machine, regs);
}

bool hz_expression_is(const hz_decision *decision, const hz_ast *ast, bool truth)
{
    const hz_regs *regs = hz_expression_regs(decision, ast);
    if (regs == NULL)
        return false;
    return truth ? hz_machine_true(&decision->machine, regs) : hz_machine_false(&decision->machine, regs);
}

/* The side of `and` (`or`) that is surely false (true) decides alone. */
static void ask_logic(const lazy *l, const hz_ast *ast, bool deciding)
{
    if (hz_expression_is(l->decision, ast, deciding))
        for (uint32_t i = 0; i < 2; i++)
            if (hz_expression_is(l->decision, ast->child[i], deciding)) {
                ask(l, ast->child[i]);
                return;
            }
    for (uint32_t i = 0; i < 2; i++) ask(l, ast->child[i]);
}

static void ask_if(const lazy *l, const hz_ast *ast)
{
    ask(l, ast->child[0]);
    if (state_of(l->decision, ast->child[0]) > HZ_IS_NULL)
        return;
    ask(l, ast->child[hz_expression_is(l->decision, ast->child[0], true) ? 1 : 2]);
}

static void ask_in(const lazy *l, const hz_ast *ast)
{
    ask(l, ast->child[0]);
    for (uint32_t i = 1; i < ast->children && hz_expression_is(l->decision, ast, true); i++) {
        const hz_ast *test = ast->child[i];
        if (test->type.kind != HZ_KIND_BOOLEAN || !hz_expression_is(l->decision, test, true))
            continue;
        ask(l, test);
        return;
    }
    for (uint32_t i = 1; i < ast->children; i++) ask(l, ast->child[i]);
}

/* Rows one after another, up to the first that holds or is open. */
static void ask_rows_in_order(const lazy *l, const hz_ast *table)
{
    for (uint32_t i = 0; i + 1 < table->children; i += 2) {
        ask(l, table->child[i]);
        if (hz_expression_is(l->decision, table->child[i], false)) continue;
        if (hz_expression_is(l->decision, table->child[i], true)) ask(l, table->child[i + 1]);
        return;
    }
    if (table->children % 2 != 0) ask(l, table->child[table->children - 1]);
}

/* Rows side by side: those taken; what opens a row that could still count; all of them where none holds. */
static void ask_rows(const lazy *l, const hz_ast *table)
{
    uint32_t rows = table->children / 2, taken = 0;
    bool one = table->compare < HZ_HIT_SUM, none = true, settled = state_of(l->decision, table) <= HZ_IS_NULL;
    while (taken < rows && !hz_row_matches(l->decision, table, taken)) taken++;
    if (one && settled && taken < rows) { /* the others do not count */
        ask(l, table->child[2 * taken]);
        ask(l, table->child[2 * taken + 1]);
        return;
    }
    for (uint32_t i = 0; i < rows; i++) none = none && hz_expression_is(l->decision, table->child[2 * i], false);
    for (uint32_t i = 0; i < rows; i++) {
        bool matches = hz_row_matches(l->decision, table, i), fails = hz_expression_is(l->decision, table->child[2 * i], false);
        bool counts = !one || i == taken || taken == rows || (!settled && hz_rows_tried(table, 2 * taken, 2 * i));
        if (fails ? none : counts) ask(l, table->child[2 * i]);
        if (matches && counts) ask(l, table->child[2 * i + 1]);
    }
    if (none && table->children % 2 != 0) ask(l, table->child[table->children - 1]);
}

/* Rows that are looked up: what the row met looks at, or what the look-up waits for, or all. Of rows in order all count that
 * are given, since those before the one met failed by something. */
static void ask_long(const lazy *l, const hz_ast *table)
{
    const hz_long *rows = table->rows;
    int64_t answer = hz_long_answer(l->decision, table), row = hz_long_row(l->decision, table);
    const hz_lookup_side *sides = row >= 0 ? &rows->lookup->sides[(size_t)rows->lookup->entry[row] * rows->columns] : NULL;
    for (uint32_t c = 0; c < rows->columns; c++) {
        bool met = row >= 0 && (rows->lookup->ordered ? state_of(l->decision, table->child[c]) <= HZ_IS_NULL : !hz_lookup_is_any(sides[c]));
        if (answer == 0 || met || (row < 0 && (answer >> c & 1) != 0)) ask(l, table->child[c]);
    }
    const hz_ast *gives = hz_long_gives(l->decision, table);
    if (gives != NULL) ask(l, gives);
    if (answer == 0 && rows->otherwise) ask(l, table->child[table->children - 1]);
}

static void ask_parts(const lazy *l, const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_AND: ask_logic(l, ast, false); break;
    case HZ_AST_OR: ask_logic(l, ast, true); break;
    case HZ_AST_IF: ask_if(l, ast); break;
    case HZ_AST_IN: ask_in(l, ast); break;
    case HZ_AST_TABLE:
        if (ast->rows != NULL) ask_long(l, ast);
        else if (ast->compare == HZ_HIT_FIRST || ast->compare == HZ_HIT_PRIORITY) ask_rows_in_order(l, ast);
        else ask_rows(l, ast);
        break;
    default:
        for (uint32_t i = 0; i < ast->children; i++) ask(l, ast->child[i]);
        break;
    }
}

void hz_expression_asks(const hz_decision *decision, const hz_ast *ast, hz_each_name *each, void *context)
{
    lazy l = {decision, each, context};
    ask(&l, ast);
}
