/* question.c - a plan's questions as one program each: what a claim is due, and whether a member may join.
 *
 * The order of evaluation is the format's: date and life of the plan, checks, eligibility, benefits with their caps,
 * total, outcome, counters, notes. Called by compile.c; expressions and names are lower.c's and symbols.c's.
 */
#include "program/narrow.h"

#include "value/number_type.h"

static uint32_t symbol_of(const hz_lower *lower, hz_str name)
{
    return hz_map_find(&lower->plan->rules->symbol_map, name);
}

static hz_regs when_of(hz_lower *lower, const hz_ast *when)
{
    return when == NULL ? hz_sure(HZ_TRUE) : hz_lower_expression(lower, when);
}

/* A choice that must not be clouded by what is not chosen: 0 where condition is surely false. */
static hz_regs amount_if(hz_lower *lower, hz_regs condition, hz_regs amount)
{
    return hz_choose(&lower->dag, condition, amount, hz_sure(hz_dag_i64(&lower->dag, 0)));
}

static hz_regs join(hz_dag *dag, hz_regs a, hz_regs b)
{
    return hz_strict(dag, a.value, a, b);
}

/* ---- Conditions ---- */

/* `not(when) or require`, true outside its life. */
static hz_regs lower_condition(hz_lower *lower, const hz_line *line)
{
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    hz_dag *dag = &lower->dag;
    hz_regs require = hz_lower_history(lower, &line->require, &boolean);
    hz_regs holds = line->when == NULL ? require : hz_or(dag, hz_not(dag, hz_lower_expression(lower, line->when)), require);
    return hz_choose_bit(dag, hz_lower_life(lower, &line->life), holds, hz_sure(HZ_TRUE));
}

static void lower_texts(hz_lower *lower, const hz_line *line)
{
    const hz_template *texts[2] = {&line->zh, &line->en};
    for (int t = 0; t < 2; t++)
        for (uint32_t i = 0; i < texts[t]->parts.count; i++)
            if (texts[t]->parts.at[i].is_name) hz_lower_symbol(lower, symbol_of(lower, texts[t]->parts.at[i].text));
}

static void add_condition(hz_lower *lower, hz_condition_sites *sites, uint32_t line, hz_regs holds)
{
    hz_condition_site *site = HZ_PUSH(lower->arena, sites);
    site->line = line;
    site->holds = holds;
}

/* All masks and failures of a list of conditions. */
typedef struct verdict {
    hz_ref fails;  /* one is surely false */
    hz_regs open;  /* masks of any */
} verdict;

static verdict judge(hz_lower *lower, const hz_condition_sites *sites)
{
    verdict out = {.fails = HZ_FALSE, .open = hz_sure(HZ_FALSE)};
    for (uint32_t i = 0; i < sites->count; i++) {
        out.fails = hz_dag_or(&lower->dag, out.fails, hz_surely_false(&lower->dag, sites->at[i].holds));
        out.open = join(&lower->dag, out.open, sites->at[i].holds);
    }
    return out;
}

static bool named(const hz_name_refs *names, hz_str name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (hz_str_eq(names->at[i].name, name)) return true;
    return false;
}

static bool whole_claim(const hz_line *line)
{
    return line->scope.count == 0 || named(&line->scope, HZ_STR("claim"));
}

/* ---- Benefits and caps ---- */

const hz_round *hz_plan_round(const hz_plan *plan, const hz_round *own)
{
    if (own != NULL && own->given) return own;
    return plan->rules->round.given ? &plan->rules->round : &plan->ruleset->round;
}

hz_type hz_amount_type(const hz_plan *plan, const hz_type *type, const hz_round *own)
{
    const hz_round *round = hz_plan_round(plan, own);
    int32_t currency = plan->ruleset->currency_scale;
    hz_type rounded = *type;
    if (round->given) hz_number_round(type, round->scale, (hz_rounding)round->mode, &rounded);
    hz_type out = {.kind = HZ_KIND_NUMBER, .scale = currency, .wide = !hz_number_fits(&rounded, currency)};
    out.lo = hz_number_low(&rounded, currency);
    out.hi = hz_number_high(&rounded, currency);
    return out;
}

/* An amount at the currency's scale, rounded once where the file says so. */
static hz_regs lower_amount(hz_lower *lower, const hz_history *amount, const hz_round *own)
{
    const hz_type type = hz_formulas_type(amount);
    int32_t currency = lower->plan->ruleset->currency_scale;
    hz_regs out = hz_lower_history(lower, amount, &type);
    const hz_round *round = hz_plan_round(lower->plan, own);
    bool rounds = round->given && (type.ragged || round->scale < type.scale);
    int32_t keep = rounds ? round->scale : type.scale;
    hz_rounding mode = rounds ? (hz_rounding)round->mode : HZ_ROUND_DOWN;
    if (type.wide) out.value = hz_narrow_round(lower, out.value, keep, mode);
    else if (rounds) out.value = hz_dag_div_k(&lower->dag, out.value, (int64_t)hz_power10(type.scale - keep), mode);
    out.value = hz_lower_rescale(lower, out.value, keep, currency);
    return out;
}

static void lower_benefit(hz_lower *lower, uint32_t index, hz_regs *pays)
{
    const hz_plan_model *rules = lower->plan->rules;
    const hz_benefit *benefit = &rules->benefits.at[index];
    hz_benefit_site *site = &lower->question->benefits[index];
    site->asked = when_of(lower, benefit->when);
    site->offered = hz_lower_life(lower, &benefit->life);
    *pays = hz_and(&lower->dag, site->asked, hz_sure(site->offered));
    for (uint32_t i = 0; i < rules->eligibility.count; i++) {
        if (!named(&rules->eligibility.at[i].scope, benefit->name)) continue;
        hz_regs holds = lower_condition(lower, &rules->eligibility.at[i]);
        add_condition(lower, &site->conditions, i, holds);
        *pays = hz_and(&lower->dag, *pays, holds);
    }
    site->gross = amount_if(lower, *pays, lower_amount(lower, &benefit->amount, &benefit->round));
    site->net = site->gross;
}

static bool may_be_negative(const hz_lower *lower, uint32_t symbol)
{
    return lower->plan->symbols[symbol].type.lo < 0;
}

/* A net below 0 takes no room and makes none: the order of a cap's benefits never changes the total. */
static hz_ref room_taken(hz_lower *lower, const hz_symbol *benefit, hz_ref net, hz_ref room)
{
    hz_dag *dag = &lower->dag;
    hz_ref taken = hz_dag_min(dag, net, room);
    return may_be_negative(lower, symbol_of(lower, benefit->name)) ? hz_dag_max(dag, taken, hz_dag_i64(dag, 0)) : taken;
}

/* One cap over its benefits, in their order: each takes what the ones before left of the room. */
static void lower_benefit_cap(hz_lower *lower, uint32_t line, const hz_regs *pays)
{
    hz_dag *dag = &lower->dag;
    const hz_line *cap = &lower->plan->rules->caps.at[line];
    hz_regs room;
    hz_cap_site site = hz_lower_cap(lower, line, lower->plan->ruleset->currency_scale, &room);
    for (uint32_t i = 0; i < cap->over.count; i++) {
        const hz_symbol *symbol = &lower->plan->rules->symbols.at[symbol_of(lower, cap->over.at[i].name)];
        hz_benefit_site *benefit = &lower->question->benefits[symbol->index];
        hz_regs before = benefit->net;
        hz_regs capped = hz_strict(dag, hz_dag_min(dag, before.value, room.value), before, room);
        capped = hz_choose_bit(dag, room.null, before, capped);
        capped = hz_choose(dag, site.applies, capped, before);
        benefit->net = amount_if(lower, pays[symbol->index], capped);
        site.before = before;
        site.after = benefit->net;
        *HZ_PUSH(lower->arena, &benefit->caps) = site;
        room.value = hz_dag_sub(dag, room.value, room_taken(lower, symbol, benefit->net.value, room.value));
    }
}

/* Less than nothing cannot be paid: an error of the claim, and 0 for what reads it. */
static hz_regs not_below_0(hz_lower *lower, hz_regs total)
{
    hz_dag *dag = &lower->dag;
    hz_ref zero = hz_dag_i64(dag, 0), below = hz_dag_lt(dag, total.value, zero);
    total.value = hz_dag_max(dag, total.value, zero);
    return hz_raise(dag, total, below);
}

static void lower_benefits(hz_lower *lower, hz_regs *pays)
{
    const hz_plan_model *rules = lower->plan->rules;
    hz_question *question = lower->question;
    for (uint32_t i = 0; i < rules->benefits.count; i++) lower_benefit(lower, i, &pays[i]);
    for (uint32_t i = 0; i < rules->caps.count; i++) {
        const hz_symbol *over = &rules->symbols.at[symbol_of(lower, rules->caps.at[i].over.at[0].name)];
        if (over->kind == HZ_SYMBOL_BENEFIT) lower_benefit_cap(lower, i, pays);
    }
    bool negative = false;
    question->total = hz_sure(hz_dag_i64(&lower->dag, 0));
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        hz_regs net = question->benefits[i].net;
        question->total = hz_strict(&lower->dag, hz_dag_add(&lower->dag, question->total.value, net.value), question->total, net);
        uint32_t symbol = symbol_of(lower, rules->benefits.at[i].name);
        question->symbol[symbol] = net;
        lower->done[symbol] = 1;
        negative = negative || may_be_negative(lower, symbol);
    }
    if (negative) question->total = not_below_0(lower, question->total);
    uint32_t total = symbol_of(lower, HZ_STR("total"));
    question->symbol[total] = question->total;
    lower->done[total] = 1;
}

/* Every benefit asked is refused or not offered, and there is one. */
static hz_ref all_refused(hz_lower *lower, const hz_benefit_site *benefits, uint32_t count)
{
    hz_dag *dag = &lower->dag;
    hz_ref any = HZ_FALSE, all = HZ_TRUE;
    for (uint32_t i = 0; i < count; i++) {
        verdict conditions = judge(lower, &benefits[i].conditions);
        hz_ref rejected = hz_dag_or(dag, conditions.fails, hz_dag_not(dag, benefits[i].offered));
        rejected = hz_dag_and(dag, rejected, hz_surely_true(dag, benefits[i].asked));
        any = hz_dag_or(dag, any, rejected);
        all = hz_dag_and(dag, all, hz_dag_or(dag, rejected, hz_surely_false(dag, benefits[i].asked)));
    }
    return hz_dag_and(dag, any, all);
}

/* ---- Parts of a package ---- */

/* What decides whether a part is asked, and what it is given. */
static void lower_part(hz_lower *lower, uint32_t index)
{
    const hz_plan_model *rules = lower->plan->rules;
    const hz_part *part = &rules->parts.at[index];
    const hz_part_plan *plan = &lower->plan->parts[index];
    hz_part_site *site = &lower->question->parts[index];
    site->asked = when_of(lower, part->when);
    for (uint32_t i = 0; i < rules->eligibility.count; i++) {
        if (!named(&rules->eligibility.at[i].scope, part->plan)) continue;
        add_condition(lower, &site->conditions, i, lower_condition(lower, &rules->eligibility.at[i]));
    }
    for (uint32_t i = 0; i < part->rules->inputs.count; i++) {
        const hz_part_input *input = &plan->inputs[i];
        if (input->set != NULL) hz_lower_expression(lower, input->set);
        else if (input->worked) hz_lower_symbol(lower, symbol_of(lower, rules->inputs.at[input->input].name));
    }
}

/* ---- Counters ---- */

static bool names(const hz_ast *ast, uint32_t symbol)
{
    if (ast->op == HZ_AST_NAME && ast->symbol == symbol) return true;
    for (uint32_t i = 0; i < ast->children; i++)
        if (names(ast->child[i], symbol)) return true;
    return false;
}

/* A counter that names benefits moves where one of them is asked; `total` or no benefit at all: always. */
static hz_regs lower_moves(hz_lower *lower, const hz_ast *formula)
{
    const hz_plan_model *rules = lower->plan->rules;
    hz_regs any = hz_sure(HZ_FALSE);
    bool benefits = false;
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        if (!names(formula, symbol_of(lower, rules->benefits.at[i].name))) continue;
        any = hz_or(&lower->dag, any, lower->question->benefits[i].asked);
        benefits = true;
    }
    return benefits && !names(formula, symbol_of(lower, HZ_STR("total"))) ? any : hz_sure(HZ_TRUE);
}

static void lower_counter(hz_lower *lower, uint32_t index, hz_regs *open)
{
    hz_dag *dag = &lower->dag;
    const hz_counter *counter = &lower->plan->rules->counters.at[index];
    hz_counter_site *site = &lower->question->counters[index];
    hz_regs before = hz_lower_symbol(lower, symbol_of(lower, counter->name));
    site->keys = counter->per.count < 8 ? counter->per.count : 8;
    for (uint32_t i = 0; i < site->keys; i++) site->key[i] = hz_lower_symbol(lower, symbol_of(lower, counter->per.at[i].name));
    const hz_ast *formula = counter->adds != NULL ? counter->adds : counter->next;
    site->moves = lower_moves(lower, formula);
    hz_regs becomes = hz_lower_expression(lower, formula);
    if (counter->type.kind == HZ_KIND_NUMBER) becomes.value = hz_lower_convert(lower, becomes.value, &formula->type, &counter->type);
    site->change = hz_sure(HZ_NO_REG);
    hz_regs needed;
    if (counter->adds != NULL) {
        site->change = amount_if(lower, site->moves, becomes);
        site->after = hz_strict(dag, hz_dag_add(dag, before.value, site->change.value), before, site->change);
        /* Adding nothing to a counter that was not given asks for nothing. */
        hz_ref still = hz_dag_eq(dag, site->change.value, hz_dag_i64(dag, 0));
        hz_ref moved = hz_dag_not(dag, hz_surely_true(dag, hz_strict(dag, still, site->change, site->change)));
        needed = site->change;
        needed.missing = hz_dag_or(dag, needed.missing, hz_dag_and(dag, before.missing, moved));
    } else {
        site->after = hz_choose(dag, site->moves, becomes, before);
        needed = hz_choose(dag, site->moves, becomes, hz_sure(site->after.value));
    }
    if (counter->type.kind == HZ_KIND_NUMBER) {
        /* What a host may not hand back must not be handed out. */
        hz_ref beyond = hz_dag_lt(dag, hz_dag_i64(dag, (int64_t)counter->type.hi), site->after.value);
        if (formula->type.lo < 0) beyond = hz_dag_or(dag, beyond, hz_dag_lt(dag, site->after.value, hz_dag_i64(dag, 0)));
        hz_regs after = hz_raise(dag, site->after, beyond);
        needed.error = hz_dag_or(dag, needed.error, hz_dag_and_not(dag, after.error, before.missing));
        site->after = after;
    }
    /* An answer that carries a counter carries its key, also where it changes nothing. */
    hz_ref moves = hz_surely_true(dag, site->moves);
    for (uint32_t i = 0; i < site->keys; i++) {
        hz_regs key = hz_choose_bit(dag, moves, site->key[i], hz_sure(site->key[i].value));
        needed = join(dag, needed, key);
    }
    needed.null = HZ_FALSE;
    *open = join(dag, *open, needed);
}

/* ---- Outcome ---- */

static hz_ref outcome_where(hz_lower *lower, hz_ref where, hz_outcome outcome, hz_ref otherwise)
{
    return hz_dag_pick(&lower->dag, where, hz_dag_i32(&lower->dag, (int64_t)outcome), otherwise);
}

/* What comes before everything else: bad inputs, the date that picks the rules, the life of the plan. */
static hz_ref outcome_first(hz_lower *lower, hz_ref rest)
{
    hz_question *question = lower->question;
    hz_ref out = outcome_where(lower, hz_dag_not(&lower->dag, question->in_force), HZ_REFUSED, rest);
    out = outcome_where(lower, lower->date.unknown, HZ_UNDETERMINED, out);
    out = outcome_where(lower, lower->date.missing, HZ_INCOMPLETE, out);
    return outcome_where(lower, hz_dag_or(&lower->dag, lower->date.error, question->input_error), HZ_FAILED, out);
}

static void begin(hz_lower *lower)
{
    hz_question *question = lower->question;
    lower->date = hz_lower_symbol(lower, symbol_of(lower, lower->plan->rules->dated_by.name));
    question->dated_by = lower->date;
    question->in_force = hz_lower_life(lower, &lower->plan->rules->life);
    question->input_error = lower->given ? HZ_FALSE : hz_dag_input(&lower->dag, HZ_COLUMN_BIT, hz_slot_bad(lower->plan));
}

/* Whether a benefit that would be refused is asked at all, where that is open. */
static hz_regs open_refusals(hz_lower *lower, hz_regs all)
{
    hz_dag *dag = &lower->dag;
    for (uint32_t i = 0; i < lower->plan->rules->benefits.count; i++) {
        const hz_benefit_site *site = &lower->question->benefits[i];
        hz_ref rejected = hz_dag_or(dag, judge(lower, &site->conditions).fails, hz_dag_not(dag, site->offered));
        hz_regs asked = hz_choose_bit(dag, rejected, site->asked, hz_sure(HZ_TRUE));
        all = join(dag, all, asked);
    }
    return all;
}

static hz_ref claim_outcome(hz_lower *lower, hz_regs open)
{
    hz_dag *dag = &lower->dag;
    hz_question *question = lower->question;
    verdict checks = judge(lower, &question->checks), conditions = judge(lower, &question->conditions);
    hz_regs all = open_refusals(lower, join(dag, join(dag, join(dag, open, checks.open), conditions.open), question->total));
    hz_ref something = hz_dag_lt(dag, hz_dag_i64(dag, 0), question->total.value);
    hz_ref out = outcome_where(lower, something, HZ_PAID, hz_dag_i32(dag, HZ_NOTHING_DUE));
    out = outcome_where(lower, all.unknown, HZ_UNDETERMINED, out);
    out = outcome_where(lower, all.missing, HZ_INCOMPLETE, out);
    out = outcome_where(lower, all_refused(lower, question->benefits, lower->plan->rules->benefits.count), HZ_REFUSED, out);
    out = outcome_where(lower, hz_dag_or(dag, question->total.error, open.error), HZ_FAILED, out);
    out = outcome_where(lower, conditions.fails, HZ_REFUSED, out);
    out = outcome_where(lower, hz_dag_or(dag, hz_dag_or(dag, checks.fails, checks.open.error), conditions.open.error), HZ_FAILED, out);
    return outcome_first(lower, out);
}

void hz_lower_claim(hz_lower *lower)
{
    const hz_plan_model *rules = lower->plan->rules;
    hz_question *question = lower->question;
    begin(lower);
    for (uint32_t i = 0; i < rules->checks.count; i++) {
        add_condition(lower, &question->checks, i, lower_condition(lower, &rules->checks.at[i]));
        lower_texts(lower, &rules->checks.at[i]);
    }
    for (uint32_t i = 0; i < rules->eligibility.count; i++) {
        const hz_line *line = &rules->eligibility.at[i];
        bool enrolment_only = line->scope.count == 1 && named(&line->scope, HZ_STR("enrolment"));
        if (whole_claim(line)) add_condition(lower, &question->conditions, i, lower_condition(lower, line));
        if (!enrolment_only) lower_texts(lower, line);
    }
    question->benefits = HZ_NEW_MANY(lower->arena, hz_benefit_site, rules->benefits.count);
    question->counters = HZ_NEW_MANY(lower->arena, hz_counter_site, rules->counters.count);
    hz_regs *pays = HZ_NEW_MANY(lower->arena, hz_regs, rules->benefits.count);
    lower_benefits(lower, pays);
    question->parts = HZ_NEW_MANY(lower->arena, hz_part_site, rules->parts.count);
    for (uint32_t i = 0; i < rules->parts.count; i++) lower_part(lower, i);
    for (uint32_t i = 0; i < rules->caps.count; i++) lower_texts(lower, &rules->caps.at[i]);
    hz_regs open = hz_sure(HZ_FALSE);
    for (uint32_t i = 0; i < rules->counters.count; i++) lower_counter(lower, i, &open);
    question->outcome = claim_outcome(lower, open);
    for (uint32_t i = 0; i < rules->notes.count; i++) {
        const hz_line *line = &rules->notes.at[i];
        hz_regs holds = hz_and(&lower->dag, hz_sure(hz_lower_life(lower, &line->life)), when_of(lower, line->when));
        add_condition(lower, &question->notes, i, holds);
        lower_texts(lower, line);
    }
}

void hz_lower_enrolment(hz_lower *lower)
{
    hz_dag *dag = &lower->dag;
    const hz_plan_model *rules = lower->plan->rules;
    hz_question *question = lower->question;
    begin(lower);
    for (uint32_t i = 0; i < rules->eligibility.count; i++) {
        const hz_line *line = &rules->eligibility.at[i];
        if (!named(&line->scope, HZ_STR("enrolment"))) continue;
        add_condition(lower, &question->conditions, i, lower_condition(lower, line));
        lower_texts(lower, line);
    }
    verdict conditions = judge(lower, &question->conditions);
    hz_regs open = hz_sure(HZ_FALSE);
    question->fees = HZ_NEW_MANY(lower->arena, hz_regs, rules->fees.count);
    for (uint32_t i = 0; i < rules->fees.count; i++) {
        question->fees[i] = lower_amount(lower, &rules->fees.at[i].amount, NULL);
        open = join(dag, open, question->fees[i]);
    }
    question->total = hz_sure(HZ_NO_REG);
    hz_regs all = join(dag, open, conditions.open);
    hz_ref out = outcome_where(lower, all.unknown, HZ_UNDETERMINED, hz_dag_i32(dag, HZ_ACCEPTED));
    out = outcome_where(lower, all.missing, HZ_INCOMPLETE, out);
    out = outcome_where(lower, open.error, HZ_FAILED, out);
    out = outcome_where(lower, conditions.fails, HZ_REFUSED, out);
    out = outcome_where(lower, conditions.open.error, HZ_FAILED, out);
    question->outcome = outcome_first(lower, out);
}
