/* lower_call.c - finds the lowering of a function. Called by lower.c; the functions themselves: lower_*.c. */
#include "program/lower_call.h"

hz_regs hz_lower_call(hz_lower *lower, const hz_ast *ast)
{
    static hz_regs (*const lowering[HZ_FN_COUNT])(hz_lower *, const hz_ast *) = {
#define HZ_BUILTIN(id, name, least, most, signatures, family) [HZ_FN_##id] = hz_lower_fn_##family,
#include "feel/builtin.def"
    };
    return lowering[ast->builtin](lower, ast);
}
