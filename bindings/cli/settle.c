/* settle.c - eval, explain and counters: claims in, a line of JSON or an explanation each. */
#include "cli.h"

#include <string.h>

typedef struct session {
    const cli_options *options;
    huzhu_ruleset *rules;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_ledger *ledger; /* with --carry */
    huzhu_output *output;
    bool first;           /* no explanation was printed yet */
} session;

static void close_session(session *s)
{
    huzhu_output_free(s->output);
    huzhu_ledger_free(s->ledger);
    huzhu_decision_free(s->decision);
    huzhu_claim_free(s->claim);
    huzhu_ruleset_release(s->rules);
}

static int open_session(session *s, const cli_options *options)
{
    *s = (session){.options = options, .first = true};
    int code = load(options, options->operands[0], &s->rules);
    if (code == EXIT_WELL) code = find_plan(s->rules, options->plan, &s->plan);
    if (code != EXIT_WELL) return code;
    huzhu_status status = huzhu_claim_new(s->plan, &s->claim);
    if (status == HUZHU_OK) status = huzhu_decision_new(NULL, &s->decision);
    if (status == HUZHU_OK) status = huzhu_output_new(NULL, &s->output);
    if (status == HUZHU_OK && options->carry) status = huzhu_ledger_new(NULL, &s->ledger);
    return status == HUZHU_OK ? EXIT_WELL : report(status, options->plan);
}

/* Decides one line into the session's decision. Only a status that is no answer is a failure. */
static huzhu_status decide(session *s, const cli_line *line)
{
    huzhu_status status = huzhu_claim_read_json(s->claim, line->text, line->size);
    if (status != HUZHU_OK && status != HUZHU_DATA) return status;
    if (s->options->ask != NULL && strcmp(s->options->ask, "enrolment") == 0) huzhu_claim_ask(s->claim, HUZHU_ASK_ENROLMENT);
    if (s->options->fresh) huzhu_claim_set_fresh(s->claim, 1);
    if (s->ledger != NULL && status == HUZHU_OK) status = huzhu_ledger_fill(s->ledger, s->claim);
    if (status != HUZHU_OK && status != HUZHU_DATA) return status;
    status = huzhu_claim_evaluate(s->claim, s->decision);
    if (status == HUZHU_OK && s->ledger != NULL) status = huzhu_ledger_apply(s->ledger, s->decision);
    return status;
}

static int too_long(const cli_line *line)
{
    fprintf(stderr, "huzhu: line %llu is longer than %u bytes\n", (unsigned long long)line->number, LINE_MOST);
    return EXIT_LIMIT;
}

static int failed(const session *s)
{
    return huzhu_decision_outcome(s->decision) == HUZHU_FAILED ? EXIT_NO : EXIT_WELL;
}

static int eval_line(void *context, const cli_line *line)
{
    session *s = context;
    huzhu_text text;
    if (line->too_long) return too_long(line);
    huzhu_status status = decide(s, line);
    if (status == HUZHU_OK) status = huzhu_decision_json(s->decision, s->options->language, line->number, &text);
    if (status != HUZHU_OK) return report(status, "eval");
    print_text(stdout, text);
    putchar('\n');
    return failed(s);
}

static int explain_line(void *context, const cli_line *line)
{
    session *s = context;
    huzhu_text text;
    if (line->too_long) return too_long(line);
    huzhu_status status = decide(s, line);
    uint32_t format = s->options->json ? HUZHU_EXPLAIN_JSON : HUZHU_EXPLAIN_TEXT;
    if (status == HUZHU_OK) status = huzhu_decision_explain(s->decision, s->options->language, format, &text);
    if (status != HUZHU_OK) return report(status, "explain");
    if (!s->options->json && !s->first) putchar('\n');
    s->first = false;
    print_text(stdout, text);
    if (text.size == 0 || text.data[text.size - 1] != '\n') putchar('\n');
    return failed(s);
}

static int counters_line(void *context, const cli_line *line)
{
    session *s = context;
    size_t count = 0;
    if (line->too_long) return too_long(line);
    huzhu_status status = huzhu_claim_read_json(s->claim, line->text, line->size);
    bool bad = status == HUZHU_DATA;
    if (status == HUZHU_OK || bad) status = huzhu_claim_find_counters(s->claim, s->decision, &count);
    if (status != HUZHU_OK) return report(status, "counters");
    printf("{\"line\":%llu,\"counters\":{", (unsigned long long)line->number);
    for (size_t i = 0; i < count; i++) {
        huzhu_counter_read read = {.struct_size = sizeof read};
        if (huzhu_decision_counter_read_at(s->decision, i, &read) != HUZHU_OK) break;
        if (i > 0) putchar(',');
        print_json(read.name);
        putchar(':');
        print_text(stdout, read.key);
    }
    puts("}}");
    return bad ? EXIT_NO : EXIT_WELL;
}

static int settle(const cli_options *options, int (*each)(void *, const cli_line *))
{
    session s;
    int code = open_session(&s, options);
    if (code == EXIT_WELL) code = each_line(options->operands + 1, options->operand_count - 1, each, &s);
    close_session(&s);
    return code;
}

int command_eval(const cli_options *options)
{
    return settle(options, eval_line);
}

int command_explain(const cli_options *options)
{
    return settle(options, explain_line);
}

int command_counters(const cli_options *options)
{
    return settle(options, counters_line);
}
