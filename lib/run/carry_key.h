/* carry_key.h - keys of counters as bytes: equal keys are equal bytes, and the values can be read back from them. Of each part:
 * 0 where it is null; of a text its length + 1 and its bytes, or 255, four bytes of length and its bytes; else 1 and
 * eight bytes of the value. Called by leg.c for rows, and for the tables of counters by arrow_counters.c.
 */
#ifndef HZ_RUN_CARRY_KEY_H
#define HZ_RUN_CARRY_KEY_H

#include "run/accounts.h"
#include "run/columns.h"

/* The keys of a counter in the rows of a chunk, from its registers; none where a key is open. apart: numbers that keys
 * begin with, so that no other row has them; else NULL. Bytes of long ones go to long_keys. False: no memory. */
bool hz_carry_keys(const hz_batch *batch, const hz_column_key *key, const uint16_t *apart, hz_key *out, hz_buf *long_keys);

/* The key of one row, which is not open, appended. */
void hz_carry_spell(const hz_batch *batch, const hz_column_key *key, size_t row, hz_buf *out);

/* Parts of a key, appended. */
void hz_key_add_null(hz_buf *key);
void hz_key_add_text(hz_buf *key, hz_str text);
void hz_key_add_value(hz_buf *key, int64_t value);
/* The next part of a key; moves on behind it. False: it is null. */
bool hz_key_read(const char **at, bool is_text, hz_str *text, int64_t *value);

#endif
