/* read_benefits.c - what a plan pays (benefits) and asks for (fees), and the names of its revisions.
 *
 * Called by read_plan.c.
 */
#include "rules/reader.h"

static void read_amount(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out)
{
    hz_tree *amount = hz_require(reader, item, map, "amount");
    if (amount != NULL) hz_read_formulas(reader, item, "amount", amount, out);
}

static void read_benefit(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("benefit", pair);
    hz_benefit benefit = {.name = pair->key, .name_span = pair->key_span};
    hz_declare(reader, item, HZ_SYMBOL_BENEFIT, reader->plan->benefits.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        hz_read_label_keys(reader, item, map, HZ_LABEL_WARN, &benefit.label);
        hz_read_provenance(reader, item, map, &benefit.from);
        hz_read_life(reader, item, map, &benefit.life);
        benefit.when = hz_read_formula_key(reader, item, map, "when");
        read_amount(reader, item, map, &benefit.amount);
        hz_read_round(reader, item, map, &benefit.round);
        hz_read_refs(reader, item, map, "increases with", &benefit.increases_with);
        hz_read_flag(reader, item, map, "may be negative", &benefit.may_be_negative);
        hz_refuse_unknown(reader, map, HZ_IN_BENEFIT);
    }
    *HZ_PUSH(reader->arena, &reader->plan->benefits) = benefit;
}

void hz_read_benefits(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_benefit(reader, &tree->pairs.at[i]);
}

void hz_read_fees(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_item item = hz_item_of("fee", pair);
        hz_fee fee = {.name = pair->key, .name_span = pair->key_span};
        hz_declare(reader, item, HZ_SYMBOL_FEE, reader->plan->fees.count);
        if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
            hz_read_label_keys(reader, item, pair->value, HZ_LABEL_WARN, &fee.label);
            hz_read_provenance(reader, item, pair->value, &fee.from);
            read_amount(reader, item, pair->value, &fee.amount);
            hz_refuse_unknown(reader, pair->value, HZ_IN_FEE);
        }
        *HZ_PUSH(reader->arena, &reader->plan->fees) = fee;
    }
}

void hz_read_revisions(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    hz_plan_model *plan = reader->plan;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_item item = hz_item_of("revision", pair);
        hz_revision revision = {.since = {.span = pair->key_span}};
        bool good = hz_read_since(reader, pair->key, pair->key_span, false, &revision.since);
        if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
            hz_read_label_keys(reader, item, pair->value, HZ_LABEL_NEEDED, &revision.label);
            if (hz_tree_get(pair->value, "en") == NULL) revision.label.en = revision.label.zh;
            hz_read_provenance(reader, item, pair->value, &revision.from);
            hz_refuse_unknown(reader, pair->value, HZ_IN_REVISION);
        }
        if (good && plan->revisions.count > 0)
            hz_check_ascending(reader, plan->revisions.at[plan->revisions.count - 1].since, revision.since);
        if (good) *HZ_PUSH(reader->arena, &plan->revisions) = revision;
    }
}
