/* peer_population.c - seeded rows of a plan and room for answers, for benches in C and, by hands_… below, in Python. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

static size_t width(peer_kind kind)
{
    switch (kind) {
    case PEER_TEXTS: return sizeof(hz_str);
    case PEER_DAYS: return sizeof(int32_t);
    case PEER_FLAGS: return 0; /* a bit */
    case PEER_NUMBERS: break;
    }
    return sizeof(int64_t);
}

/* Texts one behind the other, offsets in place of pointers. */
static bool pack(peer_table *t, size_t column)
{
    hz_str *texts = t->values[column];
    size_t length = 0;
    for (size_t row = 0; row < t->rows; row++)
        length += texts[row].len;
    int32_t *offsets = malloc((t->rows + 1) * sizeof *offsets);
    char *bytes = t->bytes[column] = malloc(length + 1);
    if (offsets != NULL && bytes != NULL) {
        length = 0;
        for (size_t row = 0; row < t->rows; row++) {
            offsets[row] = (int32_t)length;
            if (texts[row].len > 0) memcpy(bytes + length, texts[row].at, texts[row].len);
            length += texts[row].len;
        }
        offsets[t->rows] = (int32_t)length;
    }
    free(texts);
    t->values[column] = offsets;
    return offsets != NULL && bytes != NULL;
}

bool peer_table_make(peer_table *t, const peer *plan, size_t rows, uint64_t seed)
{
    bool well = true;
    *t = (peer_table){.rows = rows, .inputs = plan->inputs};
    for (size_t i = 0; i < plan->inputs + plan->counters; i++) {
        size_t each = width(plan->kinds[i]);
        t->kind[i] = plan->kinds[i];
        t->values[i] = each == 0 ? calloc(rows / 64 + 1, sizeof(uint64_t)) : calloc(rows + 1, each);
        t->valid[i] = calloc(rows / 64 + 1, sizeof(uint64_t));
        well &= t->values[i] != NULL && t->valid[i] != NULL;
    }
    for (size_t row = 0; well && row < rows; row++)
        plan->fill(&seed, t, row);
    for (size_t i = 0; well && i < plan->inputs; i++)
        if (plan->kinds[i] == PEER_TEXTS)
            well = pack(t, i);
    if (!well)
        peer_table_drop(t, plan);
    return well;
}

void peer_table_drop(peer_table *t, const peer *plan)
{
    for (size_t i = 0; i < plan->inputs + plan->counters; i++) {
        free(t->values[i]);
        free(t->valid[i]);
    }
    for (size_t i = 0; i < plan->inputs; i++)
        free(t->bytes[i]);
}

/* Texts of PEER_KEY_BYTES, such as M0000042, in place of what the column held. */
static bool rekey(peer_table *t, size_t column, char letter, const uint32_t *number)
{
    int32_t *offsets = t->values[column];
    char *bytes = malloc((t->rows + 1) * PEER_KEY_BYTES);
    if (bytes == NULL) return false;
    free(t->bytes[column]);
    t->bytes[column] = bytes;
    for (size_t row = 0; row < t->rows; row++, bytes += PEER_KEY_BYTES) {
        uint32_t rest = number[row];
        offsets[row + 1] = (int32_t)(row + 1) * PEER_KEY_BYTES;
        bytes[0] = letter;
        for (int digit = PEER_KEY_BYTES - 1; digit > 0; digit--, rest /= 10)
            bytes[digit] = (char)('0' + rest % 10);
    }
    return true;
}

size_t peer_table_key(peer_table *t, const peer *plan, uint64_t seed, bool scattered)
{
    uint32_t *number = malloc((t->rows + 1) * sizeof *number), members = 0;
    bool well = number != NULL;
    for (size_t row = 0, left = 0; well && row < t->rows; row++, left--) {
        if (left == 0) {
            left = 1 + (size_t)peer_below(&seed, 6);
            members++;
        }
        number[row] = members;
    }
    for (size_t row = t->rows; well && scattered && row > 1; row--) {
        size_t other = (size_t)peer_below(&seed, (uint32_t)row);
        uint32_t moved = number[row - 1];
        number[row - 1] = number[other];
        number[other] = moved;
    }
    well = well && rekey(t, 0, 'M', number);
    if (plan->kinds[1] == PEER_TEXTS)
        well = well && rekey(t, 1, 'C', number);
    free(number);
    for (size_t i = plan->inputs; i < plan->inputs + plan->counters; i++) {
        size_t bytes = plan->kinds[i] == PEER_FLAGS ? (t->rows / 64 + 1) * sizeof(uint64_t) : t->rows * (plan->kinds[i] == PEER_NUMBERS ? sizeof(int64_t) : sizeof(int32_t));
        memset(t->values[i], 0, bytes);
        memset(t->valid[i], 0, (t->rows / 64 + 1) * sizeof(uint64_t));
    }
    return well ? members : 0;
}

bool peer_results_make(peer_results *r, const peer *plan, size_t rows)
{
    *r = (peer_results){calloc(rows + 1, sizeof(int32_t)), calloc(rows + 1, sizeof(int32_t)), calloc(rows + 1, sizeof(int64_t)), {NULL}};
    bool well = r->outcome != NULL && r->reason != NULL && r->total != NULL;
    for (size_t i = 0; i < plan->counters; i++) {
        r->after[i] = calloc(rows + 1, sizeof(int64_t));
        well &= r->after[i] != NULL;
    }
    if (!well)
        peer_results_drop(r, plan);
    return well;
}

void peer_results_drop(peer_results *r, const peer *plan)
{
    free(r->outcome);
    free(r->reason);
    free(r->total);
    for (size_t i = 0; i < plan->counters; i++)
        free(r->after[i]);
}

peer_table peer_table_part(const peer_table *table, const peer *plan, size_t first, size_t rows)
{
    peer_table part = *table;
    part.rows = rows;
    for (size_t i = 0; i < plan->inputs + plan->counters; i++) {
        size_t bytes = plan->kinds[i] == PEER_FLAGS ? first / 8 : first * (plan->kinds[i] == PEER_NUMBERS ? sizeof(int64_t) : sizeof(int32_t));
        part.values[i] = (char *)part.values[i] + bytes;
        part.valid[i] += first / 64;
    }
    return part;
}

peer_results peer_results_part(const peer_results *results, const peer *plan, size_t first)
{
    peer_results part = {results->outcome + first, results->reason + first, results->total + first, {NULL}};
    for (size_t i = 0; i < plan->counters; i++)
        part.after[i] = results->after[i] + first;
    return part;
}

double peer_bytes_a_row(const peer_table *t, const peer *plan)
{
    double bytes = 2 * sizeof(int32_t) + sizeof(int64_t) + (double)(plan->counters * sizeof(int64_t));
    for (size_t i = 0; i < plan->inputs + plan->counters; i++) {
        bytes += 1.0 / 8;
        switch (plan->kinds[i]) {
        case PEER_TEXTS: bytes += sizeof(int32_t) + (double)((const int32_t *)t->values[i])[t->rows] / (double)(t->rows > 0 ? t->rows : 1); break;
        case PEER_DAYS: bytes += sizeof(int32_t); break;
        case PEER_FLAGS: bytes += 1.0 / 8; break;
        case PEER_NUMBERS: bytes += sizeof(int64_t); break;
        }
    }
    return bytes;
}

size_t peer_difference(const peer_results *a, const peer_results *b, const peer *plan, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (a->outcome[r] != b->outcome[r] || a->reason[r] != b->reason[r] || a->total[r] != b->total[r])
            return r;
        for (size_t i = 0; i < plan->counters; i++)
            if (a->after[i][r] != b->after[i][r])
                return r;
    }
    return rows;
}
