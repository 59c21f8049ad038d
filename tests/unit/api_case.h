/* api_case.h - for tests through the public header: a ruleset with an input of every type, a claim, a decision.
 *
 * The rules are those of the golden claims (tests/golden/claims/rules), read into memory once per case.
 */
#ifndef HZ_TESTS_API_CASE_H
#define HZ_TESTS_API_CASE_H

#include "harness/harness.h"
#include "harness/leak.h"

#include <huzhu/huzhu.h>

#include <stdlib.h>

#define CLAIM_RULES HZ_TEST_ROOT "/tests/golden/claims/rules"
#define BEIJING     HZ_TEST_ROOT "/rulesets/beijing"

/* Required inputs of the plan all-types, without braces. */
#define GOOD "\"member\":\"M-1\",\"day\":\"2016-03-01\",\"kind\":\"fire\",\"people\":2"

/* Numbers of its inputs and counters. */
enum { MEMBER, DAY, LATE, YES, KIND, REMARK, PEOPLE, LOSS, SHARE, DEPTH, INPUTS };
enum { PAID, TIMES, CLOSED, LAST, COUNTERS };

typedef struct api_file {
    char *data; /* free() it */
    size_t size;
} api_file;

static inline api_file api_read(const char *path)
{
    api_file file = {NULL, 0};
    FILE *from = fopen(path, "rb");
    if (!HZ_CHECK(from != NULL)) return file;
    file.data = calloc(1, 1 << 16);
    file.size = file.data != NULL ? fread(file.data, 1, (1 << 16) - 1, from) : 0;
    fclose(from);
    return file;
}

typedef struct api_case {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
} api_case;

static inline bool api_begin(api_case *self)
{
    *self = (api_case){0};
    return HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, NULL, NULL, &self->ruleset), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self->ruleset, "all-types", HUZHU_NUL, &self->plan), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_claim_new(self->plan, &self->claim), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &self->decision), HUZHU_OK);
}

static inline void api_end(api_case *self)
{
    huzhu_decision_free(self->decision);
    huzhu_claim_free(self->claim);
    huzhu_ruleset_release(self->ruleset);
}

/* Reads a claim and decides it with fresh counters. */
static inline void api_decide(api_case *self, const char *json)
{
    huzhu_status status = huzhu_claim_read_json(self->claim, json, HUZHU_NUL);
    HZ_CHECK(status == HUZHU_OK || status == HUZHU_DATA);
    HZ_CHECK_EQ_INT(huzhu_claim_set_fresh(self->claim, 1), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self->claim, self->decision), HUZHU_OK);
}

/* The part of the decision's JSON from key to the end of its object or list, in a static text; "" when it is not there.
 */
static inline const char *api_part(api_case *self, const char *key)
{
    static char part[4096];
    huzhu_text json;
    part[0] = '\0';
    if (!HZ_CHECK_EQ_INT(huzhu_decision_json(self->decision, HUZHU_EN, 0, &json), HUZHU_OK)) return part;
    HZ_CHECK(json.data[json.size] == '\0');
    const char *at = strstr(json.data, key);
    if (at == NULL) return part;
    at += strlen(key);
    size_t len = 0, depth = 0;
    bool quoted = false;
    for (; at[len] != '\0' && len + 1 < sizeof part; len++) {
        if (at[len] == '"' && (len == 0 || at[len - 1] != '\\')) quoted = !quoted;
        if (!quoted && (at[len] == '{' || at[len] == '[')) depth++;
        if (!quoted && depth > 0 && (at[len] == '}' || at[len] == ']') && --depth == 0) {
            len++;
            break;
        }
        if (!quoted && depth == 0 && (at[len] == ',' || at[len] == '}')) break;
    }
    memcpy(part, at, len);
    part[len] = '\0';
    return part;
}

/* The text with its NUL. */
static inline const char *api_str(huzhu_text text)
{
    HZ_CHECK(text.data != NULL && text.data[text.size] == '\0');
    return text.data;
}

#endif
