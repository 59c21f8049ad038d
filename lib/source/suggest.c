/* suggest.c - edit distance between names, without memory of its own: names beyond 64 code points get no suggestion.
 *
 * Called where a name, key or code is unknown: begin with what was asked, offer each known name, look at best.
 */
#include "source/suggest.h"

#include "base/utf8.h"

#define NAME_MOST 64u

/* A name as it is compared: small ASCII letters, `_` for `-`. */
typedef struct name {
    uint32_t at[NAME_MOST];
    uint32_t count;
} name;

static bool read_name(hz_str text, name *out)
{
    out->count = 0;
    for (size_t at = 0; at < text.len;) {
        if (out->count == NAME_MOST)
            return false;
        uint32_t c = hz_utf8_next(text, &at);
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        out->at[out->count++] = c == '-' ? '_' : c;
    }
    return true;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and exchanges of neighbours that make b of a (no part is edited twice). */
static uint32_t distance_of(const name *a, const name *b)
{
    uint32_t rows[3][NAME_MOST + 1];
    uint32_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (uint32_t j = 0; j <= b->count; j++)
        last[j] = j;
    for (uint32_t i = 1; i <= a->count; i++) {
        now[0] = i;
        for (uint32_t j = 1; j <= b->count; j++) {
            uint32_t replaced = last[j - 1] + (a->at[i - 1] != b->at[j - 1]);
            now[j] = least(replaced, 1 + least(last[j], now[j - 1]));
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        uint32_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b->count];
}

void hz_suggest_begin(hz_suggest *suggest, hz_str asked)
{
    *suggest = (hz_suggest){asked, {NULL, 0}, UINT32_MAX};
}

void hz_suggest_offer(hz_suggest *suggest, hz_str known)
{
    name a, b;
    if (hz_str_eq(suggest->asked, known) || !read_name(suggest->asked, &a) || !read_name(known, &b))
        return;
    uint32_t longer = a.count > b.count ? a.count : b.count, shorter = a.count + b.count - longer;
    uint32_t near = longer < 3 ? 1 : longer / 3;
    if (longer - shorter > near || longer - shorter >= suggest->distance)
        return; /* the distance is no less; most names end here, and every name of the worked examples comes by */
    uint32_t distance = distance_of(&a, &b);
    /* Names with nothing in common are no slip of the other. */
    if (distance > near || distance >= longer || distance >= suggest->distance)
        return;
    suggest->best = known;
    suggest->distance = distance;
}
