/* claim_error.c - what a host is told when a claim does not fit: code, name, sentence, remedy.
 *
 * Names and places only, never a value: these texts land in logs. Called by claim*.c while reading, and by the decision
 * for the bad input that makes it an error.
 */
#include "run/given.h"

#include <stdio.h>

static const struct wrong_text {
    hz_code code;
    const char *message, *hint;
} wrongs[] = {
#define HZ_WRONG(name, code, message, hint) {HZ_##code, message, hint},
#include "run/wrong.def"
#undef HZ_WRONG
};

/* Cuts a text that was too long for its room before a character that is not whole. */
static void mend_end(char *text, size_t room, int wanted)
{
    size_t len = room - 1;
    if (wanted < 0 || (size_t)wanted < room) return;
    while (len > 0 && ((unsigned char)text[len - 1] & 0xC0) == 0x80) len--;
    if (len > 0 && (unsigned char)text[len - 1] >= 0x80) len--;
    text[len] = '\0';
}

bool hz_fault_set(hz_fault *fault, hz_code code, hz_str key, const char *format, ...)
{
    va_list args;
    if (fault->is) return false;
    *fault = (hz_fault){.is = true, .code = code};
    hz_fault_quote(key, fault->key);
    va_start(args, format);
    mend_end(fault->message, sizeof fault->message, vsnprintf(fault->message, sizeof fault->message, format, args));
    va_end(args);
    return true;
}

void hz_fault_hint(hz_fault *fault, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    mend_end(fault->hint, sizeof fault->hint, vsnprintf(fault->hint, sizeof fault->hint, format, args));
    va_end(args);
}

void hz_fault_quote(hz_str text, char out[64])
{
    int wanted = snprintf(out, 64, "%.*s", text.len < 64 ? (int)text.len : 64, text.at != NULL ? text.at : "");
    mend_end(out, 64, wanted);
    for (char *at = out; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = '?';
}

void hz_claim_refuse_key(hz_claim *claim, hz_str key, hz_wrong wrong)
{
    if (!hz_fault_set(&claim->fault, wrongs[wrong].code, key, "`%.*s` %s", HZ_ARG(key), wrongs[wrong].message)) return;
    hz_fault_hint(&claim->fault, "%s", wrongs[wrong].hint);
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
    list[len] = '\0';
    if (nearest >= 0)
        hz_fault_hint(fault, "did you mean \"%.*s\"? The codes are %s", HZ_ARG(codes->at[nearest].id), list);
    else hz_fault_hint(fault, "the codes are %s", list);
}

static void hint_range(hz_fault *fault, const hz_type *type)
{
    char lo[HZ_DECIMAL_TEXT], hi[HZ_DECIMAL_TEXT];
    if (type->kind == HZ_KIND_DATE) {
        hz_date_format((int32_t)type->lo, lo);
        hz_date_format((int32_t)type->hi, hi);
    } else {
        hz_decimal least = hz_decimal_trim((hz_decimal){type->lo, type->scale});
        hz_decimal most = hz_decimal_trim((hz_decimal){type->hi, type->scale});
        hz_decimal_format(least.coefficient, least.scale, lo);
        hz_decimal_format(most.coefficient, most.scale, hi);
    }
    hz_fault_hint(fault, "from %s to %s", lo, hi);
}

static void say_scale(hz_fault *fault, hz_str name, const hz_type *type)
{
    if (type->scale == 0) {
        hz_fault_set(fault, HZ_R_SCALE, HZ_STR(""), "`%.*s` is not a whole number", HZ_ARG(name));
        hz_fault_hint(fault, "no decimals but zeros: 3 or 3.00");
    } else {
        const char *decimals = type->scale == 1 ? "decimal" : "decimals";
        hz_fault_set(fault, HZ_R_SCALE, HZ_STR(""), "`%.*s` has more than %d %s", HZ_ARG(name), (int)type->scale,
                     decimals);
        hz_fault_hint(fault, "at most %d %s; more only if they are zeros", (int)type->scale, decimals);
    }
}

static void say_type(hz_fault *fault, hz_str name, const hz_type *type)
{
    static const struct {
        const char *what, *hint;
    } kinds[] = {
        [HZ_KIND_BOOLEAN] = {"true or false", "write true or false without quotes"},
        [HZ_KIND_NUMBER] = {"a number", "plain digits, with quotes or without: 1300.00"},
        [HZ_KIND_STRING] = {"a text", "write it in quotes"},
        [HZ_KIND_CODE] = {"a code", NULL},
        [HZ_KIND_DATE] = {"a date", "write the date in quotes: \"2016-03-01\""},
    };
    hz_fault_set(fault, HZ_R_TYPE, HZ_STR(""), "`%.*s` is %s, and something else was given", HZ_ARG(name),
                 kinds[type->kind].what);
    if (type->kind == HZ_KIND_CODE) hint_codes(fault, type->codes, -1);
    else hz_fault_hint(fault, "%s", kinds[type->kind].hint);
}

static void say(hz_fault *fault, hz_str name, const hz_type *type, const hz_patterns *pattern, const hz_given *given)
{
    const struct wrong_text *wrong = &wrongs[given->wrong];
    if (given->wrong == HZ_WRONG_TYPE) {
        say_type(fault, name, type);
    } else if (given->wrong == HZ_WRONG_SCALE) {
        say_scale(fault, name, type);
    } else {
        hz_fault_set(fault, wrong->code, HZ_STR(""), "`%.*s` %s", HZ_ARG(name), wrong->message);
        if (given->wrong == HZ_WRONG_CODE) hint_codes(fault, type->codes, given->value);
        else if (given->wrong == HZ_WRONG_RANGE) hint_range(fault, type);
        else if (wrong->hint == NULL && pattern != NULL) hz_fault_hint(fault, "it must be like %.*s", HZ_ARG(pattern->at[0]->text));
        else hz_fault_hint(fault, "%s", wrong->hint);
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
