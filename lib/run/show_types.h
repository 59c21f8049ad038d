/* show_types.h - what the checker found out about each expression of a plan: type, range, path, and why. Called by the API.
 */
#ifndef HZ_RUN_SHOW_TYPES_H
#define HZ_RUN_SHOW_TYPES_H

#include "base/buf.h"
#include "program/plan.h"

/* Appends each expression in the order of the items: for people three lines each, for programs a JSON object a line. */
void hz_plan_show_types(const hz_plan *plan, bool json, hz_buf *out);

#endif
