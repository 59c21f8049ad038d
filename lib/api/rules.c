/* rules.c - huzhu_rules_…: what editors want of rule files, apart from any ruleset. */
#include "api/api.h"

#include "base/status.h"
#include "rules/schema.h"
#include "rules/tidy.h"

#define MEMORY_LIMIT ((size_t)1 << 30)

huzhu_status huzhu_rules_schema(uint32_t file, huzhu_output *output)
{
    static const hz_mapping roots[] = {[HUZHU_FILE_RULESET] = HZ_IN_MANIFEST,
                                       [HUZHU_FILE_PLAN] = HZ_IN_PLAN,
                                       [HUZHU_FILE_TABLE] = HZ_IN_SHARED_TABLE,
                                       [HUZHU_FILE_EXAMPLES] = HZ_IN_EXAMPLES};
    if (output == NULL || file < HUZHU_FILE_RULESET || file > HUZHU_FILE_EXAMPLES) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    hz_schema_write(roots[file], &output->text);
    return hz_api_appended(output, begin);
}

/* ---- tidying ---- */

typedef struct tidying {
    const huzhu_file *file;
    hz_arena arena;
    hz_escape escape;
    hz_diags diags;
    hz_sources sources;
    hz_buf *out;
} tidying;

static void work(void *context)
{
    tidying *self = context;
    self->diags.arena = &self->arena;
    hz_str name = hz_arena_copy(&self->arena, hz_str_from(self->file->path));
    uint32_t file = hz_sources_add(&self->arena, &self->sources, name, (hz_str){self->file->data, self->file->size});
    hz_tidy(&self->arena, &self->diags, &self->sources, file, self->out);
}

huzhu_status huzhu_rules_tidy(const huzhu_file *file, huzhu_diagnostics *diagnostics, huzhu_output *output)
{
    hz_api_diagnostics_clear(diagnostics);
    if (file == NULL || output == NULL || file->path == NULL || (file->data == NULL && file->size > 0)) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    tidying self = {.file = file, .out = &output->text};
    hz_arena_begin(&self.arena, &output->text.alloc, MEMORY_LIMIT);
    huzhu_status status = hz_api_guard(&self.arena, &self.escape, work, &self);
    if (status == HZ_OK) status = hz_api_diagnostics_status(&self.diags);
    int32_t told = status == HZ_NO_MEMORY ? HZ_OK : hz_api_diagnostics_take(diagnostics, &self.diags, &self.sources);
    hz_arena_end(&self.arena);
    if (status == HUZHU_OK) status = told;
    if (status != HUZHU_OK) {
        output->text.failed = true; /* takes back what is not whole */
        hz_api_appended(output, begin);
        return status;
    }
    return hz_api_appended(output, begin);
}
