/* tidy.h - a rule file in the house style: the same tree, other spaces. For `huzhu fmt` and for editors. */
#ifndef HZ_RULES_TIDY_H
#define HZ_RULES_TIDY_H

#include "source/diag.h"

/* Appends the file (already in sources) to out, tidied. False: it does not parse, which diags say, and nothing is
 * appended. What is appended was read again and found to be the same tree. */
bool hz_tidy(hz_arena *arena, hz_diags *diags, hz_sources *sources, uint32_t file, hz_buf *out);

#endif
