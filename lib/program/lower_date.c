/* lower_date.c - dates, durations and their properties to DAG nodes. Called through lower_call.c and by lower.c. */
#include "program/lower_call.h"

hz_regs hz_lower_fn_date(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    if (ast->children == 1) {
        bool text = ast->child[0]->type.kind == HZ_KIND_STRING;
        if (text && ast->type.lo == ast->type.hi) return hz_sure(hz_dag_i32(dag, (int64_t)ast->type.lo));
        return text ? hz_lower_read(lower, ast->child[0], HZ_OP_READ_DATE, 0) : hz_lower_day(lower, ast->child[0]);
    }
    hz_regs y = hz_lower_expression(lower, ast->child[0]), m = hz_lower_expression(lower, ast->child[1]);
    hz_regs d = hz_lower_expression(lower, ast->child[2]);
    hz_ref value = hz_dag_op(dag, HZ_OP_DATE_MAKE, y.value, m.value, d.value, 0, HZ_ROUND_UP);
    hz_regs out = hz_strict(dag, value, hz_strict(dag, HZ_FALSE, y, m), d);
    if ((ast->type.absent & HZ_MAY_ERR) != 0) {
        hz_ref ok = hz_dag_op(dag, HZ_OP_DATE_MAKE_OK, y.value, m.value, d.value, 0, HZ_ROUND_UP);
        out = hz_raise(dag, out, hz_dag_not(dag, ok));
    }
    return out;
}

hz_regs hz_lower_fn_duration(hz_lower *lower, const hz_ast *ast)
{
    return hz_sure(hz_dag_i64(&lower->dag, (int64_t)ast->type.lo));
}

hz_regs hz_lower_fn_months_duration(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_regs a = hz_lower_day(lower, ast->child[0]), b = hz_lower_day(lower, ast->child[1]);
    return hz_strict(dag, hz_dag_op(dag, HZ_OP_MONTHS_BETWEEN, a.value, b.value, 0, 0, HZ_ROUND_UP), a, b);
}

/* whole / unit, toward zero, of what is left after the larger unit; of times and durations. */
static hz_ref part(hz_dag *dag, hz_ref amount, int64_t larger, int64_t unit)
{
    if (larger != 0) {
        hz_ref whole = hz_dag_div_k(dag, amount, larger, HZ_ROUND_DOWN);
        amount = hz_dag_sub(dag, amount, hz_dag_mul_k(dag, whole, larger));
    }
    return hz_dag_div_k(dag, amount, unit, HZ_ROUND_DOWN);
}

static bool of_calendar(uint32_t property, hz_op *op)
{
    switch (property) {
    case HZ_FN_P_YEAR: *op = HZ_OP_YEAR; return true;
    case HZ_FN_P_MONTH: *op = HZ_OP_MONTH; return true;
    case HZ_FN_P_DAY: *op = HZ_OP_DAY; return true;
    case HZ_FN_P_WEEKDAY: *op = HZ_OP_WEEKDAY; return true;
    default: return false;
    }
}

hz_regs hz_lower_property(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *of = ast->child[0];
    hz_op op;
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, &ast->type);
    if (of_calendar(ast->builtin, &op)) {
        hz_regs day = hz_lower_day(lower, of);
        day.value = hz_dag_op(dag, op, day.value, 0, 0, 0, HZ_ROUND_UP);
        return day;
    }
    hz_regs a = hz_lower_expression(lower, of);
    int64_t second = (int64_t)hz_power10(of->type.scale);
    if (hz_type_clock(&of->type)) a.value = hz_lower_time_of_day(lower, &of->type, a.value);
    switch (ast->builtin) {
    case HZ_FN_P_YEARS: a.value = part(dag, a.value, 0, 12); break;
    case HZ_FN_P_MONTHS: a.value = part(dag, a.value, 12, 1); break;
    case HZ_FN_P_DAYS: a.value = part(dag, a.value, 0, 86400 * second); break;
    case HZ_FN_P_HOUR: case HZ_FN_P_HOURS: a.value = part(dag, a.value, 86400 * second, 3600 * second); break;
    case HZ_FN_P_MINUTE: case HZ_FN_P_MINUTES: a.value = part(dag, a.value, 3600 * second, 60 * second); break;
    default: a.value = part(dag, a.value, 60 * second, 1); break; /* seconds, with their parts */
    }
    return a;
}
