/* affects.h - what of a plan's answers can differ under other settings, before any claim. Called by api/affects.c. */
#ifndef HZ_RUN_AFFECTS_H
#define HZ_RUN_AFFECTS_H

#include "base/buf.h"
#include "program/plan.h"

/* What the names of what can move are written for. */
typedef enum hz_affects_form { HZ_AFFECTS_TEXT, HZ_AFFECTS_JSON } hz_affects_form;

/* Compares one compiled plan with another of the same file and appends what can differ between their answers: a line of
 * text, nothing where that is nothing; or an object of JSON a line. package: that it is a part of; or empty. The arena's
 * guard is the caller's. Returns whether anything can. */
bool hz_affects(hz_arena *arena, const hz_plan *before, const hz_plan *after, hz_str package, hz_affects_form form, hz_buf *out);

#endif
