/* match.c - see match.h. The table of texts seen has one place for each hash: the newer text takes it. */
#include "column/match.h"

#define LONGEST_SEEN 16  /* bytes */
#define SEEN_MOST    1024 /* a power of two */

/* A short text in two words, its end padded with zeros. */
typedef struct short_text {
    uint64_t word[2];
} short_text;

typedef struct seen_text {
    short_text text;
    const hz_patterns *patterns; /* NULL: the place is free */
    uint64_t len;
    int64_t bits;
} seen_text;

struct hz_seen {
    seen_text at[SEEN_MOST];
};

void hz_seen_end(hz_seen *seen, const hz_alloc *alloc)
{
    if (seen != NULL) alloc->release(alloc->user, seen, sizeof *seen);
}

void hz_seen_forget(hz_workspace *ws)
{
    if (ws->seen != NULL) memset(ws->seen, 0, sizeof *ws->seen);
}

static hz_seen *seen_of(hz_workspace *ws)
{
    if (ws->seen != NULL) return ws->seen;
    ws->seen = ws->alloc.allocate(ws->alloc.user, sizeof *ws->seen);
    if (ws->seen == NULL) ws->failed = true;
    else memset(ws->seen, 0, sizeof *ws->seen);
    return ws->seen;
}

/* Bytes as a number, the first one lowest: one load where memory is so ordered. */
static uint64_t eight(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 |
           (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

static uint64_t four(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

/* Of at most LONGEST_SEEN bytes, from pieces that may overlap. */
static short_text shorten(hz_str text)
{
    const size_t len = text.len;
    const unsigned char *at = (const unsigned char *)text.at;
    if (len > 8) return (short_text){{eight(text.at), eight(text.at + len - 8) >> (8 * (16 - len))}};
    if (len == 8) return (short_text){{eight(text.at), 0}};
    if (len == 0) return (short_text){{0, 0}};
    if (len >= 4) return (short_text){{four(text.at) | four(text.at + len - 4) << (8 * (len - 4)), 0}};
    return (short_text){{(uint64_t)at[0] | (uint64_t)at[len / 2] << (8 * (len / 2)) | (uint64_t)at[len - 1] << (8 * (len - 1)), 0}};
}

static size_t place_of(const short_text *text, const hz_patterns *patterns, size_t len)
{
    uint64_t hash = text->word[0] * UINT64_C(0x9E3779B97F4A7C15) ^ text->word[1] * UINT64_C(0xC2B2AE3D27D4EB4F) ^
                    (uint64_t)(uintptr_t)patterns ^ len << 56;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(hash >> 40) & (SEEN_MOST - 1);
}

static int64_t match_all(hz_workspace *ws, const hz_patterns *patterns, hz_str text)
{
    hz_matcher *matcher = hz_workspace_matcher(ws);
    uint64_t bits = 0;
    for (uint32_t i = 0; matcher != NULL && i < patterns->count; i++) {
        if ((bits >> patterns->bit[i] & 1) != 0) continue;
        hz_match match = patterns->search ? hz_pattern_search(patterns->at[i], matcher, text, 0, NULL)
                                          : hz_pattern_whole(patterns->at[i], matcher, text);
        if (match == HZ_MATCH_YES) bits |= UINT64_C(1) << patterns->bit[i];
        if (match == HZ_MATCH_GIVEN_UP) return HZ_MATCH_GAVE_UP;
        if (match == HZ_MATCH_NO_MEMORY) ws->failed = true;
    }
    return (int64_t)bits;
}

int64_t hz_match_bits(hz_workspace *ws, const hz_patterns *patterns, hz_str text)
{
    bool folding = ws->alloc.release == NULL; /* a constant, once */
    if (folding || text.len > LONGEST_SEEN) return match_all(ws, patterns, text);
    hz_seen *seen = seen_of(ws);
    if (seen == NULL) return 0;
    short_text key = shorten(text);
    seen_text *at = &seen->at[place_of(&key, patterns, text.len)];
    bool known = at->patterns == patterns && at->len == text.len && at->text.word[0] == key.word[0] && at->text.word[1] == key.word[1];
    if (known) return at->bits;
    int64_t bits = match_all(ws, patterns, text);
    if (!ws->failed) *at = (seen_text){key, patterns, text.len, bits};
    return bits;
}
