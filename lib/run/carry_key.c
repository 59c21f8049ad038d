/* carry_key.c - the key of a counter as bytes, from the registers of a chunk. Equal keys are equal bytes, and the values can
 * be read back from them. Called by carry.c.
 */
#include "run/carry.h"

static bool bit_at(const hz_batch *batch, uint32_t reg, size_t row)
{
    return reg != HZ_NO_REG && (((const uint64_t *)batch->reg[reg])[row / 64] >> (row % 64) & 1) != 0;
}

static void add_value(hz_buf *out, int64_t value)
{
    hz_buf_add(out, (hz_str){(const char *)&value, sizeof value});
}

void hz_carry_spell(const hz_batch *batch, const hz_column_key *key, size_t row, hz_buf *out)
{
    for (uint32_t i = 0; i < key->count; i++) {
        const void *values = batch->reg[key->value[i]];
        bool null = bit_at(batch, key->null[i], row);
        hz_buf_add_char(out, null ? 0 : 1);
        if (null) continue;
        switch (batch->plan->columns.program.reg_type[key->value[i]]) {
        case HZ_COLUMN_TEXT: {
            hz_str text = ((const hz_str *)values)[row];
            uint32_t size = (uint32_t)text.len;
            hz_buf_add(out, (hz_str){(const char *)&size, sizeof size});
            hz_buf_add(out, text);
            break;
        }
        case HZ_COLUMN_I32: add_value(out, ((const int32_t *)values)[row]); break;
        case HZ_COLUMN_I64: add_value(out, ((const int64_t *)values)[row]); break;
        default: add_value(out, bit_at(batch, key->value[i], row)); break;
        }
    }
}
