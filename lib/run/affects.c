/* affects.c - two readings of one plan are lowered into one DAG, where equal things are one node: an answer whose nodes are
 * the same cannot differ, whatever the claim is. Others can, as far as the rules show it without a claim. Called by the API.
 */
#include "run/affects.h"

#include "program/lower.h"

/* A plan's answers as nodes. */
typedef struct answers {
    hz_question claim, enrolment;
    hz_column_program columns;
} answers;

typedef struct comparison {
    const hz_plan_model *rules;
    answers before, after;
    hz_affects_form form;
    hz_buf *out;
    uint32_t moves;      /* names written so far */
} comparison;

static void lower_plan(hz_lower *lower, const hz_plan *plan, answers *out)
{
    *out = (answers){0};
    lower->plan = (hz_plan *)(uintptr_t)plan; /* which lowering reads */
    hz_lower_begin(lower, &out->claim, false);
    hz_lower_claim(lower);
    hz_lower_results(lower, &out->columns);
    hz_lower_begin(lower, &out->enrolment, false);
    hz_lower_enrolment(lower);
}

/* ---- Writing ---- */

static void add_move(comparison *c, const char *before, hz_str name, const char *after)
{
    if (c->moves++ > 0) hz_buf_add(c->out, c->form == HZ_AFFECTS_JSON ? HZ_STR(",") : HZ_STR(", "));
    if (c->form == HZ_AFFECTS_JSON) hz_buf_add_char(c->out, '"'); /* names of rules need no escapes */
    hz_buf_add(c->out, hz_str_from(before));
    hz_buf_add(c->out, name);
    hz_buf_add(c->out, hz_str_from(after));
    if (c->form == HZ_AFFECTS_JSON) hz_buf_add_char(c->out, '"');
}

/* ---- Comparing ---- */

static bool regs_differ(hz_regs a, hz_regs b)
{
    return a.value != b.value || a.null != b.null || a.missing != b.missing || a.unknown != b.unknown || a.error != b.error;
}

static bool keys_differ(const hz_column_key *a, const hz_column_key *b)
{
    bool differ = a->count != b->count || a->open != b->open;
    for (uint32_t i = 0; !differ && i < a->count; i++) differ = a->value[i] != b->value[i] || a->null[i] != b->null[i];
    return differ;
}

static bool counters_differ(const hz_column_counter *a, const hz_column_counter *b)
{
    return a->value != b->value || a->absent != b->absent || a->moved != b->moved;
}

static bool passes_differ(const hz_part *part, const hz_column_part *a, const hz_column_part *b)
{
    bool differ = a->verdict != b->verdict || a->reason != b->reason || a->hold != b->hold;
    for (uint32_t i = 0; !differ && i < part->rules->inputs.count; i++)
        differ = a->inputs[i].given != b->inputs[i].given || a->inputs[i].value != b->inputs[i].value || a->inputs[i].absent != b->inputs[i].absent;
    return differ;
}

static void compare_claim(comparison *c)
{
    const hz_column_program *a = &c->before.columns, *b = &c->after.columns;
    if (a->outcome != b->outcome) add_move(c, "", HZ_STR("outcome"), "");
    if (a->reason != b->reason) add_move(c, "", HZ_STR("reason"), "");
    if (a->total != b->total) add_move(c, "", HZ_STR("total"), "");
    for (uint32_t i = 0; i < c->rules->benefits.count; i++) {
        hz_str name = c->rules->benefits.at[i].name;
        if (a->benefits[i].gross != b->benefits[i].gross) add_move(c, "", name, ".gross");
        if (a->benefits[i].net != b->benefits[i].net) add_move(c, "", name, ".net");
    }
    for (uint32_t i = 0; i < c->rules->counters.count; i++) {
        hz_str name = c->rules->counters.at[i].name;
        if (counters_differ(&a->counters[i], &b->counters[i])) add_move(c, "", name, ".after");
        if (keys_differ(&a->keys[i], &b->keys[i])) add_move(c, "", name, ".key");
    }
    for (uint32_t i = 0; i < c->rules->parts.count; i++)
        if (passes_differ(&c->rules->parts.at[i], &a->parts[i], &b->parts[i])) add_move(c, "what is passed to ", c->rules->parts.at[i].plan, "");
}

static void compare_enrolment(comparison *c)
{
    const hz_question *a = &c->before.enrolment, *b = &c->after.enrolment;
    if (a->outcome != b->outcome) add_move(c, "", HZ_STR("enrolment"), "");
    for (uint32_t i = 0; i < c->rules->fees.count; i++)
        if (regs_differ(a->fees[i], b->fees[i])) add_move(c, "", c->rules->fees.at[i].name, "");
}

static void add_plan(comparison *c, hz_str package)
{
    if (package.len > 0) hz_buf_add(c->out, package);
    if (package.len > 0) hz_buf_add_char(c->out, '.');
    hz_buf_add(c->out, c->rules->id);
}

bool hz_affects(hz_arena *arena, const hz_plan *before, const hz_plan *after, hz_str package, hz_affects_form form, hz_buf *out)
{
    comparison *c = HZ_NEW(arena, comparison);
    hz_lower lower = {.arena = arena};
    size_t begin = out->len;
    *c = (comparison){.rules = before->rules, .form = form, .out = out};
    hz_dag_begin(&lower.dag, arena);
    lower_plan(&lower, before, &c->before);
    lower_plan(&lower, after, &c->after);
    if (form == HZ_AFFECTS_JSON) hz_buf_add_literal(out, "{\"plan\":\"");
    add_plan(c, package);
    hz_buf_add(out, form == HZ_AFFECTS_JSON ? HZ_STR("\",\"can_move\":[") : HZ_STR(": "));
    compare_claim(c);
    compare_enrolment(c);
    hz_buf_add(out, form == HZ_AFFECTS_JSON ? HZ_STR("]}\n") : HZ_STR("\n"));
    if (c->moves == 0 && form == HZ_AFFECTS_TEXT && !out->failed) out->at[out->len = begin] = '\0';
    return c->moves > 0;
}
