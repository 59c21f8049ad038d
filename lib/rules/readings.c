/* readings.c - things that sources read differently: `readings`, of which one is `taken`, and `disputed` says why.
 *
 * Each reading is a history of its own. What counts is the one taken, on all days; disputed is it only on days on which
 * another reading says something else. A setting `plan.name := reading` takes another one. Called by the readers of
 * things with a history, by read_plan.c for `dated by`, and by scenario.c.
 */
#include "rules/reader.h"

#include "feel/check.h"
#include "source/suggest.h"

#define READINGS_MOST 16

/* ---- What they say on a day ---- */

/* How many of its versions begin on a day or before; their days ascend. */
static uint32_t begun_on(const hz_reading *reading, int32_t day)
{
    uint32_t begun = 0, end = reading->entries.count;
    while (begun < end) {
        uint32_t middle = begun + (end - begun) / 2;
        if (reading->entries.at[middle].since.day <= day) begun = middle + 1;
        else end = middle;
    }
    return begun;
}

/* The last of them; NULL: none has begun. */
static const hz_entry *last_on(const hz_reading *reading, int32_t day)
{
    uint32_t begun = begun_on(reading, day);
    return begun > 0 ? &reading->entries.at[begun - 1] : NULL;
}

const hz_entry *hz_reading_on(const hz_reading *reading, int32_t day)
{
    const hz_entry *found = last_on(reading, day);
    return found != NULL && found->state != HZ_ENTRY_NONE ? found : NULL;
}

/* Two sets of one parameter. */
static bool same_set(const hz_literal *a, const hz_literal *b)
{
    const hz_code_set *sets = a->type.sets->at;
    size_t words = (size_t)a->type.codes->count / 64 + 1;
    return memcmp(sets[(uint32_t)a->coefficient].bits, sets[(uint32_t)b->coefficient].bits, words * sizeof(uint64_t)) == 0;
}

static bool same_literal(const hz_literal *a, const hz_literal *b)
{
    if (a->type.kind != b->type.kind) return false;
    if (a->type.kind == HZ_KIND_SET) return same_set(a, b);
    if (a->type.kind == HZ_KIND_STRING) return hz_str_eq(a->text, b->text);
    return hz_decimal_compare((hz_decimal){a->coefficient, a->type.scale}, (hz_decimal){b->coefficient, b->type.scale}) == 0;
}

static bool same_bracket(const hz_bracket *a, const hz_bracket *b)
{
    bool ends = a->open == b->open && (a->open || (a->below == b->below && same_literal(&a->end, &b->end)));
    return ends && a->state == b->state && (a->state != HZ_ENTRY_VALUE || same_literal(&a->value, &b->value));
}

static bool same_entry(const hz_entry *a, const hz_entry *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->state != b->state || a->brackets.count != b->brackets.count) return false;
    if (a->state != HZ_ENTRY_VALUE) return true;
    if (a->rows != NULL && b->rows != NULL) return hz_same_rows(a->rows, b->rows);
    if (a->formula != NULL || b->formula != NULL) return a->formula != NULL && b->formula != NULL && hz_ast_same(a->formula, b->formula);
    for (uint32_t i = 0; i < a->brackets.count; i++)
        if (!same_bracket(&a->brackets.at[i], &b->brackets.at[i])) return false;
    return a->brackets.count > 0 || same_literal(&a->value, &b->value);
}

static bool is_disputed(const hz_history *history, int32_t day)
{
    const hz_entry *taken = hz_reading_on(&history->readings.at[history->taken], day);
    for (uint32_t i = 0; i < history->readings.count; i++)
        if (!same_entry(taken, hz_reading_on(&history->readings.at[i], day))) return true;
    return false;
}

/* ---- The history that counts ---- */

/* Room for what so many readings say. */
static hz_dispute *new_dispute(hz_reader *reader, uint32_t count)
{
    hz_dispute *dispute = HZ_NEW(reader->arena, hz_dispute);
    dispute->count = count;
    dispute->at = HZ_NEW_MANY(reader->arena, struct hz_alternative, count);
    return dispute;
}

/* The k-th of all where the one taken is the first. */
static uint32_t taken_first(uint32_t taken, uint32_t k)
{
    return k == 0 ? taken : k <= taken ? k - 1 : k;
}

void hz_readings_dispute(hz_reader *reader, const hz_history *history, int32_t day, hz_provenance *from)
{
    hz_dispute *dispute = new_dispute(reader, history->readings.count);
    for (uint32_t k = 0; k < dispute->count; k++) {
        const hz_reading *reading = &history->readings.at[taken_first(history->taken, k)];
        dispute->at[k].reading = reading->name;
        dispute->at[k].entry = hz_reading_on(reading, day);
    }
    from->given = from->grounded = true;
    from->disputed = history->disputed;
    from->dispute = dispute;
}

static void push(hz_reader *reader, hz_history *history, const hz_entry *entry, hz_since since, bool scenario)
{
    bool disputed = is_disputed(history, since.day);
    hz_entry *copy = HZ_PUSH(reader->arena, &history->entries);
    *copy = *entry;
    copy->since = since;
    copy->scenario = scenario;
    copy->formula = hz_setting_copy(reader->arena, entry->formula);
    bool rows = entry->rows != NULL && entry->state == HZ_ENTRY_VALUE; /* of which some may be disputed */
    if (!disputed || rows) return;
    if (entry->state != HZ_ENTRY_UNKNOWN) copy->from.standing = HZ_DISPUTED;
    hz_readings_dispute(reader, history, since.day, &copy->from);
}

static bool next_day(const hz_history *history, int32_t after, hz_since *out)
{
    bool found = false;
    for (uint32_t i = 0; i < history->readings.count; i++) {
        const hz_reading *reading = &history->readings.at[i];
        uint32_t next = begun_on(reading, after);
        if (next == reading->entries.count) continue;
        const hz_since *since = &reading->entries.at[next].since;
        if (since->day <= after || (found && since->day >= out->day)) continue; /* the first: days out of order, reported */
        *out = *since;
        found = true;
    }
    return found;
}

/* Versions begin where the reading taken has one, and where a dispute begins or ends. */
void hz_readings_combine(hz_reader *reader, hz_history *history, bool scenario)
{
    const hz_reading *taken = &history->readings.at[history->taken];
    const hz_entry *before = NULL;
    bool was_disputed = false, begun = false;
    hz_since since = {0};
    history->entries.at = NULL;
    history->entries.count = history->entries.room = 0;
    for (int32_t day = INT32_MIN; next_day(history, day, &since); day = since.day) {
        const hz_entry *entry = last_on(taken, since.day);
        if (entry == NULL) continue;
        bool disputed = is_disputed(history, since.day);
        if (begun && entry == before && disputed == was_disputed && !disputed) continue;
        push(reader, history, entry, since, scenario);
        before = entry;
        was_disputed = disputed;
        begun = true;
    }
    history->dated = history->entries.count > 1 || (history->entries.count == 1 && history->entries.at[0].since.day != HZ_DATE_MIN);
}

/* ---- Reading ---- */

static void refuse_beside(hz_reader *reader, hz_item item, hz_tree *map)
{
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        if (!hz_looks_dated(pair->key) && !hz_str_is(pair->key, "is")) continue;
        pair->used = true;
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, pair->key_span, "%s `%.*s` has `%.*s` beside its readings", HZ_ITEM(item), HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "put it below the reading whose it is");
    }
}

/* Which of the readings is taken; count: none, reported. */
static uint32_t read_taken(hz_reader *reader, hz_item item, hz_tree *map, const hz_tree *readings)
{
    hz_tree *tree = hz_tree_get(map, "taken");
    hz_str name, list = HZ_STR("");
    hz_suggest suggest;
    for (uint32_t i = 0; i < readings->pairs.count; i++)
        list = hz_arena_printf(reader->arena, "%.*s%s%.*s", HZ_ARG(list), i > 0 ? ", " : "", HZ_BRIEF(readings->pairs.at[i].key));
    if (tree == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "%s `%.*s` has readings and needs the key `taken`", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "say which of them counts: %.*s", HZ_ARG(list));
        return readings->pairs.count;
    }
    if (!hz_read_text(reader, item, "taken", tree, &name)) return readings->pairs.count;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < readings->pairs.count; i++) {
        if (hz_str_eq(readings->pairs.at[i].key, name)) return i;
        hz_suggest_offer(&suggest, readings->pairs.at[i].key);
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_NAME, hz_text_span(tree), "%s `%.*s` has no reading `%.*s`", HZ_ITEM(item), HZ_BRIEF(name));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(reader->diags, diag, "its readings are %.*s", HZ_ARG(list));
    return readings->pairs.count;
}

static void read_reason(hz_reader *reader, hz_item item, hz_tree *map, hz_str *out)
{
    if (hz_read_text_key(reader, item, map, "disputed", out) || hz_tree_get(map, "disputed") != NULL) return;
    *out = HZ_STR("");
    hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "%s `%.*s` has readings and needs the key `disputed`", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "say why this reading was taken");
}

/* The mapping of readings, checked; NULL after a report. */
static hz_tree *readings_of(hz_reader *reader, hz_item item, hz_tree_pair *pair)
{
    hz_tree *tree = pair->value;
    if (!hz_expect(reader, item, "readings", tree, HZ_TREE_MAP)) return NULL;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *reading = &tree->pairs.at[i];
        reading->used = true;
        if (hz_is_name(reading->key) || hz_is_plan_id(reading->key)) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, reading->key_span, "`%.*s` cannot be the name of a reading", HZ_BRIEF(reading->key));
        hz_diag_hint(reader->diags, diag, hz_looks_dated(reading->key) ? "a reading has a name, and its dates stand below it"
                                                                        : "small letters a-z, digits, `_` or `-`, a letter first");
        return NULL;
    }
    if (tree->pairs.count >= 2 && tree->pairs.count <= READINGS_MOST) return tree;
    hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, pair->key_span, "%s `%.*s` has %u reading%s", HZ_ITEM(item), (unsigned)tree->pairs.count,
                             tree->pairs.count == 1 ? "" : "s");
    hz_diag_hint(reader->diags, diag, "there are two to %d; where sources agree write the dates without `readings`", READINGS_MOST);
    return NULL;
}

static bool ever_disputed(const hz_history *history)
{
    hz_since since = {0};
    for (int32_t day = INT32_MIN; next_day(history, day, &since); day = since.day)
        if (is_disputed(history, since.day)) return true;
    return false;
}

static bool has_versions(hz_reader *reader, hz_item item, const hz_tree_pair *reading)
{
    if (reading->value->kind == HZ_TREE_MAP) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, reading->value->span, "the reading `%.*s` of %s `%.*s` has no dates", HZ_BRIEF(reading->key), HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write its versions below it, lines like `2018-01-01: …`");
    return false;
}

bool hz_read_waiting_readings(hz_reader *reader, hz_item item, hz_tree *map, hz_reading_reader *read, void *context, hz_history *out)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, "readings");
    hz_tree_pair *taken = hz_tree_pair_of(map, "taken");
    if (pair == NULL && taken != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, taken->key_span, "%s `%.*s` says `taken` and has no readings", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "`taken` names one of `readings`");
    }
    if (pair == NULL) return false;
    refuse_beside(reader, item, map);
    hz_tree *readings = readings_of(reader, item, pair);
    if (readings == NULL) return true;
    out->span = pair->key_span;
    out->taken = read_taken(reader, item, map, readings);
    read_reason(reader, item, map, &out->disputed);
    for (uint32_t i = 0; i < readings->pairs.count; i++) {
        hz_tree_pair *each = &readings->pairs.at[i];
        hz_history history = {.dated = true};
        if (!has_versions(reader, item, each)) continue;
        read(reader, item, each->value, &history, context);
        hz_refuse_unknown(reader, each->value, HZ_IN_READING);
        if (history.entries.count == 0)
            hz_error(reader->diags, HZ_E_NO_ENTRY, each->key_span, "the reading `%.*s` of %s `%.*s` has no dated entry", HZ_BRIEF(each->key), HZ_ITEM(item));
        hz_reading *reading = HZ_PUSH(reader->arena, &out->readings);
        reading->name = each->key;
        memcpy(&reading->entries, &history.entries, sizeof reading->entries);
    }
    if (out->readings.count != readings->pairs.count || out->taken >= out->readings.count) out->readings.count = 0;
    return true;
}

void hz_finish_readings(hz_reader *reader, hz_item item, hz_history *history)
{
    if (history->readings.count == 0) return;
    if (reader->diags->errors == 0 && !ever_disputed(history)) {
        hz_diag *diag = hz_warn(reader->diags, HZ_E_UNUSED, history->span, "the readings of %s `%.*s` say the same on every day", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write the dates without `readings`");
    }
    hz_readings_combine(reader, history, false);
}

bool hz_read_readings(hz_reader *reader, hz_item item, hz_tree *map, hz_reading_reader *read, void *context, hz_history *out)
{
    if (!hz_read_waiting_readings(reader, item, map, read, context, out)) return false;
    hz_finish_readings(reader, item, out);
    return true;
}

/* What is disputed is not the whole thing, but the days on which readings differ. */
void hz_readings_clear(hz_reader *reader, hz_provenance *from)
{
    bool assumed = from->assumed.len > 0;
    from->disputed = HZ_STR("");
    from->given = from->grounded = assumed || from->sources.count > 0;
    from->standing = HZ_ASSUMED;
    if (!assumed && from->sources.count > 0) from->standing = reader->model->sources.at[from->sources.at[0]].gives;
}

/* ---- `dated by` ---- */

void hz_read_dated_by_readings(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_plan_model *plan = reader->plan;
    hz_tree_pair *pair = hz_tree_pair_of(map, "readings");
    hz_tree *readings = readings_of(reader, item, pair);
    if (readings == NULL) return;
    uint32_t taken = read_taken(reader, item, map, readings);
    read_reason(reader, item, map, &plan->dated_by_reason);
    for (uint32_t i = 0; i < readings->pairs.count; i++) {
        hz_name_ref ref = {HZ_STR(""), HZ_NO_SPAN};
        hz_read_ref(reader, item, "readings", readings->pairs.at[i].value, &ref);
        *HZ_PUSH(reader->arena, &plan->dated_by_readings) = (hz_named_ref){readings->pairs.at[i].key, ref};
    }
    if (taken < plan->dated_by_readings.count) hz_take_date(reader, plan, taken);
}

void hz_take_date(hz_reader *reader, hz_plan_model *plan, uint32_t taken)
{
    hz_dispute *dispute = new_dispute(reader, plan->dated_by_readings.count);
    plan->dated_by = plan->dated_by_readings.at[taken].ref;
    for (uint32_t k = 0; k < dispute->count; k++) {
        const hz_named_ref *each = &plan->dated_by_readings.at[taken_first(taken, k)];
        dispute->at[k].reading = each->name;
        dispute->at[k].name = each->ref.name;
    }
    plan->dated_by_from.given = plan->dated_by_from.grounded = true;
    plan->dated_by_from.standing = HZ_DISPUTED;
    plan->dated_by_from.disputed = plan->dated_by_reason;
    plan->dated_by_from.dispute = dispute;
}
