/* study.c - huzhu_study: a plan under scenarios, compiled. Each scenario is read, set and checked as a ruleset of its own is,
 * from trees that are made once, and lowered into one DAG with the others; then its model is let go.
 */
#include "api/study.h"

#include "base/status.h"
#include "base/utf8.h"

#include <stdio.h>

#define MEMORY_LIMIT ((size_t)1 << 30)

/* Settings as they came: from sections of a text, or each by itself. */
typedef struct given {
    hz_str name, settings, file;
} given;

typedef struct making {
    huzhu_study *study;
    const huzhu_scenario *from; /* or NULL: */
    hz_str text, text_file;
    given *given;
    hz_trees own, all;          /* of the plan and what every plan can use; of the whole ruleset */
    huzhu_diagnostics *diagnostics;
    int32_t status;
    hz_escape escape;
} making;

/* ---- What is given ---- */

/* The text's sections; false after an error. */
static bool read_text(making *m)
{
    huzhu_study *study = m->study;
    hz_diags diags = {.arena = &study->arena};
    hz_sources sources = {0};
    uint32_t file = hz_sources_add(&study->arena, &sources, m->text_file, m->text);
    const hz_sections sections = hz_sections_read(&study->arena, &diags, m->text, file);
    if (diags.errors == 0 && sections.count == 0) {
        hz_diag *diag = hz_error(&diags, HZ_E_SCENARIO, HZ_NO_SPAN, "there is no scenario");
        hz_diag_hint(&diags, diag, "a scenario begins with its name in brackets: [baseline]");
    }
    if (diags.errors > 0) {
        m->status = hz_api_diagnostics_take(m->diagnostics, &diags, &sources) == HZ_OK ? HZ_RULES : HZ_NO_MEMORY;
        return false;
    }
    m->given = HZ_NEW_MANY(&study->arena, given, sections.count);
    study->scenario_count = sections.count;
    for (uint32_t i = 0; i < sections.count; i++) m->given[i] = (given){sections.at[i].name, sections.at[i].settings, m->text_file};
    return true;
}

static void take_list(making *m)
{
    huzhu_study *study = m->study;
    m->given = HZ_NEW_MANY(&study->arena, given, study->scenario_count);
    for (uint32_t i = 0; i < study->scenario_count; i++) {
        const huzhu_scenario *from = &m->from[i];
        /* With a line end nothing is fine, too: a setting by itself would have to say something. */
        hz_str settings = hz_arena_printf(&study->arena, "%s\n", from->settings);
        m->given[i] = (given){hz_arena_copy(&study->arena, hz_str_from(from->name)), settings, hz_str_from(from->file)};
        if (from->file == NULL) m->given[i].file = m->given[i].name;
    }
}

/* ---- Models ---- */

static hz_trees trees_of(making *m, bool whole)
{
    const hz_model *model = m->study->plan->ruleset->model;
    hz_arena *arena = &m->study->arena;
    hz_file *files = HZ_NEW_MANY(arena, hz_file, model->texts.files.count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->texts.files.count; i++) {
        const hz_source *source = &model->texts.files.at[i];
        hz_file_kind kind = hz_file_kind_of(source->name);
        bool taken = kind == HZ_FILE_MANIFEST || kind == HZ_FILE_TABLE || (kind == HZ_FILE_PLAN && (whole || i == m->study->plan->core->rules->file));
        if (taken) files[count++] = (hz_file){source->name, source->bytes};
    }
    return hz_trees_of(arena, files, count);
}

/* The model of a scenario, which may have errors. What the ruleset was loaded with comes first. */
static hz_model *read_model(making *m, hz_arena *arena, hz_diags *diags, const hz_trees *trees, const given *scenario)
{
    const hz_file settings[2] = {{HZ_STR("the ruleset's scenario"), m->study->plan->ruleset->model->scenario},
                                 {scenario->file, scenario->settings}};
    hz_model *model = hz_rules_read_again(arena, diags, trees);
    bool set = settings[0].bytes.len > 0;
    if (diags->errors == 0) hz_rules_apply(arena, diags, model, set ? settings : settings + 1, set ? 2 : 1);
    return model;
}

/* Paths of settings, one a line: what stands before the first `=` of each. */
static hz_str paths_of(hz_arena *arena, hz_str settings)
{
    char *out = hz_arena_take(arena, settings.len + 1);
    size_t len = 0;
    bool path = true;
    for (size_t i = 0; i < settings.len; i++) {
        if (settings.at[i] == '\n') path = true;
        else if (settings.at[i] == '=') path = false;
        if (path) out[len++] = settings.at[i];
    }
    return (hz_str){out, len};
}

/* ---- A scenario ---- */

static void begin_model(making *m, uint32_t number, hz_diags *diags)
{
    hz_arena *arena = &m->study->models[number];
    hz_arena_end(arena);
    hz_arena_begin(arena, &m->study->alloc, MEMORY_LIMIT);
    arena->escape = m->study->arena.escape;
    *diags = (hz_diags){.arena = arena};
}

static bool lower_scenario(making *m, uint32_t number, hz_diags *diags, const hz_trees *trees, hz_model **model)
{
    huzhu_study *study = m->study;
    hz_arena *arena = &study->models[number];
    bool stays = true;
    begin_model(m, number, diags);
    *model = read_model(m, arena, diags, trees, &m->given[number]);
    if (diags->errors > 0) return false;
    hz_str settings = hz_arena_copy(&study->arena, (*model)->scenario);
    study->scenarios[number] = (hz_study_scenario){m->given[number].name, settings};
    hz_variants_add(&study->variants, arena, diags, *model, study->plan->core->rules->id, paths_of(arena, settings), &stays);
    if (diags->errors > 0) return false;
    if (!stays) hz_arena_end(arena);
    else arena->escape = NULL;
    return true;
}

/* Every error says under which scenario. */
static void tell(making *m, uint32_t number, hz_diags *diags, const hz_model *model)
{
    hz_span at = {model->texts.files.count - 1, 0, 0};
    hz_str text = model->texts.files.at[at.file].bytes;
    while (at.begin < text.len && text.at[at.begin] == '\n') at.begin++;
    for (at.end = at.begin; at.end < text.len && text.at[at.end] != '\n';) at.end++;
    for (uint32_t i = 0; i < diags->list.count; i++)
        hz_diag_relate(diags, &diags->list.at[i], at, "under scenario `%.*s`", HZ_ARG(m->given[number].name));
    m->status = hz_api_diagnostics_status(diags);
    if (hz_api_diagnostics_take(m->diagnostics, diags, &model->texts) != HZ_OK) m->status = HZ_NO_MEMORY;
}

/* The plan's own file is read first. What is wrong then may be said of another plan: the whole ruleset knows. */
static bool add_scenario(making *m, uint32_t number)
{
    hz_diags diags;
    hz_model *model;
    if (lower_scenario(m, number, &diags, &m->own, &model)) return true;
    if (m->all.at == NULL) m->all = trees_of(m, true);
    if (lower_scenario(m, number, &diags, &m->all, &model)) return true;
    tell(m, number, &diags, model);
    return false;
}

static void work(void *context)
{
    making *m = context;
    huzhu_study *study = m->study;
    m->status = HZ_OK;
    if (m->from != NULL) take_list(m);
    else if (!read_text(m)) return;
    study->models = HZ_NEW_MANY(&study->arena, hz_arena, study->scenario_count);
    study->scenarios = HZ_NEW_MANY(&study->arena, hz_study_scenario, study->scenario_count);
    for (uint32_t i = 0; i < study->scenario_count; i++) hz_arena_begin(&study->models[i], &study->alloc, MEMORY_LIMIT);
    m->own = trees_of(m, false);
    hz_variants_begin(&study->variants, &study->arena);
    for (uint32_t i = 0; i < study->scenario_count; i++)
        if (!add_scenario(m, i)) return;
}

/* ---- The object ---- */

static void discard(huzhu_study *study)
{
    const hz_alloc alloc = study->alloc;
    for (uint32_t i = 0; study->models != NULL && i < study->scenario_count; i++) hz_arena_end(&study->models[i]);
    hz_arena_end(&study->arena);
    hz_api_free(&alloc, study, sizeof *study);
}

/* A package asks its parts with what it makes of the claim, so each scenario would have rows of its own (decision 0064). */
static huzhu_status refuse_package(const huzhu_plan *plan, huzhu_diagnostics *diagnostics)
{
    hz_str id = plan->core->rules->id;
    char message[160] = "a study is of one plan, and an event is of several";
    if (!plan->core->event) snprintf(message, sizeof message, "a study is of one plan, and `%.*s` is a package of several", (int)(id.len < 64 ? id.len : 64), id.at);
    hz_diag diag = {.code = HZ_E_SCENARIO, .severity = HZ_ERROR, .span = HZ_NO_SPAN, .message = hz_str_from(message),
                    .hint = HZ_STR("study its plans by themselves, or settle the claims once under each scenario: huzhu run --scenario FILE")};
    hz_diags one = {.errors = 1};
    one.list.at = &diag;
    one.list.count = 1;
    return hz_api_diagnostics_take(diagnostics, &one, NULL) == HZ_OK ? HUZHU_UNSUPPORTED : HUZHU_NO_MEMORY;
}

static huzhu_status make(making *m, const huzhu_plan *plan, uint32_t count, huzhu_study **out)
{
    const hz_alloc *alloc = &plan->ruleset->alloc;
    hz_api_diagnostics_clear(m->diagnostics);
    if (plan->core->part_count > 0 || plan->core->event) return refuse_package(plan, m->diagnostics);
    m->study = hz_api_new(alloc, sizeof *m->study);
    if (m->study == NULL) return HUZHU_NO_MEMORY;
    m->study->alloc = *alloc;
    m->study->plan = plan;
    m->study->scenario_count = count;
    atomic_init(&m->study->count, 1);
    hz_arena_begin(&m->study->arena, alloc, SIZE_MAX);
    huzhu_status status = hz_api_guard(&m->study->arena, &m->escape, work, m);
    if (status == HUZHU_OK) status = m->status;
    if (status != HUZHU_OK) {
        discard(m->study);
        return status;
    }
    huzhu_ruleset_retain(plan->ruleset);
    *out = m->study;
    return HUZHU_OK;
}

static bool is_list(const huzhu_scenario *scenarios, size_t count)
{
    bool well = scenarios != NULL && count > 0 && count < UINT32_MAX / 8;
    for (size_t i = 0; well && i < count; i++) {
        const huzhu_scenario *one = &scenarios[i];
        well = one->name != NULL && one->name[0] != '\0' && one->settings != NULL;
        well = well && hz_utf8_check(hz_str_from(one->name)) == strlen(one->name);
        for (size_t k = 0; well && k < i; k++) well = strcmp(scenarios[k].name, one->name) != 0;
    }
    return well;
}

huzhu_status huzhu_study_new(const huzhu_plan *plan, const huzhu_scenario *scenarios, size_t count, huzhu_diagnostics *diagnostics,
                             huzhu_study **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (plan == NULL || !is_list(scenarios, count)) return HUZHU_INVALID_ARGUMENT;
    making m = {.from = scenarios, .diagnostics = diagnostics};
    return make(&m, plan, (uint32_t)count, out);
}

huzhu_status huzhu_study_read(const huzhu_plan *plan, const char *text, size_t size, const char *file, huzhu_diagnostics *diagnostics,
                              huzhu_study **out)
{
    making m = {.text_file = hz_str_from(file != NULL ? file : "scenarios"), .diagnostics = diagnostics};
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (plan == NULL || !hz_api_str(text, size, &m.text) || hz_utf8_check(m.text) != m.text.len) return HUZHU_INVALID_ARGUMENT;
    return make(&m, plan, 0, out);
}

huzhu_study *huzhu_study_retain(huzhu_study *study)
{
    if (study != NULL) atomic_fetch_add_explicit(&study->count, 1, memory_order_relaxed);
    return study;
}

void huzhu_study_release(huzhu_study *study)
{
    if (study == NULL || atomic_fetch_sub_explicit(&study->count, 1, memory_order_acq_rel) != 1) return;
    huzhu_ruleset *ruleset = study->plan->ruleset;
    discard(study);
    huzhu_ruleset_release(ruleset);
}

size_t huzhu_study_scenario_count(const huzhu_study *study)
{
    return study != NULL ? study->scenario_count : 0;
}

huzhu_text huzhu_study_scenario_name(const huzhu_study *study, size_t index)
{
    return index < huzhu_study_scenario_count(study) ? hz_api_text(study->scenarios[index].name) : hz_api_empty();
}

huzhu_text huzhu_study_scenario_settings(const huzhu_study *study, size_t index)
{
    return index < huzhu_study_scenario_count(study) ? hz_api_text(study->scenarios[index].settings) : hz_api_empty();
}
