/* cmd_settle.c - eval, explain, counters: claims in, one answer a claim out. */
#include "json.h"
#include "settle.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- eval ---- */

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

static const char *outcome_word(uint32_t outcome, uint32_t language)
{
    static const char *const words[][2] = {
        [HUZHU_PAID] = {"应付", "paid"},
        [HUZHU_NOTHING_DUE] = {"无应付金额", "nothing due"},
        [HUZHU_REFUSED] = {"不予给付", "refused"},
        [HUZHU_INCOMPLETE] = {"资料不全", "incomplete"},
        [HUZHU_UNDETERMINED] = {"无法确定", "undetermined"},
        [HUZHU_FAILED] = {"申请有误", "error"},
        [HUZHU_ACCEPTED] = {"可以参保", "accepted"},
    };
    return outcome < sizeof words / sizeof *words && words[outcome][0] != NULL ? words[outcome][language] : "";
}

static void put_place(const cli_session *session, const cli_line *line)
{
    if (session->options->operand_count > 2)
        printf("%s:%" PRIu64, line->file, line->number);
    else if (session->options->language == HUZHU_ZH)
        printf("第 %" PRIu64 " 行", line->number);
    else
        printf("line %" PRIu64, line->number);
}

/* "第 1 行  A-2024-0001  应付 360.00 元". The id comes from the decision's JSON: no other call has it. */
static huzhu_status put_heading(const cli_session *session, const cli_line *line)
{
    huzhu_text json, id, currency = cli_text(""), total = huzhu_decision_total_text(session->decision);
    uint32_t outcome = huzhu_decision_outcome(session->decision), language = session->options->language;
    huzhu_status status = huzhu_decision_json(session->decision, language, line->number, &json);
    if (status != HUZHU_OK)
        return status;
    put_place(session, line);
    if (cli_json_member(json, "id", &id)) {
        bool quoted = id.size >= 2 && id.data[0] == '"';
        fputs("  ", stdout);
        cli_put_shown((huzhu_text){id.data + quoted, id.size - 2 * (size_t)quoted});
    }
    printf("  %s", outcome_word(outcome, language));
    if (outcome == HUZHU_PAID && cli_json_member(json, "currency", &currency)) {
        bool yuan = language == HUZHU_ZH && currency.size == 5 && memcmp(currency.data, "\"CNY\"", 5) == 0;
        printf(" %s ", total.data);
        cli_put(yuan ? cli_text("元") : (huzhu_text){currency.data + 1, currency.size - 2});
    }
    putchar('\n');
    return HUZHU_OK;
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
    if (status == HUZHU_OK && !json) {
        fputs(session->lines > 0 ? "\n" : "", stdout);
        status = put_heading(session, line);
    }
    if (status == HUZHU_OK)
        status = huzhu_decision_explain(session->decision, session->options->language, json ? HUZHU_EXPLAIN_JSON : HUZHU_EXPLAIN_TEXT, &text);
    if (status != HUZHU_OK)
        return status;
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

static void put_reads(const cli_session *session, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        huzhu_counter_read one = {.struct_size = sizeof one};
        huzhu_counter_info info = {.struct_size = sizeof info};
        if (huzhu_decision_counter_read_at(session->decision, i, &one) != HUZHU_OK ||
            huzhu_plan_counter_at(session->plan, one.counter, &info) != HUZHU_OK)
            continue;
        fputs(i > 0 ? "," : "", stdout);
        cli_put_json(one.name);
        fputs(":{\"key\":", stdout);
        cli_put(one.key);
        if (info.unit.size > 0)
            cli_put_member(",", "unit", info.unit);
        putchar('}');
    }
}

/* Evaluates first, for the id and for what is wrong with the claim, then asks which counters; and again, so that the
 * session sees whether the claim was an error. */
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
    fputs(",\"counters\":{", stdout);
    put_reads(session, count);
    puts("}}");
    return HUZHU_OK;
}

int cmd_counters(const cli_options *options)
{
    return cli_settle(options, counters_line);
}
