/* given.h - one value of a claim against the type of its input or counter. Private to claim*.c.
 *
 * Each function leaves given GIVEN or BAD and returns HZ_OK or HZ_DATA.
 */
#ifndef HZ_RUN_GIVEN_H
#define HZ_RUN_GIVEN_H

#include "run/claim.h"

/* Longest text of a claim, in bytes. */
#define HZ_GIVEN_TEXT_MOST ((size_t)64 << 10)

int32_t hz_given_put(hz_given *given, int64_t value);
int32_t hz_given_refuse(hz_given *given, hz_wrong wrong);
/* Not given; that its key was seen stays known. */
void hz_given_clear(hz_given *given);

int32_t hz_given_number(hz_given *given, const hz_type *type, hz_decimal value);
int32_t hz_given_days(hz_given *given, const hz_type *type, int64_t days);

/* From a text. Only numbers, dates, booleans and codes. */
int32_t hz_given_number_text(hz_given *given, const hz_type *type, hz_str text);
int32_t hz_given_date_text(hz_given *given, const hz_type *type, hz_str text);
int32_t hz_given_code_text(hz_given *given, const hz_type *type, hz_str text);
int32_t hz_given_boolean_text(hz_given *given, hz_str text);

/* What forbids a text as a value of an input, or HZ_WRONG_NOTHING. Patterns are matched in ws; NO_MEMORY sets its
 * `failed`. */
hz_wrong hz_given_text_wrong(hz_workspace *ws, const hz_input *input, hz_str text);

/* ---- claim_error.c ---- */

/* A fault about the value of a reserved key; the first one stays. */
void hz_claim_refuse_key(hz_claim *claim, hz_str key, hz_wrong wrong);

/* ---- fault_text.c ---- */

/* An error of that code about a key, which has no texts yet. */
void hz_fault_begin(hz_fault *fault, hz_code code, hz_str key);
/* Appends the pattern with <0>, <1>, … replaced by arguments. */
void hz_fault_fill(char *out, size_t room, const char *pattern, const hz_str *arguments);
/* A key as part of a message: on one line, cut to fit. */
void hz_fault_quote(hz_str text, char out[64]);

/* ---- claim_fault.c: faults of the JSON text; the first one stays ---- */

void hz_fault_json(hz_claim *claim, const hz_json *json);
void hz_fault_duplicate(hz_claim *claim, hz_str key);
void hz_fault_unknown_input(hz_claim *claim, hz_str key);
/* within: the claim, or its part in whose counters the key stands. */
void hz_fault_unknown_counter(hz_claim *claim, const hz_claim *within, hz_str key);
/* Of an event: what is wrong with `plans`; a plan that is none. */
void hz_fault_plans(hz_claim *event, hz_fault_id what);
void hz_fault_unknown_plan(hz_claim *event, const hz_plan_finder *plans, hz_str id);
/* A key inside a counter that is written as decisions print it. */
void hz_fault_unknown_part(hz_claim *claim, hz_str counter, hz_str key);

#endif
