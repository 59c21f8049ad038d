/* reader.h - what the readers of rule files share: their state, shapes of YAML, names, dates, provenance, literals.
 *
 * Private to lib/rules. The meaning of a kind of item is not here: each has its own read_….c. Every function reports
 * what is wrong itself and lets its caller go on, so that an error in one item never hides the errors of the next.
 *
 *     read.c            files -> manifest, plans        read_plan.c     one plan's sections, in the file's order
 *     files.c           paths, order, hash              read_inputs.c, read_parameters.c, read_lines.c, …
 *     shape.c           mappings, texts, flags, lists   names.c         identifiers, the namespace
 *     dates.c           date keys, lives                history.c       dated entries
 *     provenance.c      source, assumed, …              literal.c       values by type
 *     read_parts.c      packages: parts, their inputs
 *     brackets.c        the brackets of a scale's version
 *     formula.c         FEEL in YAML                    template.c      texts with values
 *     keys.c            keys a mapping cannot have      same_names.c    one name, one meaning over all plans
 *     repeat.c          how much is read once more
 */
#ifndef HZ_RULES_READER_H
#define HZ_RULES_READER_H

#include "rules/keys.h"
#include "rules/read.h"

/* A file of tables/. */
typedef struct hz_shared_table {
    hz_str name;
    hz_tree *map;
    hz_span span;        /* its first key */
} hz_shared_table;

/* A set that waits until all names of its plan are read. */
typedef struct hz_waiting_set {
    uint32_t parameter;  /* in the plan's parameters; all of one stand together */
    hz_entry *entry;     /* of its history, or of one of its readings */
    const hz_tree *tree;
} hz_waiting_set;

/* What waits until all plans are read: the parts of a plan, an input that is taken over from one. */
typedef struct hz_package {
    uint32_t plan;       /* index into model->plans */
    hz_tree *parts;
} hz_package;

/* A counter of the manifest. */
typedef struct hz_shared_counter {
    hz_counter counter;  /* without what a claim does to it */
    hz_tree *adds;       /* what that is where a plan says nothing; or NULL */
    bool used;           /* a plan has it */
} hz_shared_counter;

typedef struct hz_taken_input {
    uint32_t plan, input;
    hz_tree_pair *pair;
} hz_taken_input;

typedef struct hz_reader {
    hz_arena *arena;
    hz_diags *diags;
    hz_model *model;
    const hz_trees *again; /* of files that are read again; NULL: of none */
    hz_plan_model *plan; /* the plan being read; NULL in the manifest and in examples */
    HZ_VEC(hz_shared_counter) shared_counters; /* of the manifest */
    bool unread;         /* a plan file could not be read: what is missing may stand there */
    HZ_VEC(hz_tree *) trees;           /* of the plans, in their order: parts of packages are read from them once more */
    HZ_VEC(hz_package) packages;       /* plans with parts, which are read when all plans are */
    HZ_VEC(hz_taken_input) taken_inputs; /* inputs with `from`, likewise */
    hz_map sources;      /* id -> index into model->sources */
    bool sources_known;  /* the manifest was read: an id that is not there is an error */
    hz_map line_codes;   /* of the plan: code -> index into line_spans */
    HZ_VEC(hz_span) line_spans;
    HZ_VEC(hz_shared_table) shared;
    HZ_VEC(hz_waiting_set) sets; /* of the plan */
    uint32_t repeated;   /* values read more than once (repeat.c) */
    bool repeats_much;   /* more than may be, from repeats_at on */
    hz_span repeats_at;
    const char *const *keys[HZ_MAPPINGS];  /* per mapping, NULL until asked for: its keys that are read … */
    const char *const *later[HZ_MAPPINGS]; /* … and those that are not read yet */
} hz_reader;

/* What a message speaks of: "input `cause`", and where a caret goes that has no better place. */
typedef struct hz_item {
    const char *kind; /* "input", "condition", "section", … */
    hz_str name;
    hz_span span; /* the item's name */
} hz_item;

/* The beginning of a text that is too long for a message, which repeats what users wrote. */
hz_str hz_brief(hz_str text);
#define HZ_BRIEF(text) HZ_ARG(hz_brief(text))

/* For "%s `%.*s`". */
#define HZ_ITEM(item) (item).kind, HZ_BRIEF((item).name)

/* ---- files.c ---------------------------------------------------------------------------------------------------- */

/* The files in byte order of their paths, `./` removed; E_FILE_NAME for paths that cannot be one of a ruleset. */
hz_file *hz_files_order(hz_reader *reader, const hz_file *files, uint32_t count);

/* SHA-256 over path, length and bytes of manifest, plans and tables of an ordered list. */
void hz_files_hash(const hz_file *files, uint32_t count, char out[65]);

/* ---- shape.c ---------------------------------------------------------------------------------------------------- */

/* Whether tree is of kind; E_WRONG_SHAPE or E_NO_VALUE otherwise. key: the key of item whose value tree is, or NULL
 * when tree is the item itself. */
bool hz_expect(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_tree_kind kind);

/* E_NO_VALUE for a file with nothing in it; false when there is something. */
bool hz_refuse_empty(hz_reader *reader, hz_item item, const hz_tree *tree);

/* The value of a key that must be there; NULL after E_MISSING_KEY. */
hz_tree *hz_require(hz_reader *reader, hz_item item, hz_tree *map, const char *key);

/* A scalar that is not empty, without spaces around it. */
bool hz_read_text(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_str *out);

/* A warning when a comment stands right behind a text, one space apart. */
void hz_warn_of_cut(hz_reader *reader, const hz_tree *tree);

/* The text under key; stays as it was when the key is not there. False: not there, or an error. */
bool hz_read_text_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_str *out);

/* true or false under key; stays as it was when the key is not there. */
void hz_read_flag(hz_reader *reader, hz_item item, hz_tree *map, const char *key, bool *out);

/* A name or a list of names under key. False: not there. */
bool hz_read_refs(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_name_refs *out);
/* One name. */
bool hz_read_ref(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_name_ref *out);

/* A label: {zh: …, en: …}, or a text, which is zh. What is not given is the item's name in words. */
void hz_read_label(hz_reader *reader, hz_item item, hz_tree *tree, hz_label *out);
/* The keys zh and en of an item; zh is demanded where needed. */
typedef enum hz_label_need { HZ_LABEL_FREE, HZ_LABEL_WARN, HZ_LABEL_NEEDED } hz_label_need;
void hz_read_label_keys(hz_reader *reader, hz_item item, hz_tree *map, hz_label_need need, hz_label *out);
/* "in_patient" -> "in patient". */
hz_str hz_words(hz_arena *arena, hz_str id);

/* Where the value of a scalar stands, without its quotes; all of anything else. */
hz_span hz_text_span(const hz_tree *tree);
/* Bytes begin..end of a scalar's text, in its file. */
hz_span hz_text_part(const hz_tree *scalar, size_t begin, size_t end);
bool hz_is_word(const hz_tree *tree, const char *word);

/* A text with ASCII for the full-width forms of its characters: ４０ is 40. */
hz_str hz_narrow(hz_arena *arena, hz_str text);

/* Where to point when something is missing from a mapping in a list: its first key. */
hz_span hz_first_key(const hz_tree *map);

/* ---- names.c ---------------------------------------------------------------------------------------------------- */

bool hz_is_name(hz_str text);      /* [a-z][a-z0-9_]* */
bool hz_is_plan_id(hz_str text);   /* [a-z][a-z0-9]*(-[a-z0-9]+)* */
bool hz_is_source_id(hz_str text); /* letters, digits, - _ . */

/* Checks the name of an item and enters it in the plan's namespace. False: it cannot be used. */
bool hz_declare(hz_reader *reader, hz_item item, hz_symbol_kind kind, uint32_t index);

/* Adds `total`, the last symbol. */
void hz_close_symbols(hz_reader *reader);

/* A plan's, ruleset's or example's kebab-case id. */
bool hz_read_id(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_str *out);

/* The code of a line; also checks that no line before has it. */
void hz_read_line_code(hz_reader *reader, hz_item item, const hz_tree *tree, hz_line *line);

/* ---- dates.c ---------------------------------------------------------------------------------------------------- */

/* 2018-01-01 or 2018-01. Says nothing. */
bool hz_since_parse(hz_str text, hz_span span, hz_since *out);
/* The same with E_DATE and the nearest good form; with always, `always` too. */
bool hz_read_since(hz_reader *reader, hz_str text, hz_span span, bool always, hz_since *out);
/* Whether a key means to be a date: it begins with a digit, or is `always`. */
bool hz_looks_dated(hz_str key);
/* `from` and `until`; the defaults are set first. */
void hz_read_life(hz_reader *reader, hz_item item, hz_tree *map, hz_life *out);
/* E_DUPLICATE_DATE, E_DATE_ORDER; true when a may stand before b. */
bool hz_check_ascending(hz_reader *reader, hz_since before, hz_since since);

/* ---- provenance.c ----------------------------------------------------------------------------------------------- */

/* Reads the keys of provenance. True: a source or a reason stands there, be it a wrong one. */
bool hz_read_provenance(hz_reader *reader, hz_item item, hz_tree *map, hz_provenance *out);
/* E_NO_SOURCE at span; what: "this entry of " or "". */
void hz_refuse_unsourced(hz_reader *reader, hz_item item, hz_span span, const char *what);

/* ---- history.c -------------------------------------------------------------------------------------------------- */

/* What the entries of a history hold. */
typedef struct hz_dated {
    hz_history *history;
    HZ_VEC(hz_tree *) values; /* per entry: the value as written, NULL for none and unknown */
    uint32_t sourced;         /* entries that name a source or a reason, or are `none` */
    const char *key;          /* what holds the value of an entry that is a mapping; NULL: `value` */
} hz_dated;

/* Reads the date keys of a mapping into dated->history; other keys are left to the caller. */
void hz_read_entries(hz_reader *reader, hz_item item, hz_tree *map, bool need_source, hz_dated *dated);
bool hz_has_dates(const hz_tree *map);

/* A history of formulas: an expression, or a mapping of dates. Returns whether every entry names a source. */
bool hz_read_formulas(hz_reader *reader, hz_item item, const char *key, hz_tree *tree, hz_history *out);
/* A reading of formulas; context: a flag that goes off where an entry names no source. */
void hz_read_formula_reading(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context);
/* The formulas of entries already read. */
void hz_parse_formulas(hz_reader *reader, hz_item item, hz_dated *dated);
void hz_read_dated_by(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out);

/* ---- readings.c ------------------------------------------------------------------------------------------------- */

/* Reads one reading, a mapping of dates, into an empty history. */
typedef void hz_reading_reader(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context);
/* `readings`, `taken` and `disputed` of a mapping, into out. False: it has none. */
bool hz_read_readings(hz_reader *reader, hz_item item, hz_tree *map, hz_reading_reader *read, void *context, hz_history *out);
/* The same where the values of the entries wait: hz_finish_readings follows when they are there. */
bool hz_read_waiting_readings(hz_reader *reader, hz_item item, hz_tree *map, hz_reading_reader *read, void *context, hz_history *out);
/* Warns of readings that never differ, and makes the history's entries; of a history without readings it does nothing. */
void hz_finish_readings(hz_reader *reader, hz_item item, hz_history *history);
/* The version of a reading that is in force on a day; NULL: none yet, or no more. */
const hz_entry *hz_reading_on(const hz_reading *reading, int32_t day);
/* Makes it disputed on a day, and says why: the reason, and what the readings say. */
void hz_readings_dispute(hz_reader *reader, const hz_history *history, int32_t day, hz_provenance *from);
/* Makes the history's entries from its readings. */
void hz_readings_combine(hz_reader *reader, hz_history *history, bool scenario);
/* Takes `disputed` from the provenance of a thing with readings. */
void hz_readings_clear(hz_reader *reader, hz_provenance *from);
/* The readings of `dated by`: names. */
void hz_read_dated_by_readings(hz_reader *reader, hz_item item, hz_tree *map);
void hz_take_date(hz_reader *reader, hz_plan_model *plan, uint32_t taken);
/* A tree of its own: the checker annotates each where it stands. NULL stays NULL. */
hz_ast *hz_setting_copy(hz_arena *arena, const hz_ast *ast);

/* ---- formula.c -------------------------------------------------------------------------------------------------- */

/* An expression; NULL after an error. */
hz_ast *hz_read_formula(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree);
/* Warnings of what is right, and plainer or safer another way. */
void hz_warn_of_formula(hz_reader *reader, const hz_ast *ast);
/* The expression under key, or NULL. */
hz_ast *hz_read_formula_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key);

/* ---- literal.c, ast_literal.c ------------------------------------------------------------------------------------ */

/* What a literal must be. */
typedef struct hz_wanted {
    hz_kind kind;          /* NUMBER, BOOLEAN, CODE, DATE, STRING, or MONTHS for a period of either kind */
    bool percent;          /* 20% is 0.2 */
    const hz_codes *codes; /* CODE */
    hz_str unit;           /* for messages and for hints about % */
} hz_wanted;

/* The value of a scalar by what is wanted; numbers keep the scale they are written with. */
bool hz_read_literal(hz_reader *reader, hz_item item, const hz_tree *tree, const hz_wanted *wanted, hz_literal *out);
bool hz_literal_of_text(hz_reader *reader, hz_item item, hz_str text, hz_span span, const hz_wanted *wanted,
                        hz_literal *out);

/* The type of a single value. */
void hz_literal_set(hz_literal *literal, hz_kind kind, int32_t scale, hz_i128 coefficient);

/* Makes a number's coefficient one of scale; E_DECIMALS when it has more decimals. */
bool hz_literal_rescale(hz_reader *reader, hz_item item, hz_span span, int32_t scale, hz_literal *literal);
/* E_OUT_OF_RANGE unless type's range holds it. */
bool hz_literal_within(hz_reader *reader, hz_item item, hz_span span, const hz_type *type, const hz_literal *literal);

/* What a literal expression stands for; false when the expression is not a literal. Says nothing. */
bool hz_literal_of_ast(const hz_ast *ast, hz_literal *out);

/* `values` of an input, a parameter or a value: its codes. NULL when they are not there, which is an error. */
const hz_codes *hz_read_codes(hz_reader *reader, hz_item item, hz_tree *map);
/* E_KEY_FOR_TYPE when key stands in map. */
void hz_refuse_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key, const char *type, const char *hint);
/* E_UNKNOWN_TYPE with the nearest of the list. */
void hz_refuse_type(hz_reader *reader, hz_item item, const hz_tree *tree, hz_word_list words);
/* `unit`, a text; E_UNIT for a currency spelt otherwise than in the manifest. */
void hz_read_unit(hz_reader *reader, hz_item item, const hz_tree *tree, hz_str *out);

/* A pattern as it stands in YAML; NULL after an error. */
const hz_pattern *hz_read_pattern(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree);

/* `range` of an input: sets lo and hi of type. */
void hz_read_range(hz_reader *reader, hz_item item, const hz_tree *tree, hz_type *type);

/* `round`, of the manifest, a plan or a benefit. */
void hz_read_round(hz_reader *reader, hz_item item, hz_tree *map, hz_round *out);

/* ---- template.c ------------------------------------------------------------------------------------------------- */

/* The keys zh and en of a line; E_NO_TEXT as a warning where one is not there. */
void hz_read_texts(hz_reader *reader, hz_item item, hz_tree *map, hz_template *zh, hz_template *en);

/* ---- keys.c ----------------------------------------------------------------------------------------------------- */

/* E_UNKNOWN_KEY for every key that a mapping cannot have and that was not used already; E_UNSUPPORTED for every one that
 * the format has and this version does not read. */
void hz_refuse_unknown(hz_reader *reader, hz_tree *map, hz_mapping mapping);
/* The same for a mapping whose keys are known to the caller only: known is NULL-terminated; what: "a row of this table". */
void hz_refuse_unlisted(hz_reader *reader, hz_tree *map, const char *const *known, const char *what);
/* The keys of a mapping that this version reads, NULL-terminated, as long as the reader. */
const char *const *hz_keys_of(hz_reader *reader, hz_mapping mapping);
/* Whether any mapping of the format has a key of this name. */
bool hz_is_key(hz_str text);

/* Where a word stands in its list; -1: nowhere. */
int hz_word_index(hz_word_list list, hz_str word);
/* "did you mean" with the nearest word of the list; the other hint when none is near. */
void hz_hint_words(hz_reader *reader, hz_diag *diag, hz_word_list list, hz_str word, const char *otherwise);

/* ---- the items of a plan ---------------------------------------------------------------------------------------- */

/* A reader of one section of a plan file. */
typedef void hz_section_reader(hz_reader *reader, hz_item section, hz_tree *tree);

hz_section_reader hz_read_inputs, hz_read_parameters, hz_read_scales, hz_read_values, hz_read_counters, hz_read_benefits, hz_read_fees,
    hz_read_checks, hz_read_eligibility, hz_read_caps, hz_read_notes, hz_read_revisions, hz_read_tables, hz_read_parts;

/* ---- read_tables.c, read_rows.c, read_shared.c, table_readings.c ---- */

#define HZ_COLUMNS_MOST 32

/* Outputs, hit policy and versions; label, provenance, path and inputs were read before. */
void hz_read_table(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table);
/* Whether two versions have the same rows, in the same order. */
bool hz_same_rows(const hz_table_version *a, const hz_table_version *b);
/* A row whose cells and outputs are its own: the checker gives them their meaning where they stand. */
hz_row hz_copy_row(hz_arena *arena, const hz_row *row, const hz_table_version *of);
/* The versions of the reading taken, their rows disputed where another reading says something else. */
void hz_take_rows(hz_reader *reader, hz_table *table, bool scenario);
/* Names of columns: not too many, none twice, none that is a key of rows. */
void hz_check_columns(hz_reader *reader, hz_item item, hz_table *table);

/* A file of tables/: what is wrong with its shape is said here, once. */
void hz_read_shared_table(hz_reader *reader, hz_tree *tree, uint32_t file, hz_str path);
/* `use: NAME` of a plan's table: reads the shared one into it. False after a report. */
bool hz_use_shared(hz_reader *reader, hz_item item, hz_tree *map, hz_tree_pair *use, hz_table *table);

/* A word, a test, or a list of words; `-` is any value, as a cell that is left out: no words. */
void hz_read_cell(hz_reader *reader, hz_item item, const char *column, const hz_tree *tree, hz_table_cell *cell);
/* A number as YAML writes it, maybe with %. */
bool hz_is_number_text(hz_str text);
void hz_refuse_no_output(hz_reader *reader, hz_item item, hz_span at, hz_str output);
/* The rows of a version with more than HZ_ROWS_FEW. */
void hz_read_long_rows(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, const hz_tree *list, bool sourced,
                       hz_table_version *version);

/* The rows of one version and its `otherwise`; known: the keys of a row, NULL-terminated. sourced: the version names where
 * it comes from. */
void hz_read_rows(hz_reader *reader, hz_item table_item, const hz_table *table, const char *const *known, hz_tree *map,
                  bool sourced, hz_table_version *version);

/* A parameter's type, spanning all its versions; every number gets the common scale. Also after a setting. */
void hz_span_versions(hz_parameter *parameter);

/* ---- sets.c ---- */

/* `set of site`: the name behind it; false: it is another type. */
bool hz_read_set_type(hz_reader *reader, hz_item item, const hz_tree *tree, hz_name_ref *out);
/* Gives all sets of the plan their codes, when all its names are read. */
void hz_read_sets(hz_reader *reader);
/* Gives the sets that wait their codes in a parameter whose codes are known: another history was read for it. */
void hz_read_sets_again(hz_reader *reader, hz_item item, hz_parameter *parameter);
/* A word of a set, and where it stands. */
typedef struct hz_set_word {
    hz_str text;
    hz_span span;
} hz_set_word;
/* The set of these codes as a value of the parameter. False after an error. */
bool hz_make_set(hz_reader *reader, hz_parameter *parameter, const hz_set_word *words, uint32_t count, hz_span span, hz_literal *out);

/* ---- brackets.c ---- */

/* The list `brackets` of one version of a scale; E_NO_SOURCE unless the version or each bracket names one. */
void hz_read_brackets(hz_reader *reader, hz_item item, const hz_tree *list, const hz_scale *scale, hz_entry *entry);
/* A single scale's type, spanning what all its brackets give, which gets the common scale. Also after a setting. */
void hz_span_brackets(hz_scale *scale);

/* The item that a pair of a section is. */
hz_item hz_item_of(const char *kind, const hz_tree_pair *pair);

/* ---- read_parts.c, read_part.c ---- */

/* The parts of every package, and the inputs that it has of them; when all plans are read. */
void hz_read_packages(hz_reader *reader);
/* One part of reader->plan. */
void hz_read_part(hz_reader *reader, hz_tree_pair *pair);
/* The plan of an id, or NULL. */
hz_plan_model *hz_plan_named(const hz_reader *reader, hz_str id);
hz_input *hz_input_named(const hz_plan_model *plan, hz_str name);
/* "did you mean `x`?" among the inputs of a plan; otherwise: what to say when none is near. */
void hz_hint_input(hz_reader *reader, hz_diag *diag, const hz_plan_model *plan, hz_str name, const char *otherwise);

/* A plan read once more from its file, for a package to replace values in. Says nothing: it was read before. NULL: too much
 * is read more than once. at: the part. */
hz_plan_model *hz_read_plan_again(hz_reader *reader, const hz_plan_model *plan, hz_span at);

/* ---- repeat.c --------------------------------------------------------------------------------------------------- */

/* Whether this may be read once more: the values of a tree; a plan from its file, without its values. at: what asks for it. */
bool hz_may_repeat_tree(hz_reader *reader, hz_span at, const hz_tree *tree);
bool hz_may_repeat_plan(hz_reader *reader, hz_span at, uint32_t file);
/* E_TOO_LARGE if something could not; at the end of the load. */
void hz_refuse_repeats(hz_reader *reader);
/* Another history for a parameter: its unit or type stays. */
void hz_read_parameter_again(hz_reader *reader, hz_item item, hz_tree *map, hz_parameter *parameter);
/* optional, default, when of an input whose type is known. */
void hz_read_absence(hz_reader *reader, hz_item item, hz_tree *map, hz_input *input);

/* E_INPUT_DIFFERS between plans. */
void hz_check_same_names(hz_reader *reader);

/* `counters` of the manifest, before any plan; and what is to be said of them when all plans are read. */
void hz_read_shared_counters(hz_reader *reader, hz_item item, hz_tree *manifest);
void hz_check_shared_counters(hz_reader *reader);

void hz_read_manifest(hz_reader *reader, hz_tree *tree, uint32_t file);
void hz_read_plan(hz_reader *reader, hz_tree *tree, uint32_t file);

#endif
