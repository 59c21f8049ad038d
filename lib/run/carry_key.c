/* carry_key.c - keys of counters as bytes: see carry_key.h.
 *
 * Nearly all keys are short: they are written into the words that accounts compare, without a call. One that does not fit
 * is spelled once more, as a text.
 */
#include "run/carry_key.h"

enum { LONG_TEXT = 255 };

static bool bit_at(const hz_batch *batch, uint32_t reg, size_t row)
{
    return reg != HZ_NO_REG && (((const uint64_t *)batch->reg[reg])[row / 64] >> (row % 64) & 1) != 0;
}

static int64_t value_at(const hz_batch *batch, uint32_t reg, size_t row)
{
    switch (batch->plan->columns.program.reg_type[reg]) {
    case HZ_COLUMN_I32: return ((const int32_t *)batch->reg[reg])[row];
    case HZ_COLUMN_I64: return ((const int64_t *)batch->reg[reg])[row];
    default: return bit_at(batch, reg, row);
    }
}

/* ---- As a text ---- */

static void add(hz_buf *key, const void *from, size_t size)
{
    hz_buf_add(key, (hz_str){from, size});
}

void hz_key_add_null(hz_buf *key)
{
    hz_buf_add_char(key, 0);
}

void hz_key_add_text(hz_buf *key, hz_str text)
{
    const uint32_t size = (uint32_t)text.len;
    hz_buf_add_char(key, (char)(unsigned char)(size + 1 < LONG_TEXT ? size + 1 : LONG_TEXT));
    if (size + 1 >= LONG_TEXT) add(key, &size, sizeof size);
    hz_buf_add(key, text);
}

void hz_key_add_value(hz_buf *key, int64_t value)
{
    hz_buf_add_char(key, 1);
    add(key, &value, sizeof value);
}

bool hz_key_read(const char **at, bool is_text, hz_str *text, int64_t *value)
{
    uint32_t first = (unsigned char)*(*at)++, size = first - 1;
    *text = HZ_STR("");
    *value = 0;
    if (first == 0) return false;
    if (!is_text) {
        memcpy(value, *at, sizeof *value);
        *at += sizeof *value;
        return true;
    }
    if (first == LONG_TEXT) {
        memcpy(&size, *at, sizeof size);
        *at += sizeof size;
    }
    *text = (hz_str){*at, size};
    *at += size;
    return true;
}

void hz_carry_spell(const hz_batch *batch, const hz_column_key *key, size_t row, hz_buf *out)
{
    for (uint32_t i = 0; i < key->count; i++) {
        const uint32_t reg = key->value[i];
        if (bit_at(batch, key->null[i], row)) hz_key_add_null(out);
        else if (batch->plan->columns.program.reg_type[reg] == HZ_COLUMN_TEXT) hz_key_add_text(out, ((const hz_str *)batch->reg[reg])[row]);
        else hz_key_add_value(out, value_at(batch, reg, row));
    }
}

static bool spell(const hz_batch *batch, const hz_column_key *key, size_t row, const uint16_t *apart, hz_key *out, hz_buf *long_keys)
{
    const size_t begin = long_keys->len;
    if (apart != NULL) hz_key_add_value(long_keys, apart[row]);
    hz_carry_spell(batch, key, row, long_keys);
    if (long_keys->failed || long_keys->len - begin >= HZ_NO_KEY) return false;
    *out = hz_key_of((hz_str){long_keys->at + begin, long_keys->len - begin});
    out->word[0] = begin;
    return true;
}

/* ---- As words ---- */

/* Less than 32 bytes, in pieces of a fixed size that lie over each other. */
static inline void copy_short(unsigned char *to, const char *from, size_t size)
{
    if (size >= 16) {
        memcpy(to, from, 16);
        memcpy(to + size - 16, from + size - 16, 16);
    } else if (size >= 8) {
        memcpy(to, from, 8);
        memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
        memcpy(to, from, 4);
        memcpy(to + size - 4, from + size - 4, 4);
    } else {
        for (size_t i = 0; i < size; i++) to[i] = (unsigned char)from[i];
    }
}

static inline size_t put_value(unsigned char *bytes, size_t used, int64_t value)
{
    if (used + 1 + sizeof value > HZ_KEY_BYTES) return HZ_NO_KEY;
    bytes[used] = 1;
    memcpy(bytes + used + 1, &value, sizeof value);
    return used + 1 + sizeof value;
}

static inline size_t put_text(unsigned char *bytes, size_t used, hz_str text)
{
    if (used + 1 + text.len > HZ_KEY_BYTES) return HZ_NO_KEY;
    bytes[used] = (unsigned char)(text.len + 1);
    copy_short(bytes + used + 1, text.at, text.len);
    return used + 1 + text.len;
}

/* False: it does not fit. */
static bool put_short(const hz_batch *batch, const hz_column_key *key, size_t row, const uint16_t *apart, hz_key *out)
{
    unsigned char *bytes = (unsigned char *)out->word;
    size_t used = apart != NULL ? put_value(bytes, 0, apart[row]) : 0;
    for (uint32_t i = 0; i < key->count && used != HZ_NO_KEY; i++) {
        const uint32_t reg = key->value[i];
        if (bit_at(batch, key->null[i], row)) used = used < HZ_KEY_BYTES ? used + 1 : HZ_NO_KEY;
        else if (batch->plan->columns.program.reg_type[reg] == HZ_COLUMN_TEXT) used = put_text(bytes, used, ((const hz_str *)batch->reg[reg])[row]);
        else used = put_value(bytes, used, value_at(batch, reg, row));
    }
    out->size = (uint32_t)used;
    return used != HZ_NO_KEY;
}

bool hz_carry_keys(const hz_batch *batch, const hz_column_key *key, const uint16_t *apart, hz_key *out, hz_buf *long_keys)
{
    for (size_t r = 0; r < batch->rows; r++) {
        out[r] = (hz_key){.size = HZ_NO_KEY};
        if (bit_at(batch, key->open, r) || (batch->key_bad[r / 64] >> (r % 64) & 1) != 0) continue;
        if (put_short(batch, key, r, apart, &out[r])) hz_key_finish(&out[r]);
        else if (!spell(batch, key, r, apart, &out[r], long_keys)) return false;
    }
    return true;
}
