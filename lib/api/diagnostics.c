/* diagnostics.c - huzhu_diagnostics: what a load had to say, kept as texts that outlive what was loaded.
 *
 * Called by load.c and examples.c to fill it, by hosts to read it.
 */
#include "api/api.h"

#include "base/status.h"

/* A diagnostic; texts are offsets into parts, where each ends with NUL. */
typedef struct item {
    const char *code;
    size_t message, message_size, hint, hint_size, file, file_size;
    uint32_t severity, line, column, end_line, end_column;
} item;

struct huzhu_diagnostics {
    hz_alloc alloc;
    item *items;
    uint32_t count, room, dropped;
    hz_buf parts, text, json;
};

huzhu_status huzhu_diagnostics_new(const huzhu_allocator *allocator, huzhu_diagnostics **out)
{
    hz_alloc alloc;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    huzhu_status status = hz_api_alloc(allocator, &alloc);
    if (status != HUZHU_OK) return status;
    huzhu_diagnostics *diagnostics = hz_api_new(&alloc, sizeof *diagnostics);
    if (diagnostics == NULL) return HUZHU_NO_MEMORY;
    diagnostics->alloc = alloc;
    hz_buf_begin(&diagnostics->parts, &alloc);
    hz_buf_begin(&diagnostics->text, &alloc);
    hz_buf_begin(&diagnostics->json, &alloc);
    *out = diagnostics;
    return HUZHU_OK;
}

void huzhu_diagnostics_free(huzhu_diagnostics *diagnostics)
{
    if (diagnostics == NULL) return;
    hz_buf_end(&diagnostics->parts);
    hz_buf_end(&diagnostics->text);
    hz_buf_end(&diagnostics->json);
    if (diagnostics->items != NULL)
        hz_api_free(&diagnostics->alloc, diagnostics->items, diagnostics->room * sizeof *diagnostics->items);
    hz_api_free(&diagnostics->alloc, diagnostics, sizeof *diagnostics);
}

/* ---- filling ---- */

void hz_api_diagnostics_clear(huzhu_diagnostics *diagnostics)
{
    if (diagnostics == NULL) return;
    diagnostics->count = diagnostics->dropped = 0;
    hz_buf_reset(&diagnostics->parts);
    hz_buf_reset(&diagnostics->text);
    hz_buf_reset(&diagnostics->json);
}

static size_t keep(huzhu_diagnostics *diagnostics, hz_str text)
{
    size_t begin = diagnostics->parts.len;
    hz_buf_add(&diagnostics->parts, text);
    hz_buf_add_char(&diagnostics->parts, '\0');
    return begin;
}

static void take(huzhu_diagnostics *diagnostics, const hz_diag *diag, const hz_sources *sources)
{
    item *out = &diagnostics->items[diagnostics->count++];
    *out = (item){.code = hz_code_name(diag->code),
                  .severity = diag->severity == HZ_ERROR ? HUZHU_ERROR : HUZHU_WARNING,
                  .message = keep(diagnostics, diag->message),
                  .message_size = diag->message.len};
    out->hint = keep(diagnostics, diag->hint);
    out->hint_size = diag->hint.len;
    hz_str file = HZ_STR("");
    if (diag->span.file != HZ_NO_FILE && diag->span.file < sources->files.count) {
        hz_place begin = hz_sources_place(sources, diag->span.file, diag->span.begin);
        hz_place end = hz_sources_place(sources, diag->span.file, diag->span.end);
        file = sources->files.at[diag->span.file].name;
        out->line = begin.line;
        out->column = begin.column;
        out->end_line = end.line;
        out->end_column = end.column;
    }
    out->file = keep(diagnostics, file);
    out->file_size = file.len;
    hz_diag_render(diag, sources, &diagnostics->text);
    hz_diag_json(diag, sources, &diagnostics->json);
    hz_buf_add_char(&diagnostics->json, '\n');
}

int32_t hz_api_diagnostics_take(huzhu_diagnostics *diagnostics, hz_diags *diags, const hz_sources *sources)
{
    static const hz_sources none = {{0}};
    hz_api_diagnostics_clear(diagnostics);
    if (diagnostics == NULL || diags->list.count == 0) return HZ_OK;
    if (diags->list.count > diagnostics->room) {
        const hz_alloc *alloc = &diagnostics->alloc;
        item *items = alloc->allocate(alloc->user, diags->list.count * sizeof *items);
        if (items == NULL) return HZ_NO_MEMORY;
        if (diagnostics->items != NULL)
            alloc->release(alloc->user, diagnostics->items, diagnostics->room * sizeof *items);
        diagnostics->items = items;
        diagnostics->room = diags->list.count;
    }
    hz_diags_sort(diags);
    diagnostics->dropped = diags->dropped;
    for (uint32_t i = 0; i < diags->list.count; i++)
        take(diagnostics, &diags->list.at[i], sources != NULL ? sources : &none);
    if (!diagnostics->parts.failed && !diagnostics->text.failed && !diagnostics->json.failed) return HZ_OK;
    hz_api_diagnostics_clear(diagnostics);
    return HZ_NO_MEMORY;
}

int32_t hz_api_diagnostics_status(const hz_diags *diags)
{
    bool io = false, version = false, limit = false;
    if (diags->errors == 0) return HZ_OK;
    for (uint32_t i = 0; i < diags->list.count; i++) {
        io |= diags->list.at[i].code == HZ_E_IO;
        version |= diags->list.at[i].code == HZ_E_FORMAT_VERSION;
        limit |= diags->list.at[i].code == HZ_E_TOO_LARGE;
    }
    return io ? HZ_IO : version ? HZ_VERSION : limit ? HZ_LIMIT : HZ_RULES;
}

/* ---- reading ---- */

size_t huzhu_diagnostics_count(const huzhu_diagnostics *diagnostics)
{
    return diagnostics != NULL ? diagnostics->count : 0;
}

size_t huzhu_diagnostics_dropped(const huzhu_diagnostics *diagnostics)
{
    return diagnostics != NULL ? diagnostics->dropped : 0;
}

static huzhu_text part(const huzhu_diagnostics *diagnostics, size_t begin, size_t size)
{
    return (huzhu_text){diagnostics->parts.at + begin, size};
}

huzhu_status huzhu_diagnostics_at(const huzhu_diagnostics *diagnostics, size_t index, huzhu_diagnostic *out)
{
    if (diagnostics == NULL || index >= diagnostics->count) return HUZHU_INVALID_ARGUMENT;
    const item *from = &diagnostics->items[index];
    huzhu_diagnostic view = {.severity = from->severity,
                             .code = hz_api_text(hz_str_from(from->code)),
                             .message = part(diagnostics, from->message, from->message_size),
                             .hint = part(diagnostics, from->hint, from->hint_size),
                             .file = part(diagnostics, from->file, from->file_size),
                             .line = from->line,
                             .column = from->column,
                             .end_line = from->end_line,
                             .end_column = from->end_column};
    return HZ_API_FILL(out, &view);
}

huzhu_text huzhu_diagnostics_text(const huzhu_diagnostics *diagnostics)
{
    return diagnostics != NULL ? hz_api_text(hz_buf_text(&diagnostics->text)) : hz_api_empty();
}

huzhu_text huzhu_diagnostics_json(const huzhu_diagnostics *diagnostics)
{
    return diagnostics != NULL ? hz_api_text(hz_buf_text(&diagnostics->json)) : hz_api_empty();
}
