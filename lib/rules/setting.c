/* setting.c - the text of one setting taken apart, and its one canonical spelling, over which a scenario is hashed.
 *
 * What the path means, and whether the value fits, is scenario.c's question. Called by scenario.c.
 */
#include "rules/setting.h"

#include "value/date.h"

typedef struct piece {
    hz_str text;
    hz_span span;
} piece;

/* A line of a source; places count from the source's beginning. */
typedef struct line {
    uint32_t file;
    size_t base;
    hz_str text;
} line;

static piece piece_of(const line *in, size_t begin, size_t end)
{
    hz_str text = hz_str_trim(hz_str_part(in->text, begin, end));
    size_t at = in->base + (text.len != 0 ? (size_t)(text.at - in->text.at) : begin);
    return (piece){text, {in->file, (uint32_t)at, (uint32_t)(at + text.len)}};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Where word stands by itself from at on, outside "…"; whole.len when it does not. */
static size_t find_word(hz_str whole, size_t at, hz_str word)
{
    bool quoted = false;
    for (size_t i = at; i < whole.len; i++) {
        if (whole.at[i] == '\\' && quoted) {
            i++;
            continue;
        }
        if (whole.at[i] == '"') quoted = !quoted;
        bool fits = !quoted && i + word.len <= whole.len && (i == at || is_space(whole.at[i - 1]));
        if (fits && memcmp(whole.at + i, word.at, word.len) == 0 &&
            (i + word.len == whole.len || is_space(whole.at[i + word.len])))
            return i;
    }
    return whole.len;
}

static bool refuse(hz_reader *reader, hz_span span, const char *message)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_SCENARIO, span, "%s", message);
    hz_diag_hint(reader->diags, diag,
                 "a setting is `plan.name = 60`, then maybe `from 2026-01-01` and `until 2027-01-01`");
    return false;
}

static bool read_end(hz_reader *reader, piece text, const char *empty, hz_since *out)
{
    if (text.text.len == 0) return refuse(reader, text.span, empty);
    return hz_read_since(reader, text.text, text.span, false, out);
}

static bool read_dates(hz_reader *reader, const line *in, size_t from, size_t until, hz_setting *out)
{
    size_t len = in->text.len;
    out->has_from = from < len;
    out->has_until = until < len;
    if (out->has_until && !out->has_from)
        return refuse(reader, piece_of(in, until, len).span, "`until` needs a `from` before it");
    if (out->has_from && !read_end(reader, piece_of(in, from + strlen("from"), until),
                                   "`from` is not followed by a date", &out->from))
        return false;
    if (out->has_until && !read_end(reader, piece_of(in, until + strlen("until"), len),
                                    "`until` is not followed by a date", &out->until))
        return false;
    if (out->has_until && out->from.day >= out->until.day)
        return refuse(reader, out->until.span,
                      "the setting ends before it begins: `until` is the first day without it");
    return true;
}

bool hz_setting_parse(hz_reader *reader, uint32_t file, size_t begin, size_t end, hz_setting *out)
{
    const line in = {file, begin, hz_str_part(reader->model->texts.files.at[file].bytes, begin, end)};
    hz_str whole = in.text;
    hz_span all = {file, (uint32_t)begin, (uint32_t)end};
    const char *sign = whole.len != 0 ? memchr(whole.at, '=', whole.len) : NULL;
    *out = (hz_setting){.path = {0}};
    if (sign == NULL) return refuse(reader, all, "a setting without `=`");
    size_t equals = (size_t)(sign - whole.at);
    if (equals > 0 && whole.at[equals - 1] == ':') {
        piece owner = piece_of(&in, 0, equals - 1), reading = piece_of(&in, equals + 1, whole.len);
        *out = (hz_setting){.path = owner.text, .path_span = owner.span, .value = reading.text, .value_span = reading.span, .reading = true};
        if (owner.text.len == 0) return refuse(reader, all, "a setting without a path");
        return reading.text.len > 0 || refuse(reader, all, "`:=` without the name of a reading");
    }
    size_t until = find_word(whole, equals + 1, HZ_STR("until"));
    size_t from = find_word((hz_str){whole.at, until}, equals + 1, HZ_STR("from"));
    if (from == until) from = whole.len;
    piece path = piece_of(&in, 0, equals);
    piece value = piece_of(&in, equals + 1, from < until ? from : until);
    out->path = path.text;
    out->path_span = path.span;
    out->value = value.text;
    out->value_span = value.span;
    if (path.text.len == 0) return refuse(reader, all, "a setting without a path");
    if (value.text.len == 0) return refuse(reader, all, "a setting without a value");
    return read_dates(reader, &in, from, until, out);
}

/* In the order of the codes, whatever order they are written in. */
static hz_str canonical_set(hz_arena *arena, const hz_type *type, hz_i128 number)
{
    hz_str text = HZ_STR("");
    for (uint32_t i = 0; i < type->codes->count; i++)
        if (hz_code_set_has(&type->sets->at[(uint32_t)number], i))
            text = hz_arena_printf(arena, "%.*s%s\"%.*s\"", HZ_ARG(text), text.len > 0 ? ", " : "", HZ_ARG(type->codes->at[i].id));
    return hz_arena_printf(arena, "[%.*s]", HZ_ARG(text));
}

/* Literals of formulas keep their spelling, but for quotes and zeros. */
static hz_str canonical_value(hz_arena *arena, const hz_literal *literal)
{
    char text[64];
    size_t len = 0;
    hz_decimal number;
    switch (literal->type.kind) {
    case HZ_KIND_NUMBER:
        number = hz_decimal_trim((hz_decimal){literal->coefficient, literal->type.scale});
        len = hz_decimal_format(number.coefficient, number.scale, text);
        return hz_arena_copy(arena, (hz_str){text, len});
    case HZ_KIND_BOOLEAN: return literal->coefficient != 0 ? HZ_STR("true") : HZ_STR("false");
    case HZ_KIND_DATE: len = hz_date_format((int32_t)literal->coefficient, text); break;
    case HZ_KIND_MONTHS:
    case HZ_KIND_DAYS:
        len = hz_duration_format(
            (hz_duration){literal->type.kind == HZ_KIND_MONTHS, (int64_t)literal->coefficient, literal->type.scale},
            text);
        break;
    case HZ_KIND_SET: return canonical_set(arena, &literal->type, literal->coefficient);
    case HZ_KIND_CODE:
        return hz_arena_printf(arena, "\"%.*s\"", HZ_ARG(literal->type.codes->at[literal->coefficient].id));
    default: return literal->text;
    }
    return hz_arena_printf(arena, "@\"%.*s\"", (int)len, text);
}

hz_str hz_setting_canonical(hz_arena *arena, const hz_setting *setting, const hz_literal *literal)
{
    char from[HZ_DATE_TEXT], until[HZ_DATE_TEXT];
    if (setting->reading) return hz_arena_printf(arena, "%.*s:=%.*s", HZ_ARG(setting->path), HZ_ARG(setting->value));
    hz_str text = hz_arena_printf(arena, "%.*s=%.*s", HZ_ARG(setting->path), HZ_ARG(canonical_value(arena, literal)));
    if (!setting->has_from) return text;
    hz_date_format(setting->from.day, from);
    if (!setting->has_until) return hz_arena_printf(arena, "%.*s from %s", HZ_ARG(text), from);
    hz_date_format(setting->until.day, until);
    return hz_arena_printf(arena, "%.*s from %s until %s", HZ_ARG(text), from, until);
}
