/* plan_case.h - for tests of meaning: a plan out of strings, compiled; claims as JSON, decisions as JSON. */
#ifndef HZ_TESTS_PLAN_CASE_H
#define HZ_TESTS_PLAN_CASE_H

#include "rules_case.h"

#include "run/decision.h"

typedef struct plan_case {
    rules_case rules;
    hz_plan *plans;
    hz_claim claim;
    hz_decision decision;
} plan_case;

/* Compiles files; false: errors, in self->rules.shown by plan_case_errors. */
static inline bool plan_case_begin_files(plan_case *self, const hz_file *files, uint32_t file_count)
{
    memset(self, 0, sizeof *self);
    rules_case_begin(&self->rules);
    if (!rules_case_read(&self->rules, files, file_count)) return false;
    self->rules.arena.escape = &self->rules.escape;
    if (setjmp(self->rules.escape.to) != 0) return false;
    uint32_t count = 0;
    if (self->rules.diags.errors == 0) self->plans = hz_compile(&self->rules.arena, &self->rules.diags, self->rules.model, &count);
    self->rules.arena.escape = NULL;
    if (self->plans == NULL) return false;
    return hz_claim_begin(&self->claim, &self->plans[0], &hz_alloc_libc) && hz_decision_begin(&self->decision, &hz_alloc_libc);
}

/* MANIFEST, one plan file and settings, NULL behind the last; false: errors, in the case's diagnostics. */
static inline bool plan_case_begin_set(plan_case *self, const char *plan, const char *const *settings)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), hz_str_from(plan)}};
    hz_file texts[8] = {{{0}, {0}}};
    volatile uint32_t count = 0;
    memset(self, 0, sizeof *self);
    rules_case_begin(&self->rules);
    if (!rules_case_read(&self->rules, files, 2)) return false;
    for (; settings != NULL && settings[count] != NULL; count++) texts[count].bytes = hz_str_from(settings[count]);
    self->rules.arena.escape = &self->rules.escape;
    if (setjmp(self->rules.escape.to) == 0) {
        uint32_t plans = 0;
        hz_rules_apply(&self->rules.arena, &self->rules.diags, self->rules.model, texts, count);
        if (self->rules.diags.errors == 0) self->plans = hz_compile(&self->rules.arena, &self->rules.diags, self->rules.model, &plans);
    }
    self->rules.arena.escape = NULL;
    if (self->plans == NULL) return false;
    return hz_claim_begin(&self->claim, &self->plans[0], &hz_alloc_libc) && hz_decision_begin(&self->decision, &hz_alloc_libc);
}

/* MANIFEST and one plan file. */
static inline bool plan_case_begin(plan_case *self, const char *plan)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), hz_str_from(plan)}};
    return plan_case_begin_files(self, files, 2);
}

static inline void plan_case_end(plan_case *self)
{
    if (self->plans != NULL) {
        hz_decision_end(&self->decision);
        hz_claim_end(&self->claim);
    }
    rules_case_end(&self->rules);
}

/* The decision of a claim, "outcome total reason,reason… missing:name,name… [basis*]" where * marks what it rests on. */
static inline const char *plan_case_decide(plan_case *self, const char *json)
{
    static const char *const outcomes[] = {"none", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "accepted"};
    hz_decision *decision = &self->decision;
    hz_buf *out = &self->rules.shown;
    hz_buf_reset(out);
    hz_claim_read_json(&self->claim, hz_str_from(json), NULL);
    if (hz_decide(&self->claim, decision) != HZ_OK) return "no memory";
    hz_decision_walk(decision);
    hz_buf_printf(out, "%s", outcomes[decision->outcome]);
    if (decision->has_total && decision->outcome != HZ_REFUSED) hz_buf_printf(out, " %lld", (long long)decision->total);
    for (uint32_t i = 0; i < decision->reason_count; i++) {
        const hz_reason *reason = &decision->reasons[i];
        hz_buf_printf(out, " %.*s", HZ_ARG(reason->code));
        if (reason->about.len > 0) hz_buf_printf(out, "(%.*s)", HZ_ARG(reason->about));
    }
    if (decision->error.is) hz_buf_printf(out, " %s", hz_code_name(decision->error.code));
    return hz_buf_text(out).at;
}

/* What the last decision used, in order; * marks what it rests on. */
static inline const char *plan_case_basis(plan_case *self)
{
    hz_buf *out = &self->rules.shown;
    hz_buf_reset(out);
    for (uint32_t i = 0; i < self->decision.basis_count; i++) {
        const hz_basis_item *item = &self->decision.basis[i];
        hz_buf_printf(out, "%s%.*s", i > 0 ? " " : "", HZ_ARG(item->name));
        if (item->output.len > 0) hz_buf_printf(out, ".%.*s", HZ_ARG(item->output));
        if (item->type != NULL) {
            hz_buf_add_char(out, '=');
            hz_basis_value(item, out);
        }
        if (item->rests_on) hz_buf_add_char(out, '*');
    }
    return hz_buf_text(out).at;
}

#endif
