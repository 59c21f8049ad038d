/* replace.h - every match of a pattern in a text replaced, as FEEL's replace does it. Called by kernels; the checker asks
 * whether a replacement is one.
 */
#ifndef HZ_COLUMN_REPLACE_H
#define HZ_COLUMN_REPLACE_H

#include "column/match.h"
#include "column/text.h"

/* Each $ stands before a digit, each \ before a \ or a $. */
bool hz_replacement_ok(hz_str replacement);

/* $1 to $99 are what groups matched, $0 the match; where there are fewer groups, the digits that fit count and the others
 * are text. literal: the replacement has no $ and no \ that mean anything. The pattern, the only one of its set, does not
 * match "". None (text.h) where the pattern ran into its limits. */
hz_str hz_text_replace(hz_workspace *ws, const hz_patterns *patterns, hz_str text, hz_str replacement, bool literal);

#endif
