/* literal.c - values as written in YAML, read by the type that their place asks for: 40, 20%, true, illness, P1Y3M.
 *
 * Numbers stay exact and keep the scale they are written with. Called by the readers of inputs, parameters, counters
 * and settings; literals inside expressions are ast_literal.c's.
 */
#include "rules/reader.h"

#include "source/suggest.h"
#include "value/date.h"

void hz_literal_set(hz_literal *literal, hz_kind kind, int32_t scale, hz_i128 coefficient)
{
    literal->type = (hz_type){.kind = (uint8_t)kind, .scale = scale, .lo = coefficient, .hi = coefficient};
    literal->coefficient = coefficient;
}

static hz_str without_commas(hz_arena *arena, hz_str text)
{
    char *out = hz_arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ',') out[len++] = text.at[i];
    return (hz_str){out, len};
}

static bool refuse_number(hz_reader *reader, hz_item item, hz_str text, hz_span span)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_NUMBER, span, "`%.*s` is not a number, which %s `%.*s` needs here",
                             HZ_BRIEF(text), HZ_ITEM(item));
    bool has_e = false;
    for (size_t i = 1; i < text.len; i++)
        has_e = has_e || ((text.at[i] == 'e' || text.at[i] == 'E') && text.at[i - 1] >= '0' && text.at[i - 1] <= '9');
    if (memchr(text.at, ',', text.len) != NULL)
        hz_diag_hint(reader->diags, diag, "write it without thousands separators: %.*s", HZ_BRIEF(without_commas(reader->arena, text)));
    else if (has_e) hz_diag_hint(reader->diags, diag, "write it out, without an exponent");
    else if (!hz_str_eq(hz_narrow(reader->arena, text), text))
        hz_diag_hint(reader->diags, diag, "write it in ASCII characters: %.*s", HZ_BRIEF(hz_narrow(reader->arena, text)));
    else
        hz_diag_hint(reader->diags, diag,
                     "write digits and at most one point, as 40 or 0.25; the unit stands in `unit`");
    return false;
}

static bool read_percent(hz_reader *reader, hz_item item, hz_str text, hz_span span, const hz_wanted *wanted,
                         hz_decimal *out)
{
    hz_str digits = hz_str_part(text, 0, text.len - 1);
    if (!wanted->percent) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_PERCENT, span, "a percentage, but %s `%.*s` is not in %%", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "give it `unit: '%%'`, or write the number in its own unit");
        return false;
    }
    if (!hz_decimal_parse(digits, false, out) || out->scale > 32) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NUMBER, span, "`%.*s` is not a percentage", HZ_BRIEF(text));
        hz_diag_hint(reader->diags, diag, "write digits and `%%` without a space, as 20%% or 2.5%%");
        return false;
    }
    out->scale += 2;
    return true;
}

static bool read_number(hz_reader *reader, hz_item item, hz_str text, hz_span span, const hz_wanted *wanted,
                        hz_literal *out)
{
    hz_decimal number;
    if (text.len > 1 && text.at[text.len - 1] == '%') {
        if (!read_percent(reader, item, text, span, wanted, &number)) return false;
    } else if (!hz_decimal_parse(text, false, &number)) {
        return refuse_number(reader, item, text, span);
    } else if (wanted->percent && hz_decimal_compare(number, (hz_decimal){1, 0}) > 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_PERCENT, span, "`%.*s` without `%%` is that many times the whole",
                                 HZ_BRIEF(text));
        hz_diag_hint(reader->diags, diag, "write `%.*s%%`, or the share as a number, as 0.2 for 20%%", HZ_BRIEF(text));
        return false;
    }
    hz_literal_set(out, HZ_KIND_NUMBER, number.scale, number.coefficient);
    if (hz_type_fits64(&out->type)) return true;
    hz_error(reader->diags, HZ_E_NUMBER, span, "`%.*s` has more digits than a value can hold (18)", HZ_BRIEF(text));
    return false;
}

static bool read_code(hz_reader *reader, hz_item item, hz_str text, hz_span span, const hz_codes *codes,
                      hz_literal *out)
{
    int32_t index = codes != NULL ? hz_codes_find(codes, text) : -1;
    hz_literal_set(out, HZ_KIND_CODE, 0, index);
    out->type.codes = codes;
    if (index >= 0 || codes == NULL || codes->count == 0) return index >= 0;
    hz_suggest suggest;
    hz_suggest_begin(&suggest, text);
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_CODE, span, "`%.*s` is none of the codes of %s `%.*s`",
                             HZ_BRIEF(text), HZ_ITEM(item));
    for (uint32_t i = 0; diag != NULL && i < codes->count; i++) hz_suggest_offer(&suggest, codes->at[i].id);
    if (text.len > 2 && text.at[0] == '"' && hz_codes_find(codes, hz_str_part(text, 1, text.len - 1)) >= 0)
        hz_diag_hint(reader->diags, diag, "write the bare word %.*s", HZ_BRIEF(hz_str_part(text, 1, text.len - 1)));
    else if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "its codes stand under `values`");
    return false;
}

static bool read_boolean(hz_reader *reader, hz_item item, hz_str text, hz_span span, hz_literal *out)
{
    bool truth = hz_str_is(text, "true");
    hz_literal_set(out, HZ_KIND_BOOLEAN, 0, truth ? 1 : 0);
    if (truth || hz_str_is(text, "false")) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_BOOLEAN, span,
                             "`%.*s` is neither true nor false, which %s `%.*s` needs", HZ_BRIEF(text), HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write `true` or `false` in small letters");
    return false;
}

static bool read_date(hz_reader *reader, hz_str text, hz_span span, hz_literal *out)
{
    hz_since since;
    int32_t day = 0;
    bool good = hz_date_parse(text, &day);
    hz_literal_set(out, HZ_KIND_DATE, 0, day);
    if (good) return true;
    if (hz_since_parse(text, span, &since)) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_DATE, span, "`%.*s` is a month, a day is needed here", HZ_BRIEF(text));
        hz_diag_hint(reader->diags, diag, "write the day too, as `%.*s-01`", HZ_BRIEF(text));
        return false;
    }
    return hz_read_since(reader, text, span, false, &since);
}

static bool read_period(hz_reader *reader, hz_str text, hz_span span, hz_literal *out)
{
    hz_duration duration;
    if (hz_duration_parse(text, &duration)) {
        hz_literal_set(out, duration.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, duration.scale, duration.amount);
        return true;
    }
    bool years = memchr(text.at, 'Y', text.len) != NULL, days = memchr(text.at, 'D', text.len) != NULL;
    hz_diag *diag = hz_error(reader->diags, HZ_E_PERIOD, span, "`%.*s` is not a period", HZ_BRIEF(text));
    if (text.at[0] == 'P' && years && days)
        hz_diag_hint(reader->diags, diag, "years and months, or days: the two cannot be mixed, their length differs");
    else hz_diag_hint(reader->diags, diag, "write P1Y3M for a year and three months, P15D for 15 days");
    return false;
}

bool hz_literal_of_text(hz_reader *reader, hz_item item, hz_str text, hz_span span, const hz_wanted *wanted,
                        hz_literal *out)
{
    *out = (hz_literal){.text = text};
    switch (wanted->kind) {
    case HZ_KIND_NUMBER: return read_number(reader, item, text, span, wanted, out);
    case HZ_KIND_BOOLEAN: return read_boolean(reader, item, text, span, out);
    case HZ_KIND_CODE: return read_code(reader, item, text, span, wanted->codes, out);
    case HZ_KIND_DATE: return read_date(reader, text, span, out);
    case HZ_KIND_MONTHS: return read_period(reader, text, span, out);
    case HZ_KIND_STRING: hz_literal_set(out, HZ_KIND_STRING, 0, 0); return true;
    default: return false;
    }
}

bool hz_read_literal(hz_reader *reader, hz_item item, const hz_tree *tree, const hz_wanted *wanted, hz_literal *out)
{
    hz_str text;
    return hz_read_text(reader, item, "value", tree, &text) &&
           hz_literal_of_text(reader, item, text, hz_text_span(tree), wanted, out);
}

bool hz_literal_rescale(hz_reader *reader, hz_item item, hz_span span, int32_t scale, hz_literal *literal)
{
    hz_decimal plain = hz_decimal_trim((hz_decimal){literal->coefficient, literal->type.scale});
    hz_i128 coefficient;
    if (plain.scale > scale) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_DECIMALS, span, "more decimals than %s `%.*s` has (%d)",
                                 HZ_ITEM(item), (int)scale);
        hz_diag_hint(reader->diags, diag, "nothing is rounded silently; write at most %d", (int)scale);
        return false;
    }
    if (!hz_decimal_rescale(plain.coefficient, plain.scale, scale, &coefficient)) return false;
    hz_literal_set(literal, literal->type.kind, scale, coefficient);
    return true;
}

static void hint_range(hz_reader *reader, hz_diag *diag, const hz_type *type)
{
    char low[HZ_DECIMAL_TEXT], high[HZ_DECIMAL_TEXT];
    if (type->kind == HZ_KIND_NUMBER) {
        hz_decimal_format(type->lo, type->scale, low);
        hz_decimal_format(type->hi, type->scale, high);
    } else if (type->kind == HZ_KIND_DATE) {
        hz_date_format((int32_t)type->lo, low);
        hz_date_format((int32_t)type->hi, high);
    } else {
        return;
    }
    hz_diag_hint(reader->diags, diag, "it lies in [%s..%s]", low, high);
}

bool hz_literal_within(hz_reader *reader, hz_item item, hz_span span, const hz_type *type, const hz_literal *literal)
{
    if (type->kind == HZ_KIND_STRING || (literal->coefficient >= type->lo && literal->coefficient <= type->hi))
        return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_OUT_OF_RANGE, span, "outside the range of %s `%.*s`", HZ_ITEM(item));
    hint_range(reader, diag, type);
    return false;
}
