/* show_part.h - shared by show.c, show_rules.c and show_ground.c, which write a plan as it stood on a day. */
#ifndef HZ_RUN_SHOW_PART_H
#define HZ_RUN_SHOW_PART_H

#include "run/page.h"
#include "run/say.h"

typedef struct hz_show {
    const hz_plan *plan;
    const hz_plan_model *rules;
    int32_t date;
    uint32_t language;
    hz_buf *out, *line;  /* the line being written */
} hz_show;

/* Puts line, indented by two columns, its further lines by rest more; empties it. */
void hz_show_put(hz_show *s, uint32_t rest);
/* An empty line and a heading. */
void hz_show_heading(hz_show *s, hz_saying heading);
void hz_show_say(hz_show *s, hz_saying saying);

/* The version in force on the day, or NULL. */
const hz_entry *hz_show_entry(const hz_show *s, const hz_history *history);
bool hz_show_lives(const hz_show *s, const hz_life *life);

/* "公布（programme-2020、S16）"; nothing for what says nothing of itself. */
void hz_show_standing(hz_show *s, const hz_provenance *from);

/* A figure with its unit: "40 元/天". */
void hz_show_figure(hz_show *s, const hz_parameter *parameter, const hz_entry *entry);

/* What a name or a bracket is called; a line's code stands for itself. */
void hz_show_label(hz_show *s, hz_str name);
/* How amounts are rounded, by the plan or else the ruleset; given: somebody says it. */
const hz_round *hz_show_rounding(const hz_show *s);

/* ---- show_rules.c: scales, values, checks, conditions, benefits, caps, counters, fees and notes ---- */
void hz_show_rules(hz_show *s);

/* ---- show_tables.c: decision tables ---- */
void hz_show_tables(hz_show *s);

/* ---- show_parts.c: the parts of a package ---- */
void hz_show_parts(hz_show *s);
/* The title of a part; false: there is no part of that id. */
bool hz_show_part_title(hz_show *s, hz_str id);

/* ---- show_ground.c: what is assumed, and the sources ---- */
void hz_show_grounds(hz_show *s);

#endif
