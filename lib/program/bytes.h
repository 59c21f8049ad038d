/* bytes.h - numbers that a program in columns compares with small constants, again and again, are compared as bytes. */
#ifndef HZ_PROGRAM_BYTES_H
#define HZ_PROGRAM_BYTES_H

#include "program/dag.h"

/* Of live nodes (uses) sets those to 1 in `wanted` that bytes are made of, the others to 0. */
void hz_bytes_find(const hz_node *nodes, uint32_t count, const uint32_t *uses, uint32_t *wanted);
/* Makes the bytes of a node. */
hz_op hz_bytes_op(const hz_node *node);
/* The test of bytes in place of one of numbers, and what it compares with; HZ_OP_COUNT: bytes do not tell. */
hz_op hz_bytes_test(const hz_node *nodes, const hz_node *test, int64_t *k);

#endif
