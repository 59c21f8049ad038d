/* claim_error.c - what a host is told when a claim does not fit: code, name, sentence, remedy.
 *
 * Names and places only, never a value: these texts land in logs. Called by claim*.c while reading, and by the decision
 * for the bad input that makes it an error.
 */
#include "run/given.h"

#include <stdio.h>

static const struct wrong_text {
    hz_code code;
    const char *message, *hint, *zh, *zh_hint;
} wrongs[] = {
#define HZ_WRONG(name, code, message, hint, zh, zh_hint) {HZ_##code, message, hint, zh, zh_hint},
#include "run/wrong.def"
#undef HZ_WRONG
};

/* A fault about a name: the sentence follows it. In Chinese whoever shows that of an input puts its label before it. */
static void set(hz_fault *fault, hz_code code, hz_str key, hz_str name, const struct wrong_text *text, const hz_str *arguments)
{
    hz_fault_begin(fault, code, key);
    hz_fault_fill(fault->message, sizeof fault->message, "`<0>` ", &name);
    hz_fault_fill(fault->message, sizeof fault->message, text->message, arguments);
    if (key.len > 0) hz_fault_fill(fault->message_zh, sizeof fault->message_zh, "“<0>”", &name);
    hz_fault_fill(fault->message_zh, sizeof fault->message_zh, text->zh, arguments);
}

static void set_hint(hz_fault *fault, const struct wrong_text *text)
{
    if (text->hint == NULL) return;
    hz_fault_fill(fault->hint, sizeof fault->hint, text->hint, NULL);
    hz_fault_fill(fault->hint_zh, sizeof fault->hint_zh, text->zh_hint, NULL);
}

void hz_claim_refuse_key(hz_claim *claim, hz_str key, hz_wrong wrong)
{
    if (claim->fault.is) return;
    set(&claim->fault, wrongs[wrong].code, key, key, &wrongs[wrong], NULL);
    set_hint(&claim->fault, &wrongs[wrong]);
}

/* ---- inputs and counters ---- */

/* "illness, accident, …" as far as they fit. */
static void hint_codes(hz_fault *fault, const hz_codes *codes, int64_t nearest)
{
    char list[sizeof fault->hint];
    size_t len = 0;
    for (uint32_t i = 0; i < codes->count; i++) {
        hz_str id = codes->at[i].id;
        if (len + id.len + 8 > sizeof list - 32) {
            len += (size_t)snprintf(list + len, sizeof list - len, ", …");
            break;
        }
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%.*s", i > 0 ? ", " : "", HZ_ARG(id));
    }
    const hz_str said[] = {{list, len}, nearest >= 0 ? codes->at[nearest].id : HZ_STR("")};
    hz_fault_hint(fault, nearest >= 0 ? HZ_HINT_NEAREST_CODE : HZ_HINT_CODES, said);
}

static size_t say_end(const hz_type *type, hz_i128 end, char *text)
{
    if (type->kind == HZ_KIND_DATE) return hz_date_format((int32_t)end, text);
    hz_decimal number = hz_decimal_trim((hz_decimal){(int64_t)end, type->scale});
    return hz_decimal_format(number.coefficient, number.scale, text);
}

static void hint_range(hz_fault *fault, const hz_type *type)
{
    char lo[HZ_DECIMAL_TEXT], hi[HZ_DECIMAL_TEXT];
    size_t lo_size = say_end(type, type->lo, lo), hi_size = say_end(type, type->hi, hi);
    const hz_str ends[] = {{lo, lo_size}, {hi, hi_size}};
    hz_fault_hint(fault, HZ_HINT_RANGE, ends);
}

static void say_scale(hz_fault *fault, hz_str name, const hz_type *type)
{
    static const struct wrong_text none = {.message = "is not a whole number", .zh = "不是整数"},
                                   one = {.message = "has more than 1 decimal", .zh = "超过 1 位小数"},
                                   more = {.message = "has more than <0> decimals", .zh = "超过 <0> 位小数"};
    static const hz_hint_id hints[] = {HZ_HINT_WHOLE, HZ_HINT_ONE_DECIMAL, HZ_HINT_DECIMALS};
    char text[HZ_DECIMAL_TEXT];
    const hz_str scale = {text, hz_decimal_format(type->scale, 0, text)};
    uint32_t which = type->scale < 2 ? (uint32_t)type->scale : 2;
    set(fault, HZ_R_SCALE, HZ_STR(""), name, which == 0 ? &none : which == 1 ? &one : &more, &scale);
    hz_fault_hint(fault, hints[which], &scale);
}

static void say_type(hz_fault *fault, hz_str name, const hz_type *type)
{
    static const struct {
        struct wrong_text text;
        hz_hint_id hint;
    } kinds[] = {
        [HZ_KIND_BOOLEAN] = {{.message = "is true or false, and something else was given", .zh = "应是 true 或 false，而给的是别的"}, HZ_HINT_NOT_QUOTED},
        [HZ_KIND_NUMBER] = {{.message = "is a number, and something else was given", .zh = "应是数字，而给的是别的"}, HZ_HINT_DIGITS},
        [HZ_KIND_STRING] = {{.message = "is a text, and something else was given", .zh = "应是文字，而给的是别的"}, HZ_HINT_IN_QUOTES},
        [HZ_KIND_CODE] = {{.message = "is a code, and something else was given", .zh = "应是代码，而给的是别的"}, HZ_HINT_CODES},
        [HZ_KIND_DATE] = {{.message = "is a date, and something else was given", .zh = "应是日期，而给的是别的"}, HZ_HINT_DATE_IN_QUOTES},
    };
    set(fault, HZ_R_TYPE, HZ_STR(""), name, &kinds[type->kind].text, NULL);
    if (type->kind == HZ_KIND_CODE) hint_codes(fault, type->codes, -1);
    else hz_fault_hint(fault, kinds[type->kind].hint, NULL);
}

static void say(hz_fault *fault, hz_str name, const hz_type *type, const hz_patterns *pattern, const hz_given *given)
{
    const struct wrong_text *wrong = &wrongs[given->wrong];
    if (given->wrong == HZ_WRONG_TYPE) {
        say_type(fault, name, type);
    } else if (given->wrong == HZ_WRONG_SCALE) {
        say_scale(fault, name, type);
    } else {
        set(fault, wrong->code, HZ_STR(""), name, wrong, NULL);
        if (given->wrong == HZ_WRONG_CODE) hint_codes(fault, type->codes, given->value);
        else if (given->wrong == HZ_WRONG_RANGE) hint_range(fault, type);
        else if (wrong->hint == NULL && pattern != NULL) hz_fault_hint(fault, HZ_HINT_PATTERN, &pattern->at[0]->text);
        else set_hint(fault, wrong);
    }
    fault->input = name;
}

bool hz_claim_error(const hz_claim *claim, hz_fault *out)
{
    const hz_plan_model *rules = claim->plan->rules;
    *out = (hz_fault){0};
    if (claim->fault.is) {
        *out = claim->fault;
        return true;
    }
    for (uint32_t i = 0; i < rules->inputs.count && !out->is; i++)
        if (claim->inputs[i].state == HZ_BAD)
            say(out, rules->inputs.at[i].name, &rules->inputs.at[i].type, rules->inputs.at[i].pattern, &claim->inputs[i]);
    for (uint32_t i = 0; i < rules->counters.count && !out->is; i++)
        if (claim->counters[i].state == HZ_BAD)
            say(out, rules->counters.at[i].name, &rules->counters.at[i].type, NULL, &claim->counters[i]);
    return out->is;
}
