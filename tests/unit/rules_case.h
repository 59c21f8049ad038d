/* rules_case.h - for tests of the rule reader: a ruleset out of strings, its diagnostics as lines.
 *
 * A diagnostic is shown as `E_CODE <what the caret covers> message | hint`, a related place as `  <…> message` on the
 * next line. The places of lines and columns are the business of diag.c and of the golden files.
 */
#ifndef HZ_TESTS_RULES_CASE_H
#define HZ_TESTS_RULES_CASE_H

#include "harness/harness.h"

#include "base/buf.h"
#include "guarded.h"
#include "rules/read.h"

#define MANIFEST                                                                                                       \
    "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\nsources:\n"                                               \
    "  book: {gives: published, title: 纲要}\n  page: {gives: reported, title: 通知}\n"                            \
    "  far: {gives: assumed, title: 外地}\n"

/* The head of a plan; its sections follow. */
#define HEAD "plan: stay\ntitle: {zh: 住院, en: Stay}\nfrom: 2015-07\ndated by: start\nin turn by: member\n"

typedef struct rules_case {
    hz_arena arena;
    hz_escape escape;
    hz_diags diags;
    hz_model *model;
    hz_buf shown;
} rules_case;

static inline void rules_case_begin(rules_case *self)
{
    hz_arena_begin(&self->arena, &hz_alloc_libc, 0);
    hz_buf_begin(&self->shown, &hz_alloc_libc);
    self->diags = (hz_diags){.arena = &self->arena};
    self->model = NULL;
}

static inline void rules_case_end(rules_case *self)
{
    hz_buf_end(&self->shown);
    hz_arena_end(&self->arena);
}

/* Reads files; settings of scenarios follow them. False: the load was left. */
static inline bool rules_case_read(rules_case *self, const hz_file *files, uint32_t count)
{
    self->arena.escape = &self->escape;
    if (setjmp(self->escape.to) != 0) return false;
    self->model = hz_rules_read(&self->arena, &self->diags, files, count);
    self->arena.escape = NULL;
    return true;
}

static inline void add_place(hz_buf *out, const hz_sources *texts, hz_span span)
{
    if (span.file == HZ_NO_FILE) return;
    hz_str text = hz_str_part(texts->files.at[span.file].bytes, span.begin, span.end);
    const char *end = text.len != 0 ? memchr(text.at, '\n', text.len) : NULL;
    hz_buf_printf(out, "<%.*s%s> ", end != NULL ? (int)(end - text.at) : (int)text.len, text.at,
                  end != NULL ? "…" : "");
}

/* All diagnostics, in the order of their places. */
static inline const char *rules_case_show(rules_case *self)
{
    hz_diags_sort(&self->diags);
    hz_buf_reset(&self->shown);
    for (uint32_t i = 0; i < self->diags.list.count; i++) {
        const hz_diag *diag = &self->diags.list.at[i];
        hz_buf_printf(&self->shown, "%s%s%s ", i > 0 ? "\n" : "", diag->severity == HZ_WARNING ? "warning " : "",
                      hz_code_name(diag->code));
        add_place(&self->shown, &self->model->texts, diag->span);
        hz_buf_add(&self->shown, diag->message);
        if (diag->hint.len != 0) hz_buf_printf(&self->shown, " | %.*s", HZ_ARG(diag->hint));
        for (uint32_t j = 0; j < diag->related.count; j++) {
            hz_buf_add_literal(&self->shown, "\n  ");
            add_place(&self->shown, &self->model->texts, diag->related.at[j].span);
            hz_buf_add(&self->shown, diag->related.at[j].message);
        }
    }
    return hz_buf_text(&self->shown).at != NULL ? hz_buf_text(&self->shown).at : "";
}

/* The diagnostics of one plan file beside the usual manifest. */
static inline void check_plan_file(const char *plan, const char *expected)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), hz_str_from(plan)}};
    rules_case self;
    rules_case_begin(&self);
    HZ_CHECK(rules_case_read(&self, files, 2));
    HZ_CHECK_STR(rules_case_show(&self), expected);
    rules_case_end(&self);
}

typedef struct bad_rules {
    const char *plan; /* what follows HEAD */
    const char *expected;
} bad_rules;

static inline void check_after_head(const bad_rules *row)
{
    char plan[4096] = HEAD;
    size_t head = strlen(HEAD), tail = strlen(row->plan);
    HZ_CHECK(head + tail < sizeof plan);
    memcpy(plan + head, row->plan, tail + 1);
    check_plan_file(plan, row->expected);
}

#define CHECK_BAD_RULES(rows)                                                                                          \
    do {                                                                                                               \
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++) check_after_head(&(rows)[i]);                      \
    } while (0)

#endif
