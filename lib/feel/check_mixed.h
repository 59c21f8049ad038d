/* check_mixed.h - types of lists of several types: their items are mixed values, each of one of some alternatives.
 *
 * A mixed value is an item of a list, never one of its own: functions that pass items on take it, those that compute with
 * them do not. Absence is the value's, not the alternative's.
 */
#ifndef HZ_FEEL_CHECK_MIXED_H
#define HZ_FEEL_CHECK_MIXED_H

#include "feel/check_call.h"

/* Items of these two types may stand in one list: anything but codes beside what is none. */
bool hz_type_mixes(const hz_type *a, const hz_type *b);
/* A value may be of both types: so that looking for the one among the other makes sense. */
bool hz_type_meets(const hz_type *a, const hz_type *b);
/* The type holds mixed values somewhere. */
bool hz_type_has_mixed(const hz_type *type);
/* The mixed type that holds values of both, which are of different kinds or mixed; false when a number no longer fits. */
bool hz_check_mix(hz_arena *arena, const hz_type *a, const hz_type *b, hz_type *out);
/* Lists of several types are not compared: whether what is of another type differs, or gives null, is not agreed upon. True
 * after a report. */
bool hz_check_refuse_mixed(hz_env *env, const hz_ast *a, const hz_ast *b, hz_span at);
/* What a list holds when the lists in it are taken apart, whatever their depth, and which absences of those it has then
 * itself. False when a number no longer fits. */
bool hz_check_leaf(hz_arena *arena, const hz_type *list, hz_type *leaf, uint8_t *absent);

#endif
