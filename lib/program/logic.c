/* logic.c - three-valued logic, choice and equality over values with masks. Called while lowering.
 *
 * The masks of one value may overlap; the ranking error > missing > unknown > null decides (program.h), so masks are
 * joined with `or` and never cleaned up. `sure` below means: no mask is set.
 */
#include "program/lower.h"

hz_regs hz_strict(hz_dag *dag, hz_ref value, hz_regs a, hz_regs b)
{
    return (hz_regs){.value = value,
                     .null = hz_dag_or(dag, a.null, b.null),
                     .missing = hz_dag_or(dag, a.missing, b.missing),
                     .unknown = hz_dag_or(dag, a.unknown, b.unknown),
                     .error = hz_dag_or(dag, a.error, b.error)};
}

static hz_ref absent(hz_dag *dag, hz_regs a)
{
    return hz_dag_or(dag, hz_dag_or(dag, a.null, a.missing), hz_dag_or(dag, a.unknown, a.error));
}

hz_ref hz_surely_true(hz_dag *dag, hz_regs a)
{
    return hz_dag_and_not(dag, a.value, absent(dag, a));
}

hz_ref hz_surely_false(hz_dag *dag, hz_regs a)
{
    return hz_dag_not(dag, hz_dag_or(dag, a.value, absent(dag, a)));
}

/* Masks count only where the other side does not decide. */
static hz_regs unless(hz_dag *dag, hz_regs all, hz_ref decided)
{
    all.null = hz_dag_and_not(dag, all.null, decided);
    all.missing = hz_dag_and_not(dag, all.missing, decided);
    all.unknown = hz_dag_and_not(dag, all.unknown, decided);
    all.error = hz_dag_and_not(dag, all.error, decided);
    return all;
}

hz_regs hz_and(hz_dag *dag, hz_regs a, hz_regs b)
{
    hz_ref decided = hz_dag_or(dag, hz_surely_false(dag, a), hz_surely_false(dag, b));
    /* The value needs no help: a side that decides has the value false. */
    return unless(dag, hz_strict(dag, hz_dag_and(dag, a.value, b.value), a, b), decided);
}

hz_regs hz_or(hz_dag *dag, hz_regs a, hz_regs b)
{
    hz_ref decided = hz_dag_or(dag, hz_surely_true(dag, a), hz_surely_true(dag, b));
    return unless(dag, hz_strict(dag, hz_dag_or(dag, a.value, b.value), a, b), decided);
}

hz_regs hz_not(hz_dag *dag, hz_regs a)
{
    a.value = hz_dag_not(dag, a.value);
    return a;
}

/* The value counts nowhere. */
static bool never_a_value(hz_regs a)
{
    return a.error == HZ_TRUE || a.missing == HZ_TRUE || a.unknown == HZ_TRUE;
}

hz_regs hz_choose_bit(hz_dag *dag, hz_ref bit, hz_regs a, hz_regs b)
{
    hz_ref value = never_a_value(a) ? b.value : never_a_value(b) ? a.value : hz_dag_pick(dag, bit, a.value, b.value);
    return (hz_regs){.value = value,
                     .null = hz_dag_pick(dag, bit, a.null, b.null),
                     .missing = hz_dag_pick(dag, bit, a.missing, b.missing),
                     .unknown = hz_dag_pick(dag, bit, a.unknown, b.unknown),
                     .error = hz_dag_pick(dag, bit, a.error, b.error)};
}

hz_regs hz_choose(hz_dag *dag, hz_regs condition, hz_regs a, hz_regs b)
{
    hz_ref taken = hz_dag_and_not(dag, condition.value, condition.null);
    hz_regs out = hz_choose_bit(dag, taken, a, b);
    out.missing = hz_dag_or(dag, out.missing, condition.missing);
    out.unknown = hz_dag_or(dag, out.unknown, condition.unknown);
    out.error = hz_dag_or(dag, out.error, condition.error);
    /* What an unchosen branch holds must not outrank the condition's own state. */
    hz_ref open = hz_dag_or(dag, condition.missing, condition.unknown);
    if (open != HZ_FALSE) {
        hz_ref branch_error = hz_dag_and_not(dag, hz_dag_pick(dag, taken, a.error, b.error), open);
        out.error = hz_dag_or(dag, condition.error, branch_error);
        hz_ref branch_missing = hz_dag_and_not(dag, hz_dag_pick(dag, taken, a.missing, b.missing), condition.unknown);
        out.missing = hz_dag_or(dag, condition.missing, branch_missing);
    }
    return out;
}

hz_regs hz_raise(hz_dag *dag, hz_regs out, hz_ref condition)
{
    out.error = hz_dag_or(dag, out.error, hz_dag_and_not(dag, condition, absent(dag, out)));
    return out;
}

hz_regs hz_equal(hz_dag *dag, hz_regs a, hz_regs b)
{
    hz_ref equal = hz_dag_eq(dag, a.value, b.value);
    hz_ref any_null = hz_dag_or(dag, a.null, b.null), both_null = hz_dag_and(dag, a.null, b.null);
    hz_regs out = hz_strict(dag, hz_dag_or(dag, hz_dag_and_not(dag, equal, any_null), both_null), a, b);
    out.null = HZ_FALSE;
    return out;
}
