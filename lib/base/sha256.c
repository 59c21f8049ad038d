/* sha256.c - SHA-256. The only user of libmd. Called by the loader for the ruleset's hash. */
#include "base/sha256.h"

#include <sha2.h>

_Static_assert(sizeof(SHA2_CTX) <= sizeof((hz_sha256){0}.state), "libmd's context fits");

/* The context is copied in and out: our bytes have no declared type that libmd could write through. */
static void keep(hz_sha256 *hash, const SHA2_CTX *context)
{
    memcpy(hash->state.room, context, sizeof *context);
}

static SHA2_CTX context_of(const hz_sha256 *hash)
{
    SHA2_CTX context;
    memcpy(&context, hash->state.room, sizeof context);
    return context;
}

void hz_sha256_begin(hz_sha256 *hash)
{
    SHA2_CTX context;
    memset(&context, 0, sizeof context);
    SHA256Init(&context);
    keep(hash, &context);
}

void hz_sha256_add(hz_sha256 *hash, hz_str bytes)
{
    if (bytes.len == 0)
        return;
    SHA2_CTX context = context_of(hash);
    SHA256Update(&context, (const uint8_t *)bytes.at, bytes.len);
    keep(hash, &context);
}

void hz_sha256_end(hz_sha256 *hash, char out[65])
{
    static const char hex[] = "0123456789abcdef";
    SHA2_CTX context = context_of(hash);
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, &context);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[64] = '\0';
}
