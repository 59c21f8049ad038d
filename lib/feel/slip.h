/* slip.h - finds habits from other languages and keyboards in an expression, so that the error can say what to write
 * instead. The list is slips.def. Called by the lexer (characters, operators), the parser (words) and the checker (words,
 * functions).
 */
#ifndef HZ_FEEL_SLIP_H
#define HZ_FEEL_SLIP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct hz_slip {
    size_t len;       /* bytes of what is wrong, 0: nothing is */
    bool is_operator; /* an operator of another language, not a single foreign character */
    hz_str hint;      /* what to write instead */
} hz_slip;

/* The slip that rest begins with. */
hz_slip hz_slip_at(hz_arena *arena, hz_str rest);

/* The hint for a word that is no operator but is often taken for one; empty when there is none. */
hz_str hz_slip_word(hz_str word);

/* The hint for a function of other languages, in any case of its letters; empty when there is none. */
hz_str hz_slip_function(hz_str name);

#endif
