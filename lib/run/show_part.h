/* show_part.h - shared by show*.c, which write a plan as it stood on a day, and by handbook*.c, which write all of it. */
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
    bool book;           /* for the handbook: every version counts, and lines are Markdown */
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

/* What a claim says of an input: type, range, whether it may be left out. */
void hz_show_input(hz_show *s, const hz_input *input);

/* A figure with its unit: "40 元/天". */
void hz_show_figure(hz_show *s, const hz_parameter *parameter, const hz_entry *entry);

/* What a name or a bracket is called; a line's code stands for itself. */
void hz_show_label(hz_show *s, hz_str name);
/* How amounts are rounded, by the plan or else the ruleset; given: somebody says it. */
const hz_round *hz_show_rounding(const hz_show *s);

/* ---- show_rules.c: scales, values, checks, conditions, benefits, caps, counters, fees and notes ---- */
void hz_show_rules(hz_show *s);
/* "（仅对 参保）", of a condition that is not the whole claim's. */
void hz_show_scope(hz_show *s, const hz_line *line);
/* "各项金额四舍五入到 0.01 元", where somebody says how. */
void hz_show_rounded(hz_show *s);

/* ---- show_tables.c: decision tables ---- */
void hz_show_tables(hz_show *s);
/* What a row gives for an output: a figure with its unit, or a formula. */
void hz_show_given(hz_show *s, const hz_table *table, const hz_row *row, uint32_t output);
/* What a hit policy does: "取第一个相符的行". */
hz_saying hz_show_hit(uint8_t hit);
/* How many rows a long version has: too many to be shown. */
void hz_show_many(hz_show *s, const hz_long_rows *rows);

/* ---- show_parts.c: the parts of a package ---- */
void hz_show_parts(hz_show *s);
/* The title of a part; false: there is no part of that id. */
bool hz_show_part_title(hz_show *s, hz_str id);

/* ---- show_ground.c: what is assumed, and the sources ---- */
void hz_show_grounds(hz_show *s);
/* The first half of it. */
void hz_show_assumed(hz_show *s);
/* Whether anything of the plan names the source. */
bool hz_show_rests_on(hz_show *s, uint32_t source);

#endif
