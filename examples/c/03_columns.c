/* 03_columns.c - eight stays at once, as columns of this program's own memory: plain pointers, with bits for what was
 * given. Counters come in and go out as columns, too.
 *
 *     cc 03_columns.c $(pkg-config --cflags --libs huzhu) -o columns && ./columns path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <stdio.h>

enum { ROWS = 8 };

/* Days since 1970-01-01: 16801 is 2016-01-01. */
static const int32_t cover_start[ROWS] = {16801, 16801, 16801, 16801, 16801, 16801, 16801, 16801};
static const int32_t cover_end[ROWS] = {17166, 17166, 17166, 17166, 17166, 17166, 17166, 17166};
static const int32_t admitted[ROWS] = {16861, 16861, 16900, 16700, 16861, 16861, 16861, 16861};
static const int32_t discharged[ROWS] = {16871, 17050, 16905, 16710, 0, 16871, 16871, 16862};
static const uint8_t was_discharged = 0xEF; /* the fifth member is in hospital still */
static const int64_t level[ROWS] = {3, 3, 2, 3, 3, 1, 7, 3};
static const int32_t cause[ROWS] = {0, 0, 1, 0, 0, 0, 0, 0}; /* into the dictionary */
static const char *const causes[] = {"illness", "accident"};
static const char ids[] = "ABCDEFGH"; /* members and covers, a letter each */
static const int32_t offsets[ROWS + 1] = {0, 1, 2, 3, 4, 5, 6, 7, 8};

static huzhu_status set(huzhu_batch *batch, const huzhu_plan *plan, const char *name, huzhu_column column)
{
    size_t input;
    column.struct_size = sizeof column;
    huzhu_status status = huzhu_plan_input_find(plan, name, HUZHU_NUL, &input);
    return status == HUZHU_OK ? huzhu_batch_set_input(batch, input, &column) : status;
}

static huzhu_status bind(huzhu_batch *batch, const huzhu_plan *plan, const huzhu_batch_results *results, int64_t *days)
{
    const huzhu_column key = {.layout = HUZHU_COLUMN_TEXT, .values = offsets, .bytes = ids, .byte_count = ROWS};
    size_t counter;
    huzhu_status status = huzhu_batch_set_results(batch, results);
    if (status == HUZHU_OK) status = set(batch, plan, "member", key);
    if (status == HUZHU_OK) status = set(batch, plan, "cover", key);
    if (status == HUZHU_OK) status = set(batch, plan, "cover_start", (huzhu_column){.layout = HUZHU_COLUMN_INT32, .values = cover_start});
    if (status == HUZHU_OK) status = set(batch, plan, "cover_end", (huzhu_column){.layout = HUZHU_COLUMN_INT32, .values = cover_end});
    if (status == HUZHU_OK) status = set(batch, plan, "admitted", (huzhu_column){.layout = HUZHU_COLUMN_INT32, .values = admitted});
    if (status == HUZHU_OK)
        status = set(batch, plan, "discharged", (huzhu_column){.layout = HUZHU_COLUMN_INT32, .values = discharged, .valid = &was_discharged});
    if (status == HUZHU_OK) status = set(batch, plan, "hospital_level", (huzhu_column){.layout = HUZHU_COLUMN_INT64, .values = level});
    if (status == HUZHU_OK)
        status = set(batch, plan, "cause", (huzhu_column){.layout = HUZHU_COLUMN_DICTIONARY, .values = cause, .dictionary = causes, .dictionary_count = 2});
    if (status == HUZHU_OK) status = huzhu_batch_set_counters(batch, HUZHU_COUNTERS_FRESH); /* all covers are new */
    if (status == HUZHU_OK) status = huzhu_plan_counter_find(plan, "days_this_period", HUZHU_NUL, &counter);
    return status == HUZHU_OK ? huzhu_batch_set_counter_after(batch, counter, days, NULL) : status;
}

int main(int argc, char **argv)
{
    int32_t outcome[ROWS], reason[ROWS], bad[ROWS];
    int64_t total[ROWS], days[ROWS];
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = outcome, .reason = reason, .total = total, .bad_input = bad};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_batch *batch = NULL;
    huzhu_status status = huzhu_ruleset_load(argc > 1 ? argv[1] : "rulesets/beijing", NULL, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "inpatient-allowance", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_batch_new(plan, &batch);
    if (status == HUZHU_OK) status = bind(batch, plan, &results, days);
    if (status == HUZHU_OK) status = huzhu_batch_evaluate(batch, 0, ROWS);
    for (int i = 0; i < ROWS && status == HUZHU_OK; i++) {
        huzhu_input_info input = {.struct_size = sizeof input};
        printf("%c  %-12s %7lld.%02lld  %3lld days  %s", ids[i], huzhu_outcome_name((uint32_t)outcome[i]).data, (long long)(total[i] / 100),
               (long long)(total[i] % 100), (long long)days[i], huzhu_plan_reason_code(plan, (size_t)reason[i]).data);
        printf("%s\n", bad[i] >= 0 && huzhu_plan_input_at(plan, (size_t)bad[i], &input) == HUZHU_OK ? input.name.data : "");
    }
    huzhu_batch_free(batch);
    huzhu_ruleset_release(ruleset);
    return status;
}
