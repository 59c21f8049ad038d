/* load.c - from files to a ruleset: read, apply settings, compile, spell what hosts ask for. One guarded piece of work,
 * all of it in the ruleset's arena, so that a load that fails leaves nothing.
 *
 * Called by ruleset.c and examples.c.
 */
#include "api/examples.h"

#include "base/status.h"
#include "rules/folder.h"
#include "rules/read.h"

#define MEMORY_LIMIT ((uint64_t)1 << 30)

static huzhu_status check_options(const huzhu_load_options *options)
{
    if (options == NULL) return HUZHU_OK;
    huzhu_status status = hz_api_size(options, options->struct_size, offsetof(huzhu_load_options, setting_files), sizeof *options);
    if (status != HUZHU_OK) return status;
    if (options->setting_count > 0 && options->settings == NULL) return HUZHU_INVALID_ARGUMENT;
    for (uint32_t i = 0; i < options->setting_count; i++)
        if (options->settings[i] == NULL) return HUZHU_INVALID_ARGUMENT;
    return HUZHU_OK;
}

static hz_file *copy_files(hz_api_load *load, hz_arena *arena)
{
    hz_file *files = HZ_NEW_MANY(arena, hz_file, load->file_count);
    for (size_t i = 0; i < load->file_count; i++) {
        const huzhu_file *from = &load->files[i];
        files[i].path = hz_arena_copy(arena, hz_str_from(from->path));
        files[i].bytes = hz_arena_copy(arena, (hz_str){from->data, from->size});
    }
    load->from_count = (uint32_t)load->file_count;
    return files;
}

/* The host's settings, then load->more. */
static hz_file *settings_of(const hz_api_load *load, hz_arena *arena, uint32_t *count)
{
    const huzhu_load_options *options = load->options;
    uint32_t own = options != NULL ? options->setting_count : 0;
    bool named = own > 0 && options->struct_size >= offsetof(huzhu_load_options, check_examples) && options->setting_files != NULL;
    hz_file *settings = HZ_NEW_MANY(arena, hz_file, own + 1);
    for (*count = 0; *count < own; ++*count) {
        const char *file = named ? options->setting_files[*count] : NULL;
        settings[*count].path = hz_arena_copy(arena, hz_str_from(file));
        settings[*count].bytes = hz_arena_copy(arena, hz_str_from(options->settings[*count]));
    }
    if (load->more.len > 0) settings[(*count)++] = (hz_file){HZ_STR(""), hz_arena_copy(arena, load->more)};
    return settings;
}

static bool wants_examples(const huzhu_load_options *options)
{
    return options != NULL && options->struct_size >= sizeof *options && options->check_examples != 0;
}

static void check_examples(hz_api_load *load)
{
    hz_arena *arena = &load->ruleset->arena;
    for (uint32_t i = 0; i < load->from_count; i++) {
        if (!hz_str_ends(load->from_files[i].path, HZ_STR(".examples.yaml"))) continue;
        const hz_examples *examples = hz_examples_read(arena, &load->diags, &load->model->texts, load->from_files[i]);
        if (examples->list.count > 0) hz_examples_check(arena, &load->diags, load->ruleset, examples);
    }
}

static void work(void *context)
{
    hz_api_load *load = context;
    huzhu_ruleset *ruleset = load->ruleset;
    hz_arena *arena = &ruleset->arena;
    hz_diags *diags = &load->diags;
    uint32_t count = 0;
    diags->arena = arena;
    load->from_files = load->folder != NULL ? hz_folder_read(arena, diags, hz_str_from(load->folder),
                                                             load->with_examples || wants_examples(load->options), &load->from_count)
                                            : copy_files(load, arena);
    if (load->from_count == 0 && diags->errors > 0) return;
    load->model = hz_rules_read(arena, diags, load->from_files, load->from_count);
    if (diags->errors > 0) return;
    hz_file *settings = settings_of(load, arena, &count);
    hz_rules_apply(arena, diags, load->model, settings, count);
    if (diags->errors > 0) return;
    ruleset->model = load->model;
    const hz_plan *compiled = hz_compile(arena, diags, load->model, &count);
    hz_model_settle(load->model);
    if (diags->errors == 0) hz_api_plans_make(ruleset, compiled, count);
    if (diags->errors == 0 && wants_examples(load->options)) check_examples(load);
}

/* A limit was hit where the arena could not hold a diagnostic any more. */
static int32_t tell_limit(huzhu_diagnostics *diagnostics)
{
    hz_diag diag = {.code = HZ_E_TOO_LARGE,
                    .severity = HZ_ERROR,
                    .span = HZ_NO_SPAN,
                    .message = HZ_STR("loading this ruleset takes more memory than its limit"),
                    .hint = HZ_STR("raise memory_limit in the load options if the ruleset is meant to be so large")};
    hz_diags one = {.errors = 1};
    one.list.at = &diag;
    one.list.count = 1;
    return hz_api_diagnostics_take(diagnostics, &one, NULL);
}

static void discard(huzhu_ruleset *ruleset)
{
    hz_arena_end(&ruleset->arena);
    hz_api_free(&ruleset->alloc, ruleset, sizeof *ruleset);
}

huzhu_status hz_api_load_run(hz_api_load *load, huzhu_diagnostics *diagnostics)
{
    hz_alloc alloc;
    const huzhu_load_options *options = load->options;
    hz_api_diagnostics_clear(diagnostics);
    huzhu_status status = check_options(options);
    if (status == HUZHU_OK) status = hz_api_alloc(options != NULL ? options->allocator : NULL, &alloc);
    if (status != HUZHU_OK) return status;
    uint64_t limit = options != NULL && options->memory_limit != 0 ? options->memory_limit : MEMORY_LIMIT;
    load->ruleset = hz_api_new(&alloc, sizeof *load->ruleset);
    if (load->ruleset == NULL) return HUZHU_NO_MEMORY;
    load->ruleset->alloc = alloc;
    atomic_init(&load->ruleset->count, 1);
    hz_arena_begin(&load->ruleset->arena, &alloc, limit < SIZE_MAX ? (size_t)limit : SIZE_MAX);
    load->model = NULL;
    load->diags = (hz_diags){0};
    status = hz_api_guard(&load->ruleset->arena, &load->escape, work, load);
    int32_t told;
    if (status == HZ_LIMIT) {
        told = tell_limit(diagnostics);
    } else {
        if (status == HZ_OK) status = hz_api_diagnostics_status(&load->diags);
        told = status == HZ_NO_MEMORY ? HZ_OK
                                      : hz_api_diagnostics_take(diagnostics, &load->diags,
                                                                load->model != NULL ? &load->model->texts : NULL);
    }
    if (told != HZ_OK) status = told;
    if (status != HUZHU_OK) {
        discard(load->ruleset);
        load->ruleset = NULL;
        load->model = NULL;
    }
    return status;
}
