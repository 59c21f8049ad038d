/* cmd_plans.c - plans, show, handbook, figures, disasm: what a ruleset holds. The inputs of a plan are cmd_inputs.c's. */
#include "json.h"
#include "load.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* ---- plans ---- */

/* "member,cover" as a list. */
static void put_list(huzhu_text joined)
{
    const char *at = joined.data, *end = joined.data + joined.size;
    putchar('[');
    while (at < end) {
        size_t size = strcspn(at, ",");
        cli_put_json((huzhu_text){at, size});
        at += size + 1;
        fputs(at < end ? "," : "", stdout);
    }
    putchar(']');
}

static void put_plan_json(const huzhu_plan *plan)
{
    cli_put_member("{", "id", huzhu_plan_id(plan));
    fputs(",\"title\":", stdout);
    cli_put_member("{", "zh", huzhu_plan_title(plan, HUZHU_ZH));
    cli_put_member(",", "en", huzhu_plan_title(plan, HUZHU_EN));
    fputs("},\"benefits\":[", stdout);
    for (size_t i = 0; i < huzhu_plan_benefit_count(plan); i++) {
        fputs(i > 0 ? "," : "", stdout);
        cli_put_json(huzhu_plan_benefit_id(plan, i));
    }
    fputs("],\"counters\":[", stdout);
    for (size_t i = 0; i < huzhu_plan_counter_count(plan); i++) {
        huzhu_counter_info info = {.struct_size = sizeof info};
        if (huzhu_plan_counter_at(plan, i, &info) != HUZHU_OK)
            continue;
        cli_put_member(i > 0 ? ",{" : "{", "name", info.name);
        if (info.unit.size > 0)
            cli_put_member(",", "unit", info.unit);
        fputs(",\"per\":", stdout);
        put_list(info.per);
        putchar('}');
    }
    for (size_t i = 0; i < huzhu_plan_part_count(plan); i++) {
        fputs(i > 0 ? "," : "],\"parts\":[", stdout);
        cli_put_json(huzhu_plan_id(huzhu_plan_part_at(plan, i)));
    }
    puts("]}");
}

/* "days_this_period, paid_this_period" */
static void join(char *text, size_t room, huzhu_text item, bool first)
{
    size_t used = first ? 0 : cli_text(text).size;
    snprintf(text + used, room - used, "%s%s", first ? "" : ", ", item.data);
}

static bool any_package(const huzhu_ruleset *ruleset)
{
    for (size_t i = 0; i < huzhu_ruleset_plan_count(ruleset); i++)
        if (huzhu_plan_part_count(huzhu_ruleset_plan_at(ruleset, i)) > 0)
            return true;
    return false;
}

static void add_plan(cli_table *table, const huzhu_plan *plan, bool packages, uint32_t language)
{
    char benefits[256] = "", counters[256] = "", parts[256] = "";
    for (size_t i = 0; i < huzhu_plan_part_count(plan); i++)
        join(parts, sizeof parts, huzhu_plan_id(huzhu_plan_part_at(plan, i)), i == 0);
    for (size_t i = 0; i < huzhu_plan_benefit_count(plan); i++)
        join(benefits, sizeof benefits, huzhu_plan_benefit_id(plan, i), i == 0);
    for (size_t i = 0; i < huzhu_plan_counter_count(plan); i++) {
        huzhu_counter_info info = {.struct_size = sizeof info};
        if (huzhu_plan_counter_at(plan, i, &info) == HUZHU_OK)
            join(counters, sizeof counters, info.name, i == 0);
    }
    cli_table_add(table, huzhu_plan_id(plan));
    cli_table_add(table, huzhu_plan_title(plan, language));
    cli_table_add(table, cli_text(benefits));
    cli_table_add(table, cli_text(counters));
    if (packages)
        cli_table_add(table, cli_text(parts));
}

static int put_plans_text(const huzhu_ruleset *ruleset, uint32_t language)
{
    cli_table table;
    bool packages = any_package(ruleset);
    cli_table_begin(&table, packages ? 5 : 4);
    cli_table_add(&table, cli_text("plan"));
    cli_table_add(&table, cli_text("title"));
    cli_table_add(&table, cli_text("benefits"));
    cli_table_add(&table, cli_text("counters"));
    if (packages)
        cli_table_add(&table, cli_text("parts"));
    for (size_t i = 0; i < huzhu_ruleset_plan_count(ruleset); i++)
        add_plan(&table, huzhu_ruleset_plan_at(ruleset, i), packages, language);
    bool printed = cli_table_print(&table);
    cli_table_end(&table);
    return printed ? CLI_WELL : cli_fault("plans", HUZHU_NO_MEMORY);
}

int cmd_plans(const cli_options *options)
{
    huzhu_ruleset *ruleset;
    int exit_code = cli_load(options, &ruleset);
    if (exit_code != CLI_WELL)
        return exit_code;
    if ((options->given & CLI_OPTION_JSON) == 0)
        exit_code = put_plans_text(ruleset, options->language);
    else
        for (size_t i = 0; i < huzhu_ruleset_plan_count(ruleset); i++)
            put_plan_json(huzhu_ruleset_plan_at(ruleset, i));
    huzhu_ruleset_release(ruleset);
    return exit_code;
}

/* ---- show, disasm ---- */

typedef huzhu_status (*write_plan)(const cli_options *options, const huzhu_plan *plan, huzhu_output *output);

static huzhu_status write_show(const cli_options *options, const huzhu_plan *plan, huzhu_output *output)
{
    return huzhu_plan_show(plan, options->on, HUZHU_NUL, options->language, output);
}

static huzhu_status write_program(const cli_options *options, const huzhu_plan *plan, huzhu_output *output)
{
    (void)options;
    return huzhu_plan_disassemble(plan, output);
}

static int write_text(const cli_options *options, const huzhu_plan *plan, write_plan write)
{
    huzhu_output *output;
    huzhu_status status = huzhu_output_new(NULL, &output);
    if (status != HUZHU_OK)
        return cli_fault("the plan", status);
    status = write(options, plan, output);
    if (status == HUZHU_OK)
        cli_put(huzhu_output_text(output));
    huzhu_output_free(output);
    if (status == HUZHU_DATA)
        return cli_wrong_usage(options->command, "`--on %s` is no date; write YYYY-MM-DD, or YYYY-MM", options->on);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("the plan", status);
}

static int look_at(const cli_options *options, const char *id, write_plan write)
{
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    int exit_code = cli_load(options, &ruleset);
    if (exit_code == CLI_WELL)
        exit_code = cli_find_plan(options, ruleset, id, &plan);
    if (exit_code == CLI_WELL)
        exit_code = write_text(options, plan, write);
    huzhu_ruleset_release(ruleset);
    return exit_code;
}

int cmd_show(const cli_options *options)
{
    return look_at(options, options->operands[1], write_show);
}

int cmd_disasm(const cli_options *options)
{
    return look_at(options, options->plan, write_program);
}

/* ---- handbook, figures ---- */

typedef huzhu_status (*write_ruleset)(const cli_options *options, const huzhu_ruleset *ruleset, huzhu_output *output);

static huzhu_status write_handbook(const cli_options *options, const huzhu_ruleset *ruleset, huzhu_output *output)
{
    return huzhu_ruleset_handbook(ruleset, options->language, output);
}

static huzhu_status write_figures(const cli_options *options, const huzhu_ruleset *ruleset, huzhu_output *output)
{
    (void)options;
    huzhu_status status = HUZHU_OK;
    for (size_t i = 0; i < huzhu_ruleset_plan_count(ruleset) && status == HUZHU_OK; i++)
        status = huzhu_plan_figures(huzhu_ruleset_plan_at(ruleset, i), output);
    return status;
}

static int put_ruleset(const cli_options *options, const huzhu_ruleset *ruleset, write_ruleset write)
{
    huzhu_output *output;
    huzhu_status status = huzhu_output_new(NULL, &output);
    if (status != HUZHU_OK)
        return cli_fault("the rules", status);
    status = write(options, ruleset, output);
    if (status == HUZHU_OK)
        cli_put(huzhu_output_text(output));
    huzhu_output_free(output);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("the rules", status);
}

static int look_at_all(const cli_options *options, write_ruleset write)
{
    huzhu_ruleset *ruleset;
    int exit_code = cli_load(options, &ruleset);
    if (exit_code == CLI_WELL)
        exit_code = put_ruleset(options, ruleset, write);
    huzhu_ruleset_release(ruleset);
    return exit_code;
}

int cmd_handbook(const cli_options *options)
{
    return look_at_all(options, write_handbook);
}

int cmd_figures(const cli_options *options)
{
    return look_at_all(options, write_figures);
}
