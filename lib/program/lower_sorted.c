/* lower_sorted.c - numbers in order: a sorting network over the items of a list, and mode, which counts runs in it.
 * Called by lower_list.c, and through lower_call.c.
 *
 * The network is Batcher's: comparisons whose places do not hang on the numbers, some n log² n / 4 of them, so that each
 * is an instruction over columns. Items that are not there stand at the end.
 */
#include "program/bundle.h"
#include "program/lower_call.h"

typedef struct network {
    hz_lower *lower;
    hz_bundle *item;
    hz_ref *has;
} network;

/* The lesser of two places comes first. */
static void in_order(network *n, uint32_t first, uint32_t second)
{
    hz_dag *dag = &n->lower->dag;
    hz_bundle a = n->item[first], b = n->item[second];
    hz_ref less = hz_dag_lt(dag, b.self.value, a.self.value);
    hz_ref swap = hz_dag_and(dag, n->has[second], hz_dag_or(dag, less, hz_dag_not(dag, n->has[first])));
    hz_ref one = n->has[first], two = n->has[second];
    n->item[first] = hz_bundle_choose(n->lower, swap, b, a);
    n->item[second] = hz_bundle_choose(n->lower, swap, a, b);
    n->has[first] = hz_dag_or(dag, one, two);
    n->has[second] = hz_dag_and(dag, one, two);
}

static void sort(network *n, uint32_t count)
{
    for (uint32_t p = 1; p < count; p *= 2)
        for (uint32_t k = p; k >= 1; k /= 2)
            for (uint32_t j = k % p; j + k < count; j += 2 * k)
                for (uint32_t i = 0; i < k && i + j + k < count; i++)
                    if ((i + j) / (2 * p) == (i + j + k) / (2 * p)) in_order(n, i + j, i + j + k);
}

hz_bundle hz_lower_sorted(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_bundle list = hz_lower_list(lower, ast), out = {.self = list.self, .count = list.count};
    network n = {lower, HZ_NEW_MANY(lower->arena, hz_bundle, list.count), HZ_NEW_MANY(lower->arena, hz_ref, list.count)};
    hz_ref present = hz_dag_not(dag, hz_bundle_absent(lower, &list));
    for (uint32_t i = 0; i < list.count; i++) {
        n.has[i] = hz_bundle_has(lower, &list, &ast->type, i);
        n.item[i] = (hz_bundle){.self = hz_sure(list.item[i].self.value)};
        out.self = hz_strict(dag, out.self.value, out.self, hz_bundle_where(lower, hz_dag_and(dag, present, n.has[i]), list.item[i].self));
    }
    sort(&n, list.count);
    out.item = n.item;
    return out;
}

/* The longest runs of equal numbers, each by its last item. */
hz_regs hz_lower_fn_mode(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    uint32_t count = ast->type.count;
    hz_bundle sorted = hz_lower_sorted(lower, ast->means);
    hz_ref *run = HZ_NEW_MANY(lower->arena, hz_ref, count), *ends = HZ_NEW_MANY(lower->arena, hz_ref, count);
    hz_ref longest = hz_dag_i64(dag, 0), one = hz_dag_i64(dag, 1);
    for (uint32_t i = 0; i < count; i++) {
        hz_ref has = hz_dag_lt(dag, hz_dag_i64(dag, i), sorted.self.value);
        hz_ref goes_on = i == 0 ? HZ_FALSE : hz_dag_eq(dag, sorted.item[i].self.value, sorted.item[i - 1].self.value);
        run[i] = i == 0 ? one : hz_dag_pick(dag, goes_on, hz_dag_add(dag, run[i - 1], one), one);
        ends[i] = has;
        if (i > 0) ends[i - 1] = hz_dag_and(dag, ends[i - 1], hz_dag_not(dag, hz_dag_and(dag, has, goes_on)));
        longest = hz_dag_max(dag, longest, hz_dag_pick(dag, has, run[i], hz_dag_i64(dag, 0)));
    }
    hz_ref *keep = HZ_NEW_MANY(lower->arena, hz_ref, count);
    for (uint32_t i = 0; i < count; i++) keep[i] = hz_dag_and(dag, ends[i], hz_dag_eq(dag, run[i], longest));
    hz_bundle out = hz_bundle_keep(lower, sorted.item, keep, count, ast->type.item);
    out.self = hz_strict(dag, out.self.value, out.self, sorted.self);
    return hz_lower_file_list(lower, ast, out);
}
