/* arrow_cell.c - one cell of a column: whether it is null, its text, its value as an input takes it. What a cell means
 * stands here alone; arrow_feed.c has short cuts for whole columns that are already as the executor wants them. Called by
 * arrow_feed.c and arrow_results.c, on arrays that arrow_check.c passed.
 */
#include "api/arrow.h"

#include "value/date.h"

bool hz_arrow_is_null(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row)
{
    if (type->kind == HZ_ARROW_NULL && type->index_bytes == 0) return true;
    const uint8_t *valid = array->null_count == 0 ? NULL : array->buffers[0];
    int64_t at = array->offset + row;
    return valid != NULL && (valid[at / 8] >> (at % 8) & 1) == 0;
}

/* A whole number of some width; false: above INT64_MAX. */
static bool integer_at(const void *values, uint8_t bytes, bool is_signed, int64_t at, int64_t *out)
{
    switch (bytes) {
    case 1: *out = is_signed ? ((const int8_t *)values)[at] : ((const uint8_t *)values)[at]; return true;
    case 2: *out = is_signed ? ((const int16_t *)values)[at] : ((const uint16_t *)values)[at]; return true;
    case 4: *out = is_signed ? (int64_t)((const int32_t *)values)[at] : (int64_t)((const uint32_t *)values)[at]; return true;
    default: *out = ((const int64_t *)values)[at]; return is_signed || *out >= 0;
    }
}

static hz_str view_at(const struct ArrowArray *array, int64_t at)
{
    const char *view = (const char *)array->buffers[1] + 16 * at;
    int32_t part[4];
    memcpy(part, view, sizeof part);
    if (part[0] <= 12) return (hz_str){view + 4, (size_t)part[0]};
    return (hz_str){(const char *)array->buffers[2 + part[2]] + part[3], (size_t)part[0]};
}

hz_str hz_arrow_text(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row)
{
    int64_t at = array->offset + row, begin, end;
    if (type->kind == HZ_ARROW_VIEW) return view_at(array, at);
    if (type->bytes == 4) {
        begin = ((const int32_t *)array->buffers[1])[at];
        end = ((const int32_t *)array->buffers[1])[at + 1];
    } else {
        begin = ((const int64_t *)array->buffers[1])[at];
        end = ((const int64_t *)array->buffers[1])[at + 1];
    }
    return end > begin ? (hz_str){(const char *)array->buffers[2] + begin, (size_t)(end - begin)} : HZ_STR("");
}

/* ---- Numbers ---- */

/* Little-endian, of 4 to 32 bytes; false: beyond 128 bits. */
static bool decimal_at(const hz_arrow_type *type, const struct ArrowArray *array, int64_t at, hz_i128 *out)
{
    const unsigned char *bytes = (const unsigned char *)array->buffers[1] + (size_t)type->bytes * (size_t)at;
    const unsigned char sign = (bytes[type->bytes - 1] & 0x80) != 0 ? 0xff : 0;
    hz_u128 value = sign != 0 ? ~(hz_u128)0 : 0;
    unsigned low = type->bytes < 16 ? type->bytes : 16;
    for (unsigned i = low; i-- > 0;) value = value << 8 | bytes[i];
    for (unsigned i = 16; i < type->bytes; i++)
        if (bytes[i] != sign) return false;
    *out = (hz_i128)value;
    return type->bytes <= 16 || (bytes[15] & 0x80) == (sign & 0x80);
}

/* The bits of a half or single float as those of a double. */
static double float_at(const struct ArrowArray *array, uint8_t bytes, int64_t at)
{
    double wide;
    float single;
    uint16_t half;
    if (bytes == 8) {
        memcpy(&wide, (const char *)array->buffers[1] + 8 * at, sizeof wide);
        return wide;
    }
    if (bytes == 4) {
        memcpy(&single, (const char *)array->buffers[1] + 4 * at, sizeof single);
        return (double)single;
    }
    memcpy(&half, (const char *)array->buffers[1] + 2 * at, sizeof half);
    uint64_t exponent = half >> 10 & 0x1f, fraction = half & 0x3ff, bits = (uint64_t)(half >> 15) << 63;
    if (exponent == 0x1f) bits |= UINT64_C(0x7ff) << 52 | fraction << 42;
    else if (exponent != 0) bits |= (exponent + 1008) << 52 | fraction << 42;
    memcpy(&wide, &bits, sizeof wide);
    if (exponent == 0) wide = (half >> 15 != 0 ? -1.0 : 1.0) * (double)fraction * 0x1p-24; /* exact: a power of 2 */
    return wide;
}

/* value = mantissa * 2^exponent exactly, so all of this is in whole numbers. */
bool hz_arrow_round(double value, int32_t scale, uint32_t floats, int64_t *out)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    if (exponent == 0x7ff || scale < 0 || scale > 18) return false;
    if (exponent != 0) mantissa |= UINT64_C(1) << 52;
    exponent = (exponent == 0 ? 1 : exponent) - 1075;
    hz_u128 scaled = mantissa;
    for (int32_t i = 0; i < scale; i++) scaled *= 10; /* below 2^53 * 10^18 < 2^113 */
    if (exponent > 0) {
        if (exponent > 62 || scaled > (hz_u128)INT64_MAX >> exponent) return scaled == 0 ? (*out = 0, true) : false;
        scaled <<= exponent;
    } else if (exponent < 0) {
        int shift = -exponent;
        hz_u128 whole = shift < 128 ? scaled >> shift : 0;
        hz_u128 rest = shift < 128 ? scaled - (whole << shift) : scaled;
        hz_u128 half = shift <= 128 ? (hz_u128)1 << (shift - 1) : ~(hz_u128)0; /* beyond: the rest is below any half */
        bool up = rest > half || (rest == half && shift <= 128 && (floats == HUZHU_FLOATS_HALF_UP || (whole & 1) != 0));
        scaled = whole + (up ? 1 : 0);
    }
    if (scaled > (hz_u128)INT64_MAX) return false;
    *out = bits >> 63 != 0 ? -(int64_t)scaled : (int64_t)scaled;
    return true;
}

static void number_cell(const hz_arrow_column *column, const struct ArrowArray *array, int64_t at, uint32_t floats, hz_given *out)
{
    const hz_arrow_type *type = &column->type;
    int64_t value = 0;
    hz_i128 wide = 0;
    switch (type->kind) {
    case HZ_ARROW_INTEGER:
        if (integer_at(array->buffers[1], type->bytes, type->is_signed, at, &value)) hz_given_number(out, column->of, (hz_decimal){value, 0});
        else hz_given_refuse(out, HZ_WRONG_RANGE);
        return;
    case HZ_ARROW_DECIMAL:
        if (decimal_at(type, array, at, &wide)) hz_given_number(out, column->of, (hz_decimal){wide, type->scale});
        else hz_given_refuse(out, HZ_WRONG_RANGE);
        return;
    default:
        if (hz_arrow_round(float_at(array, type->bytes, at), column->of->scale, floats, &value))
            hz_given_number(out, column->of, (hz_decimal){value, column->of->scale});
        else hz_given_refuse(out, float_at(array, type->bytes, at) - float_at(array, type->bytes, at) == 0 ? HZ_WRONG_RANGE : HZ_WRONG_NOT_FINITE);
        return;
    }
}

/* ---- Others ---- */

static void time_cell(const hz_arrow_column *column, const struct ArrowArray *array, int64_t at, hz_given *out)
{
    int64_t value;
    integer_at(array->buffers[1], column->type.bytes, true, at, &value);
    if (value % column->type.per_day != 0) hz_given_refuse(out, HZ_WRONG_DATE_TIME);
    else hz_given_days(out, column->of, value / column->type.per_day);
}

static void flag_cell(const hz_arrow_column *column, const struct ArrowArray *array, int64_t at, hz_given *out)
{
    int64_t value = 0;
    if (column->type.kind == HZ_ARROW_BOOLEAN) value = ((const uint8_t *)array->buffers[1])[at / 8] >> (at % 8) & 1;
    else if (!integer_at(array->buffers[1], column->type.bytes, column->type.is_signed, at, &value)) value = 2;
    if (value == 0 || value == 1) hz_given_put(out, value);
    else hz_given_refuse(out, HZ_WRONG_BOOLEAN);
}

static void text_cell(const hz_arrow_column *column, hz_str text, hz_given *out)
{
    switch (column->of->kind) {
    case HZ_KIND_NUMBER: hz_given_number_text(out, column->of, text); return;
    case HZ_KIND_DATE: hz_given_date_text(out, column->of, text); return;
    case HZ_KIND_CODE: hz_given_code_text(out, column->of, text); return;
    case HZ_KIND_BOOLEAN: hz_given_boolean_text(out, text); return;
    default: hz_given_put(out, 0); return;
    }
}

static hz_str digits_of(const hz_arrow_column *column, const struct ArrowArray *array, int64_t at, char digits[HZ_DECIMAL_TEXT])
{
    int64_t value;
    if (integer_at(array->buffers[1], column->type.bytes, column->type.is_signed, at, &value))
        return (hz_str){digits, hz_decimal_format(value, 0, digits)};
    return (hz_str){digits, hz_decimal_format((hz_i128)(uint64_t)value, 0, digits)};
}

void hz_arrow_cell(const hz_arrow_column *column, const struct ArrowArray *array, int64_t row, uint32_t floats, hz_given *out,
                   hz_str *text, char digits[HZ_DECIMAL_TEXT])
{
    int64_t at = array->offset + row;
    *out = (hz_given){.state = HZ_ABSENT};
    if (column->type.index_bytes > 0) {
        hz_arrow_column values = *column;
        values.type.index_bytes = 0;
        int64_t index;
        if (!integer_at(array->buffers[1], column->type.index_bytes, column->type.index_signed, at, &index) || index < 0 ||
            index >= array->dictionary->length)
            hz_given_refuse(out, column->of->kind == HZ_KIND_CODE ? HZ_WRONG_CODE : HZ_WRONG_TYPE);
        else if (!hz_arrow_is_null(&values.type, array->dictionary, index))
            hz_arrow_cell(&values, array->dictionary, index, floats, out, text, digits);
        return;
    }
    if (column->type.kind == HZ_ARROW_TEXT || column->type.kind == HZ_ARROW_VIEW) {
        *text = hz_arrow_text(&column->type, array, row);
        text_cell(column, *text, out);
    } else if (column->of->kind == HZ_KIND_STRING) {
        *text = digits_of(column, array, at, digits);
        hz_given_put(out, 0);
    } else if (column->of->kind == HZ_KIND_BOOLEAN) flag_cell(column, array, at, out);
    else if (column->of->kind == HZ_KIND_DATE) time_cell(column, array, at, out);
    else number_cell(column, array, at, floats, out);
}
