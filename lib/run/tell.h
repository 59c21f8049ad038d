/* tell.h - an explanation as a stream of nodes, from the amounts and conditions down to inputs, figures and sources.
 *
 * explain.c finds the nodes, lazily as the answer was found (the branch taken, the version in force), each name opened
 * once; explain_text.c and explain_json.c write them. Nodes are borrowed for the time of the call. No memory is taken;
 * depth is bounded by HZ_TOLD_DEPTH.
 */
#ifndef HZ_RUN_TELL_H
#define HZ_RUN_TELL_H

#include "run/say.h"
#include "run/walk.h"

#define HZ_TOLD_DEPTH 64 /* deeper names are named, not opened */

typedef enum hz_told_kind {
    HZ_TOLD_BENEFIT, HZ_TOLD_FEE, HZ_TOLD_VALUE, HZ_TOLD_PARAMETER, HZ_TOLD_INPUT, HZ_TOLD_COUNTER, HZ_TOLD_CAP,
    HZ_TOLD_CONDITION, HZ_TOLD_SCALE, HZ_TOLD_BRACKET
} hz_told_kind;

/* How a condition or check stands; of a benefit: why it has no formula here. */
typedef enum hz_verdict {
    HZ_VERDICT_HOLDS,
    HZ_VERDICT_FAILS,
    HZ_VERDICT_OPEN,      /* hangs on something missing or unknown */
    HZ_VERDICT_NOT_ASKED, /* its `when` does not hold */
    HZ_VERDICT_NOT_OFFERED/* a benefit outside its life */
} hz_verdict;

typedef struct hz_told {
    uint8_t kind;                /* hz_told_kind */
    uint8_t verdict;             /* hz_verdict: conditions, checks, benefits */
    uint8_t state;               /* hz_state of the value */
    bool again;                  /* opened above */
    bool last;                   /* of its parent's children */
    bool more;                   /* has children that are not told: too many, or too deep */
    uint32_t depth, children;
    hz_str name;                 /* name, or code of a line */
    uint32_t symbol;             /* its symbol, or HZ_MAP_NONE: caps, conditions, brackets */
    hz_said_value value;         /* where state is VALUE; of a cap: its limit */
    bool has_before;             /* caps cut it: */
    int64_t before;              /* the value before them, of the same type */
    bool rounded;                /* benefits and fees: */
    hz_said_value exact;         /* what the formula gave before it was rounded; its unit is value's */
    const hz_ast *formula;       /* in force, or NULL */
    const hz_entry *entry;       /* the version in force, or NULL */
    bool dated;                  /* it has versions: entry's date is worth telling */
    const hz_provenance *from;   /* of the statement as a whole; NULL for inputs and counters */
    const hz_line *line;         /* conditions, checks, caps */
    const hz_cap_site *cap;      /* caps */
    const hz_scale *scale;       /* scales and brackets */
    uint32_t bracket;            /* of brackets: which one of entry's; its value is rate × slice, or what it gives */
    hz_decimal slice;            /* of brackets of a marginal scale: how much of the number lies in it */
    bool has_rows;               /* an output of a decision table, and rows were taken: */
    hz_table_use rows;           /* the table; of several rows formula is NULL */
    hz_str rests_on;             /* name of what stands in the closing list for it, where that is not name */
    const hz_regs *regs;         /* of symbols: where the value stands */
} hz_told;

typedef enum hz_told_section { HZ_SECTION_AMOUNTS, HZ_SECTION_CONDITIONS, HZ_SECTION_CHECKS } hz_told_section;

typedef struct hz_teller {
    void (*open)(void *context, hz_told_section section);  /* a section that has nodes begins */
    void (*close)(void *context, hz_told_section section);
    void (*begin)(void *context, const hz_told *told);     /* its children follow, then end */
    void (*end)(void *context, const hz_told *told);
    void *context;
} hz_teller;

/* Tells all that matters for the decision's outcome. Walks the decision first. */
void hz_tell(hz_decision *decision, const hz_teller *teller);

/* The number, from 1, of what a statement rests on, in the list that closes the explanation; 0: none. */
uint32_t hz_told_footnote(const hz_decision *decision, hz_str name);

/* The date that picked the rules; false: not known, outside the plan's life, or not asked for. */
bool hz_told_date(const hz_decision *decision, int32_t *date);

/* The provenance that a line about a node shows: its own or its version's; NULL where it would only be noise (opened
 * above, a condition that holds, a cap that cut nothing). */
const hz_provenance *hz_told_ground(const hz_decision *decision, const hz_told *told);

/* How a benefit or fee told, whose amount was rounded, is rounded. */
const hz_round *hz_told_round(const hz_decision *decision, const hz_told *told);

/* Whether a node told, a reason, or what the answer rests on names a source: for the list of sources. all: also where
 * hz_told_ground shows nothing. */
bool hz_told_source(hz_decision *decision, uint32_t source, bool all);

/* What a cap cut here, and what its counter held; false: not known (a missing counter, say). */
bool hz_told_cut(const hz_decision *decision, const hz_cap_site *cap, int64_t *used, int64_t *cut);

#endif
