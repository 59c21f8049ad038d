/* api.h - the objects behind the public handles, and what the public functions share. Private to api/.
 *
 * The rule of this folder: check the arguments, call one function of the inside, hand out views. No rule of a plan is
 * decided here. Every text given out ends with NUL: names come from the ruleset's arena, where they are kept so; texts
 * that a decision makes stand in a sheet.
 */
#ifndef HZ_API_API_H
#define HZ_API_API_H

#include <huzhu/huzhu.h>

#include "run/ledger.h"

#include <stdatomic.h>

/* ---- objects ---- */

/* What input_at and counter_at say beyond the model, spelled once at load. */
typedef struct hz_api_input {
    hz_str fallback, range, condition;
} hz_api_input;

struct huzhu_plan {
    huzhu_ruleset *ruleset; /* owner; not counted */
    const hz_plan *core;
    hz_api_input *inputs; /* per input */
    hz_str *per;          /* per counter: its key's parts, joined */
    huzhu_plan *parts;    /* of a package */
};

struct huzhu_ruleset {
    atomic_size_t count; /* owners */
    hz_alloc alloc;      /* of this struct and of claims */
    hz_arena arena;      /* everything else */
    const hz_model *model;
    huzhu_plan *plans;
    uint32_t plan_count;
    huzhu_plan event;    /* what an event under several plans is a claim of */
};

struct huzhu_claim {
    hz_claim *core;         /* own, or that of a part, which belongs to the claim it is a part of */
    hz_claim own;
    hz_alloc alloc;
    const huzhu_plan *plan; /* its ruleset is counted; of a part it is not */
    struct huzhu_claim **parts; /* handles given out for parts, in the order in which they were asked for */
    size_t part_room;
};

/* Texts made for the host, each behind the other with a NUL: filled whole, then read, so that none moves. */
typedef struct hz_api_sheet {
    hz_alloc alloc;
    hz_buf bytes;
    size_t *begins; /* count + 1 offsets into bytes */
    size_t count, room;
    bool failed; /* memory ran out: nothing may be read */
} hz_api_sheet;

typedef enum hz_api_holds { HZ_API_NOTHING, HZ_API_DECISION, HZ_API_READS } hz_api_holds;

struct huzhu_decision {
    hz_alloc alloc;
    hz_decision *core;      /* own, or that of a part, which belongs to the decision it is a part of */
    hz_decision own;
    const huzhu_plan *plan; /* its ruleset is counted; NULL before the first use; of a part it is not counted */
    uint8_t holds;          /* hz_api_holds */
    bool spelled;           /* the sheet is filled for what is held */
    bool spelled_basis;     /* and that of the basis */
    hz_api_sheet sheet, basis;
    char total[HZ_DECIMAL_TEXT];
    struct huzhu_decision **parts; /* handles for parts, by their number */
    size_t part_room;
};

struct huzhu_ledger {
    hz_alloc alloc;
    hz_ledger core;
    huzhu_ruleset *ruleset; /* counted: what its probe points at; NULL before the first use */
};

struct huzhu_output {
    hz_buf text;
};

/* After appending to an output that held begin bytes: takes back what is not whole. HUZHU_OK, HUZHU_NO_MEMORY. */
huzhu_status hz_api_appended(huzhu_output *output, size_t begin);

/* ---- arguments ---- */

/* The text of a pointer and a size, which may be HUZHU_NUL; false: a NULL with a size. */
bool hz_api_str(const char *data, size_t size, hz_str *out);

/* The allocator meant: NULL is libc's. */
huzhu_status hz_api_alloc(const huzhu_allocator *allocator, hz_alloc *out);

/* Whether a struct that came in can be read: not smaller than first; what it has beyond known must be zero. */
huzhu_status hz_api_size(const void *object, uint32_t struct_size, size_t first, size_t known);

/* Fills the struct of the host at out, as much of view as it has room for; first: size of its first version. */
huzhu_status hz_api_fill(void *out, const void *view, size_t first, size_t known);

/* A view with the host's size in it. */
#define HZ_API_FILL(out, view) hz_api_fill((out), (view), sizeof *(view), sizeof *(view))

static inline huzhu_text hz_api_text(hz_str text)
{
    return text.len > 0 ? (huzhu_text){text.at, text.len} : (huzhu_text){"", 0};
}

static inline huzhu_text hz_api_empty(void)
{
    return (huzhu_text){"", 0};
}

/* Zeroed memory for an object; NULL: none. */
void *hz_api_new(const hz_alloc *alloc, size_t size);
void hz_api_free(const hz_alloc *alloc, void *object, size_t size);

/* ---- guard.c ---- */

/* Runs work with the arena's escape set; HZ_OK or the status it was left with. escape is the caller's, so that its
 * contents are certain after the jump. */
int32_t hz_api_guard(hz_arena *arena, hz_escape *escape, void (*work)(void *context), void *context);

/* ---- load.c ---- */

/* A load: where the files are, then what became of them. */
typedef struct hz_api_load {
    /* in: a folder, or files; settings of the host, then of an example */
    const char *folder;
    const huzhu_file *files;
    size_t file_count;
    bool with_examples; /* read *.examples.yaml too: from_files then has them */
    const huzhu_load_options *options;
    hz_str more; /* settings separated by line ends */
    /* out, in the ruleset's arena */
    huzhu_ruleset *ruleset;
    hz_file *from_files;
    uint32_t from_count;
    hz_model *model;
    hz_diags diags;
    hz_escape escape;
} hz_api_load;

/* Loads; diagnostics (may be NULL) get what there is to say. On failure nothing is left in *load. */
huzhu_status hz_api_load_run(hz_api_load *load, huzhu_diagnostics *diagnostics);

/* ---- parts.c ---- */

/* Gives back the handles of parts. */
void hz_api_claim_end_parts(huzhu_claim *claim);
void hz_api_decision_end_parts(huzhu_decision *decision);
/* What the handles of parts hold is no longer so. */
void hz_api_decision_forget_parts(huzhu_decision *decision);
/* The public plan of a compiled one. */
const huzhu_plan *hz_api_plan_of(const huzhu_ruleset *ruleset, const hz_plan *core);
/* The plans that an event may name. */
hz_plan_finder hz_api_plan_finder(const huzhu_ruleset *ruleset);

/* ---- plan_view.c ---- */

/* Makes the public plans of compiled ones, in the ruleset's arena. */
void hz_api_plans_make(huzhu_ruleset *ruleset, const hz_plan *compiled, uint32_t count);

/* ---- diagnostics.c ---- */

/* Empties; NULL is fine. */
void hz_api_diagnostics_clear(huzhu_diagnostics *diagnostics);
/* Takes copies of diags, sorted; HZ_OK or HZ_NO_MEMORY (then it is empty). sources may be NULL; diagnostics too. */
int32_t hz_api_diagnostics_take(huzhu_diagnostics *diagnostics, hz_diags *diags, const hz_sources *sources);
/* The status that errors amount to: IO, VERSION, LIMIT, RULES; OK when there are none. */
int32_t hz_api_diagnostics_status(const hz_diags *diags);

/* ---- sheet.c ---- */

void hz_api_sheet_begin(hz_api_sheet *sheet, const hz_alloc *alloc);
void hz_api_sheet_end(hz_api_sheet *sheet);
void hz_api_sheet_reset(hz_api_sheet *sheet);
/* Ends the text that was appended to sheet->bytes; it has the next number, from 0. */
void hz_api_sheet_next(hz_api_sheet *sheet);
huzhu_text hz_api_sheet_at(const hz_api_sheet *sheet, size_t number);

/* ---- spell.c: what stands where in a decision's sheets ---- */

/* Fill a sheet unless done: false when memory ran out. The decision is changed only in what the host cannot see. */
bool hz_api_spell(const huzhu_decision *decision);
bool hz_api_spell_basis(const huzhu_decision *decision);

huzhu_text hz_api_benefit_text(const huzhu_decision *decision, size_t index, bool after);
huzhu_text hz_api_value_text(const huzhu_decision *decision, size_t index, bool after);
huzhu_text hz_api_fee_text(const huzhu_decision *decision, size_t index);
huzhu_text hz_api_cut_text(const huzhu_decision *decision, size_t index, size_t which); /* limit, used, cut */
huzhu_text hz_api_move_text(const huzhu_decision *decision, size_t index,
                            size_t which); /* key, before, change, after */
huzhu_text hz_api_basis_text(const huzhu_decision *decision, size_t index,
                             size_t which);                                /* path, value, from, sources */
huzhu_text hz_api_read_text(const huzhu_decision *decision, size_t index); /* its key, when reads are held */

#endif
