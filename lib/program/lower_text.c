/* lower_text.c - functions on texts, string() and number() to DAG nodes. Called through lower_call.c. */
#include "program/bundle.h"
#include "program/lower_call.h"

#include "column/convert.h"
#include "value/time.h"

static hz_ref op1(hz_dag *dag, hz_op op, hz_ref a, int64_t k)
{
    return hz_dag_op(dag, op, a, 0, 0, k, HZ_ROUND_UP);
}

static hz_ref op2(hz_dag *dag, hz_op op, hz_ref a, hz_ref b)
{
    return hz_dag_op(dag, op, a, b, 0, 0, HZ_ROUND_UP);
}

/* A kernel of one text, or of two. */
static hz_regs lower_with(hz_lower *lower, const hz_ast *ast, hz_op op)
{
    hz_dag *dag = &lower->dag;
    hz_regs a = hz_lower_expression(lower, ast->child[0]);
    if (ast->children == 1) {
        a.value = op1(dag, op, a.value, 0);
        return a;
    }
    hz_regs b = hz_lower_expression(lower, ast->child[1]);
    return hz_strict(dag, op2(dag, op, a.value, b.value), a, b);
}

hz_regs hz_lower_fn_text(hz_lower *lower, const hz_ast *ast)
{
    hz_op op = ast->builtin == HZ_FN_UPPER_CASE         ? HZ_OP_UPPER
               : ast->builtin == HZ_FN_LOWER_CASE       ? HZ_OP_LOWER
               : ast->builtin == HZ_FN_SUBSTRING_BEFORE ? HZ_OP_BEFORE
                                                        : HZ_OP_AFTER;
    return lower_with(lower, ast, op);
}

hz_regs hz_lower_fn_text_test(hz_lower *lower, const hz_ast *ast)
{
    hz_op op = ast->builtin == HZ_FN_CONTAINS ? HZ_OP_CONTAINS : ast->builtin == HZ_FN_STARTS_WITH ? HZ_OP_STARTS : HZ_OP_ENDS;
    return lower_with(lower, ast, op);
}

hz_regs hz_lower_fn_text_length(hz_lower *lower, const hz_ast *ast)
{
    return lower_with(lower, ast, HZ_OP_LENGTH);
}

/* A number without its decimals. */
static hz_regs whole(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = hz_lower_expression(lower, ast);
    out.value = hz_dag_div_k(&lower->dag, out.value, (int64_t)hz_power10(ast->type.scale), HZ_ROUND_DOWN);
    return out;
}

hz_regs hz_lower_raise_no_text(hz_lower *lower, hz_regs out)
{
    return hz_raise(&lower->dag, out, op1(&lower->dag, HZ_OP_NO_TEXT, out.value, 1));
}

hz_regs hz_lower_fn_substring(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_regs text = hz_lower_expression(lower, ast->child[0]), start = whole(lower, ast->child[1]);
    hz_regs length = ast->children > 2 ? whole(lower, ast->child[2]) : hz_sure(hz_dag_i64(dag, INT64_MAX));
    hz_ref value = hz_dag_op(dag, HZ_OP_SUBSTRING, text.value, start.value, length.value, 0, HZ_ROUND_UP);
    return hz_lower_raise_no_text(lower, hz_strict(dag, value, hz_strict(dag, HZ_FALSE, text, start), length));
}

/* The id of a code: a choice among them all. */
static hz_ref text_of_code(hz_dag *dag, const hz_codes *codes, hz_ref value)
{
    hz_ref out = hz_dag_text(dag, HZ_STR(""));
    for (uint32_t i = codes->count; i-- > 0;)
        out = hz_dag_pick(dag, hz_dag_eq(dag, value, hz_dag_i32(dag, i)), hz_dag_text(dag, codes->at[i].id), out);
    return out;
}

hz_regs hz_lower_fn_string(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_type *type = &ast->child[0]->type;
    if (ast->means != NULL) return hz_lower_meaning(lower, ast);
    hz_regs out = hz_lower_expression(lower, ast->child[0]);
    switch (type->kind) {
    case HZ_KIND_BOOLEAN: out.value = hz_dag_pick(dag, out.value, hz_dag_text(dag, HZ_STR("true")), hz_dag_text(dag, HZ_STR("false"))); break;
    case HZ_KIND_CODE: out.value = text_of_code(dag, type->codes, out.value); break;
    case HZ_KIND_DATE: out.value = op1(dag, HZ_OP_DATE_TEXT, out.value, 0); break;
    case HZ_KIND_TIME: out.value = op1(dag, HZ_OP_TIME_TEXT, out.value, type->scale); break;
    case HZ_KIND_DATE_TIME: out.value = op1(dag, HZ_OP_DATE_TIME_TEXT, out.value, type->scale); break;
    case HZ_KIND_DAYS: out.value = op1(dag, HZ_OP_DAYS_TEXT, out.value, type->scale); break;
    case HZ_KIND_MONTHS: out.value = op1(dag, HZ_OP_MONTHS_TEXT, out.value, 0); break;
    case HZ_KIND_NUMBER: out.value = type->wide ? op1(dag, HZ_OP_WIDE_TEXT, out.value, 0) : op1(dag, HZ_OP_NUMBER_TEXT, out.value, type->scale); break;
    default: break; /* a text is its own */
    }
    return out;
}

/* The only character of a separator that the checker accepted; 0: none was given. */
static char separator(const hz_ast *ast, uint32_t i, char otherwise)
{
    return i < ast->children && ast->child[i]->op == HZ_AST_STRING ? ast->child[i]->text.at[0] : otherwise;
}

hz_regs hz_lower_fn_number(hz_lower *lower, const hz_ast *ast)
{
    if (ast->type.lo == ast->type.hi) return hz_sure(hz_lower_constant(lower, &ast->type, ast->type.lo, HZ_STR("")));
    hz_number_form form = {ast->type.scale, separator(ast, 1, 0), separator(ast, 2, '.')};
    return hz_lower_read(lower, ast->child[0], HZ_OP_READ_NUMBER, hz_number_form_pack(form));
}

/* What stands between the items of string join: "" where that is null. */
static hz_regs delimiter(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_ref nothing = hz_dag_text(dag, HZ_STR(""));
    if (ast->children < 2 || ast->child[1]->type.kind == HZ_KIND_NULL) return hz_sure(nothing);
    hz_regs out = hz_lower_expression(lower, ast->child[1]);
    out.value = hz_dag_pick(dag, out.null, nothing, out.value);
    out.null = HZ_FALSE;
    return out;
}

hz_regs hz_lower_fn_string_join(hz_lower *lower, const hz_ast *ast)
{
    static const hz_type text = {.kind = HZ_KIND_STRING};
    hz_dag *dag = &lower->dag;
    const hz_type *type = &ast->child[0]->type;
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    hz_regs between = delimiter(lower, ast), out = hz_sure(hz_dag_text(dag, HZ_STR("")));
    hz_ref begun = HZ_FALSE; /* an item stands there already */
    for (uint32_t i = 0; i < list.count; i++) {
        hz_regs item = hz_bundle_convert(lower, list.item[i], type->item, &text).self;
        hz_ref has = hz_bundle_has(lower, &list, type, i), here = hz_dag_and_not(dag, has, item.null);
        hz_ref apart = hz_dag_pick(dag, begun, op2(dag, HZ_OP_JOIN, out.value, between.value), out.value);
        hz_ref joined = hz_dag_pick(dag, here, op2(dag, HZ_OP_JOIN, apart, item.value), out.value);
        hz_ref *masks[] = {&item.missing, &item.unknown, &item.error};
        for (int m = 0; m < 3; m++) *masks[m] = hz_dag_and(dag, has, *masks[m]);
        item.null = HZ_FALSE;
        begun = hz_dag_or(dag, begun, here);
        out = hz_strict(dag, joined, out, item);
    }
    out = hz_strict(dag, out.value, out, between);
    return hz_strict(dag, out.value, out, list.self);
}
