/* cone.c - cuts the DAG of several scenarios into the program of the first and what is left of the others (variants.h).
 * Called when a study is bound to columns; the DAG it works on is a copy, so that studies never change.
 *
 * Scenarios that change the same things make one cone: they start from much the same values, which are gathered once. Where
 * counters are carried nothing that hangs on one can be shared, so they make a cone each, of one kind.
 */
#include "program/variants.h"

/* Nodes that the base may compute to say where a limit binds, seldom or often; and for all of some scenarios, beyond one for each. */
enum { FAR = 3, NEAR = 12, FEW = 24 };

typedef struct cutter {
    const hz_variants *variants;
    hz_arena *arena;
    hz_lower lower;              /* of the copy */
    hz_diags *diags;
    const hz_quantity *amounts;
    uint32_t amount_count;
    bool carried;
    bool *base;                  /* per node of the copy: the base computes it */
    bool *own;                   /* where counters are carried: per node: each scenario has its own; else NULL */
    hz_differ *differ, *closer; /* closer: it asks for more where limits bind */
    HZ_VEC(hz_ref) kept;         /* nodes that must stand in the base */
    hz_variant_programs *out;
} cutter;

/* ---- The DAG ---- */

static void copy_dag(cutter *c)
{
    const hz_dag *from = &c->variants->lower.dag;
    hz_dag *to = &c->lower.dag;
    hz_dag_begin(to, c->arena);
    to->nodes.count = 0;
    for (uint32_t i = 0; i < from->nodes.count; i++) *HZ_PUSH(c->arena, &to->nodes) = from->nodes.at[i];
    to->room = from->room;
    to->table = HZ_NEW_MANY(c->arena, uint32_t, from->room);
    memcpy(to->table, from->table, from->room * sizeof *to->table);
    for (uint32_t i = 0; i < from->patterns.count; i++) *HZ_PUSH(c->arena, &to->patterns) = from->patterns.at[i];
    for (uint32_t i = 0; i < from->lookups.count; i++) *HZ_PUSH(c->arena, &to->lookups) = from->lookups.at[i];
}

static hz_ref amount_of(const hz_variant *variant, const hz_quantity *amount)
{
    if (amount->kind == HZ_QUANTITY_TOTAL) return variant->total;
    const hz_column_benefit *benefit = &variant->benefits[amount->benefit];
    return amount->kind == HZ_QUANTITY_NET ? benefit->net : benefit->gross;
}

/* What hangs on a counter, or on the bit that something does not fit, of which a counter may be the reason. */
static bool *own_nodes(cutter *c)
{
    const hz_plan *plan = c->variants->base;
    uint32_t count = c->lower.dag.nodes.count;
    bool *marks = HZ_NEW_MANY(c->arena, bool, count);
    for (uint32_t i = 0; i < count; i++) {
        const hz_node *node = &c->lower.dag.nodes.at[i];
        if (node->op == HZ_NODE_INPUT) marks[i] = node->k >= hz_slot_counter(plan, 0) && node->k <= hz_slot_bad(plan);
        if (node->op >= HZ_OP_COUNT) continue;
        const hz_kernel_info *info = &hz_kernels[node->op];
        marks[i] = marks[node->a] || (info->b != HZ_COLUMN_NONE && marks[node->b]) || (info->c != HZ_COLUMN_NONE && marks[node->c]);
    }
    return marks;
}

static uint32_t counters_of(const cutter *c)
{
    return c->carried ? c->variants->base->rules->counters.count : 0;
}

/* What the first scenario's answers need; all inputs too. */
static void find_base(cutter *c)
{
    const hz_variant *first = &c->variants->list.at[0];
    uint32_t count = c->lower.dag.nodes.count;
    bool *base = c->base = HZ_NEW_MANY(c->arena, bool, count);
    base[first->outcome] = true;
    for (uint32_t i = 0; i < c->amount_count; i++) base[amount_of(first, &c->amounts[i])] = true;
    for (uint32_t i = 0; i < counters_of(c); i++) base[first->counters[i].value] = base[first->counters[i].moved] = true;
    for (uint32_t i = count; i-- > 0;) {
        const hz_node *node = &c->lower.dag.nodes.at[i];
        if (node->op == HZ_NODE_INPUT) base[i] = true;
        if (node->op == HZ_NODE_CONSTANT) base[i] = false;
        if (!base[i] || node->op >= HZ_OP_COUNT) continue;
        const hz_kernel_info *info = &hz_kernels[node->op];
        base[node->a] = true;
        if (info->b != HZ_COLUMN_NONE) base[node->b] = true;
        if (info->c != HZ_COLUMN_NONE) base[node->c] = true;
    }
    if (c->carried) c->own = own_nodes(c);
}

static void keep(cutter *c, hz_ref ref)
{
    for (uint32_t i = 0; i < c->kept.count; i++)
        if (c->kept.at[i] == ref) return;
    *HZ_PUSH(c->arena, &c->kept) = ref;
}

/* ---- Cones ---- */

static bool keys_alike(const cutter *c, const hz_variant *a, const hz_variant *b)
{
    bool alike = true;
    for (uint32_t i = 0; alike && i < counters_of(c); i++) {
        const hz_column_key *x = &a->keys[i], *y = &b->keys[i];
        alike = x->count == y->count && x->open == y->open;
        for (uint32_t k = 0; alike && k < x->count; k++) alike = x->value[k] == y->value[k] && x->null[k] == y->null[k];
    }
    return alike;
}

static bool answers_alike(const cutter *c, const hz_variant *variant)
{
    const hz_variant *first = &c->variants->list.at[0];
    bool alike = variant->outcome == first->outcome && keys_alike(c, variant, first);
    for (uint32_t i = 0; i < c->amount_count; i++) alike = alike && amount_of(variant, &c->amounts[i]) == amount_of(first, &c->amounts[i]);
    for (uint32_t i = 0; i < counters_of(c); i++)
        alike = alike && variant->counters[i].value == first->counters[i].value && variant->counters[i].moved == first->counters[i].moved;
    return alike;
}

static bool has_cone(const cutter *c, uint32_t variant)
{
    return variant > 0 && !answers_alike(c, &c->variants->list.at[variant]);
}

/* Scenarios of a cone, in order: those that change what this one does, unless one before it does too. */
static uint32_t members_of(const cutter *c, uint32_t first, uint32_t *members)
{
    const hz_variant *all = c->variants->list.at;
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->variants->list.count; i++) {
        if (!has_cone(c, i) || !hz_str_eq(all[i].about, all[first].about)) continue;
        if (i < first) return 0;
        members[count++] = i;
    }
    return count;
}

static hz_ref differs(cutter *c, hz_differ *by, hz_ref so_far, hz_ref a, hz_ref b)
{
    return hz_dag_or(&c->lower.dag, so_far, hz_differ_where(by, a, b));
}

/* The rows that a scenario can touch. */
static hz_ref touched_by_one(cutter *c, hz_differ *by, const hz_variant *variant)
{
    const hz_variant *first = &c->variants->list.at[0];
    if (!keys_alike(c, variant, first)) return HZ_TRUE;
    hz_ref out = hz_differ_where(by, first->outcome, variant->outcome);
    for (uint32_t k = 0; k < c->amount_count; k++) out = differs(c, by, out, amount_of(first, &c->amounts[k]), amount_of(variant, &c->amounts[k]));
    for (uint32_t k = 0; k < counters_of(c); k++) {
        out = differs(c, by, out, first->counters[k].value, variant->counters[k].value);
        out = differs(c, by, out, first->counters[k].moved, variant->counters[k].moved);
    }
    return out;
}

/* The rows that some of these scenarios can touch. Of limits that lie behind each other the nearest touches what the others do. */
static hz_ref touched_by_some(cutter *c, hz_differ *by, const uint32_t *members, uint32_t count)
{
    hz_ref *each = HZ_NEW_MANY(c->arena, hz_ref, count), out = HZ_FALSE;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const hz_ref one = touched_by_one(c, by, &c->variants->list.at[members[i]]);
        bool more = true;
        for (uint32_t k = 0; k < kept && more; k++) more = !hz_order_implies(&c->lower, one, each[k]);
        for (uint32_t k = 0; k < kept && more;)
            if (hz_order_implies(&c->lower, each[k], one)) each[k] = each[--kept];
            else k++;
        if (more) each[kept++] = one;
    }
    for (uint32_t i = 0; i < kept; i++) out = hz_dag_or(&c->lower.dag, out, each[i]);
    hz_arena_return(c->arena, each, count * sizeof *each);
    return out;
}

/* Closer, if the base needs no more than a few nodes for each of them. */
static hz_ref touched_by(cutter *c, const uint32_t *members, uint32_t count)
{
    const hz_ref close = touched_by_some(c, c->closer, members, count);
    return hz_differ_cost(c->closer, close) <= FEW + count ? close : touched_by_some(c, c->differ, members, count);
}

/* Of carried counters everything is answered: what is the same node as the first scenario's need not be the same value. */
static bool is_first(const cutter *c, hz_ref own, hz_ref first)
{
    return !c->carried && own == first;
}

static uint32_t root_count_of(const cutter *c)
{
    return 1 + c->amount_count + 2 * counters_of(c);
}

/* registers of the roots of one scenario, in the order of list_roots. */
static uint32_t take_answer(cutter *c, hz_cone_answer *answer, uint32_t member, const uint32_t *roots)
{
    const hz_variant *first = &c->variants->list.at[0], *variant = &c->variants->list.at[member];
    uint32_t at = 0, last = 0;
    answer->variant = member;
    answer->outcome = is_first(c, variant->outcome, first->outcome) ? HZ_NO_REG : roots[at];
    at++;
    answer->amounts = HZ_NEW_MANY(c->arena, uint32_t, c->amount_count);
    for (uint32_t k = 0; k < c->amount_count; k++, at++)
        answer->amounts[k] = is_first(c, amount_of(variant, &c->amounts[k]), amount_of(first, &c->amounts[k])) ? HZ_NO_REG : roots[at];
    answer->counters = c->carried ? HZ_NEW_MANY(c->arena, hz_column_counter, counters_of(c)) : NULL;
    for (uint32_t k = 0; k < counters_of(c); k++, at += 2) answer->counters[k] = (hz_column_counter){.value = roots[at], .absent = HZ_NO_REG, .moved = roots[at + 1]};
    for (uint32_t i = 0; i < at; i++)
        if (roots[i] > last) last = roots[i];
    return last;
}

static void make_answers(cutter *c, hz_cone *cone, const uint32_t *members, const uint32_t *roots)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < cone->answer_count; i++) {
        uint32_t last = take_answer(c, &cone->answers[i], members[i], roots + i * root_count_of(c));
        while (end < cone->program.count && cone->program.at[end].d <= last) end++;
        cone->answers[i].end = end;
    }
}

/* Nodes of the answers that are the first scenario's stand for nothing to compute: HZ_TRUE instead. */
static void list_roots(const cutter *c, uint32_t member, uint32_t *roots)
{
    const hz_variant *first = &c->variants->list.at[0], *variant = &c->variants->list.at[member];
    *roots++ = is_first(c, variant->outcome, first->outcome) ? HZ_TRUE : variant->outcome;
    for (uint32_t k = 0; k < c->amount_count; k++) {
        hz_ref own = amount_of(variant, &c->amounts[k]);
        *roots++ = is_first(c, own, amount_of(first, &c->amounts[k])) ? HZ_TRUE : own;
    }
    for (uint32_t k = 0; k < counters_of(c); k++) {
        *roots++ = variant->counters[k].value;
        *roots++ = variant->counters[k].moved;
    }
}

static void make_cone(cutter *c, const uint32_t *members, uint32_t count, hz_ref touched, uint32_t kind)
{
    hz_cone *cone = &c->out->cones[c->out->cone_count++];
    uint32_t each = root_count_of(c), *roots = HZ_NEW_MANY(c->arena, uint32_t, (size_t)count * each);
    for (uint32_t i = 0; i < count; i++) list_roots(c, members[i], roots + i * each);
    bool *leaves = HZ_NEW_MANY(c->arena, bool, c->lower.dag.nodes.count);
    const hz_ref *from;
    for (uint32_t i = 0; i < c->out->base_nodes; i++) leaves[i] = c->base[i] && (c->own == NULL || !c->own[i]);
    cone->touched = touched;
    cone->kind = kind;
    hz_emit_part(&c->lower, &cone->program, roots, count * each, leaves, &from);
    hz_lower_verify(&c->lower, c->diags, &cone->program);
    cone->source_count = cone->program.filled_count;
    cone->sources = HZ_NEW_MANY(c->arena, hz_cone_source, cone->source_count);
    for (uint32_t i = 0; i < cone->source_count; i++) {
        cone->sources[i] = (hz_cone_source){cone->program.filled[i], from[i]};
        keep(c, from[i]);
    }
    cone->answer_count = count;
    cone->answers = HZ_NEW_MANY(c->arena, hz_cone_answer, count);
    make_answers(c, cone, members, roots);
    hz_arena_return(c->arena, leaves, c->lower.dag.nodes.count);
}

static void make_kind(cutter *c, const uint32_t *members, uint32_t count, hz_ref touched, uint32_t kind)
{
    if (touched != HZ_TRUE) keep(c, touched);
    if (!c->carried) make_cone(c, members, count, touched, kind);
    for (uint32_t i = 0; c->carried && i < count; i++) make_cone(c, &members[i], 1, touched, kind);
}

static void make_cones(cutter *c)
{
    uint32_t count = c->variants->list.count;
    uint32_t *members = HZ_NEW_MANY(c->arena, uint32_t, count);
    hz_ref *touched = HZ_NEW_MANY(c->arena, hz_ref, count);
    c->out->cones = HZ_NEW_MANY(c->arena, hz_cone, count);
    for (uint32_t i = 0; i < count; i++) { /* all before the first is made: they add nodes */
        touched[i] = HZ_FALSE;
        uint32_t n = has_cone(c, i) ? members_of(c, i, members) : 0;
        if (n > 0) touched[i] = touched_by(c, members, n);
    }
    for (uint32_t i = 0; i < count; i++)
        if (touched[i] != HZ_FALSE) make_kind(c, members, members_of(c, i, members), touched[i], i);
}

/* ---- The base ---- */

static uint32_t register_of(const cutter *c, const hz_bundle *kept, hz_ref ref)
{
    for (uint32_t i = 0; i < c->kept.count; i++)
        if (c->kept.at[i] == ref) return kept->item[i].self.value;
    return HZ_NO_REG;
}

static hz_column_program columns_of(cutter *c, const hz_column_key *keys, hz_bundle *kept)
{
    const hz_plan_model *rules = c->variants->base->rules;
    const hz_variant *first = &c->variants->list.at[0];
    hz_column_program out = {.outcome = first->outcome, .reason = first->reason, .total = first->total, .has_total = HZ_TRUE, .kept = kept};
    out.benefits = HZ_NEW_MANY(c->arena, hz_column_benefit, rules->benefits.count);
    out.counters = HZ_NEW_MANY(c->arena, hz_column_counter, rules->counters.count);
    out.keys = HZ_NEW_MANY(c->arena, hz_column_key, rules->counters.count);
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        out.benefits[i] = first->benefits[i];
        out.benefits[i].not_offered = HZ_FALSE;
    }
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        out.counters[i] = first->counters[i];
        out.keys[i] = keys[i];
    }
    return out;
}

/* Programs for keys that are not the first scenario's, each once; cones are told which are theirs. */
static void make_keys(cutter *c)
{
    hz_variant_programs *out = c->out;
    const hz_variant **seen = HZ_NEW_MANY(c->arena, const hz_variant *, out->cone_count + 1);
    out->keys = HZ_NEW_MANY(c->arena, hz_plan, c->carried ? out->cone_count : 0);
    seen[out->key_count++] = &c->variants->list.at[0];
    for (uint32_t i = 0; c->carried && i < out->cone_count; i++) {
        const hz_variant *variant = &c->variants->list.at[out->cones[i].answers[0].variant];
        uint32_t at = 0;
        while (at < out->key_count && !keys_alike(c, seen[at], variant)) at++;
        out->cones[i].keys = at;
        if (at < out->key_count) continue;
        hz_plan *plan = &out->keys[out->key_count - 1];
        seen[out->key_count++] = variant;
        *plan = *c->variants->base;
        plan->columns = columns_of(c, variant->keys, NULL);
        hz_emit_columns(&c->lower, &plan->columns);
        hz_lower_verify(&c->lower, c->diags, &plan->columns.program);
    }
}

static void make_base(cutter *c)
{
    hz_variant_programs *out = c->out;
    hz_bundle *kept = HZ_NEW(c->arena, hz_bundle);
    const hz_variant *first = &c->variants->list.at[0];
    keep(c, first->outcome);
    for (uint32_t i = 0; i < c->amount_count; i++) keep(c, amount_of(first, &c->amounts[i]));
    *kept = (hz_bundle){.self = hz_sure(HZ_TRUE), .count = c->kept.count};
    kept->item = HZ_NEW_MANY(c->arena, hz_bundle, c->kept.count);
    for (uint32_t i = 0; i < c->kept.count; i++) kept->item[i].self = hz_sure(c->kept.at[i]);
    out->plan = *c->variants->base;
    out->plan.columns = columns_of(c, first->keys, kept);
    hz_emit_columns(&c->lower, &out->plan.columns);
    hz_lower_verify(&c->lower, c->diags, &out->plan.columns.program);
    out->kept = HZ_NEW_MANY(c->arena, uint32_t, c->kept.count);
    out->kept_count = c->kept.count;
    for (uint32_t i = 0; i < c->kept.count; i++) out->kept[i] = kept->item[i].self.value;
    out->outcome = register_of(c, kept, first->outcome);
    out->amounts = HZ_NEW_MANY(c->arena, uint32_t, c->amount_count);
    for (uint32_t i = 0; i < c->amount_count; i++) out->amounts[i] = register_of(c, kept, amount_of(first, &c->amounts[i]));
    for (uint32_t i = 0; i < out->cone_count; i++) {
        hz_cone *cone = &out->cones[i];
        cone->touched = cone->touched == HZ_TRUE ? HZ_NO_REG : register_of(c, kept, cone->touched);
        for (uint32_t k = 0; k < cone->source_count; k++) cone->sources[k].base = register_of(c, kept, cone->sources[k].base);
    }
}

void hz_variants_make(const hz_variants *variants, hz_arena *arena, hz_diags *diags, const hz_quantity *amounts, uint32_t amount_count,
                      bool carried, hz_variant_programs *out)
{
    cutter c = {.variants = variants, .arena = arena, .diags = diags, .amounts = amounts, .amount_count = amount_count,
                .carried = carried, .out = out};
    *out = (hz_variant_programs){.carried = carried, .base_nodes = variants->lower.dag.nodes.count};
    c.lower = (hz_lower){.arena = arena, .plan = variants->base, .question = variants->question};
    copy_dag(&c);
    find_base(&c);
    c.differ = hz_differ_new(&c.lower, c.base, FAR);
    c.closer = hz_differ_new(&c.lower, c.base, NEAR);
    make_cones(&c);
    make_base(&c);
    make_keys(&c);
}
