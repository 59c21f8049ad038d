/* lower_time.c - times, dates with a time, and places in the calendar to DAG nodes. Called through lower_call.c, by
 * lower_date.c and by lower.c. */
#include "program/lower_call.h"

#include "column/convert.h"
#include "value/time.h"

static int64_t day_of(int32_t scale)
{
    return HZ_DAY_SECONDS * (int64_t)hz_power10(scale);
}

static hz_ref op1(hz_dag *dag, hz_op op, hz_ref a, int64_t k)
{
    return hz_dag_op(dag, op, a, 0, 0, k, HZ_ROUND_UP);
}

/* The date of a date and time, as i64. */
static hz_ref days(hz_dag *dag, hz_ref value, int32_t scale)
{
    return hz_dag_div_k(dag, value, day_of(scale), HZ_ROUND_FLOOR);
}

/* What is left of a date and time, or of any seconds, within its day. */
static hz_ref within_day(hz_dag *dag, hz_ref value, int32_t scale)
{
    return hz_dag_sub(dag, value, hz_dag_mul_k(dag, days(dag, value, scale), day_of(scale)));
}

hz_regs hz_lower_day(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = hz_lower_expression(lower, ast);
    if (ast->type.kind == HZ_KIND_DATE_TIME) out.value = hz_dag_narrow(&lower->dag, days(&lower->dag, out.value, ast->type.scale));
    return out;
}

hz_ref hz_lower_time_of_day(hz_lower *lower, const hz_type *type, hz_ref value)
{
    return type->kind == HZ_KIND_DATE_TIME ? within_day(&lower->dag, value, type->scale) : value;
}

hz_regs hz_lower_read(hz_lower *lower, const hz_ast *text, hz_op op, int64_t scale)
{
    hz_dag *dag = &lower->dag;
    hz_regs out = hz_lower_expression(lower, text);
    out.value = op1(dag, op, out.value, scale);
    hz_ref none = hz_kernels[op].d == HZ_COLUMN_I32 ? hz_dag_i32(dag, HZ_NONE_I32) : hz_dag_i64(dag, HZ_NONE_I64);
    return hz_raise(dag, out, hz_dag_eq(dag, out.value, none));
}

static hz_ref outside(hz_dag *dag, hz_ref value, int64_t lo, int64_t hi)
{
    return hz_dag_or(dag, hz_dag_lt(dag, value, hz_dag_i64(dag, lo)), hz_dag_lt(dag, hz_dag_i64(dag, hi), value));
}

hz_regs hz_lower_fn_time(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *from = ast->child[0];
    if (ast->children == 1) {
        bool text = from->type.kind == HZ_KIND_STRING;
        if (text && ast->type.lo == ast->type.hi) return hz_sure(hz_dag_i64(dag, (int64_t)ast->type.lo));
        if (text) return hz_lower_read(lower, from, HZ_OP_READ_TIME, ast->type.scale);
        hz_regs out = hz_lower_expression(lower, from);
        out.value = hz_lower_time_of_day(lower, &from->type, out.value);
        return out;
    }
    const int64_t second = (int64_t)hz_power10(ast->type.scale);
    hz_regs h = hz_lower_expression(lower, ast->child[0]), m = hz_lower_expression(lower, ast->child[1]);
    hz_regs s = hz_lower_expression(lower, ast->child[2]);
    hz_ref value = hz_dag_add(dag, hz_dag_mul_k(dag, h.value, 3600 * second), hz_dag_mul_k(dag, m.value, 60 * second));
    hz_regs out = hz_strict(dag, hz_dag_add(dag, value, s.value), hz_strict(dag, HZ_FALSE, h, m), s);
    if ((ast->type.absent & HZ_MAY_ERR) == 0) return out;
    hz_ref wrong = hz_dag_or(dag, outside(dag, h.value, 0, 23), outside(dag, m.value, 0, 59));
    return hz_raise(dag, out, hz_dag_or(dag, wrong, outside(dag, s.value, 0, 60 * second - 1)));
}

hz_regs hz_lower_fn_date_time(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *from = ast->child[0];
    if (ast->children == 1) {
        bool text = from->type.kind == HZ_KIND_STRING;
        if (text && ast->type.lo == ast->type.hi) return hz_sure(hz_dag_i64(dag, (int64_t)ast->type.lo));
        if (text) return hz_lower_read(lower, from, HZ_OP_READ_DATE_TIME, ast->type.scale);
        return hz_lower_expression(lower, from);
    }
    hz_regs day = hz_lower_day(lower, from), time = hz_lower_expression(lower, ast->child[1]);
    hz_ref midnight = hz_dag_mul_k(dag, hz_dag_widen(dag, day.value), day_of(ast->type.scale));
    return hz_strict(dag, hz_dag_add(dag, midnight, time.value), day, time);
}

/* date and time + months: its date moves, the time stays. */
static hz_regs add_months(hz_lower *lower, const hz_ast *ast, hz_regs clock, hz_regs by, hz_ref amount)
{
    hz_dag *dag = &lower->dag;
    int32_t scale = ast->type.scale;
    hz_ref day = hz_dag_narrow(dag, days(dag, clock.value, scale));
    hz_ref moved = hz_dag_add_months(dag, day, amount);
    hz_ref midnight = hz_dag_mul_k(dag, hz_dag_widen(dag, moved), day_of(scale));
    hz_regs out = hz_strict(dag, hz_dag_add(dag, midnight, within_day(dag, clock.value, scale)), clock, by);
    if ((ast->type.absent & HZ_MAY_ERR) == 0) return out;
    return hz_raise(dag, out, hz_dag_not(dag, hz_dag_add_months_ok(dag, day, amount)));
}

hz_regs hz_lower_clock_arithmetic(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    if (ast->type.kind == HZ_KIND_DAYS) {
        hz_regs a = hz_lower_at(lower, x, &ast->type), b = hz_lower_at(lower, y, &ast->type);
        return hz_strict(dag, hz_dag_sub(dag, a.value, b.value), a, b);
    }
    bool first = hz_type_clock(&x->type);
    const hz_ast *by = first ? y : x;
    hz_regs clock = hz_lower_at(lower, first ? x : y, &ast->type);
    hz_regs amount = by->type.kind == HZ_KIND_MONTHS ? hz_lower_expression(lower, by) : hz_lower_at(lower, by, &ast->type);
    hz_ref signed_amount = ast->op == HZ_AST_SUB ? hz_dag_sub(dag, hz_dag_i64(dag, 0), amount.value) : amount.value;
    if (by->type.kind == HZ_KIND_MONTHS) return add_months(lower, ast, clock, amount, signed_amount);
    hz_ref sum = hz_dag_add(dag, clock.value, signed_amount);
    if (ast->type.kind == HZ_KIND_TIME) return hz_strict(dag, within_day(dag, sum, ast->type.scale), clock, amount);
    hz_regs out = hz_strict(dag, sum, clock, amount);
    if ((ast->type.absent & HZ_MAY_ERR) == 0) return out;
    int64_t day = day_of(ast->type.scale);
    return hz_raise(dag, out, outside(dag, sum, (int64_t)HZ_DATE_MIN * day, (int64_t)(HZ_DATE_MAX + 1) * day - 1));
}

hz_regs hz_lower_fn_calendar(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = hz_lower_day(lower, ast->child[0]);
    hz_op op = ast->builtin == HZ_FN_DAY_OF_WEEK    ? HZ_OP_WEEKDAY_NAME
               : ast->builtin == HZ_FN_DAY_OF_YEAR  ? HZ_OP_DAY_OF_YEAR
               : ast->builtin == HZ_FN_WEEK_OF_YEAR ? HZ_OP_WEEK_OF_YEAR
                                                    : HZ_OP_MONTH_NAME;
    out.value = op1(&lower->dag, op, out.value, 0);
    return out;
}
