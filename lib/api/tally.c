/* tally.c - huzhu_tally: a study bound to columns, rows taken, sums of threads put together. What is summed is run/tally.h's.
 */
#include "api/study.h"

#include "base/status.h"
#include "run/turns.h"
#include "source/suggest.h"

#include <stdio.h>

#define GROUPS_MOST 100000
#define TOTALS_MOST 10000000
#define NAMES_SHOWN 24

/* ---- Options ---- */

static bool are_names(const char *const *names, size_t count)
{
    bool well = names != NULL || count == 0;
    for (size_t i = 0; well && i < count; i++) well = names[i] != NULL;
    return well;
}

static huzhu_status check_options(const huzhu_tally_options *options)
{
    if (options == NULL) return HUZHU_OK;
    huzhu_status status = hz_api_size(options, options->struct_size, sizeof *options, sizeof *options);
    if (status != HUZHU_OK) return status;
    bool well = options->floats <= HUZHU_FLOATS_HALF_UP && options->counters <= HUZHU_COUNTERS_CARRIED && options->reserved == 0;
    well = well && are_names(options->ignored, options->ignored_count) && are_names(options->by, options->by_count);
    well = well && (options->wanted == NULL || are_names(options->wanted, options->wanted_count));
    well = well && (options->bounds != NULL || options->bound_count == 0) && (options->quantiles != NULL || options->quantile_count == 0);
    well = well && options->by_count <= 64 && options->bound_count <= 1000 && options->quantile_count <= 100;
    for (size_t i = 0; well && i < options->bound_count; i++) well = options->bounds[i] > 0 && (i == 0 || options->bounds[i] > options->bounds[i - 1]);
    for (size_t i = 0; well && i < options->quantile_count; i++) well = options->quantiles[i] <= 100;
    return well ? HUZHU_OK : HUZHU_INVALID_ARGUMENT;
}

/* ---- Binding ---- */

typedef struct binder {
    huzhu_tally *tally;
    const struct ArrowSchema *schema;
    const huzhu_tally_options *options;
    hz_diags diags;
    hz_escape escape;
} binder;

static const char *format_of(const hz_arrow_type *type)
{
    switch (type->kind) {
    case HZ_ARROW_NULL: case HZ_ARROW_TEXT: case HZ_ARROW_VIEW: return "u";
    case HZ_ARROW_BOOLEAN: return "b";
    case HZ_ARROW_INTEGER: return type->bytes < 8 || type->is_signed ? "l" : NULL;
    case HZ_ARROW_TIME: return type->zoned || (type->bytes == 8 && type->per_day != 86400000) ? NULL : "tdD";
    default: return NULL;
    }
}

/* What the caller may have meant by a name that there is not: the nearest, else what there is. */
static void hint_columns(binder *b, hz_diag *diag, hz_str nearest)
{
    if (nearest.at != NULL) {
        hz_diag_hint(&b->diags, diag, "did you mean `%.*s`?", HZ_ARG(nearest));
        return;
    }
    hz_str all = HZ_STR("");
    int64_t count = b->schema->n_children, shown = count < NAMES_SHOWN ? count : NAMES_SHOWN;
    for (int64_t i = 0; i < shown; i++) {
        const char *own = b->schema->children[i]->name;
        all = hz_arena_printf(b->diags.arena, "%.*s%s%s", HZ_ARG(all), i > 0 ? ", " : "", own != NULL ? own : "");
    }
    if (count > 0) hz_diag_hint(&b->diags, diag, "the columns are %.*s%s", HZ_ARG(all), count > shown ? ", …" : "");
}

static void find_column(binder *b, uint32_t number, hz_str name)
{
    huzhu_tally *tally = b->tally;
    hz_group_column *column = &tally->groups.columns[number];
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    *column = (hz_group_column){.name = name, .child = -1};
    for (int64_t i = 0; i < b->schema->n_children; i++) {
        const struct ArrowSchema *child = b->schema->children[i];
        hz_str own = hz_str_from(child->name != NULL ? child->name : "");
        hz_suggest_offer(&suggest, own);
        if (column->child >= 0 || !hz_str_eq(own, name)) continue;
        column->child = i;
        column->type = hz_arrow_type_of(child);
        column->format = format_of(&column->type);
    }
    if (column->child < 0) {
        hz_diag *diag = hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "there is no column `%.*s` to group by", HZ_ARG(name));
        hint_columns(b, diag, suggest.best);
    } else if (column->format == NULL) {
        hz_diag *diag = hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "column `%.*s` has %s, and groups are made by texts, whole numbers, booleans and dates",
                                 HZ_ARG(name), hz_arrow_type_name(&column->type));
        hz_diag_hint(&b->diags, diag, "cast it before, or make a column of classes of it");
    }
    for (uint32_t i = 0; i < number; i++)
        if (hz_str_eq(tally->groups.columns[i].name, name))
            hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "rows are to be grouped by `%.*s` twice", HZ_ARG(name));
}

static hz_str name_of_amount(hz_arena *arena, const hz_plan_model *rules, const hz_quantity *amount)
{
    if (amount->kind == HZ_QUANTITY_TOTAL) return HZ_STR("total");
    return hz_arena_printf(arena, "%.*s.%s", HZ_ARG(rules->benefits.at[amount->benefit].name), amount->kind == HZ_QUANTITY_NET ? "net" : "gross");
}

static void want(binder *b, hz_quantity amount, hz_str name)
{
    huzhu_tally *tally = b->tally;
    uint32_t at = 0;
    while (at < tally->amount_count && (tally->amounts[at].kind != amount.kind || tally->amounts[at].benefit != amount.benefit)) at++;
    if (at == tally->amount_count) tally->amounts[tally->amount_count++] = amount;
    for (uint32_t i = 0; i < tally->wanted_count; i++) {
        if (tally->wanted[i] != at) continue;
        hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the quantity `%.*s` is wanted twice", HZ_ARG(name));
        return;
    }
    tally->wanted[tally->wanted_count] = at;
    tally->wanted_names[tally->wanted_count++] = name;
}

static void want_named(binder *b, hz_str name)
{
    const hz_plan_model *rules = b->tally->study->plan->core->rules;
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i <= 2 * rules->benefits.count; i++) {
        const hz_quantity amount = {i == 0 ? HZ_QUANTITY_TOTAL : i % 2 == 1 ? HZ_QUANTITY_NET : HZ_QUANTITY_GROSS, i == 0 ? 0 : (i - 1) / 2};
        hz_str own = name_of_amount(&b->tally->arena, rules, &amount);
        if (hz_str_eq(own, name)) {
            want(b, amount, own);
            return;
        }
        hz_suggest_offer(&suggest, own);
    }
    hz_diag *diag = hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the plan has no quantity `%.*s`", HZ_ARG(name));
    if (suggest.best.at != NULL) hz_diag_hint(&b->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(&b->diags, diag, "quantities are total, BENEFIT.net and BENEFIT.gross");
}

/* The total is always there: who gains and who loses is told by it. */
static void find_amounts(binder *b)
{
    huzhu_tally *tally = b->tally;
    const hz_plan_model *rules = tally->study->plan->core->rules;
    const huzhu_tally_options *options = b->options;
    size_t named = options != NULL && options->wanted != NULL ? options->wanted_count : 0, room = 2 * (size_t)rules->benefits.count + 1 + named;
    tally->amounts = HZ_NEW_MANY(&tally->arena, hz_quantity, room);
    tally->wanted = HZ_NEW_MANY(&tally->arena, uint32_t, room);
    tally->wanted_names = HZ_NEW_MANY(&tally->arena, hz_str, room);
    tally->amounts[tally->amount_count++] = (hz_quantity){HZ_QUANTITY_TOTAL, 0};
    if (options != NULL && options->wanted != NULL) {
        for (size_t i = 0; i < named; i++) want_named(b, hz_arena_copy(&tally->arena, hz_str_from(options->wanted[i])));
        return;
    }
    want_named(b, HZ_STR("total"));
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        const hz_quantity net = {HZ_QUANTITY_NET, i};
        want(b, net, name_of_amount(&tally->arena, rules, &net));
    }
}

/* Counters are kept for one turn at a time: no other may have the same key. */
static void check_keys(binder *b)
{
    huzhu_tally *tally = b->tally;
    const hz_plan *plan = tally->study->plan->core;
    uint32_t counter = tally->carried ? hz_variants_key_without(&tally->study->variants, hz_turn_input(plan)) : UINT32_MAX;
    if (counter == UINT32_MAX) return;
    hz_diag *diag = hz_error(&b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "a study cannot carry counter `%.*s`: its key does not hold `%.*s`, which claims are settled in turn by, in every claim",
                             HZ_ARG(plan->rules->counters.at[counter].name), HZ_ARG(plan->rules->in_turn_by.name));
    hz_diag_hint(&b->diags, diag, "name `%.*s` in the counter's `per`, neither optional nor under a condition", HZ_ARG(plan->rules->in_turn_by.name));
}

static void find(void *context)
{
    binder *b = context;
    huzhu_tally *tally = b->tally;
    const huzhu_tally_options *options = b->options;
    uint32_t by = options != NULL ? (uint32_t)options->by_count : 0;
    tally->groups.columns = HZ_NEW_MANY(&tally->arena, hz_group_column, by);
    for (uint32_t i = 0; i < by; i++) find_column(b, i, hz_arena_copy(&tally->arena, hz_str_from(options->by[i])));
    find_amounts(b);
    if (b->diags.errors > 0) return;
    tally->bound_count = options != NULL ? (uint32_t)options->bound_count : 0;
    tally->bounds = HZ_NEW_MANY(&tally->arena, int64_t, tally->bound_count);
    for (uint32_t i = 0; i < tally->bound_count; i++) tally->bounds[i] = options->bounds[i];
    tally->quantile_count = options != NULL ? (uint32_t)options->quantile_count : 0;
    tally->quantiles = HZ_NEW_MANY(&tally->arena, uint32_t, tally->quantile_count);
    for (uint32_t i = 0; i < tally->quantile_count; i++) tally->quantiles[i] = options->quantiles[i];
    uint64_t most = options != NULL && options->group_limit > 0 ? options->group_limit : GROUPS_MOST;
    if (hz_groups_begin(&tally->groups, &tally->arena, by, most, &tally->alloc) != HZ_OK) hz_arena_escape(&tally->arena, HZ_NO_MEMORY);
    check_keys(b);
    if (b->diags.errors > 0) return;
    hz_variants_make(&tally->study->variants, &tally->arena, &b->diags, tally->amounts, tally->amount_count, tally->carried, &tally->programs);
}

/* Inputs and counters go where those of a batch go. Columns to group by are none that were forgotten. */
static huzhu_status bind_inputs(huzhu_tally *tally, const struct ArrowSchema *schema, const huzhu_tally_options *options,
                                huzhu_diagnostics *diagnostics)
{
    static const char *const outcome[1] = {"outcome"};
    huzhu_arrow_options how = {.struct_size = sizeof how, .wanted = outcome, .wanted_count = 1};
    size_t own = options != NULL ? options->ignored_count : 0, by = options != NULL ? options->by_count : 0, size = (own + by + 1) * sizeof(char *);
    const char **ignored = hz_api_new(&tally->alloc, size);
    if (ignored == NULL) return HUZHU_NO_MEMORY;
    for (size_t i = 0; i < own; i++) ignored[i] = options->ignored[i];
    for (size_t i = 0; i < by; i++) ignored[own + i] = options->by[i];
    if (options != NULL) {
        how.floats = options->floats;
        how.counters = options->counters;
    }
    how.ignored = ignored;
    how.ignored_count = own + by;
    huzhu_status status = huzhu_arrow_bind(tally->study->plan, schema, &how, diagnostics, &tally->arrow);
    hz_api_free(&tally->alloc, ignored, size);
    return status;
}

static void discard(huzhu_tally *tally)
{
    const hz_alloc alloc = tally->alloc;
    hz_tally_end(&tally->core);
    hz_groups_end(&tally->groups);
    if (tally->turns != NULL) alloc.release(alloc.user, tally->turns, HZ_ARROW_BLOCK * sizeof *tally->turns);
    huzhu_arrow_free(tally->arrow);
    hz_arena_end(&tally->arena);
    hz_api_free(&alloc, tally, sizeof *tally);
}

static huzhu_status bind(huzhu_tally *tally, binder *b, huzhu_diagnostics *diagnostics)
{
    const huzhu_tally_options *options = b->options;
    huzhu_status status = bind_inputs(tally, b->schema, options, diagnostics);
    if (status != HUZHU_OK) return status;
    b->diags.arena = &tally->arena;
    if (hz_api_guard(&tally->arena, &b->escape, find, b) != HZ_OK) return HUZHU_NO_MEMORY;
    if (hz_api_diagnostics_take(diagnostics, &b->diags, NULL) != HZ_OK) return HUZHU_NO_MEMORY;
    if (b->diags.errors > 0) return HUZHU_DATA;
    const hz_tally_how how = {.scenarios = tally->study->scenario_count, .amounts = tally->amount_count, .bounds = tally->bounds, .bound_count = tally->bound_count,
                              .totals_most = tally->quantile_count == 0 ? 0 : options->amount_limit > 0 ? options->amount_limit : TOTALS_MOST,
                              .fresh = options != NULL && options->counters != HUZHU_COUNTERS_GIVEN, .known = tally->arrow->carry};
    if (tally->carried) {
        tally->turns = hz_api_new(&tally->alloc, HZ_ARROW_BLOCK * sizeof *tally->turns);
        if (tally->turns == NULL) return HUZHU_NO_MEMORY;
    }
    return hz_tally_begin(&tally->core, &tally->programs, &how, &tally->alloc);
}

huzhu_status huzhu_tally_bind(huzhu_study *study, const struct ArrowSchema *schema, const huzhu_tally_options *options,
                              huzhu_diagnostics *diagnostics, huzhu_tally **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (study == NULL || schema == NULL) return HUZHU_INVALID_ARGUMENT;
    huzhu_status status = check_options(options);
    if (status != HUZHU_OK) return status;
    hz_api_diagnostics_clear(diagnostics);
    huzhu_tally *tally = hz_api_new(&study->alloc, sizeof *tally);
    if (tally == NULL) return HUZHU_NO_MEMORY;
    tally->alloc = study->alloc;
    tally->study = study;
    tally->carried = options != NULL && options->counters == HUZHU_COUNTERS_CARRIED && study->plan->core->rules->counters.count > 0;
    hz_arena_begin(&tally->arena, &study->alloc, SIZE_MAX);
    binder b = {.tally = tally, .schema = schema, .options = options};
    status = bind(tally, &b, diagnostics);
    if (status != HUZHU_OK) {
        discard(tally);
        return status;
    }
    huzhu_study_retain(study);
    *out = tally;
    return HUZHU_OK;
}

void huzhu_tally_free(huzhu_tally *tally)
{
    if (tally == NULL) return;
    huzhu_study *study = tally->study;
    discard(tally);
    huzhu_study_release(study);
}

size_t huzhu_tally_ignored_count(const huzhu_tally *tally)
{
    return tally != NULL ? huzhu_arrow_ignored_count(tally->arrow) : 0;
}

huzhu_text huzhu_tally_ignored_at(const huzhu_tally *tally, size_t index)
{
    return tally != NULL ? huzhu_arrow_ignored_at(tally->arrow, index) : hz_api_empty();
}

uint64_t huzhu_tally_rows(const huzhu_tally *tally)
{
    return tally != NULL ? tally->core.rows : 0;
}

/* ---- Taking ---- */

/* The columns to group by, which the plan may know nothing of. */
static huzhu_status check_groups(const huzhu_tally *tally, const struct ArrowArray *in, huzhu_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < tally->groups.count; i++) {
        const hz_group_column *column = &tally->groups.columns[i];
        const char *within, *wrong = hz_arrow_check(&column->type, in->children[column->child], in->offset + in->length, &within);
        char message[160];
        if (wrong == NULL) continue;
        snprintf(message, sizeof message, "column `%.*s` %s%s", (int)(column->name.len < 64 ? column->name.len : 64), column->name.at, within, wrong);
        return hz_arrow_tell(diagnostics, hz_str_from(message), HZ_STR("what made this array does not keep to the Arrow C Data Interface"));
    }
    return HUZHU_OK;
}

static huzhu_status tell_limit(const huzhu_tally *tally, huzhu_diagnostics *diagnostics)
{
    char message[160];
    bool groups = tally->groups.keys.count > tally->groups.most;
    if (groups) snprintf(message, sizeof message, "there are more than %llu groups", (unsigned long long)tally->groups.most);
    else snprintf(message, sizeof message, "quantiles need more than %llu different totals", (unsigned long long)tally->core.totals_most);
    huzhu_status status = hz_arrow_tell(diagnostics, hz_str_from(message),
                                        groups ? HZ_STR("group by a column with fewer values, or raise group_limit in the options")
                                               : HZ_STR("leave the quantiles out and give bounds, or raise amount_limit in the options"));
    return status == HUZHU_DATA ? HUZHU_LIMIT : status;
}

static huzhu_status tell_turn(const huzhu_tally *tally, huzhu_diagnostics *diagnostics)
{
    hz_str turn = tally->study->plan->core->rules->in_turn_by.name;
    int shown = (int)(turn.len < 64 ? turn.len : 64);
    char message[160], hint[160];
    snprintf(message, sizeof message, "rows of one `%.*s` do not all come behind each other", shown, turn.at);
    snprintf(hint, sizeof hint, "sort the rows by `%.*s`, keeping their order within one", shown, turn.at);
    return hz_arrow_tell(diagnostics, hz_str_from(message), hz_str_from(hint));
}

static int32_t take_rows(huzhu_tally *tally, const struct ArrowArray *in, int64_t first, size_t rows)
{
    huzhu_arrow *arrow = tally->arrow;
    const hz_plan_model *rules = arrow->plan->core->rules;
    uint32_t inputs = rules->inputs.count, count = inputs + rules->counters.count;
    int32_t status = hz_groups_find(&tally->groups, in, in->offset + first, rows);
    if (status == HZ_OK && !hz_tally_groups(&tally->core, tally->groups.keys.count)) status = HZ_NO_MEMORY;
    if (status != HZ_OK) return status;
    for (uint32_t i = 0; i < count; i++) {
        hz_arrow_column *column = &arrow->columns[i];
        arrow->feeds[i] = (hz_column){0};
        if (column->staged != NULL) hz_arrow_feed(arrow, column, in->children[column->child], in->offset + first, rows, &arrow->feeds[i]);
    }
    if (tally->carried) hz_turns_of(arrow->plan->core, &arrow->feeds[hz_turn_input(arrow->plan->core)], 0, rows, tally->turns);
    return hz_tally_rows(&tally->core, arrow->feeds, arrow->feeds + inputs, tally->groups.group, tally->turns, 0, rows);
}

static int32_t take_all(huzhu_tally *tally, const struct ArrowArray *in)
{
    huzhu_arrow *arrow = tally->arrow;
    const hz_plan_model *rules = arrow->plan->core->rules;
    for (uint32_t i = 0; i < rules->inputs.count + rules->counters.count; i++) {
        hz_arrow_column *column = &arrow->columns[i];
        bool codes = column->staged != NULL && column->type.index_bytes > 0 && column->of->kind == HZ_KIND_CODE;
        if (codes && !hz_arrow_map(arrow, column, in->children[column->child])) return HZ_NO_MEMORY;
    }
    int32_t status = hz_groups_map(&tally->groups, in);
    for (int64_t first = 0; first < in->length && status == HZ_OK; first += HZ_ARROW_BLOCK)
        status = take_rows(tally, in, first, (size_t)(in->length - first < HZ_ARROW_BLOCK ? in->length - first : HZ_ARROW_BLOCK));
    return status;
}

huzhu_status huzhu_tally_take(huzhu_tally *tally, const struct ArrowArray *in, huzhu_diagnostics *diagnostics)
{
    if (tally == NULL || in == NULL) return HUZHU_INVALID_ARGUMENT;
    if (tally->failed) return HUZHU_STATE;
    hz_api_diagnostics_clear(diagnostics);
    huzhu_status status = hz_arrow_hold(tally->arrow, in, diagnostics);
    if (status == HUZHU_OK) status = check_groups(tally, in, diagnostics);
    if (status != HUZHU_OK) return status; /* nothing was taken */
    status = take_all(tally, in);
    tally->failed = status != HUZHU_OK;
    if (status == HUZHU_DATA) return tell_turn(tally, diagnostics);
    return status == HUZHU_LIMIT ? tell_limit(tally, diagnostics) : status;
}

huzhu_status huzhu_tally_set_counter(huzhu_tally *tally, size_t counter, const struct ArrowSchema *schema, const struct ArrowArray *in,
                                     huzhu_diagnostics *diagnostics)
{
    if (tally == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_api_diagnostics_clear(diagnostics);
    if (tally->carried && !hz_variants_spell_as(&tally->study->variants, tally->study->plan->core)) {
        huzhu_status status = hz_arrow_tell(diagnostics, HZ_STR("a scenario gives the key of a counter other decimals than the rules have"),
                                            HZ_STR("leave that scenario out, or begin without counters of before"));
        return status == HUZHU_DATA ? HUZHU_UNSUPPORTED : status;
    }
    if (tally->failed || tally->core.rows > 0) return HUZHU_STATE;
    return huzhu_arrow_set_counter(tally->arrow, counter, schema, in, diagnostics);
}

static huzhu_status tell_stream(struct ArrowArrayStream *in, huzhu_diagnostics *diagnostics)
{
    const char *text = in->get_last_error != NULL ? in->get_last_error(in) : NULL;
    return hz_arrow_tell(diagnostics, hz_str_from(text != NULL ? text : "the stream of claims failed"), HZ_STR(""));
}

huzhu_status huzhu_tally_drain(huzhu_tally *tally, struct ArrowArrayStream *in, huzhu_diagnostics *diagnostics)
{
    if (in == NULL || in->release == NULL) return HUZHU_INVALID_ARGUMENT;
    huzhu_status status = tally != NULL ? HUZHU_OK : HUZHU_INVALID_ARGUMENT;
    hz_api_diagnostics_clear(diagnostics);
    while (status == HUZHU_OK) {
        struct ArrowArray array = {0};
        if (in->get_next(in, &array) != 0) {
            status = tell_stream(in, diagnostics);
            tally->failed = true;
        }
        if (status != HUZHU_OK || array.release == NULL) break;
        status = huzhu_tally_take(tally, &array, diagnostics);
        array.release(&array);
    }
    in->release(in);
    return status;
}

/* ---- Threads ---- */

static bool alike(const huzhu_tally *a, const huzhu_tally *b)
{
    bool same = a->study == b->study && a->carried == b->carried && a->amount_count == b->amount_count && a->bound_count == b->bound_count && a->groups.count == b->groups.count &&
                (a->quantile_count > 0) == (b->quantile_count > 0);
    for (uint32_t i = 0; same && i < a->amount_count; i++)
        same = a->amounts[i].kind == b->amounts[i].kind && a->amounts[i].benefit == b->amounts[i].benefit;
    for (uint32_t i = 0; same && i < a->bound_count; i++) same = a->bounds[i] == b->bounds[i];
    for (uint32_t i = 0; same && i < a->groups.count; i++)
        same = hz_str_eq(a->groups.columns[i].name, b->groups.columns[i].name) && strcmp(a->groups.columns[i].format, b->groups.columns[i].format) == 0;
    return same;
}

huzhu_status huzhu_tally_add(huzhu_tally *into, const huzhu_tally *from)
{
    if (into == NULL || from == NULL || into == from || !alike(into, from)) return HUZHU_INVALID_ARGUMENT;
    if (into->failed || from->failed) return HUZHU_STATE;
    size_t size = (from->groups.keys.count + 1) * sizeof(uint32_t);
    uint32_t *map = hz_api_new(&into->alloc, size);
    if (map == NULL) return HUZHU_NO_MEMORY;
    into->failed = true;
    int32_t status = hz_groups_join(&into->groups, &from->groups, map);
    if (status == HZ_OK && !hz_tally_groups(&into->core, into->groups.keys.count)) status = HZ_NO_MEMORY;
    if (status == HZ_OK) status = hz_tally_add(&into->core, &from->core, map);
    into->failed = status != HZ_OK && status != HZ_DATA;
    hz_api_free(&into->alloc, map, size);
    return status;
}

/* ---- Results ---- */

huzhu_status huzhu_tally_schema(const huzhu_tally *tally, struct ArrowSchema *out)
{
    return tally == NULL || out == NULL ? HUZHU_INVALID_ARGUMENT : hz_tally_results_schema(tally, out);
}

huzhu_status huzhu_tally_array(const huzhu_tally *tally, struct ArrowArray *out)
{
    if (tally == NULL || out == NULL) return HUZHU_INVALID_ARGUMENT;
    return tally->failed ? HUZHU_STATE : hz_tally_results_array(tally, out);
}
