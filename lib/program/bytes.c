/* bytes.c - see bytes.h. Called by emit.c, for columns: 64 bytes are compared by a tenth of the instructions that 64 numbers of
 * 64 bits take, and making them costs as much as one or two comparisons. Outcomes, codes, grades are such numbers.
 *
 * A byte is the number where that is 0 to 254 and 255 for all others: it tells which small number it is. Whether it is
 * smaller than one, bytes tell of numbers alone that are chosen among small ones.
 */
#include "program/bytes.h"

enum { TESTS = 2 }; /* from so many on it pays */

static bool is_choice_of_bytes(const hz_node *node)
{
    if (node->op != HZ_OP_FIRST_I32) return false;
    bool small = node->m >= 0 && node->m <= UINT8_MAX;
    for (int64_t n = 0; n < node->k; n++) small &= node->choices[n].value == node->choices[n].number;
    return small;
}

hz_op hz_bytes_test(const hz_node *nodes, const hz_node *test, int64_t *k)
{
    const bool below = test->op == HZ_OP_LT_K_I32;
    *k = test->k - below;
    if (*k < 0 || *k >= UINT8_MAX) return HZ_OP_COUNT;
    if (test->op == HZ_OP_EQ_K || test->op == HZ_OP_EQ_K_I32) return HZ_OP_EQ_K_I8;
    return (below || test->op == HZ_OP_LE_K_I32) && is_choice_of_bytes(&nodes[test->a]) ? HZ_OP_LE_K_I8 : HZ_OP_COUNT;
}

hz_op hz_bytes_op(const hz_node *node)
{
    return node->type == HZ_COLUMN_I64 ? HZ_OP_BYTE : HZ_OP_BYTE_I32;
}

void hz_bytes_find(const hz_node *nodes, uint32_t count, const uint32_t *uses, uint32_t *wanted)
{
    int64_t k;
    memset(wanted, 0, count * sizeof *wanted);
    for (uint32_t i = 0; i < count; i++)
        if (uses[i] > 0 && hz_bytes_test(nodes, &nodes[i], &k) != HZ_OP_COUNT) wanted[nodes[i].a]++;
    for (uint32_t i = 0; i < count; i++) wanted[i] = wanted[i] >= TESTS && nodes[i].op != HZ_NODE_CONSTANT;
}
