/* look.c - plans, inputs, show, disasm: what a ruleset holds. */
#include "cli.h"

#include <string.h>

static const char *const type_names[] = {"", "key", "date", "boolean", "code", "text", "count", "money", "rate", "number"};
static const char *const need_names[] = {"", "required", "optional", "default", "conditional"};

static huzhu_text text_of(const char *text)
{
    return (huzhu_text){text, strlen(text)};
}

int command_plans(const cli_options *options)
{
    huzhu_ruleset *rules;
    int code = load(options, options->operands[0], &rules);
    if (code != EXIT_WELL) return code;
    size_t width = 0;
    for (size_t i = 0; i < huzhu_ruleset_plan_count(rules); i++) {
        size_t size = huzhu_plan_id(huzhu_ruleset_plan_at(rules, i)).size;
        if (size > width) width = size;
    }
    for (size_t i = 0; i < huzhu_ruleset_plan_count(rules); i++) {
        const huzhu_plan *plan = huzhu_ruleset_plan_at(rules, i);
        if (options->json) {
            fputs("{\"plan\":", stdout);
            print_json(huzhu_plan_id(plan));
            fputs(",\"title\":{\"zh\":", stdout);
            print_json(huzhu_plan_title(plan, HUZHU_ZH));
            fputs(",\"en\":", stdout);
            print_json(huzhu_plan_title(plan, HUZHU_EN));
            puts("}}");
            continue;
        }
        print_padded(huzhu_plan_id(plan), width + 2);
        print_text(stdout, huzhu_plan_title(plan, HUZHU_ZH));
        fputs(" / ", stdout);
        print_text(stdout, huzhu_plan_title(plan, HUZHU_EN));
        putchar('\n');
    }
    huzhu_ruleset_release(rules);
    return EXIT_WELL;
}

/* ---- inputs ---- */

/* What values an input takes: codes, a range, or nothing to say. */
static void print_values(const huzhu_plan *plan, size_t index, const huzhu_input_info *info)
{
    for (size_t i = 0; i < info->code_count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        if (huzhu_plan_code_at(plan, index, i, &code) != HUZHU_OK) return;
        printf("%s%s", i > 0 ? ", " : "  ", code.id.data);
    }
    if (info->range.size > 0) printf("  %s", info->range.data);
    if (info->need == HUZHU_NEED_DEFAULT) printf("  default %s", info->fallback.data);
}

static void print_input(const huzhu_plan *plan, size_t index, const huzhu_input_info *info, size_t names, size_t labels, uint32_t language)
{
    print_padded(info->name, names + 2);
    print_padded(language == HUZHU_ZH ? info->label_zh : info->label_en, labels + 2);
    print_padded(text_of(type_names[info->type]), 9);
    print_text(stdout, text_of(need_names[info->need]));
    print_values(plan, index, info);
    putchar('\n');
}

static void print_input_json(const huzhu_plan *plan, size_t index, const huzhu_input_info *info)
{
    fputs("{\"name\":", stdout);
    print_json(info->name);
    printf(",\"type\":\"%s\",\"need\":\"%s\",\"label\":{\"zh\":", type_names[info->type], need_names[info->need]);
    print_json(info->label_zh);
    fputs(",\"en\":", stdout);
    print_json(info->label_en);
    putchar('}');
    if (info->range.size > 0) {
        fputs(",\"range\":", stdout);
        print_json(info->range);
    }
    if (info->need == HUZHU_NEED_DEFAULT) {
        fputs(",\"default\":", stdout);
        print_json(info->fallback);
    }
    if (info->code_count > 0) fputs(",\"values\":[", stdout);
    for (size_t i = 0; i < info->code_count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        if (huzhu_plan_code_at(plan, index, i, &code) != HUZHU_OK) break;
        if (i > 0) putchar(',');
        print_json(code.id);
    }
    puts(info->code_count > 0 ? "]}" : "}");
}

static void print_inputs(const cli_options *options, const huzhu_plan *plan)
{
    bool enrolment = options->ask != NULL && strcmp(options->ask, "enrolment") == 0;
    size_t names = 0, labels = 0;
    /* Twice over the list: first to see how wide the columns are. */
    for (int print = 0; print < 2; print++)
        for (size_t i = 0; i < huzhu_plan_input_count(plan); i++) {
            huzhu_input_info info = {.struct_size = sizeof info};
            if (huzhu_plan_input_at(plan, i, &info) != HUZHU_OK || (enrolment && info.for_enrolment == 0)) continue;
            huzhu_text label = options->language == HUZHU_ZH ? info.label_zh : info.label_en;
            if (text_columns(info.name) > names) names = text_columns(info.name);
            if (text_columns(label) > labels) labels = text_columns(label);
            if (print == 0) continue;
            if (options->json) print_input_json(plan, i, &info);
            else print_input(plan, i, &info, names, labels, options->language);
        }
}

int command_inputs(const cli_options *options)
{
    huzhu_ruleset *rules;
    const huzhu_plan *plan;
    int code = load(options, options->operands[0], &rules);
    if (code == EXIT_WELL) code = find_plan(rules, options->operands[1], &plan);
    if (code == EXIT_WELL) print_inputs(options, plan);
    huzhu_ruleset_release(rules);
    return code;
}

/* ---- show, disasm ---- */

static int print_output(huzhu_status status, huzhu_output *output, const char *what)
{
    if (status == HUZHU_OK) print_text(stdout, huzhu_output_text(output));
    else report(status, what);
    return exit_of(status);
}

static int show(const cli_options *options, const huzhu_plan *plan, huzhu_output *output)
{
    huzhu_status status = huzhu_plan_show(plan, options->on, HUZHU_NUL, options->language, output);
    if (status == HUZHU_DATA) {
        fprintf(stderr, "huzhu: --on takes a date YYYY-MM-DD or a month YYYY-MM, not `%s`\n", options->on);
        return EXIT_USAGE;
    }
    return print_output(status, output, "show");
}

static int disassemble(const cli_options *options, const huzhu_plan *plan, huzhu_output *output)
{
    (void)options;
    return print_output(huzhu_plan_disassemble(plan, output), output, "disasm");
}

static int look(const cli_options *options, const char *id, int (*print)(const struct cli_options *, const huzhu_plan *, huzhu_output *))
{
    huzhu_ruleset *rules;
    const huzhu_plan *plan;
    huzhu_output *output = NULL;
    int code = load(options, options->operands[0], &rules);
    if (code == EXIT_WELL) code = find_plan(rules, id, &plan);
    if (code == EXIT_WELL && huzhu_output_new(NULL, &output) != HUZHU_OK) code = report(HUZHU_NO_MEMORY, id);
    if (code == EXIT_WELL) code = print(options, plan, output);
    huzhu_output_free(output);
    huzhu_ruleset_release(rules);
    return code;
}

int command_show(const cli_options *options)
{
    if (options->on == NULL) {
        fputs("huzhu: on which day? --on YYYY-MM-DD\nusage: huzhu show DIR PLAN --on DATE\n", stderr);
        return EXIT_USAGE;
    }
    return look(options, options->operands[1], show);
}

int command_disasm(const cli_options *options)
{
    return look(options, options->plan, disassemble);
}
