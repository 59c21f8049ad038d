/* type.c - comparing types and telling them to the user. What types do to each other, the checker in feel knows. */
#include "value/type.h"

#include "value/date.h"

#define CODES_SHOWN 6

const char *hz_kind_name(hz_kind kind)
{
    switch (kind) {
    case HZ_KIND_NONE: return "nothing";
    case HZ_KIND_NULL: return "null";
    case HZ_KIND_BOOLEAN: return "boolean";
    case HZ_KIND_NUMBER: return "number";
    case HZ_KIND_STRING: return "string";
    case HZ_KIND_CODE: return "code";
    case HZ_KIND_SET: return "set of codes";
    case HZ_KIND_DATE: return "date";
    case HZ_KIND_TIME: return "time";
    case HZ_KIND_DATE_TIME: return "date and time";
    case HZ_KIND_DAYS: return "days and time duration";
    case HZ_KIND_MONTHS: return "years and months duration";
    case HZ_KIND_MIXED: return "value of several types";
    case HZ_KIND_LIST: return "list";
    case HZ_KIND_RANGE: return "range";
    }
    return "nothing";
}

/* A text of limited room, cut between two characters where it is full. */
typedef struct line {
    char *at;
    size_t room, len;
} line;

static void put(line *out, hz_str text)
{
    size_t left = out->room - out->len - 1;
    if (text.len > left) {
        text.len = left;
        while (text.len > 0 && (text.at[text.len] & 0xC0) == 0x80)
            text.len--;
        out->room = out->len + text.len + 1;
    }
    if (text.len > 0)
        memcpy(out->at + out->len, text.at, text.len);
    out->len += text.len;
    out->at[out->len] = '\0';
}

static void put_text(line *out, const char *text)
{
    put(out, hz_str_from(text));
}

static void put_bound(line *out, const hz_type *type, hz_i128 bound)
{
    char text[HZ_DECIMAL_TEXT];
    if (type->kind == HZ_KIND_DATE) {
        hz_date_format((int32_t)bound, text);
    } else {
        hz_decimal value = hz_decimal_trim((hz_decimal){bound, type->scale});
        hz_decimal_format(value.coefficient, value.scale, text);
    }
    put_text(out, text);
}

static void put_range(line *out, const hz_type *type)
{
    put_text(out, " in [");
    put_bound(out, type, type->lo);
    put_text(out, "..");
    put_bound(out, type, type->hi);
    put_text(out, "]");
}

static void put_number(line *out, const hz_type *type)
{
    const hz_i128 beyond = hz_power10(HZ_DECIMAL_DIGITS);
    bool known = type->lo <= type->hi && type->lo > -beyond && type->hi < beyond;
    if (known && type->lo == type->hi) {
        put_text(out, "number ");
        put_bound(out, type, type->lo);
        return;
    }
    put_text(out, type->ragged ? "number of any decimals" : type->scale == 0 ? "whole number" : "number with ");
    if (type->scale != 0 && !type->ragged) {
        char decimals[HZ_DECIMAL_TEXT];
        hz_decimal_format(type->scale, 0, decimals);
        put_text(out, decimals);
        put_text(out, type->scale == 1 ? " decimal" : " decimals");
    }
    if (known)
        put_range(out, type);
}

static void put_codes(line *out, const hz_codes *codes)
{
    uint32_t shown = codes->count <= CODES_SHOWN ? codes->count : CODES_SHOWN - 1;
    put_text(out, " (");
    for (uint32_t i = 0; i < shown; i++) {
        put_text(out, i > 0 ? ", " : "");
        put(out, codes->at[i].id);
    }
    put_text(out, shown < codes->count ? ", …)" : ")");
}

size_t hz_type_describe(const hz_type *type, char *out, size_t room)
{
    line text = {out, room, 0};
    if (room == 0)
        return 0;
    if (type->kind == HZ_KIND_NUMBER)
        put_number(&text, type);
    else
        put_text(&text, hz_kind_name((hz_kind)type->kind));
    bool dated = type->kind == HZ_KIND_DATE && type->lo < type->hi;
    if (dated && type->lo >= HZ_DATE_MIN && type->hi <= HZ_DATE_MAX &&
        (type->lo > HZ_DATE_MIN || type->hi < HZ_DATE_MAX))
        put_range(&text, type);
    if (type->kind == HZ_KIND_CODE && type->codes != NULL)
        put_codes(&text, type->codes);
    for (const hz_type *of = type; (of->kind == HZ_KIND_LIST || of->kind == HZ_KIND_RANGE) && of->item != NULL && of->item->kind != HZ_KIND_NULL; of = of->item) {
        bool mixed = of->item->kind == HZ_KIND_MIXED;
        put_text(&text, " of ");
        put_text(&text, mixed ? "several type" : hz_kind_name((hz_kind)of->item->kind));
        put_text(&text, "s");
    }
    if ((type->absent & HZ_MAY_NULL) != 0 && type->kind != HZ_KIND_NULL)
        put_text(&text, " or null");
    return text.len;
}

bool hz_codes_same(const hz_codes *a, const hz_codes *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!hz_str_eq(a->at[i].id, b->at[i].id))
            return false;
    return true;
}

bool hz_type_same(const hz_type *a, const hz_type *b)
{
    if (a->kind == HZ_KIND_LIST && b->kind == HZ_KIND_LIST) {
        bool open = a->item->kind == HZ_KIND_NULL || b->item->kind == HZ_KIND_NULL;
        return open || hz_type_same(a->item, b->item);
    }
    if (a->kind == HZ_KIND_MIXED && b->kind == HZ_KIND_MIXED) {
        bool same = a->count == b->count;
        for (uint32_t i = 0; same && i < a->count; i++) same = hz_type_same(&a->item[i], &b->item[i]);
        return same;
    }
    return a->kind == b->kind && (a->kind != HZ_KIND_CODE || hz_codes_same(a->codes, b->codes));
}

int32_t hz_codes_find(const hz_codes *codes, hz_str id)
{
    for (uint32_t i = 0; codes != NULL && i < codes->count; i++)
        if (hz_str_eq(codes->at[i].id, id))
            return (int32_t)i;
    return -1;
}

const hz_type *hz_type_alternative(const hz_type *mixed, uint8_t kind)
{
    for (uint32_t i = 0; i < mixed->count; i++)
        if (mixed->item[i].kind == kind) return &mixed->item[i];
    return NULL;
}

bool hz_type_bundled(const hz_type *type)
{
    return type->kind == HZ_KIND_LIST || type->kind == HZ_KIND_MIXED;
}

bool hz_type_fits64(const hz_type *type)
{
    return type->lo >= INT64_MIN && type->hi <= INT64_MAX;
}

bool hz_type_whole(const hz_type *type)
{
    return type->kind == HZ_KIND_NUMBER && type->scale == 0 && !type->wide;
}
