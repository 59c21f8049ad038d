/* cmd_inputs.c - huzhu inputs: what a claim (or an enrolment) of a plan may say, as a table or one JSON object a line. */
#include "json.h"
#include "load.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>

/* Codes in the table take this many columns at most; all of them stand below it, with their labels. */
#define CODES_MOST 40

static const char *type_word(uint32_t type)
{
    static const char *const words[] = {"", "key", "date", "boolean", "code", "text", "count", "money", "rate", "number"};
    return type < sizeof words / sizeof *words ? words[type] : "";
}

static const char *need_word(uint32_t need)
{
    static const char *const words[] = {"", "required", "optional", "default", "conditional"};
    return need < sizeof words / sizeof *words ? words[need] : "";
}

static huzhu_text label_of(const huzhu_input_info *info, uint32_t language)
{
    return language == HUZHU_ZH ? info->label_zh : info->label_en;
}

/* An input that neither question reads stands with the claim's. */
static bool belongs(const huzhu_input_info *info, uint32_t question)
{
    if (question == HUZHU_ASK_ENROLMENT)
        return info->for_enrolment != 0;
    return info->for_claim != 0 || info->for_enrolment == 0;
}

/* ---- JSON ---- */

static void put_codes_json(const huzhu_plan *plan, size_t input, size_t count)
{
    fputs(",\"codes\":[", stdout);
    for (size_t i = 0; i < count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        if (huzhu_plan_code_at(plan, input, i, &code) != HUZHU_OK)
            continue;
        cli_put_member(i > 0 ? ",{" : "{", "id", code.id);
        cli_put_member(",", "zh", code.label_zh);
        cli_put_member(",", "en", code.label_en);
        putchar('}');
    }
    putchar(']');
}

static void put_input_json(const huzhu_plan *plan, size_t index, const huzhu_input_info *info)
{
    cli_put_member("{", "name", info->name);
    cli_put_member(",", "type", cli_text(type_word(info->type)));
    cli_put_member(",", "need", cli_text(need_word(info->need)));
    if (info->need == HUZHU_NEED_DEFAULT)
        cli_put_member(",", "default", info->fallback);
    if (info->need == HUZHU_NEED_CONDITIONAL)
        cli_put_member(",", "when", info->condition);
    if (info->type >= HUZHU_TYPE_COUNT)
        printf(",\"scale\":%" PRId32, info->scale);
    if (info->unit.size > 0)
        cli_put_member(",", "unit", info->unit);
    if (info->range.size > 0)
        cli_put_member(",", "range", info->range);
    if (info->type == HUZHU_TYPE_CODE)
        put_codes_json(plan, index, info->code_count);
    fputs(",\"label\":", stdout);
    cli_put_member("{", "zh", info->label_zh);
    cli_put_member(",", "en", info->label_en);
    puts("}}");
}

/* ---- table ---- */

/* "illness, accident, …" as far as they fit. */
static void describe_codes(const huzhu_plan *plan, size_t input, size_t count, char *text, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        if (huzhu_plan_code_at(plan, input, i, &code) != HUZHU_OK)
            continue;
        bool fits = used + code.id.size + 2 <= CODES_MOST || i == 0;
        used += (size_t)snprintf(text + used, room - used, "%s%s", i > 0 ? ", " : "", fits ? code.id.data : "…");
        if (!fits || used >= room)
            return;
    }
}

/* What a value may be: "[1..3]", "[0..10000], 2 decimals, m2". */
static void describe_values(const huzhu_plan *plan, size_t index, const huzhu_input_info *info, char *text, size_t room)
{
    text[0] = '\0';
    if (info->type == HUZHU_TYPE_CODE) {
        describe_codes(plan, index, info->code_count, text, room);
        return;
    }
    size_t used = (size_t)snprintf(text, room, "%s", info->range.data);
    if (info->scale > 0 && used < room)
        used += (size_t)snprintf(text + used, room - used, "%s%" PRId32 " decimals", used > 0 ? ", " : "", info->scale);
    if (info->unit.size > 0 && used < room)
        snprintf(text + used, room - used, "%s%s", used > 0 ? ", " : "", info->unit.data);
}

static void add_input(cli_table *table, const huzhu_plan *plan, size_t index, const huzhu_input_info *info, uint32_t language)
{
    char need[128], values[256];
    bool condition = info->need == HUZHU_NEED_CONDITIONAL, fallback = info->need == HUZHU_NEED_DEFAULT;
    snprintf(need, sizeof need, "%s%s%s", condition ? "if" : need_word(info->need), condition || fallback ? " " : "",
             condition ? info->condition.data : fallback ? info->fallback.data : "");
    describe_values(plan, index, info, values, sizeof values);
    cli_table_add(table, info->name);
    cli_table_add(table, cli_text(type_word(info->type)));
    cli_table_add(table, cli_text(need));
    cli_table_add(table, cli_text(values));
    cli_table_add(table, label_of(info, language));
}

/* The codes of an input with their labels, below the table. */
static bool put_codes(const huzhu_plan *plan, size_t input, const huzhu_input_info *info, uint32_t language)
{
    cli_table table;
    cli_table_begin(&table, 3);
    for (size_t i = 0; i < info->code_count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        if (huzhu_plan_code_at(plan, input, i, &code) != HUZHU_OK)
            continue;
        cli_table_add(&table, cli_text(""));
        cli_table_add(&table, code.id);
        cli_table_add(&table, language == HUZHU_ZH ? code.label_zh : code.label_en);
    }
    printf("\ncodes of %s\n", info->name.data);
    bool printed = cli_table_print(&table);
    cli_table_end(&table);
    return printed;
}

static int put_table(const cli_options *options, const huzhu_plan *plan)
{
    static const char *const headings[] = {"input", "type", "need", "values", "label"};
    cli_table table;
    cli_table_begin(&table, 5);
    for (size_t i = 0; i < 5; i++)
        cli_table_add(&table, cli_text(headings[i]));
    for (size_t i = 0; i < huzhu_plan_input_count(plan); i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        if (huzhu_plan_input_at(plan, i, &info) == HUZHU_OK && belongs(&info, options->question))
            add_input(&table, plan, i, &info, options->language);
    }
    bool printed = cli_table_print(&table);
    cli_table_end(&table);
    for (size_t i = 0; printed && i < huzhu_plan_input_count(plan); i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        if (huzhu_plan_input_at(plan, i, &info) == HUZHU_OK && belongs(&info, options->question) && info.code_count > 0)
            printed = put_codes(plan, i, &info, options->language);
    }
    return printed ? CLI_WELL : cli_fault("inputs", HUZHU_NO_MEMORY);
}

static void put_lines(const cli_options *options, const huzhu_plan *plan)
{
    for (size_t i = 0; i < huzhu_plan_input_count(plan); i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        if (huzhu_plan_input_at(plan, i, &info) == HUZHU_OK && belongs(&info, options->question))
            put_input_json(plan, i, &info);
    }
}

int cmd_inputs(const cli_options *options)
{
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    int exit_code = cli_load(options, &ruleset);
    if (exit_code == CLI_WELL)
        exit_code = cli_find_plan(options, ruleset, options->operands[1], &plan);
    if (exit_code == CLI_WELL && (options->given & CLI_OPTION_JSON) == 0)
        exit_code = put_table(options, plan);
    else if (exit_code == CLI_WELL)
        put_lines(options, plan);
    huzhu_ruleset_release(ruleset);
    return exit_code;
}
