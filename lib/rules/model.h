/* model.h - what the rule files say, as read: plans, dated histories, provenance, parsed expressions.
 *
 * The reader (read.h) fills it; nothing here is typed or resolved beyond what stands in one file: names inside
 * expressions and texts are resolved by program/, which also checks types. All of it lives in the ruleset's arena and
 * never changes after the load (a scenario is applied before the program is made).
 */
#ifndef HZ_RULES_MODEL_H
#define HZ_RULES_MODEL_H

#include "base/map.h"
#include "feel/ast.h"
#include "source/diag.h"
#include "value/type.h"

/* ---- Provenance and dates -------------------------------------------------------------------------------------- */

/* How well a statement is known; the words of the format. */
typedef enum hz_standing {
    HZ_PUBLISHED, /* the programme's own text */
    HZ_REPORTED,  /* a page that is named */
    HZ_ASSUMED,   /* nobody published it; the reason stands beside it */
    HZ_DISPUTED,  /* sources differ */
    HZ_UNPUBLISHED/* a rule is known, its value nowhere */
} hz_standing;

typedef struct hz_provenance {
    bool given;                     /* any of the keys stood there */
    bool grounded;                  /* a source or a reason stood there, be it a wrong one */
    uint8_t standing;               /* hz_standing, worked out from the keys and the manifest */
    HZ_VEC(uint32_t) sources;       /* indices into hz_model.sources */
    hz_str assumed, disputed, unknown, date_assumed, note, clause; /* reasons, as written; empty: not there */
    const struct hz_dispute *dispute; /* of disputed, where readings differ: what they say; else NULL */
    hz_span span;
} hz_provenance;

typedef enum hz_precision { HZ_BY_DAY, HZ_BY_MONTH, HZ_ALWAYS } hz_precision;

/* A date key: 2018-01-01, 2018-01 (first of the month, shown as a month), always (day = HZ_DATE_MIN). */
typedef struct hz_since {
    int32_t day;
    uint8_t precision; /* hz_precision */
    hz_span span;
} hz_since;

/* The life of an item: from inclusive, until exclusive. Not given: HZ_DATE_MIN, HZ_DATE_MAX + 1. */
typedef struct hz_life {
    hz_since from, until;
    bool has_from, has_until;
} hz_life;

/* ---- Values ---------------------------------------------------------------------------------------------------- */

typedef struct hz_literal {
    hz_type type;         /* kind, scale, range of this one value */
    hz_i128 coefficient;  /* numbers, dates, durations, codes (index), booleans (0/1) */
    hz_str text;          /* strings; for others the text as written */
} hz_literal;

typedef enum hz_entry_state {
    HZ_ENTRY_VALUE,
    HZ_ENTRY_NONE,   /* `none`: not in force from here on; a limit that is none does not cut */
    HZ_ENTRY_UNKNOWN /* `unknown: why`: evaluates to undetermined */
} hz_entry_state;

/* A stretch of a bracket scale: from where the one before ends (the first: from where the scale starts) to its own end,
 * which belongs to it (`up to`) or not (`below`). Its value is a rate (marginal) or what it gives (single). */
typedef struct hz_bracket {
    hz_str id;             /* empty: none */
    hz_str path;           /* "over_cap_amount[2]", or with its id: what rests_on calls it */
    bool open;             /* the last: no end */
    bool below;            /* end is the first number above it */
    uint8_t state;         /* hz_entry_state: VALUE, or UNKNOWN: nobody published what holds here */
    hz_literal end;        /* unless open */
    hz_literal value;      /* with state VALUE */
    hz_provenance from;    /* its own; not grounded: its version's holds */
    hz_span span, end_span;/* of its value, of its end */
} hz_bracket;

typedef HZ_VEC(hz_bracket) hz_brackets;

/* One version of a dated thing. */
typedef struct hz_entry {
    hz_since since;
    uint8_t state;         /* hz_entry_state */
    bool scenario;         /* put here by a scenario, not by the file */
    hz_provenance from;
    hz_span span;          /* of the value as written */
    hz_literal value;      /* parameters with state VALUE */
    hz_ast *formula;       /* everything else with state VALUE; NULL for parameters and scales */
    hz_brackets brackets;  /* scales with state VALUE: rising, the last open */
    struct hz_table_version *rows; /* tables: the version as read; what counts is the table's own copy */
} hz_entry;

/* What one reading of the sources says. */
typedef struct hz_reading {
    hz_str name;
    HZ_VEC(hz_entry) entries;
} hz_reading;

/* What readings say on a day on which they differ, the one taken first. */
typedef struct hz_dispute {
    uint32_t count;
    struct hz_alternative {
        hz_str reading;
        const hz_entry *entry; /* NULL: nothing is in force, or it is of `dated by`: */
        hz_str name;           /* of the date; else empty */
    } *at;
} hz_dispute;

/* A thing with a history; an undated one has a single entry `always`. Ascending by date. */
typedef struct hz_history {
    HZ_VEC(hz_entry) entries;
    hz_str dated_by;       /* a name, or empty: the plan's */
    hz_span dated_by_span;
    bool dated;            /* written with dates */
    hz_span span;
    HZ_VEC(hz_reading) readings; /* where sources are read differently; entries are those of the one taken */
    uint32_t taken;
    hz_str disputed;       /* why that one; "" without readings */
} hz_history;

/* A text with values in it: "确诊日 <diagnosed> …"; `<<` is a literal <. */
typedef struct hz_template_part {
    bool is_name;
    hz_str text;           /* literal text, or the name */
    hz_span span;          /* of a name */
} hz_template_part;

typedef struct hz_template {
    HZ_VEC(hz_template_part) parts; /* empty: the text is not given */
    hz_str whole;                   /* as written */
    hz_span span;
} hz_template;

typedef struct hz_label {
    hz_str zh, en;         /* en defaults to the id in words */
} hz_label;

typedef struct hz_name_ref {
    hz_str name;
    hz_span span;
} hz_name_ref;

typedef HZ_VEC(hz_name_ref) hz_name_refs;

typedef struct hz_named_ref {
    hz_str name;
    hz_name_ref ref;
} hz_named_ref;

/* How money is rounded at gross: `round: {to: 0.01, mode: half up, …}`. */
typedef struct hz_round {
    bool given;
    int32_t scale;         /* digits kept: 0.01 -> 2 */
    uint8_t mode;          /* hz_rounding */
    hz_provenance from;
    hz_span span;
} hz_round;

/* ---- The parts of a plan --------------------------------------------------------------------------------------- */

typedef enum hz_input_type {
    HZ_INPUT_KEY, HZ_INPUT_DATE, HZ_INPUT_BOOLEAN, HZ_INPUT_CODE, HZ_INPUT_TEXT,
    HZ_INPUT_COUNT, HZ_INPUT_MONEY, HZ_INPUT_RATE, HZ_INPUT_NUMBER
} hz_input_type;

/* Ranges that hold where a file declares none; beyond them an input is an error. They make 64 bits provable. */
#define HZ_COUNT_MOST INT64_C(1000000000)         /* 10^9 */
#define HZ_MONEY_MOST INT64_C(999999999999)       /* 9,999,999,999.99 as coefficient of scale 2 */
#define HZ_RATE_SCALE 6
#define HZ_RATE_MOST INT64_C(100000000)           /* 100.000000 */

typedef struct hz_input {
    hz_str name;
    hz_str from;           /* of a package: the part that it is taken over from; empty: its own */
    hz_span name_span;
    uint8_t input_type;    /* hz_input_type */
    hz_type type;          /* key and text: STRING; code: CODE with codes; others by kind, scale, range */
    hz_label label;
    hz_str unit;
    bool ranged;           /* `range` was written */
    bool optional;         /* absent is null */
    bool has_default;
    hz_literal fallback;   /* the default */
    hz_ast *when;          /* required if it holds, null otherwise; NULL: always required */
    const hz_patterns *pattern; /* of a text: one pattern for the whole value; NULL: any text */
    hz_ast *when_in_part;  /* of a package, of an input that is its part's: the part's `when`, to be shown */
    bool merged;           /* of a package: written in its part only, and the part says what its absence means */
} hz_input;

typedef struct hz_parameter {
    hz_str name;
    hz_span name_span;
    hz_type type;          /* kind; scale and range span all versions */
    hz_label label;
    hz_str unit;           /* "CNY", "CNY/day", "%", "days", …; empty for typed ones */
    hz_name_ref set_of;    /* of a set: the name whose codes it has; else empty */
    hz_code_sets sets;     /* of a set: those of its versions and readings */
    bool informative;      /* a stated figure that decides nothing */
    hz_history history;
} hz_parameter;

/* A bracket scale; its name is its result. */
typedef struct hz_scale {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_provenance from;
    hz_ast *of;            /* the name it works on */
    hz_str of_name;
    bool marginal;         /* the sum of rate × slice; else single: what the bracket of the number gives */
    hz_type type;          /* spans the values of all brackets, of all versions; of a single scale that is the result's */
    hz_str unit;           /* of the result; empty for codes */
    hz_literal start;      /* below it there is no bracket */
    hz_history history;
} hz_scale;

typedef struct hz_value {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_provenance from;
    hz_history history;    /* formulas */
    hz_type declared;      /* `type`, with codes of `values`: what the formulas must be; kind NONE: not written */
} hz_value;

/* Checks, conditions of eligibility, caps and notes: lines of a list with a code and texts. */
typedef enum hz_line_kind { HZ_LINE_CHECK, HZ_LINE_CONDITION, HZ_LINE_CAP, HZ_LINE_NOTE } hz_line_kind;

typedef struct hz_line {
    uint8_t kind;          /* hz_line_kind */
    hz_str code;
    hz_span code_span;
    hz_template zh, en;
    hz_provenance from;
    hz_life life;
    hz_ast *when;          /* NULL: always considered. A note's condition. */
    hz_history require;    /* checks and conditions */
    hz_name_refs scope;    /* conditions: `for`; empty: the whole claim */
    hz_name_refs over;     /* caps: one value, or benefits */
    hz_history limit;      /* caps */
    hz_name_ref counts;    /* caps: a counter; empty name: none */
    hz_span span;
} hz_line;

typedef HZ_VEC(hz_line) hz_lines;

typedef struct hz_benefit {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_provenance from;
    hz_life life;
    hz_ast *when;
    hz_history amount;
    hz_round round;        /* given: overrides the plan's */
    hz_name_refs increases_with;
    bool may_be_negative;
} hz_benefit;

typedef struct hz_counter {
    hz_str name;
    hz_span name_span;
    hz_type type;          /* NUMBER (by unit), BOOLEAN or DATE */
    hz_str unit;
    hz_label label;
    hz_provenance from;
    hz_name_refs per;
    hz_literal start;      /* 0, false; DATE without a start: null */
    bool has_start;
    hz_ast *adds;          /* one of adds, next */
    hz_ast *next;
    bool shared;
} hz_counter;

typedef struct hz_fee {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_provenance from;
    hz_history amount;
} hz_fee;

/* A word or test in a cell, as written. What it means hangs on the type of its column, which the checker knows. */
typedef struct hz_cell_word {
    hz_str text;
    hz_span span;              /* without quotes */
    const uint32_t *offsets;   /* as of a scalar (tree.h) */
} hz_cell_word;

typedef struct hz_table_cell {
    HZ_VEC(hz_cell_word) words;     /* none: any value will do */
    bool listed;               /* written as a list */
    hz_span span;
    hz_ast *test;              /* made by the checker: a condition on the column's name; NULL: any value */
} hz_table_cell;

/* What the rows of a long version give of one output: constants side by side, and each formula once. */
typedef struct hz_long_output {
    int64_t *value;            /* per row: a number at `scale`, a day, a code, a truth; 0 where it is a formula */
    int64_t *formula;          /* per row: the number of its formula, from 1; 0: the constant. NULL: all are constants */
    HZ_VEC(hz_ast *) formulas;
    int32_t scale;
    bool constants;            /* some row gives a constant, the least of which is lo … */
    int64_t lo, hi;
} hz_long_output;

/* The rows of a version with more than HZ_ROWS_FEW: constants alone, a few bytes a cell (rules/long_rows.h). */
typedef struct hz_long_rows {
    uint32_t count, columns;
    const char *paths;         /* of all rows, one behind the other */
    hz_str path;               /* of the table */
    hz_long_output *gives;     /* per output */
    const struct hz_lookup *lookup; /* made by the checker: which row values meet */
    struct hz_tree **cells;    /* while loading: per row and column, NULL is any value … */
    hz_span *spans;            /* … and per row */
} hz_long_rows;

typedef struct hz_row {
    hz_str path;               /* the table's, and which: "class_rate[hardship]", "class_rate[2]", "class_rate[otherwise]" */
    hz_str id;                 /* empty: none */
    hz_span span;
    hz_provenance from;        /* not given: the version's holds */
    hz_table_cell *cells;            /* per input of the table; NULL of `otherwise` */
    hz_ast **gives;            /* per output */
    const hz_long_rows *of;    /* a row of a long version, as an explanation meets it: its cells are in the look-up, `gives`
                                  has formulas alone; else NULL */
    uint32_t number;           /* which, from 0 */
} hz_row;

typedef struct hz_table_version {
    uint32_t columns, outputs; /* of each row */
    HZ_VEC(hz_row) rows;       /* in file order */
    hz_long_rows *many;        /* where there are too many for that: then `rows` is empty; else NULL */
    uint32_t *order;           /* made by the checker: rows in the order of their precedence */
    bool has_otherwise;
    hz_row otherwise;
} hz_table_version;

#define HZ_ROWS_FEW 1000       /* rows of a version that may be anything; of more, cells are constants */

/* A decision table: dated rows of tests on names of the plan; its outputs are names of the plan. */
typedef struct hz_table {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_provenance from;
    uint8_t hit;               /* hz_hit */
    hz_span hit_span;
    hz_name_refs inputs;
    hz_str path;               /* behind the plan's: its name; of a shared table "tables.NAME", which stands alone */
    hz_str shared;             /* the shared table that it is; empty: it stands in the plan */
    hz_span use_span;          /* where the plan names that */
    const hz_type *wanted;     /* of a shared table: what each input must be; NULL: any type that cells can test */
    const hz_str *column;      /* of a shared table: its own name of each input; NULL: as in the plan */
    uint32_t first_output, output_count; /* in the plan's outputs */
    hz_history history;        /* dates, states and provenance of the versions; no formulas */
    HZ_VEC(hz_table_version) versions;   /* one per entry of history */
    uint8_t checked;           /* check_tables.c: how far */
} hz_table;

typedef struct hz_output {
    hz_str name;
    hz_span name_span;
    hz_label label;
    hz_str unit;
    hz_type type;              /* declared; kind MONTHS: a period of either kind */
    uint32_t table;
    hz_history history;        /* as the table's; formulas are made by the checker: HZ_AST_TABLE */
} hz_output;

/* What a part of a package gets for one of its inputs. */
typedef struct hz_set {
    hz_name_ref input;
    hz_ast *formula;       /* of the package's names */
} hz_set;

/* A part of a package: another plan, and what the package says of it. */
typedef struct hz_part {
    hz_str plan;           /* its id */
    hz_span span;
    hz_provenance from;
    hz_ast *when;          /* asked only if it holds; NULL: always */
    HZ_VEC(hz_set) sets;
    struct hz_plan_model *rules; /* the plan as the package has it: read again, values replaced */
} hz_part;

typedef struct hz_revision {
    hz_since since;
    hz_label label;
    hz_provenance from;
} hz_revision;

/* One namespace per plan. */
typedef enum hz_symbol_kind {
    HZ_SYMBOL_INPUT, HZ_SYMBOL_PARAMETER, HZ_SYMBOL_SCALE, HZ_SYMBOL_VALUE, HZ_SYMBOL_COUNTER, HZ_SYMBOL_BENEFIT,
    HZ_SYMBOL_FEE,
    HZ_SYMBOL_OUTPUT,      /* of a decision table */
    HZ_SYMBOL_TOTAL        /* the reserved name `total` */
} hz_symbol_kind;

typedef struct hz_symbol {
    hz_str name;
    uint8_t kind;          /* hz_symbol_kind */
    uint32_t index;        /* into the plan's list of that kind */
    hz_span span;
} hz_symbol;

typedef struct hz_plan_model {
    hz_str id;
    hz_str path;           /* what paths begin with: the id; of a part of a package "comprehensive-b.inpatient-allowance" */
    hz_span id_span;
    uint32_t file;         /* number in sources */
    hz_label title;
    hz_life life;
    hz_name_ref dated_by;
    hz_provenance dated_by_from;
    HZ_VEC(hz_named_ref) dated_by_readings; /* name of a reading and what it means; dated_by is the one taken */
    hz_str dated_by_reason;
    hz_name_ref in_turn_by;
    hz_round round;
    HZ_VEC(hz_revision) revisions;
    HZ_VEC(hz_input) inputs;
    HZ_VEC(hz_parameter) parameters;
    HZ_VEC(hz_scale) scales;
    HZ_VEC(hz_value) values;
    HZ_VEC(hz_counter) counters;
    HZ_VEC(hz_benefit) benefits;
    HZ_VEC(hz_fee) fees;
    HZ_VEC(hz_table) tables;
    HZ_VEC(hz_output) outputs;   /* of all tables, those of one side by side */
    hz_lines checks, eligibility, caps, notes;
    HZ_VEC(hz_part) parts;       /* of a package, in order */
    hz_name_refs replaced;       /* of a part: parameters and values whose history is the package's */
    HZ_VEC(hz_symbol) symbols;   /* in file order; `total` last */
    hz_map symbol_map;           /* name -> index into symbols */
} hz_plan_model;

/* ---- The ruleset ------------------------------------------------------------------------------------------------ */

typedef struct hz_source_info {
    hz_str id;
    uint8_t gives;         /* hz_standing */
    hz_label title;
    hz_str address, scope;
    hz_span span;
} hz_source_info;

typedef struct hz_file {
    hz_str path;           /* relative to the ruleset's folder, with '/' */
    hz_str bytes;
} hz_file;

typedef struct hz_model {
    hz_str id, version, currency;
    int32_t currency_scale; /* CNY: 2 */
    hz_label title;
    hz_round round;
    HZ_VEC(hz_source_info) sources;
    HZ_VEC(hz_plan_model) plans;   /* by file name */
    hz_sources texts;              /* every file read, for carets */
    char sha256[65];               /* of the files, examples excluded */
    hz_str scenario;               /* canonical text of the settings applied; empty: none */
    char scenario_sha256[65];      /* of that text; "" when none */
    HZ_VEC(hz_arena *) loading;    /* trees of long versions, which nothing reads once the plans are compiled */
} hz_model;

/* Gives back what only loading needed. */
void hz_model_settle(hz_model *model);

#endif
