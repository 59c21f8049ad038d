/* lazy.c - which names of an expression an answer hangs on: what lazy three-valued evaluation asks for. States are read
 * from the decision's registers; nothing is computed again. Called by walk.c and by the explanation.
 */
#include "run/walk.h"

typedef struct lazy {
    const hz_decision *decision;
    hz_each_name *each;
    void *context;
} lazy;

static void ask(const lazy *l, const hz_ast *ast);

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

static void ask(const lazy *l, const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_AND: ask_logic(l, ast, false); break;
    case HZ_AST_OR: ask_logic(l, ast, true); break;
    case HZ_AST_IF: ask_if(l, ast); break;
    case HZ_AST_IN: ask_in(l, ast); break;
    case HZ_AST_NAME: l->each(l->context, ast); break;
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
