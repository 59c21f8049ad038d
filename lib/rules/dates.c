/* dates.c - dates as keys and the lives of items: 2018-01-01, 2018-01, always; from, until.
 *
 * A key 2018-01 is a date of month precision: nobody published the day, so the file must not name one. Called by
 * history.c and the readers of items; the settings of a scenario use hz_since_parse.
 */
#include "rules/reader.h"

#include "value/date.h"

bool hz_looks_dated(hz_str key)
{
    bool wide = key.len > 2 && memcmp(key.at, "\xEF\xBC", 2) == 0 && (unsigned char)key.at[2] >= 0x90 && (unsigned char)key.at[2] <= 0x99;
    return (key.len > 0 && key.at[0] >= '0' && key.at[0] <= '9') || wide || hz_str_is(key, "always");
}

bool hz_since_parse(hz_str text, hz_span span, hz_since *out)
{
    char day[] = "0000-00-01";
    bool month = text.len == strlen("2018-01");
    *out = (hz_since){0, month ? HZ_BY_MONTH : HZ_BY_DAY, span};
    if (!month) return hz_date_parse(text, &out->day);
    memcpy(day, text.at, text.len);
    return hz_date_parse(hz_str_from(day), &out->day);
}

/* Reads up to three numbers out of what somebody wrote as a date: 2015-7, 2015/07/01, 2015年7月. */
static uint32_t numbers_of(hz_str text, int64_t number[3])
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len;) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            i++;
            continue;
        }
        int64_t value = 0;
        for (; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++)
            value = value < 100000000 ? value * 10 + (text.at[i] - '0') : value;
        if (count == 3) return 4;
        number[count++] = value;
    }
    return count;
}

/* 20150701 and 01.07.2015 with their parts in order; of 1/7/2015 nobody knows which is the month. */
static uint32_t put_in_order(uint32_t count, bool points, int64_t number[3])
{
    if (count == 1 && number[0] >= 10000101) {
        number[2] = number[0] % 100;
        number[1] = number[0] / 100 % 100;
        number[0] /= 10000;
        return 3;
    }
    if (points && count == 3 && number[0] <= 31 && number[2] >= 1000) {
        int64_t first = number[0];
        number[0] = number[2];
        number[2] = first;
    }
    return count;
}

static void hint_date(hz_reader *reader, hz_diag *diag, hz_str text)
{
    int64_t number[3] = {0, 0, 1};
    int32_t day;
    uint32_t count = numbers_of(hz_narrow(reader->arena, text), number);
    count = put_in_order(count, memchr(text.at, '.', text.len) != NULL, number);
    if (count == 1 && number[0] >= 1000 && number[0] <= 9999) {
        hz_diag_hint(reader->diags, diag, "a year alone is no date; write the month too, `%d-01`", (int)number[0]);
    } else if ((count == 2 || count == 3) && number[0] >= 1000 && hz_date_make(number[0], number[1], number[2], &day)) {
        if (count == 2) hz_diag_hint(reader->diags, diag, "write `%04d-%02d`", (int)number[0], (int)number[1]);
        else
            hz_diag_hint(reader->diags, diag, "write `%04d-%02d-%02d`", (int)number[0], (int)number[1], (int)number[2]);
    } else if ((count == 2 || count == 3) && number[0] >= 1000 && (number[1] < 1 || number[1] > 12)) {
        hz_diag_hint(reader->diags, diag, "there is no month %d", (int)number[1]);
    } else if (count == 3 && number[0] >= 1000 && number[0] <= 9999 && number[2] > 28) {
        hz_diag_hint(reader->diags, diag, "that month has %d days",
                     (int)hz_days_in_month((int32_t)number[0], (int32_t)number[1]));
    } else {
        hz_diag_hint(reader->diags, diag, "dates are written `2018-01-31`, or `2018-01` where only the month is known");
    }
}

bool hz_read_since(hz_reader *reader, hz_str text, hz_span span, bool always, hz_since *out)
{
    if (always && hz_str_is(text, "always")) {
        *out = (hz_since){HZ_DATE_MIN, HZ_ALWAYS, span};
        return true;
    }
    if (hz_since_parse(text, span, out)) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_DATE, span, "`%.*s` is not a date", HZ_BRIEF(text));
    hint_date(reader, diag, text);
    return false;
}

static bool read_end(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_since *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    hz_str text;
    hz_since since;
    if (tree == NULL || !hz_read_text(reader, item, key, tree, &text) ||
        !hz_read_since(reader, text, hz_text_span(tree), false, &since))
        return false;
    *out = since;
    return true;
}

void hz_read_life(hz_reader *reader, hz_item item, hz_tree *map, hz_life *out)
{
    *out = (hz_life){.from = {HZ_DATE_MIN, HZ_ALWAYS, HZ_NO_SPAN}, .until = {HZ_DATE_MAX + 1, HZ_ALWAYS, HZ_NO_SPAN}};
    out->has_from = read_end(reader, item, map, "from", &out->from);
    out->has_until = read_end(reader, item, map, "until", &out->until);
    if (!out->has_from || !out->has_until || out->from.day < out->until.day) return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_LIFE, out->until.span, "%s `%.*s` ends before it begins", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "`until` is the first day on which it is gone, and must lie after `from`");
    hz_diag_relate(reader->diags, diag, out->from.span, "it begins here");
}

bool hz_check_ascending(hz_reader *reader, hz_since before, hz_since since)
{
    if (before.day < since.day) return true;
    bool same = before.day == since.day;
    hz_diag *diag =
        same ? hz_error(reader->diags, HZ_E_DUPLICATE_DATE, since.span, "two entries for the same day")
             : hz_error(reader->diags, HZ_E_DATE_ORDER, since.span, "this date is earlier than the one before it");
    hz_diag_hint(reader->diags, diag, "%s",
                 same ? "keep one of the two; a month begins on its first day"
                      : "put the entries in order of their dates");
    hz_diag_relate(reader->diags, diag, before.span, "the entry before");
    return false;
}
