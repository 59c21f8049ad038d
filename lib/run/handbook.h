/* handbook.h - all plans of a ruleset as one Markdown document: every version of everything, where a plan shown on a day
 * (show.h) has one. Called by the API.
 */
#ifndef HZ_RUN_HANDBOOK_H
#define HZ_RUN_HANDBOOK_H

#include "base/buf.h"
#include "program/plan.h"

/* Appends the handbook of count plans of one ruleset; language: 0 zh, 1 en. Every figure in it is a rule file's. */
void hz_handbook(const hz_model *ruleset, const hz_plan *plans, uint32_t count, uint32_t language, hz_buf *out);

#endif
