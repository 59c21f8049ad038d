/* ruleset.c - huzhu_ruleset: loading, counting owners, name and hash, finding plans. */
#include "api/api.h"

#include "run/handbook.h"

static huzhu_status load(hz_api_load *request, huzhu_diagnostics *diagnostics, huzhu_ruleset **out)
{
    huzhu_status status = hz_api_load_run(request, diagnostics);
    *out = request->ruleset;
    return status;
}

huzhu_status huzhu_ruleset_load(const char *folder, const huzhu_load_options *options, huzhu_diagnostics *diagnostics,
                                huzhu_ruleset **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (folder == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_api_load request = {.folder = folder, .options = options};
    return load(&request, diagnostics, out);
}

huzhu_status huzhu_ruleset_load_files(const huzhu_file *files, size_t count, const huzhu_load_options *options,
                                      huzhu_diagnostics *diagnostics, huzhu_ruleset **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if ((files == NULL && count > 0) || count > UINT32_MAX) return HUZHU_INVALID_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (files[i].path == NULL || (files[i].data == NULL && files[i].size > 0)) return HUZHU_INVALID_ARGUMENT;
    hz_api_load request = {.files = files, .file_count = count, .options = options};
    return load(&request, diagnostics, out);
}

huzhu_ruleset *huzhu_ruleset_retain(huzhu_ruleset *ruleset)
{
    if (ruleset != NULL) atomic_fetch_add_explicit(&ruleset->count, 1, memory_order_relaxed);
    return ruleset;
}

void huzhu_ruleset_release(huzhu_ruleset *ruleset)
{
    if (ruleset == NULL || atomic_fetch_sub_explicit(&ruleset->count, 1, memory_order_acq_rel) != 1) return;
    hz_arena_end(&ruleset->arena);
    hz_api_free(&ruleset->alloc, ruleset, sizeof *ruleset);
}

huzhu_text huzhu_ruleset_name(const huzhu_ruleset *ruleset)
{
    return ruleset != NULL ? hz_api_text(ruleset->model->id) : hz_api_empty();
}

huzhu_text huzhu_ruleset_version(const huzhu_ruleset *ruleset)
{
    return ruleset != NULL ? hz_api_text(ruleset->model->version) : hz_api_empty();
}

huzhu_text huzhu_ruleset_sha256(const huzhu_ruleset *ruleset)
{
    return ruleset != NULL ? hz_api_text(hz_str_from(ruleset->model->sha256)) : hz_api_empty();
}

huzhu_text huzhu_ruleset_scenario(const huzhu_ruleset *ruleset)
{
    return ruleset != NULL ? hz_api_text(ruleset->model->scenario) : hz_api_empty();
}

size_t huzhu_ruleset_plan_count(const huzhu_ruleset *ruleset)
{
    return ruleset != NULL ? ruleset->plan_count : 0;
}

const huzhu_plan *huzhu_ruleset_plan_at(const huzhu_ruleset *ruleset, size_t index)
{
    return index < huzhu_ruleset_plan_count(ruleset) ? &ruleset->plans[index] : NULL;
}

huzhu_status huzhu_ruleset_plan_find(const huzhu_ruleset *ruleset, const char *id, size_t id_size,
                                     const huzhu_plan **out)
{
    hz_str wanted;
    if (ruleset == NULL || out == NULL || !hz_api_str(id, id_size, &wanted)) return HUZHU_INVALID_ARGUMENT;
    for (uint32_t i = 0; i < ruleset->plan_count; i++) {
        if (hz_str_eq(ruleset->plans[i].core->rules->id, wanted)) {
            *out = &ruleset->plans[i];
            return HUZHU_OK;
        }
    }
    return HUZHU_NOT_FOUND;
}

huzhu_status huzhu_ruleset_handbook(const huzhu_ruleset *ruleset, uint32_t language, huzhu_output *output)
{
    if (ruleset == NULL || output == NULL || language > HUZHU_EN) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    hz_handbook(ruleset->model, ruleset->plan_count > 0 ? ruleset->plans[0].core : NULL, ruleset->plan_count, language,
                &output->text);
    return hz_api_appended(output, begin);
}
