/* suggest.h - "did you mean": the nearest known name by edit distance. */
#ifndef HZ_SOURCE_SUGGEST_H
#define HZ_SOURCE_SUGGEST_H

#include "base/str.h"

#include <stdint.h>

typedef struct hz_suggest {
    hz_str asked;    /* the unknown name */
    hz_str best;     /* nearest so far; at NULL while none is near enough */
    uint32_t distance;
} hz_suggest;

void hz_suggest_begin(hz_suggest *suggest, hz_str asked);
/* Offers a known name. Near enough: Damerau-Levenshtein over code points, at most a third of the longer length
 * (at least 1), with something in common; case differences (ASCII) and `-` against `_` cost nothing but are not
 * equal. Of equally near names the first offered stays; a name equal to the asked one is passed over. */
void hz_suggest_offer(hz_suggest *suggest, hz_str known);

#endif
