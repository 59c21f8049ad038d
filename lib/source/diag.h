/* diag.h - diagnostics: what is wrong with a rule file, where, and how to mend it.
 *
 * A message names the user's thing in the user's words on one line; the hint is separate. At most HZ_DIAG_MOST are
 * kept: the next is dropped and `dropped` counts it, but an error takes the place of the last warning rather than get
 * lost. Messages never contain input values or key values.
 */
#ifndef HZ_SOURCE_DIAG_H
#define HZ_SOURCE_DIAG_H

#include "base/buf.h"
#include "source/text.h"

typedef enum hz_code {
#define HZ_CODE(name, phase, title, explanation) HZ_##name,
#include "source/codes.def"
#undef HZ_CODE
    HZ_CODE_COUNT
} hz_code;

typedef enum hz_severity { HZ_ERROR, HZ_WARNING } hz_severity;

#define HZ_DIAG_MOST 50

typedef struct hz_related {
    hz_span span;
    hz_str message;
} hz_related;

typedef struct hz_diag {
    hz_code code;
    hz_severity severity;
    hz_span span;
    hz_str message;
    hz_str hint;                  /* empty: none */
    HZ_VEC(hz_related) related;   /* other places that matter */
} hz_diag;

typedef struct hz_diags {
    hz_arena *arena; /* texts and items live here */
    HZ_VEC(hz_diag) list;
    uint32_t errors;   /* errors reported, dropped ones included */
    uint32_t dropped;  /* not kept */
} hz_diags;

/* The code's public name, "E_…". */
const char *hz_code_name(hz_code code);
const char *hz_code_title(hz_code code);
const char *hz_code_explanation(hz_code code);
const char *hz_code_phase(hz_code code); /* "load", "feel", "json", "row", … as in codes.def */
/* The code of a public name; HZ_CODE_COUNT when there is none. */
hz_code hz_code_find(hz_str name);

/* Adds an error / a warning. Returns the diagnostic for hz_diag_hint and hz_diag_relate, or NULL when dropped
 * (both accept NULL). The pointer stays good until the diagnostics are sorted. */
hz_diag *hz_error(hz_diags *diags, hz_code code, hz_span span, const char *format, ...) HZ_PRINTF(4, 5);
hz_diag *hz_warn(hz_diags *diags, hz_code code, hz_span span, const char *format, ...) HZ_PRINTF(4, 5);
void hz_diag_hint(hz_diags *diags, hz_diag *diag, const char *format, ...) HZ_PRINTF(3, 4);
void hz_diag_relate(hz_diags *diags, hz_diag *diag, hz_span span, const char *format, ...) HZ_PRINTF(4, 5);

/* Sorts by file, place; equal places keep their order; those without a file come last. */
void hz_diags_sort(hz_diags *diags);

/* Text form: `file:line:col: error[CODE]: message`, the source line, a caret line (placed by display width: a Chinese
 * character is two columns; long lines are cut around the caret), then `hint: …` and related places
 * (`file:line:col: note: …` with their lines). A diagnostic without a file starts with `error[CODE]: `. Controls and
 * bytes that are not UTF-8 are shown as U+FFFD: what a rule file says must not steer a terminal. */
void hz_diag_render(const hz_diag *diag, const hz_sources *sources, hz_buf *out);

/* One JSON object without a line end: {code, severity, file, line, column, end_line, end_column, message, hint, related};
 * file, places and hint are null where there are none; related is a list of {file, line, column, message}.
 * The end is the place behind the last character. */
void hz_diag_json(const hz_diag *diag, const hz_sources *sources, hz_buf *out);

#endif
