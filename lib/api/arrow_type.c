/* arrow_type.c - what a column of Arrow physically is, from the format text of its schema. Called by arrow_bind.c. Only
 * types that some input takes are told apart; all others are OTHER.
 */
#include "api/arrow.h"

/* "c" int8, "C" uint8, "s", "S", "i", "I", "l", "L". */
static bool read_integer(char c, uint8_t *bytes, bool *is_signed)
{
    static const char letters[] = "cCsSiIlL";
    const char *at = c != '\0' ? strchr(letters, c) : NULL;
    if (at == NULL) return false;
    *bytes = (uint8_t)(1u << (at - letters) / 2);
    *is_signed = (at - letters) % 2 == 0;
    return true;
}

static bool read_count(const char **at, int64_t most, int64_t *out)
{
    const char *digits = *at;
    *out = 0;
    while (**at >= '0' && **at <= '9' && *out <= most) *out = *out * 10 + *(*at)++ - '0';
    return *at > digits && *out <= most;
}

/* "d:19,2" is of 128 bits; "d:9,2,32" says how many. */
static void read_decimal(const char *format, hz_arrow_type *type)
{
    int64_t precision, scale, bits = 128;
    bool well = read_count(&format, 76, &precision) && *format++ == ',' && read_count(&format, 38, &scale);
    if (well && *format == ',') {
        format++;
        well = read_count(&format, 256, &bits);
    }
    well = well && *format == '\0' && (bits == 32 || bits == 64 || bits == 128 || bits == 256);
    if (!well) return;
    type->kind = HZ_ARROW_DECIMAL;
    type->bytes = (uint8_t)(bits / 8);
    type->scale = (int32_t)scale;
}

static void read_time(const char *format, hz_arrow_type *type)
{
    static const char units[] = "smun";
    int64_t per_day = 86400;
    *type = (hz_arrow_type){.kind = HZ_ARROW_TIME, .bytes = 8, .per_day = 1};
    if (strcmp(format, "tdD") == 0) {
        type->bytes = 4;
        return;
    }
    if (strcmp(format, "tdm") == 0) {
        type->per_day = per_day * 1000;
        return;
    }
    const char *unit = strncmp(format, "ts", 2) == 0 && format[2] != '\0' ? strchr(units, format[2]) : NULL;
    if (unit == NULL || format[3] != ':') {
        type->kind = HZ_ARROW_OTHER; /* times of day, durations, intervals */
        return;
    }
    for (const char *at = units; at < unit; at++) per_day *= 1000;
    type->per_day = per_day;
    type->zoned = format[4] != '\0';
}

static hz_arrow_type read_format(const char *format)
{
    hz_arrow_type type = {.kind = HZ_ARROW_OTHER};
    bool single = format[0] != '\0' && format[1] == '\0';
    if (strcmp(format, "n") == 0) type.kind = HZ_ARROW_NULL;
    else if (strcmp(format, "b") == 0) type.kind = HZ_ARROW_BOOLEAN;
    else if (single && read_integer(format[0], &type.bytes, &type.is_signed)) type.kind = HZ_ARROW_INTEGER;
    else if (single && strchr("efg", format[0]) != NULL) {
        type.kind = HZ_ARROW_FLOAT;
        type.bytes = (uint8_t)(2u << (format[0] - 'e'));
    } else if (strncmp(format, "d:", 2) == 0) read_decimal(format + 2, &type);
    else if (format[0] == 't') read_time(format, &type);
    else if (single && (format[0] == 'u' || format[0] == 'U')) {
        type.kind = HZ_ARROW_TEXT;
        type.bytes = format[0] == 'u' ? 4 : 8;
    } else if (strcmp(format, "vu") == 0) {
        type.kind = HZ_ARROW_VIEW;
        type.bytes = 16;
    }
    return type;
}

hz_arrow_type hz_arrow_type_of(const struct ArrowSchema *schema)
{
    hz_arrow_type other = {.kind = HZ_ARROW_OTHER};
    if (schema == NULL || schema->format == NULL) return other;
    if (schema->dictionary == NULL) return read_format(schema->format);
    if (schema->dictionary->format == NULL || schema->dictionary->dictionary != NULL) return other;
    const hz_arrow_type index = read_format(schema->format);
    hz_arrow_type type = read_format(schema->dictionary->format);
    if (index.kind != HZ_ARROW_INTEGER) return other;
    type.index_bytes = index.bytes;
    type.index_signed = index.is_signed;
    return type;
}

const char *hz_arrow_type_name(const hz_arrow_type *type)
{
    switch (type->kind) {
    case HZ_ARROW_NULL: return "nothing but null";
    case HZ_ARROW_BOOLEAN: return "booleans";
    case HZ_ARROW_INTEGER: return "whole numbers";
    case HZ_ARROW_FLOAT: return "floats";
    case HZ_ARROW_DECIMAL: return "decimals";
    case HZ_ARROW_TIME: return type->zoned ? "timestamps with a zone" : type->per_day == 1 || type->per_day == 86400000 ? "dates" : "timestamps";
    case HZ_ARROW_TEXT:
    case HZ_ARROW_VIEW: return "texts";
    default: return "a type that no input takes";
    }
}
