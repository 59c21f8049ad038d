/* cmd_settle.c - eval and settle, explain, counters: claims or events in, one answer a claim out. */
#include "json.h"
#include "settle.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>

#define HEADING_WIDTH 72

/* ---- eval, settle ---- */

static huzhu_status eval_line(cli_session *session, const cli_line *line)
{
    huzhu_output_clear(session->output);
    huzhu_claim_set_fresh(session->claim, (session->options->given & CLI_OPTION_FRESH) != 0);
    huzhu_status status = huzhu_settle_json(session->claim, session->decision, session->ledger, line->text, line->size,
                                            session->options->language, line->number, session->output);
    if (status == HUZHU_OK)
        cli_put(huzhu_output_text(session->output));
    return status;
}

int cmd_eval(const cli_options *options)
{
    return cli_settle(options, eval_line);
}

/* ---- explain ---- */

/* "── 第 1 行 ─────": where the claim stands. Its id, outcome and total follow as the explanation's first lines. */
static void put_heading(const cli_session *session, const cli_line *line)
{
    char place[512];
    if (session->options->operand_count > 2)
        snprintf(place, sizeof place, "%.480s:%" PRIu64, line->file, line->number);
    else
        snprintf(place, sizeof place, session->options->language == HUZHU_ZH ? "第 %" PRIu64 " 行" : "line %" PRIu64, line->number);
    fputs(session->lines > 0 ? "\n── " : "── ", stdout);
    cli_put_shown(cli_text(place));
    putchar(' ');
    for (size_t width = cli_width(cli_text(place)) + 4; width < HEADING_WIDTH; width++)
        fputs("─", stdout);
    putchar('\n');
}

static huzhu_status decide(cli_session *session, const cli_line *line)
{
    huzhu_status status = cli_read_claim(session, line);
    if (status == HUZHU_OK && session->ledger != NULL)
        status = huzhu_ledger_fill(session->ledger, session->claim);
    if (status == HUZHU_OK)
        status = huzhu_claim_evaluate(session->claim, session->decision);
    return status;
}

static huzhu_status explain_line(cli_session *session, const cli_line *line)
{
    huzhu_text text;
    bool json = (session->options->given & CLI_OPTION_JSON) != 0;
    huzhu_status status = decide(session, line);
    if (status == HUZHU_OK && session->ledger != NULL && huzhu_claim_reverses(session->claim).size > 0) {
        if (!json)
            put_heading(session, line);
        return eval_line(session, line); /* a reversal computes nothing: its line says all */
    }
    if (status == HUZHU_OK)
        status = huzhu_decision_explain(session->decision, session->options->language, json ? HUZHU_EXPLAIN_JSON : HUZHU_EXPLAIN_TEXT, &text);
    if (status != HUZHU_OK)
        return status;
    if (!json)
        put_heading(session, line);
    cli_put(text);
    if (text.size == 0 || text.data[text.size - 1] != '\n')
        putchar('\n');
    return session->ledger != NULL ? huzhu_ledger_apply(session->ledger, session->decision) : HUZHU_OK;
}

int cmd_explain(const cli_options *options)
{
    return cli_settle(options, explain_line);
}

/* ---- counters ---- */

static void put_read(const huzhu_plan *plan, const huzhu_decision *decision, size_t index)
{
    huzhu_counter_read one = {.struct_size = sizeof one};
    huzhu_counter_info info = {.struct_size = sizeof info};
    if (huzhu_decision_counter_read_at(decision, index, &one) != HUZHU_OK ||
        huzhu_plan_counter_at(plan, one.counter, &info) != HUZHU_OK)
        return;
    fputs(index > 0 ? "," : "", stdout);
    cli_put_json(one.name);
    fputs(":{\"key\":", stdout);
    cli_put(one.key);
    if (info.unit.size > 0)
        cli_put_member(",", "unit", info.unit);
    putchar('}');
}

/* The counters of a decision, and those of its parts. */
static void put_reads(huzhu_decision *decision)
{
    size_t count = huzhu_decision_counter_read_count(decision), parts = huzhu_decision_part_count(decision);
    if (count > 0 || parts == 0) {
        fputs(",\"counters\":{", stdout);
        for (size_t i = 0; i < count; i++)
            put_read(huzhu_decision_plan(decision), decision, i);
        putchar('}');
    }
    for (size_t i = 0; i < parts; i++) {
        huzhu_decision *part;
        if (huzhu_decision_part_at(decision, i, &part) != HUZHU_OK)
            continue;
        cli_put_member(i > 0 ? ",{" : ",\"parts\":[{", "plan", huzhu_plan_id(huzhu_decision_plan(part)));
        put_reads(part);
        fputs(i + 1 < parts ? "}" : "}]", stdout);
    }
}

/* Evaluates first, for the id and for what is wrong with the claim: they come from the decision's JSON, no other call
 * has the id. The counters come of a second question, which an error does not get as far as. */
static huzhu_status counters_line(cli_session *session, const cli_line *line)
{
    huzhu_text json, part;
    size_t count = 0;
    huzhu_status status = cli_read_claim(session, line);
    if (status == HUZHU_OK)
        status = huzhu_claim_evaluate(session->claim, session->decision);
    if (status == HUZHU_OK)
        status = huzhu_decision_json(session->decision, session->options->language, line->number, &json);
    if (status != HUZHU_OK)
        return status;
    putchar('{');
    if (cli_json_member(json, "id", &part)) {
        fputs("\"id\":", stdout);
        cli_put(part);
        putchar(',');
    }
    printf("\"line\":%" PRIu64, line->number);
    if (session->plan != NULL)
        cli_put_member(",", "plan", huzhu_plan_id(session->plan));
    if (cli_json_member(json, "error", &part)) {
        fputs(",\"error\":", stdout);
        cli_put(part);
        puts("}");
        return HUZHU_OK;
    }
    status = huzhu_claim_find_counters(session->claim, session->decision, &count);
    if (status != HUZHU_OK)
        return status;
    put_reads(session->decision);
    puts("}");
    return HUZHU_OK;
}

int cmd_counters(const cli_options *options)
{
    return cli_settle(options, counters_line);
}
