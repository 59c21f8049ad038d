/* explain_text.h - shared by explain_text.c, explain_node.c and explain_foot.c, which write the explanation as text. */
#ifndef HZ_RUN_EXPLAIN_TEXT_H
#define HZ_RUN_EXPLAIN_TEXT_H

#include "run/page.h"
#include "run/tell.h"

typedef struct hz_explain_text {
    hz_decision *decision;
    uint32_t language;
    hz_buf *line;    /* the line being written */
    uint64_t bars;   /* bit d: another child follows at depth d + 1, so its branch goes on */
} hz_explain_text;

/* Puts what stands in line below each other, between prefixes, and empties it. */
void hz_explain_put(hz_explain_text *t, const char *first, const char *rest);
/* An empty line and a heading. */
void hz_explain_heading(hz_explain_text *t, hz_saying heading);

/* Writes a node into line. */
void hz_explain_node(hz_explain_text *t, const hz_told *told);

/* Everything below the trees that is of one plan. */
void hz_explain_foot(hz_explain_text *t);
/* Which ruleset answered: the last lines. */
void hz_explain_rules(hz_explain_text *t);

#endif
