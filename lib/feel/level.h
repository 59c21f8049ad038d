/* level.h - how tightly each form binds, loosest first: the parser climbs these levels, the printer needs them to
 * know where parentheses are due.
 */
#ifndef HZ_FEEL_LEVEL_H
#define HZ_FEEL_LEVEL_H

typedef enum hz_level {
    HZ_LEVEL_NONE,    /* ends an expression */
    HZ_LEVEL_IF,      /* if a then b else c: a whole expression */
    HZ_LEVEL_OR,      /* a or b */
    HZ_LEVEL_AND,     /* a and b */
    HZ_LEVEL_COMPARE, /* a < b, a between b and c, a in b: these do not chain */
    HZ_LEVEL_SUM,     /* a + b, a - b */
    HZ_LEVEL_PRODUCT, /* a * b, a / b */
    HZ_LEVEL_POWER,   /* a ** b, from the left */
    HZ_LEVEL_NEGATE,  /* -a: -3 ** 2 is 9 */
    HZ_LEVEL_POSTFIX, /* a.b, f(a) */
    HZ_LEVEL_ATOM     /* literals, names, anything in brackets */
} hz_level;

#endif
