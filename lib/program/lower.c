/* lower.c - expressions to DAG nodes, one function per kind of expression. The checker did the typing: here every
 * operand has the type its operator needs. Called by symbols.c, question.c and run/feel_eval.c. */
#include "program/bundle.h"
#include "program/lower_call.h"

uint8_t hz_column_of(const hz_type *type)
{
    switch (type->kind) {
    case HZ_KIND_BOOLEAN: return HZ_COLUMN_BIT;
    case HZ_KIND_DATE: case HZ_KIND_CODE: return HZ_COLUMN_I32;
    case HZ_KIND_STRING: return HZ_COLUMN_TEXT;
    case HZ_KIND_NUMBER: return type->wide ? HZ_COLUMN_WIDE : HZ_COLUMN_I64;
    default: return HZ_COLUMN_I64;
    }
}

hz_ref hz_lower_constant(hz_lower *lower, const hz_type *type, hz_i128 value, hz_str text)
{
    switch (hz_column_of(type)) {
    case HZ_COLUMN_BIT: return value != 0 ? HZ_TRUE : HZ_FALSE;
    case HZ_COLUMN_I32: return hz_dag_i32(&lower->dag, (int64_t)value);
    case HZ_COLUMN_TEXT: return hz_dag_text(&lower->dag, text);
    case HZ_COLUMN_WIDE: return hz_dag_wide(&lower->dag, hz_wide_from(value, type->scale));
    default: return hz_dag_i64(&lower->dag, (int64_t)value);
    }
}

hz_regs hz_lower_null(hz_lower *lower, const hz_type *type)
{
    hz_regs out = hz_sure(hz_lower_constant(lower, type, 0, HZ_STR("")));
    out.null = HZ_TRUE;
    return out;
}

/* ---- Comparisons ---- */

static hz_regs compare(hz_lower *lower, const hz_ast *x, const hz_ast *y, uint8_t op)
{
    hz_dag *dag = &lower->dag;
    if (hz_type_bundled(&x->type) || hz_type_bundled(&y->type)) {
        hz_regs equal = hz_lower_lists_equal(lower, x, y);
        return op == HZ_AST_EQ ? equal : hz_not(dag, equal);
    }
    hz_type type; /* that holds both */
    hz_type_join(&x->type, &y->type, &type);
    hz_regs a = hz_lower_at(lower, x, &type), b = hz_lower_at(lower, y, &type);
    switch (op) {
    case HZ_AST_EQ: return hz_equal(dag, a, b);
    case HZ_AST_NE: return hz_not(dag, hz_equal(dag, a, b));
    case HZ_AST_LT: return hz_strict(dag, hz_dag_lt(dag, a.value, b.value), a, b);
    case HZ_AST_LE: return hz_strict(dag, hz_dag_le(dag, a.value, b.value), a, b);
    case HZ_AST_GT: return hz_strict(dag, hz_dag_lt(dag, b.value, a.value), a, b);
    default: return hz_strict(dag, hz_dag_le(dag, b.value, a.value), a, b);
    }
}

static hz_regs lower_between(hz_lower *lower, const hz_ast *x, const hz_ast *low, bool low_open, const hz_ast *high,
                             bool high_open)
{
    hz_regs above = compare(lower, x, low, low_open ? HZ_AST_GT : HZ_AST_GE);
    hz_regs below = compare(lower, x, high, high_open ? HZ_AST_LT : HZ_AST_LE);
    return hz_and(&lower->dag, above, below);
}

void hz_lower_record(hz_lower *lower, const hz_ast *ast, hz_regs regs)
{
    if (lower->question->expression != NULL) lower->question->expression[ast->id] = regs;
}

/* One test right of `in`, as a boolean. */
static hz_regs lower_test(hz_lower *lower, const hz_ast *x, const hz_ast *test)
{
    if (test->op == HZ_AST_TEST || test->op == HZ_AST_RANGE) {
        hz_regs out = test->op == HZ_AST_TEST ? compare(lower, x, test->child[0], test->compare)
                                              : lower_between(lower, x, test->child[0], test->low_open, test->child[1], test->high_open);
        hz_lower_record(lower, test, out);
        return out;
    }
    if (test->type.kind == HZ_KIND_SET) return hz_lower_among(lower, x, test);
    if (test->type.kind == HZ_KIND_LIST) return hz_lower_member(lower, x, test);
    if (test->op != HZ_AST_LIST) return compare(lower, x, test, HZ_AST_EQ);
    hz_regs out = hz_sure(HZ_FALSE);
    for (uint32_t i = 0; i < test->children; i++) out = hz_or(&lower->dag, out, lower_test(lower, x, test->child[i]));
    hz_lower_record(lower, test, out);
    return out;
}

static hz_regs lower_in(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = hz_sure(HZ_FALSE);
    hz_lower_expression(lower, ast->child[0]);
    for (uint32_t i = 1; i < ast->children; i++)
        out = hz_or(&lower->dag, out, lower_test(lower, ast->child[0], ast->child[i]));
    return out;
}

/* ---- Arithmetic ---- */

static hz_ref out_of_dates(hz_dag *dag, hz_ref days)
{
    return hz_dag_or(dag, hz_dag_lt(dag, days, hz_dag_i64(dag, HZ_DATE_MIN)), hz_dag_lt(dag, hz_dag_i64(dag, HZ_DATE_MAX), days));
}

/* date + duration, or date - duration. */
static hz_regs lower_shift(hz_lower *lower, const hz_ast *ast, const hz_ast *date, const hz_ast *by)
{
    hz_dag *dag = &lower->dag;
    hz_regs a = hz_lower_expression(lower, date), b = hz_lower_expression(lower, by);
    hz_ref amount = ast->op == HZ_AST_SUB ? hz_dag_sub(dag, hz_dag_i64(dag, 0), b.value) : b.value;
    hz_regs out = hz_strict(dag, HZ_FALSE, a, b);
    if (by->type.kind == HZ_KIND_MONTHS) {
        out.value = hz_dag_add_months(dag, a.value, amount);
        if ((ast->type.absent & HZ_MAY_ERR) != 0)
            out = hz_raise(dag, out, hz_dag_not(dag, hz_dag_add_months_ok(dag, a.value, amount)));
        return out;
    }
    hz_ref days = hz_dag_div_k(dag, amount, 86400 * (int64_t)hz_power10(by->type.scale), HZ_ROUND_FLOOR);
    hz_ref sum = hz_dag_add(dag, hz_dag_widen(dag, a.value), days);
    if ((ast->type.absent & HZ_MAY_ERR) != 0) out = hz_raise(dag, out, out_of_dates(dag, sum));
    out.value = hz_dag_narrow(dag, sum);
    return out;
}

static hz_regs lower_arithmetic(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, &ast->type);
    if (ast->type.kind == HZ_KIND_DATE) return x->type.kind == HZ_KIND_DATE ? lower_shift(lower, ast, x, y) : lower_shift(lower, ast, y, x);
    if (hz_type_clock(&x->type) || hz_type_clock(&y->type)) return hz_lower_clock_arithmetic(lower, ast);
    if (x->type.kind == HZ_KIND_NUMBER && y->type.kind == HZ_KIND_NUMBER) return hz_lower_numbers(lower, ast);
    if (ast->type.kind == HZ_KIND_STRING) {
        hz_regs a = hz_lower_expression(lower, x), b = hz_lower_expression(lower, y);
        return hz_strict(dag, hz_dag_op(dag, HZ_OP_JOIN, a.value, b.value, 0, 0, HZ_ROUND_UP), a, b);
    }
    if (x->type.kind == HZ_KIND_DATE) { /* date - date, in seconds */
        hz_regs a = hz_lower_expression(lower, x), b = hz_lower_expression(lower, y);
        hz_ref days = hz_dag_sub(dag, hz_dag_widen(dag, a.value), hz_dag_widen(dag, b.value));
        return hz_strict(dag, hz_dag_mul_k(dag, days, 86400), a, b);
    }
    bool sum = ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB;
    if (!sum && ast->type.kind == HZ_KIND_MONTHS) return hz_lower_months(lower, ast);
    if (ast->op == HZ_AST_DIV) return ast->type.wide ? hz_lower_wide_quotient(lower, ast) : hz_lower_exact_quotient(lower, ast);
    hz_regs a = hz_lower_at(lower, x, sum ? &ast->type : &x->type), b = hz_lower_at(lower, y, sum ? &ast->type : &y->type);
    hz_ref value = ast->op == HZ_AST_ADD ? hz_dag_add(dag, a.value, b.value)
                   : ast->op == HZ_AST_SUB ? hz_dag_sub(dag, a.value, b.value) : hz_dag_mul(dag, a.value, b.value);
    return hz_strict(dag, value, a, b);
}

static hz_regs lower_negate(hz_lower *lower, const hz_ast *ast)
{
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, &ast->type);
    hz_regs a = hz_lower_expression(lower, ast->child[0]);
    a.value = hz_dag_negate(&lower->dag, hz_lower_convert(lower, a.value, &ast->child[0]->type, &ast->type));
    return a;
}

/* ---- Names, logic, choice ---- */

static hz_regs lower_name(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = lower->name != NULL ? lower->name(lower, ast) : hz_lower_symbol(lower, ast->symbol);
    if ((ast->type.absent & HZ_MAY_NULL) == 0) out.null = HZ_FALSE; /* narrowed */
    return out;
}

/* One bit of the match of all patterns of a column. */
static hz_regs lower_pattern(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_regs text = hz_lower_expression(lower, ast->child[0]);
    hz_ref bits = hz_dag_match(dag, text.value, ast->patterns);
    text.value = hz_dag_op(dag, HZ_OP_HAS_ANY_K, bits, 0, 0, (int64_t)(UINT64_C(1) << ast->bit), HZ_ROUND_UP);
    return hz_raise(dag, text, hz_dag_op(dag, HZ_OP_HAS_ANY_K, bits, 0, 0, HZ_MATCH_GAVE_UP, HZ_ROUND_UP));
}

static hz_regs lower_node(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    if (hz_type_bundled(&ast->type)) return hz_lower_list_node(lower, ast);
    switch (ast->op) {
    case HZ_AST_NUMBER: return hz_sure(hz_lower_constant(lower, &ast->type, ast->number.coefficient, ast->text));
    case HZ_AST_STRING: return hz_sure(hz_lower_constant(lower, &ast->type, ast->type.lo, ast->text));
    case HZ_AST_BOOLEAN: return hz_sure(ast->truth ? HZ_TRUE : HZ_FALSE);
    case HZ_AST_NULL: return hz_lower_null(lower, &ast->type);
    case HZ_AST_AT: return hz_sure(hz_lower_constant(lower, &ast->type, ast->type.lo, ast->text));
    case HZ_AST_NAME: case HZ_AST_QUESTION: return lower_name(lower, ast);
    case HZ_AST_NEGATE: return lower_negate(lower, ast);
    case HZ_AST_ADD: case HZ_AST_SUB: case HZ_AST_MUL: case HZ_AST_DIV: case HZ_AST_POW: return lower_arithmetic(lower, ast);
    case HZ_AST_EQ: case HZ_AST_NE: case HZ_AST_LT: case HZ_AST_LE: case HZ_AST_GT: case HZ_AST_GE:
        return compare(lower, ast->child[0], ast->child[1], ast->op);
    case HZ_AST_AND: return hz_and(dag, hz_lower_at(lower, ast->child[0], &boolean), hz_lower_at(lower, ast->child[1], &boolean));
    case HZ_AST_OR: return hz_or(dag, hz_lower_at(lower, ast->child[0], &boolean), hz_lower_at(lower, ast->child[1], &boolean));
    case HZ_AST_BETWEEN: return lower_between(lower, ast->child[0], ast->child[1], false, ast->child[2], false);
    case HZ_AST_IN: return lower_in(lower, ast);
    case HZ_AST_IF:
        return hz_choose(dag, hz_lower_at(lower, ast->child[0], &boolean), hz_lower_at(lower, ast->child[1], &ast->type), hz_lower_at(lower, ast->child[2], &ast->type));
    case HZ_AST_CALL: return hz_lower_call(lower, ast);
    case HZ_AST_PROPERTY: return hz_lower_property(lower, ast);
    case HZ_AST_PATTERN: return lower_pattern(lower, ast);
    case HZ_AST_TABLE: return hz_lower_table(lower, ast);
    case HZ_AST_ITEM: return hz_lower_item(lower, ast);
    case HZ_AST_IS: return hz_lower_is(lower, ast);
    case HZ_AST_ALTERNATIVE: return hz_lower_alternative(lower, ast);
    case HZ_AST_LENGTH: return hz_lower_length(lower, ast);
    case HZ_AST_QUOTED: {
        hz_regs text = hz_lower_expression(lower, ast->child[0]);
        text.value = hz_dag_op(dag, HZ_OP_QUOTE, text.value, 0, 0, 0, HZ_ROUND_UP);
        return text;
    }
    default: return hz_lower_null(lower, &ast->type);
    }
}

hz_regs hz_lower_expression(hz_lower *lower, const hz_ast *ast)
{
    hz_regs *known = lower->question->expression != NULL ? &lower->question->expression[ast->id] : NULL;
    if (known != NULL && known->value != HZ_NO_REG) return *known;
    hz_regs out = lower_node(lower, ast);
    hz_lower_record(lower, ast, out);
    return out;
}
