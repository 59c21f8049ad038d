/* show.h - a plan as it stood on a day: everything dated resolved, as text for a person. Called by the API. */
#ifndef HZ_RUN_SHOW_H
#define HZ_RUN_SHOW_H

#include "base/buf.h"
#include "program/plan.h"

/* Appends the plan as it stood on date: title, revision in force, inputs, figures with source and status, conditions,
 * benefits, caps, counters, fees, notes, and what of it is assumed. What is out of its life on that day is left out.
 * language: 0 zh, 1 en. */
void hz_plan_show(const hz_plan *plan, int32_t date, uint32_t language, hz_buf *out);

#endif
