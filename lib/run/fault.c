/* fault.c - where a computation went wrong: the innermost expression in error, its code and the name it stands in.
 * Called by decision.c for decisions that failed without a bad input. */
#include "run/walk.h"

#include "feel/check.h"
#include "run/given.h"
#include "run/say.h"

typedef struct origin {
    hz_code code;
    hz_str name; /* of the value, condition or benefit whose formula it is */
} origin;

static bool part_in_error(const hz_question *question, const hz_machine *machine, const hz_ast *ast)
{
    const hz_regs *regs = &question->expression[ast->id];
    return ast->id != 0 && regs->value != HZ_NO_REG && hz_machine_state(machine, regs) == HZ_IS_ERROR;
}

static bool in_error(const hz_decision *decision, const hz_ast *ast)
{
    return part_in_error(decision->question, &decision->machine, ast);
}

const hz_ast *hz_fault_part(const hz_question *question, const hz_machine *machine, const hz_ast *ast)
{
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_ast *child = ast->child[i];
        if (part_in_error(question, machine, child)) return child;
        const hz_ast *item = child->type.kind == HZ_KIND_LIST ? hz_fault_part(question, machine, child) : NULL; /* a list holds errors, and is none */
        if (item != NULL) return item;
    }
    bool within = ast->means != NULL && part_in_error(question, machine, ast->means);
    return within && ast->means->op != HZ_AST_LIST ? ast->means : NULL;
}

static bool is_zero(const hz_machine *machine, const hz_regs *expression, const hz_ast *ast)
{
    const hz_regs *regs = &expression[ast->id];
    if (regs->value == HZ_NO_REG) return true;
    return hz_wide_decimal(hz_machine_number(machine, regs->value, ast->type.scale)).coefficient == 0;
}

hz_code hz_fault_code(const hz_machine *machine, const hz_regs *expression, const hz_ast *ast)
{
    hz_code code = hz_feel_fault(ast);
    if (code == HZ_R_DIVISION && ast->children == 2 && !is_zero(machine, expression, ast->child[1])) return HZ_R_OVERFLOW;
    bool power = ast->op == HZ_AST_POW && code == HZ_R_OVERFLOW;
    return power && is_zero(machine, expression, ast->child[0]) ? HZ_R_DIVISION : code;
}

static bool find(const hz_decision *decision, hz_str name, const hz_history *history, origin *out);

static void descend(const hz_decision *decision, const hz_ast *ast, origin *out);

/* No version on its own date, a number that could not be computed, or one below the first bracket. */
static void find_in_scale(const hz_decision *decision, const hz_scale *scale, origin *out)
{
    if (in_error(decision, scale->of)) {
        descend(decision, scale->of, out);
        return;
    }
    out->name = scale->name;
    out->code = hz_entry_in_force(decision, &scale->history) == NULL ? HZ_R_NOT_IN_FORCE : HZ_R_BRACKET;
}

/* Rows that are looked up: what is given, what is looked at, or that there is no row. */
static void descend_long(const hz_decision *decision, const hz_ast *ast, origin *out)
{
    const hz_ast *part = hz_long_answer(decision, ast) == 0 && ast->rows->otherwise ? ast->child[ast->children - 1] : hz_long_gives(decision, ast);
    for (uint32_t c = 0; c < ast->rows->columns && part == NULL; c++)
        if (in_error(decision, ast->child[c])) part = ast->child[c];
    if (part != NULL) {
        descend(decision, part, out);
        return;
    }
    out->name = ast->text;
    out->code = HZ_R_NO_ROW;
}

/* A table in error: what its row gives, one of its cells, two rows that match, or none. */
static void descend_table(const hz_decision *decision, const hz_ast *ast, origin *out)
{
    uint32_t rows = ast->children / 2, matching = 0;
    for (uint32_t i = 0; i <= rows; i++) {
        const hz_ast *output = 2 * i + 1 < ast->children ? ast->child[2 * i + 1] : ast->child[ast->children - 1];
        bool taken = i < rows || ast->children % 2 != 0 ? hz_row_taken(decision, ast, i) : false;
        if (i < rows && hz_row_matches(decision, ast, i)) matching++;
        if (!taken || !in_error(decision, output)) continue;
        descend(decision, output, out);
        return;
    }
    bool one = ast->compare == HZ_HIT_UNIQUE || ast->compare == HZ_HIT_ANY;
    for (uint32_t i = 0; i < rows && !(one && matching > 1); i++) {
        if (!in_error(decision, ast->child[2 * i])) continue;
        descend(decision, ast->child[2 * i], out);
        return;
    }
    out->name = ast->text;
    out->code = one && matching > 1 ? HZ_R_TWO_ROWS : HZ_R_NO_ROW;
}

static void descend(const hz_decision *decision, const hz_ast *ast, origin *out)
{
    const hz_plan_model *rules = decision->plan->rules;
    if (ast->op == HZ_AST_TABLE && ast->rows != NULL) {
        descend_long(decision, ast, out);
        return;
    }
    if (ast->op == HZ_AST_TABLE) {
        descend_table(decision, ast, out);
        return;
    }
    const hz_ast *part = hz_fault_part(decision->question, &decision->machine, ast);
    if (part != NULL) {
        descend(decision, part, out);
        return;
    }
    if (ast->op == HZ_AST_NAME && rules->symbols.at[ast->symbol].kind == HZ_SYMBOL_VALUE) {
        const hz_value *value = &rules->values.at[rules->symbols.at[ast->symbol].index];
        if (find(decision, value->name, &value->history, out)) return;
    }
    if (ast->op == HZ_AST_NAME && rules->symbols.at[ast->symbol].kind == HZ_SYMBOL_SCALE) {
        find_in_scale(decision, &rules->scales.at[rules->symbols.at[ast->symbol].index], out);
        return;
    }
    bool output = ast->op == HZ_AST_NAME && rules->symbols.at[ast->symbol].kind == HZ_SYMBOL_OUTPUT;
    if (output) {
        const hz_output *given = &rules->outputs.at[rules->symbols.at[ast->symbol].index];
        if (find(decision, given->name, &given->history, out)) return;
    }
    bool parameter = output || (ast->op == HZ_AST_NAME && rules->symbols.at[ast->symbol].kind == HZ_SYMBOL_PARAMETER);
    if (parameter) out->name = rules->symbols.at[ast->symbol].name;
    out->code = parameter ? HZ_R_NOT_IN_FORCE : hz_fault_code(&decision->machine, decision->question->expression, ast);
}

static bool find(const hz_decision *decision, hz_str name, const hz_history *history, origin *out)
{
    const hz_entry *entry = hz_entry_in_force(decision, history);
    if (entry == NULL || entry->formula == NULL || !in_error(decision, entry->formula)) return false;
    out->name = name;
    descend(decision, entry->formula, out);
    return true;
}

static bool find_in_lines(const hz_decision *decision, const hz_lines *lines, origin *out)
{
    for (uint32_t i = 0; i < lines->count; i++) {
        const hz_line *line = &lines->at[i];
        if (!hz_life_holds(decision, &line->life)) continue;
        if (find(decision, line->code, &line->require, out) || find(decision, line->code, &line->limit, out)) return true;
    }
    return false;
}

/* The total is in error, and no benefit is: the first that takes something back is named. */
static bool total_below_0(const hz_decision *decision, origin *out)
{
    const hz_question *question = decision->question;
    const hz_plan_model *rules = decision->plan->rules;
    if (question->benefits == NULL || hz_machine_state(&decision->machine, &question->total) != HZ_IS_ERROR) return false;
    *out = (origin){HZ_R_NEGATIVE, HZ_STR("")};
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        const hz_regs *net = &question->benefits[i].net;
        if (hz_machine_state(&decision->machine, net) == HZ_IS_ERROR) return false;
        if (out->name.len == 0 && hz_machine_int(&decision->machine, net->value) < 0) out->name = rules->benefits.at[i].name;
    }
    return true;
}

static bool find_anywhere(const hz_decision *decision, origin *out)
{
    const hz_plan_model *rules = decision->plan->rules;
    uint32_t dated_by = hz_map_find(&rules->symbol_map, rules->dated_by.name);
    if (rules->symbols.at[dated_by].kind == HZ_SYMBOL_VALUE) {
        const hz_value *value = &rules->values.at[rules->symbols.at[dated_by].index];
        if (find(decision, value->name, &value->history, out)) return true;
    }
    if (find_in_lines(decision, &rules->checks, out) || find_in_lines(decision, &rules->eligibility, out)) return true;
    for (uint32_t i = 0; i < rules->benefits.count; i++)
        if (find(decision, rules->benefits.at[i].name, &rules->benefits.at[i].amount, out)) return true;
    for (uint32_t i = 0; i < rules->fees.count; i++)
        if (find(decision, rules->fees.at[i].name, &rules->fees.at[i].amount, out)) return true;
    if (find_in_lines(decision, &rules->caps, out)) return true;
    if (total_below_0(decision, out)) return true;
    for (uint32_t i = 0; decision->question->counters != NULL && i < rules->counters.count; i++) {
        if (hz_machine_state(&decision->machine, &decision->question->counters[i].after) != HZ_IS_ERROR) continue;
        *out = (origin){HZ_R_COUNTER, rules->counters.at[i].name};
        return true;
    }
    return false;
}

/* "a number too large in `due`", “津贴”（due）：计算结果过大. */
static void put_fault(const hz_decision *decision, const origin *at, hz_fault *error)
{
    uint32_t symbol = hz_map_find(&decision->plan->rules->symbol_map, at->name);
    const hz_str said[] = {at->name, symbol == HZ_MAP_NONE ? at->name : hz_symbol_label(decision->plan, symbol, 0)};
    hz_fault_begin(error, at->code, HZ_STR(""));
    hz_fault_fill(error->message, sizeof error->message, hz_code_title(at->code), NULL);
    if (at->name.len > 0) hz_fault_fill(error->message, sizeof error->message, " in `<0>`", said);
    if (at->name.len > 0) hz_fault_fill(error->message_zh, sizeof error->message_zh, symbol == HZ_MAP_NONE ? "“<0>”：" : "“<1>”（<0>）：", said);
    hz_fault_fill(error->message_zh, sizeof error->message_zh, hz_say_error(at->code, 0).at, NULL);
}

void hz_decision_find_fault(hz_decision *decision)
{
    origin at = {.code = HZ_R_ARITHMETIC, .name = HZ_STR("")};
    if (!find_anywhere(decision, &at)) at.name = HZ_STR("");
    put_fault(decision, &at, &decision->error);
}

void hz_decision_fault_in(hz_decision *decision, const hz_ast *ast, hz_str name, hz_fault *error)
{
    origin at = {.code = HZ_R_ARITHMETIC, .name = name};
    if (in_error(decision, ast)) descend(decision, ast, &at);
    put_fault(decision, &at, error);
}
