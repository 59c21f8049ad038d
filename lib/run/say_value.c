/* say_value.c - values as people write them: money whole or with its decimals, rates in percent, codes by their labels,
 * periods in words, units in words. Output never rounds. Called by names.c, explain*.c and show*.c.
 */
#include "run/say.h"

/* ---- Units ---- */

static const struct unit_word {
    const char *unit, *zh, *one, *many;
} unit_words[] = {
#define HZ_WORD(feel, zh, en)
#define HZ_UNIT(unit, zh, one, many) {unit, zh, one, many},
#include "run/words.def"
#undef HZ_WORD
#undef HZ_UNIT
};

static hz_str unit_word(hz_str unit, bool one, uint32_t language)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (hz_str_is(unit, unit_words[i].unit))
            return hz_str_from(language == 0 ? unit_words[i].zh : one ? unit_words[i].one : unit_words[i].many);
    return unit;
}

void hz_say_unit(hz_str unit, bool one, uint32_t language, hz_buf *out)
{
    const char *slash = unit.len > 0 ? memchr(unit.at, '/', unit.len) : NULL;
    if (slash == NULL) {
        hz_buf_add(out, unit_word(unit, one, language));
        return;
    }
    size_t at = (size_t)(slash - unit.at);
    hz_buf_add(out, unit_word(hz_str_part(unit, 0, at), one, language));
    hz_buf_add(out, hz_say(HZ_SAY_PER, language));
    hz_buf_add(out, unit_word(hz_str_part(unit, at + 1, unit.len), true, language));
}

/* ---- Numbers ---- */

static bool is_money(const hz_model *ruleset, hz_str unit)
{
    size_t len = ruleset->currency.len;
    return hz_str_starts(unit, ruleset->currency) && (unit.len == len || unit.at[len] == '/');
}

/* All of its digits, up to 34. */
static void say_wide(const hz_model *ruleset, const hz_said_value *said, hz_buf *out)
{
    char text[HZ_DECIMAL_TEXT];
    bool percent = hz_str_is(said->unit, "%");
    hz_wide number = percent ? hz_wide_mul(said->wide, hz_wide_from(100, 0)) : said->wide;
    hz_decimal plain = hz_wide_decimal(hz_wide_trim(number));
    if (is_money(ruleset, said->unit) && plain.scale > 0 && plain.scale < ruleset->currency_scale) {
        hz_i128 all = plain.coefficient * hz_power10(ruleset->currency_scale - plain.scale);
        hz_buf_add(out, (hz_str){text, hz_decimal_format(all, ruleset->currency_scale, text)});
    } else {
        hz_wide_format(number, out);
    }
    if (percent)
        hz_buf_add_char(out, '%');
}

static void say_number(const hz_model *ruleset, const hz_said_value *said, hz_buf *out)
{
    char text[HZ_DECIMAL_TEXT];
    if (said->type->wide) {
        say_wide(ruleset, said, out);
        return;
    }
    hz_decimal number = {said->value, said->type->scale};
    bool percent = hz_str_is(said->unit, "%");
    if (percent && number.scale >= 2)
        number.scale -= 2;
    else if (percent)
        number.coefficient *= hz_power10(2);
    number = hz_decimal_trim(number);
    if (is_money(ruleset, said->unit) && number.scale > 0 && number.scale < ruleset->currency_scale) {
        number.coefficient *= hz_power10(ruleset->currency_scale - number.scale);
        number.scale = ruleset->currency_scale;
    }
    hz_buf_add(out, (hz_str){text, hz_decimal_format(number.coefficient, number.scale, text)});
    if (percent)
        hz_buf_add_char(out, '%');
}

/* ---- Periods ---- */

/* 1 to 99 as 一 to 九十九; two of something is 两. Larger ones in digits. */
static void say_chinese(int64_t count, hz_buf *out)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (count > 99) {
        hz_buf_add_int(out, count);
        return;
    }
    if (count == 2) {
        hz_buf_add_literal(out, "两");
        return;
    }
    if (count >= 20)
        hz_buf_add(out, hz_str_from(digits[count / 10]));
    if (count >= 10)
        hz_buf_add_literal(out, "十");
    hz_buf_add(out, hz_str_from(digits[count % 10]));
}

/* "三个月", "3 months". */
static void say_count(int64_t count, hz_saying one, hz_saying many, bool words, uint32_t language, hz_buf *out)
{
    if (language == 0 && words) {
        say_chinese(count, out);
    } else {
        hz_buf_add_int(out, count);
        hz_buf_add_char(out, ' ');
    }
    hz_buf_add(out, hz_say(count == 1 ? one : many, language));
}

static void say_months(int64_t months, uint32_t language, hz_buf *out)
{
    int64_t years = months / 12;
    months %= 12;
    if (years != 0)
        say_count(years, HZ_SAY_YEAR, HZ_SAY_YEARS, true, language, out);
    if (years != 0 && months != 0 && language != 0)
        hz_buf_add_char(out, ' ');
    if (months != 0)
        say_count(months, HZ_SAY_MONTH, HZ_SAY_MONTHS, true, language, out);
    if (years == 0 && months == 0)
        say_count(0, HZ_SAY_MONTHS, HZ_SAY_MONTHS, false, language, out);
}

static void say_seconds(int64_t seconds, uint32_t language, hz_buf *out)
{
    static const struct part {
        int64_t seconds;
        hz_saying one, many;
    } parts[] = {{86400, HZ_SAY_DAY, HZ_SAY_DAYS},
                 {3600, HZ_SAY_HOUR, HZ_SAY_HOURS},
                 {60, HZ_SAY_MINUTE, HZ_SAY_MINUTES},
                 {1, HZ_SAY_SECOND, HZ_SAY_SECONDS}};
    bool first = true;
    if (seconds == 0)
        say_count(0, HZ_SAY_DAYS, HZ_SAY_DAYS, false, language, out);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int64_t count = seconds / parts[i].seconds;
        seconds %= parts[i].seconds;
        if (count == 0)
            continue;
        if (!first)
            hz_buf_add_char(out, ' ');
        say_count(count, parts[i].one, parts[i].many, false, language, out);
        first = false;
    }
}

static void say_period(const hz_said_value *said, uint32_t language, hz_buf *out)
{
    bool months = said->type->kind == HZ_KIND_MONTHS;
    bool whole = months || said->type->scale == 0;
    if (!whole || said->value == INT64_MIN) {
        hz_format_by_type(said->type, said->value, out);
        return;
    }
    if (said->value < 0)
        hz_buf_add(out, hz_say(HZ_SAY_MINUS, language));
    int64_t size = said->value < 0 ? -said->value : said->value;
    if (months)
        say_months(size, language, out);
    else
        say_seconds(size, language, out);
}

/* "乳腺、子宫颈" */
static void say_set(const hz_said_value *said, uint32_t language, hz_buf *out)
{
    const hz_type *type = said->type;
    bool first = true;
    for (uint32_t i = 0; i < type->codes->count; i++) {
        if (!hz_code_set_has(&type->sets->at[said->value], i)) continue;
        hz_say_comma(first, language, out);
        hz_buf_add(out, language == 0 ? type->codes->at[i].zh : type->codes->at[i].en);
        first = false;
    }
}

/* ---- Any value ---- */

void hz_say_value(const hz_model *ruleset, const hz_said_value *said, uint32_t language, hz_buf *out)
{
    const hz_type *type = said->type;
    switch (type->kind) {
    case HZ_KIND_NUMBER: say_number(ruleset, said, out); break;
    case HZ_KIND_BOOLEAN: hz_buf_add(out, hz_word(hz_str_from(said->value != 0 ? "true" : "false"), language)); break;
    case HZ_KIND_STRING: hz_say_text(said->text, out); break;
    case HZ_KIND_CODE:
        if (said->value >= 0 && said->value < type->codes->count) {
            const hz_code_value *code = &type->codes->at[said->value];
            hz_buf_add(out, language == 0 ? code->zh : code->en);
        }
        break;
    case HZ_KIND_DAYS: case HZ_KIND_MONTHS: say_period(said, language, out); break;
    case HZ_KIND_SET: say_set(said, language, out); break;
    default: hz_format_by_type(type, said->value, out); break;
    }
}

static bool is_one(const hz_said_value *said)
{
    if (said->type->wide)
        return hz_wide_compare(said->wide, hz_wide_from(1, 0)) == 0;
    hz_decimal number = hz_decimal_trim((hz_decimal){said->value, said->type->scale});
    return number.scale == 0 && number.coefficient == 1;
}

void hz_say_measure(const hz_model *ruleset, const hz_said_value *said, uint32_t language, hz_buf *out)
{
    hz_say_value(ruleset, said, language, out);
    if (said->type->kind != HZ_KIND_NUMBER || said->unit.len == 0 || hz_str_is(said->unit, "%"))
        return;
    size_t before = out->len;
    hz_buf_add_char(out, ' ');
    size_t begin = out->len;
    hz_say_unit(said->unit, is_one(said), language, out);
    if (out->len == begin && !out->failed)
        out->len = before;
}

void hz_say_money(const hz_model *ruleset, int64_t amount, uint32_t language, hz_buf *out)
{
    hz_type type = {.kind = HZ_KIND_NUMBER, .scale = ruleset->currency_scale};
    hz_format_by_type(&type, amount, out);
    hz_buf_add_char(out, ' ');
    hz_say_unit(ruleset->currency, amount == hz_power10(type.scale), language, out);
}
