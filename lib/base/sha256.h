/* sha256.h - SHA-256 by libmd, which only sha256.c includes. */
#ifndef HZ_BASE_SHA256_H
#define HZ_BASE_SHA256_H

#include "base/str.h"

#include <stdint.h>

typedef struct hz_sha256 {
    union {
        uint64_t align;
        unsigned char room[256]; /* libmd's context, opaque here; sha256.c asserts that it fits */
    } state;
} hz_sha256;

void hz_sha256_begin(hz_sha256 *hash);
void hz_sha256_add(hz_sha256 *hash, hz_str bytes);
/* Lower-case hex, NUL-terminated. */
void hz_sha256_end(hz_sha256 *hash, char out[65]);

#endif
