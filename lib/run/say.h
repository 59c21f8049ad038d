/* say.h - values, units, names and formulas in the words of people, in one of two languages (0 zh, 1 en). Shared by
 * reason_text.c, explain*.c and show*.c; all texts of the library for people are in say.def and words.def.
 *
 * Everything is appended to a buffer; nothing else is allocated.
 */
#ifndef HZ_RUN_SAY_H
#define HZ_RUN_SAY_H

#include "run/decision.h"

typedef enum hz_saying {
#define HZ_SAY(id, zh, en) HZ_SAY_##id,
#define HZ_SAY_CODE(code, zh)
#include "run/say.def"
#undef HZ_SAY
#undef HZ_SAY_CODE
    HZ_SAY_COUNT
} hz_saying;

/* ---- say.c ---- */

hz_str hz_say(hz_saying saying, uint32_t language);
/* The saying with <0>, <1>, … replaced by arguments, appended. */
void hz_say_with(hz_buf *out, hz_saying saying, uint32_t language, const hz_str *arguments);
/* What stands before and after <0>, for a caller that writes the rest itself. */
hz_str hz_say_before(hz_saying saying, uint32_t language);
hz_str hz_say_after(hz_saying saying, uint32_t language);
/* What people say for a part of FEEL; feel itself where they have no word for it. */
hz_str hz_word(hz_str feel, uint32_t language);
/* What an error of a claim is, by its R_ code. */
hz_str hz_say_error(hz_code code, uint32_t language);
/* "published" in words. */
hz_str hz_say_standing(uint8_t standing, uint32_t language);
static inline hz_str hz_in_language(const hz_label *label, uint32_t language)
{
    return language == 0 ? label->zh : label->en;
}
/* "2015-07"; "一直" for `always`. */
void hz_say_since(const hz_since *since, uint32_t language, hz_buf *out);
/* A list's next item: the comma of the language unless it is the first. */
void hz_say_comma(bool first, uint32_t language, hz_buf *out);
/* A text on one line: what is no space and no character becomes a space. */
void hz_say_text(hz_str text, hz_buf *out);

/* ---- say_value.c ---- */

/* A value, the text of strings apart. */
typedef struct hz_said_value {
    const hz_type *type;
    hz_str unit;          /* "CNY/day", "days", "%"; empty: none, or not known */
    int64_t value;
    hz_wide wide;         /* the value, where type is wide */
    hz_str text;
} hz_said_value;

/* A value without its unit: "40", "560.25", "20%", a code's label, "两年", 是. Money has all its decimals or none. */
void hz_say_value(const hz_model *ruleset, const hz_said_value *said, uint32_t language, hz_buf *out);
/* The same with its unit in words: "40 元/天". */
void hz_say_measure(const hz_model *ruleset, const hz_said_value *said, uint32_t language, hz_buf *out);
/* "元/天"; one: "yuan a day" is "yuan", several "days" are "day". */
void hz_say_unit(hz_str unit, bool one, uint32_t language, hz_buf *out);
/* An amount of money with all its decimals and its unit: "360.00 元". */
void hz_say_money(const hz_model *ruleset, int64_t amount, uint32_t language, hz_buf *out);

/* ---- say_scale.c ---- */

/* A number that a scale works on, with its unit. */
void hz_say_scale_number(const hz_plan *plan, const hz_scale *scale, hz_decimal number, uint32_t language, hz_buf *out);
/* From where to where a bracket goes: "超过 30 天、不超过 60 天". */
void hz_say_bracket_range(const hz_plan *plan, const hz_scale *scale, const hz_entry *entry, uint32_t bracket,
                          uint32_t language, hz_buf *out);
/* Its rate, or what it gives. */
void hz_say_bracket_value(const hz_plan *plan, const hz_scale *scale, const hz_bracket *bracket, uint32_t language,
                          hz_buf *out);
/* "stage[2]" as the scale's label with the bracket's range. False: it is no bracket of the version, nothing is said. */
bool hz_say_bracket_path(const hz_plan *plan, hz_str path, const hz_entry *entry, uint32_t language, hz_buf *out);

/* ---- say_dispute.c ---- */

/* Why it is disputed, and what the readings say: "两份通知不一致〔notice：40 元/天；law：60 元/天〕". name: what follows the plan
 * in its path. */
void hz_say_disputed(const hz_plan *plan, hz_str name, const hz_provenance *from, uint32_t language, hz_buf *out);

/* ---- say_row.c ---- */

/* What a row of a decision table is called: "表“所适用的比例”第 2 行". */
void hz_say_row(const hz_table *table, hz_str path, uint32_t language, hz_buf *out);
/* The same of "class_rate[2]", "tables.sites[14]". False: it is no row of a table of the plan, nothing is said. */
bool hz_say_row_path(const hz_plan *plan, hz_str path, uint32_t language, hz_buf *out);

/* ---- names.c ---- */

/* What a name is called, its unit, its type. */
hz_str hz_symbol_label(const hz_plan *plan, uint32_t symbol, uint32_t language);
hz_str hz_symbol_unit(const hz_plan *plan, uint32_t symbol);
/* The unit that a formula's value has, worked out from its names; empty where that is not plain. */
hz_str hz_formula_unit(const hz_plan *plan, const hz_ast *formula);
/* A symbol's value in this answer, or a word for why there is none; its state. measure: with its unit. */
hz_state hz_say_symbol(const hz_decision *decision, uint32_t symbol, bool measure, uint32_t language, hz_buf *out);

/* The revision in force on a date, or NULL. */
const hz_revision *hz_revision_on(const hz_plan_model *rules, int32_t date);

/* ---- formula.c ---- */

/* The formula with labels in place of names and people's signs. */
void hz_say_formula(const hz_plan *plan, const hz_ast *formula, uint32_t language, hz_buf *out);
/* ---- long_cells.c ---- */

/* The cells of a row of a long version in words; whether it has any that not all values pass. */
bool hz_long_asks(const hz_row *row);
void hz_say_long_cells(const hz_plan *plan, const hz_table *table, const hz_row *row, uint32_t language, hz_buf *out);

/* Whether a row of a decision table has cells, or always matches; its cells in words: "cell, cell". */
bool hz_row_asks(const hz_table *table, const hz_row *row);
void hz_say_cells(const hz_plan *plan, const hz_table *table, const hz_row *row, uint32_t language, hz_buf *out);
/* The same with values in place of names; of `if` the branch taken, of `and` and `or` the side that decided alone. */
void hz_say_formula_values(const hz_decision *decision, const hz_ast *formula, uint32_t language, hz_buf *out);
/* Values say something that the formula and its result do not: it is more than one name or literal. */
bool hz_formula_computes(const hz_decision *decision, const hz_ast *formula);
/* A template with labels in place of its names, as a plan states it: "入院日〈入院日〉不在…". */
void hz_say_template_labels(const hz_plan *plan, const hz_template *text, uint32_t language, hz_buf *out);
/* The text in the language, or in the other one where it is not given; NULL: in neither. */
const hz_template *hz_template_in(const hz_line *line, uint32_t language);

#endif
