/* diag.c - the list of diagnostics and the codes. How one is shown is in diag_text.c and diag_json.c.
 *
 * The list has its full room from the first diagnostic on, so that a pointer to one stays good while others are added.
 */
#include "source/diag.h"

#include "base/sort.h"

typedef struct code_text {
    const char *name, *phase, *title, *explanation;
} code_text;

static const code_text codes[] = {
#define HZ_CODE(name, phase, title, explanation) {#name, phase, title, explanation},
#include "source/codes.def"
#undef HZ_CODE
};

const char *hz_code_name(hz_code code)
{
    return codes[code].name;
}

const char *hz_code_title(hz_code code)
{
    return codes[code].title;
}

const char *hz_code_explanation(hz_code code)
{
    return codes[code].explanation;
}

const char *hz_code_phase(hz_code code)
{
    return codes[code].phase;
}

hz_code hz_code_find(hz_str name)
{
    unsigned code = 0;
    while (code < HZ_CODE_COUNT && !hz_str_is(name, codes[code].name))
        code++;
    return (hz_code)code;
}

/* The latest warning: what a full list gives up for an error. */
static hz_diag *last_warning(hz_diags *diags)
{
    for (uint32_t i = diags->list.count; i > 0; i--)
        if (diags->list.at[i - 1].severity == HZ_WARNING)
            return &diags->list.at[i - 1];
    return NULL;
}

/* Where the next diagnostic goes, or NULL. It counts only when it is written: an escape may come between. */
static hz_diag *slot_for(hz_diags *diags, hz_severity severity)
{
    if (diags->list.room == 0) {
        diags->list.at = HZ_NEW_MANY(diags->arena, hz_diag, HZ_DIAG_MOST);
        diags->list.room = HZ_DIAG_MOST;
    }
    if (diags->list.count < HZ_DIAG_MOST)
        return &diags->list.at[diags->list.count];
    return severity == HZ_ERROR ? last_warning(diags) : NULL;
}

/* Said before of the same place: a shared table is read for each plan that uses it. */
static bool is_said(const hz_diags *diags, hz_code code, hz_span span, hz_str message)
{
    for (uint32_t i = 0; i < diags->list.count; i++) {
        const hz_diag *diag = &diags->list.at[i];
        bool here = diag->span.file == span.file && diag->span.begin == span.begin && diag->span.end == span.end;
        if (here && diag->code == code && hz_str_eq(diag->message, message))
            return span.file != HZ_NO_SPAN.file;
    }
    return false;
}

static hz_diag *report(hz_diags *diags, hz_severity severity, hz_code code, hz_span span, const char *format,
                       va_list args)
{
    hz_diag *diag = slot_for(diags, severity);
    hz_str message = hz_arena_vprintf(diags->arena, format, args);
    bool said = is_said(diags, code, span, message);
    if (said || diag == NULL) hz_arena_return(diags->arena, message.at, message.len + 1);
    if (said) return NULL;
    diags->errors += severity == HZ_ERROR;
    if (diags->list.count == HZ_DIAG_MOST)
        diags->dropped++;
    if (diag == NULL)
        return NULL;
    *diag = (hz_diag){.code = code, .severity = severity, .span = span, .message = message};
    if (diags->list.count < HZ_DIAG_MOST)
        diags->list.count++;
    return diag;
}

hz_diag *hz_error(hz_diags *diags, hz_code code, hz_span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    hz_diag *diag = report(diags, HZ_ERROR, code, span, format, args);
    va_end(args);
    return diag;
}

hz_diag *hz_warn(hz_diags *diags, hz_code code, hz_span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    hz_diag *diag = report(diags, HZ_WARNING, code, span, format, args);
    va_end(args);
    return diag;
}

void hz_diag_hint(hz_diags *diags, hz_diag *diag, const char *format, ...)
{
    if (diag == NULL)
        return;
    va_list args;
    va_start(args, format);
    diag->hint = hz_arena_vprintf(diags->arena, format, args);
    va_end(args);
}

void hz_diag_relate(hz_diags *diags, hz_diag *diag, hz_span span, const char *format, ...)
{
    if (diag == NULL)
        return;
    va_list args;
    va_start(args, format);
    hz_str message = hz_arena_vprintf(diags->arena, format, args);
    va_end(args);
    *HZ_PUSH(diags->arena, &diag->related) = (hz_related){span, message};
}

static bool before(const void *context, const void *a, const void *b)
{
    (void)context;
    const hz_span *x = &((const hz_diag *)a)->span, *y = &((const hz_diag *)b)->span;
    return x->file != y->file ? x->file < y->file : x->begin < y->begin;
}

void hz_diags_sort(hz_diags *diags)
{
    hz_sort(diags->list.at, diags->list.count, sizeof *diags->list.at, before, NULL);
}
