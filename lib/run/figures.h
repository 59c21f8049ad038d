/* figures.h - the figures of a plan by date, for programs: what a specialist reads is the handbook (handbook.h). Called by
 * the API.
 */
#ifndef HZ_RUN_FIGURES_H
#define HZ_RUN_FIGURES_H

#include "base/buf.h"
#include "program/plan.h"

/* Appends each version of each figure, an object of JSON a line; figures.c says what stands in it. */
void hz_plan_figures(const hz_plan *plan, hz_buf *out);

#endif
