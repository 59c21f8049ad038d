/* bench_single.c - what one claim costs through the C interface, next to the same rules written by hand.
 *
 *     bench_single [FOLDER]        rulesets/beijing by default
 *
 * First the answers of both are compared over seeded claims: when one differs nothing is measured. Then a handful of
 * claims goes round: inputs set by index, evaluate, answers read. Figures are medians of PAIRS interleaved pairs; the
 * ratio is the median of the pairs' ratios. The hand-written loop is the faster of its two shapes.
 */
#include "hand_inpatient_allowance.h"

#include <huzhu/huzhu.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS = 15, HANDFUL = 8, COMPARED = 200000, ROUND = 4000, HAND_ROUND = 400000 };

typedef struct bench {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
    size_t input[HAND_DAYS];       /* by HAND_…, up to the counters */
    size_t counter[2];             /* days, money */
} bench;

/* How much of an answer is read. */
typedef enum depth { EVALUATE, READ_OUTCOME, READ_COUNTERS } depth;

static int64_t sink; /* what the loops add up to, so that they cannot be left out */

/* ---- the library ---- */

static void check(const char *doing, huzhu_status status)
{
    if (status == HUZHU_OK)
        return;
    fprintf(stderr, "bench_single: %s: %s\n", doing, huzhu_status_text(status));
    exit(1);
}

static void open_bench(bench *b, const char *folder)
{
    static const char *const inputs[] = {"member", "cover", "cover_start", "cover_end", "admitted", "discharged", "hospital_level", "cause"};
    check(folder, huzhu_ruleset_load(folder, NULL, NULL, &b->ruleset));
    check("inpatient-allowance", huzhu_ruleset_plan_find(b->ruleset, "inpatient-allowance", HUZHU_NUL, &b->plan));
    check("claim", huzhu_claim_new(b->plan, &b->claim));
    check("decision", huzhu_decision_new(NULL, &b->decision));
    for (size_t i = 0; i < HAND_DAYS; i++)
        check(inputs[i], huzhu_plan_input_find(b->plan, inputs[i], HUZHU_NUL, &b->input[i]));
    check("days_this_period", huzhu_plan_counter_find(b->plan, "days_this_period", HUZHU_NUL, &b->counter[0]));
    check("paid_this_period", huzhu_plan_counter_find(b->plan, "paid_this_period", HUZHU_NUL, &b->counter[1]));
}

static void close_bench(bench *b)
{
    huzhu_decision_free(b->decision);
    huzhu_claim_free(b->claim);
    huzhu_ruleset_release(b->ruleset);
}

/* A value that does not fit returns HUZHU_DATA; the decision says so. */
static void set_claim(const bench *b, const hand_claim *c)
{
    static const char *const codes[] = {"illness", "accident", "psychiatric"};
    static const size_t sizes[] = {7, 8, 11};
    const size_t *at = b->input;
    huzhu_claim *claim = b->claim;
    uint32_t given = c->given;
    huzhu_claim_reset(claim);
    if ((given >> HAND_MEMBER & 1) != 0) huzhu_claim_set_text(claim, at[HAND_MEMBER], "BJ-000123", 9);
    if ((given >> HAND_COVER & 1) != 0) huzhu_claim_set_text(claim, at[HAND_COVER], "BJ-000123-2024", 14);
    if ((given >> HAND_COVER_START & 1) != 0) huzhu_claim_set_days(claim, at[HAND_COVER_START], c->cover_start);
    if ((given >> HAND_COVER_END & 1) != 0) huzhu_claim_set_days(claim, at[HAND_COVER_END], c->cover_end);
    if ((given >> HAND_ADMITTED & 1) != 0) huzhu_claim_set_days(claim, at[HAND_ADMITTED], c->admitted);
    if ((given >> HAND_DISCHARGED & 1) != 0) huzhu_claim_set_days(claim, at[HAND_DISCHARGED], c->discharged);
    if ((given >> HAND_LEVEL & 1) != 0) huzhu_claim_set_decimal(claim, at[HAND_LEVEL], c->hospital_level, 0);
    if ((given >> HAND_CAUSE & 1) != 0) huzhu_claim_set_code(claim, at[HAND_CAUSE], codes[c->cause], sizes[c->cause]);
    if ((given >> HAND_DAYS & 1) != 0) huzhu_claim_set_counter(claim, b->counter[0], c->days_before);
    if ((given >> HAND_PAID & 1) != 0) huzhu_claim_set_counter(claim, b->counter[1], c->paid_before);
}

static int32_t reason_number(const char *code)
{
    static const char *const codes[HAND_REASONS] = {
        [HAND_REASON_DATES] = "DATES", [HAND_REASON_NOT_IN_FORCE] = "PLAN_NOT_IN_FORCE",
        [HAND_REASON_NOT_IN_COVER] = "NOT_IN_COVER", [HAND_REASON_EXCLUDED_CAUSE] = "EXCLUDED_CAUSE",
        [HAND_REASON_HOSPITAL_LEVEL] = "HOSPITAL_LEVEL", [HAND_REASON_NOT_OFFERED] = "NOT_OFFERED", [HAND_REASON_DAYS_LIMIT] = "DAYS_LIMIT",
        [HAND_REASON_PERIOD_CAP] = "PERIOD_CAP", [HAND_REASON_ZERO_AMOUNT] = "ZERO_AMOUNT", [HAND_REASON_MISSING] = "MISSING"};
    for (int32_t i = 1; i < HAND_REASONS; i++)
        if (strcmp(codes[i], code) == 0)
            return i;
    return -1;
}

static void read_counters(const bench *b, hand_answer *answer)
{
    for (size_t i = 0; i < huzhu_decision_counter_count(b->decision); i++) {
        huzhu_counter_change view = {.struct_size = sizeof view};
        if (huzhu_decision_counter_change_at(b->decision, i, &view) != HUZHU_OK)
            continue;
        if (view.counter == b->counter[0])
            answer->days_after = view.after;
        else
            answer->paid_after = view.after;
    }
}

/* The first reason's code, or NULL. */
static const char *read_outcome(const bench *b, hand_answer *answer)
{
    huzhu_reason_view view = {.struct_size = sizeof view};
    answer->outcome = (int32_t)huzhu_decision_outcome(b->decision);
    answer->total = 0;
    huzhu_decision_total(b->decision, &answer->total);
    return huzhu_decision_reason_at(b->decision, 0, &view) == HUZHU_OK ? view.code.data : NULL;
}

static void ask(const bench *b, const hand_claim *c, hand_answer *answer)
{
    set_claim(b, c);
    check("evaluate", huzhu_claim_evaluate(b->claim, b->decision));
    const char *code = read_outcome(b, answer);
    answer->reason = code != NULL ? reason_number(code) : HAND_NO_REASON;
    answer->days_after = c->days_before;
    answer->paid_after = c->paid_before;
    read_counters(b, answer);
}

/* ---- equal answers ---- */

static bool same(const hand_answer *a, const hand_answer *b)
{
    return a->outcome == b->outcome && a->reason == b->reason && a->total == b->total && a->days_after == b->days_after &&
           a->paid_after == b->paid_after;
}

static void tell_answer(const char *who, const hand_answer *a)
{
    fprintf(stderr, "  %-12s outcome %d, reason %d, total %lld, days %lld, paid %lld\n", who, a->outcome, a->reason, (long long)a->total,
            (long long)a->days_after, (long long)a->paid_after);
}

static bool compare(const bench *b, uint64_t seed)
{
    int outcomes[8] = {0};
    for (int i = 0; i < COMPARED; i++) {
        hand_claim claim;
        hand_answer library, branchy, flat;
        hand_random(&seed, &claim);
        ask(b, &claim, &library);
        hand_branchy(&claim, 1, &branchy);
        hand_branch_free(&claim, 1, &flat);
        outcomes[library.outcome & 7]++;
        if (same(&library, &branchy) && same(&library, &flat))
            continue;
        fprintf(stderr, "bench_single: claim %d is answered differently, nothing is measured\n", i);
        tell_answer("library", &library);
        tell_answer("branchy", &branchy);
        tell_answer("branch-free", &flat);
        return false;
    }
    printf("%d seeded claims answered alike: %d paid, %d nothing due, %d refused, %d incomplete, %d in error\n\n", COMPARED, outcomes[1],
           outcomes[2], outcomes[3], outcomes[4], outcomes[6]);
    return true;
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* not what others take meanwhile */
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static const char *const kinds[HANDFUL] = {"a plain stay", "cut by the days' limit", "cut by the period's cap", "nothing due",
                                           "not in cover", "excluded cause", "hospital's level", "discharge missing"};

/* A claim of each kind. */
static void make_handful(hand_claim claims[HANDFUL])
{
    const hand_claim plain = {(1u << HAND_FIELDS) - 1, 19723, 20088, 19786, 19796, HAND_ILLNESS, 3, 9, 36000};
    for (int i = 0; i < HANDFUL; i++)
        claims[i] = plain;
    claims[1].days_before = 175;
    claims[2].paid_before = 710000;
    claims[3].discharged = claims[3].admitted;
    claims[4].admitted = 19000;
    claims[5].cause = HAND_PSYCHIATRIC;
    claims[6].hospital_level = 1;
    claims[7].given &= ~(1u << HAND_DISCHARGED);
    claims[7].discharged = 0;
}

/* claims: count of them, in turn. */
static double time_library(const bench *b, const hand_claim *claims, int count, depth how)
{
    double begin = now();
    for (int i = 0; i < ROUND; i++) {
        hand_answer answer = {0};
        const hand_claim *c = &claims[i % count];
        set_claim(b, c);
        huzhu_claim_evaluate(b->claim, b->decision);
        if (how >= READ_OUTCOME) {
            const char *code = read_outcome(b, &answer);
            sink += answer.outcome + answer.total + (code != NULL ? code[0] : 0);
        }
        if (how >= READ_COUNTERS) {
            read_counters(b, &answer);
            sink += answer.days_after + answer.paid_after;
        }
    }
    return (now() - begin) / ROUND;
}

typedef void (*by_hand)(const hand_claim *claims, size_t count, hand_answer *answers);

static double time_hand(by_hand decide, const hand_claim *claims)
{
    hand_answer answers[HANDFUL];
    double begin = now();
    for (int i = 0; i < HAND_ROUND; i += HANDFUL) {
        decide(claims, HANDFUL, answers);
        sink += answers[i / HANDFUL % HANDFUL].total;
    }
    return (now() - begin) / HAND_ROUND;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(const double *values)
{
    double sorted[PAIRS];
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, PAIRS, sizeof *sorted, by_size);
    return sorted[PAIRS / 2];
}

static void measure(const bench *b, const char *what, depth how, by_hand decide, const hand_claim *claims)
{
    double library[PAIRS], hand[PAIRS], ratio[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        library[i] = time_library(b, claims, HANDFUL, how);
        hand[i] = time_hand(decide, claims);
        ratio[i] = library[i] / hand[i];
    }
    printf("%-52s %9.1f %9.2f %8.1f\n", what, median(library), median(hand), median(ratio));
}

static void measure_kinds(const bench *b, const hand_claim *claims)
{
    printf("\nof which, all read:\n");
    for (int k = 0; k < HANDFUL; k++) {
        double library[PAIRS];
        for (int i = 0; i < PAIRS; i++)
            library[i] = time_library(b, &claims[k], 1, READ_COUNTERS);
        printf("  %-50s %9.1f\n", kinds[k], median(library));
    }
}

int main(int argc, char **argv)
{
    bench b = {0};
    hand_claim claims[HANDFUL];
    double branchy[PAIRS], flat[PAIRS];
    open_bench(&b, argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing");
    if (!compare(&b, 20240101)) {
        close_bench(&b);
        return 1;
    }
    make_handful(claims);
    for (int i = 0; i < PAIRS; i++) {
        time_library(&b, claims, HANDFUL, READ_COUNTERS);
        branchy[i] = time_hand(hand_branchy, claims);
        flat[i] = time_hand(hand_branch_free, claims);
    }
    bool branches = median(branchy) <= median(flat);
    by_hand decide = branches ? hand_branchy : hand_branch_free;
    printf("one claim at a time, %d claims in turn; by hand: %s\n", HANDFUL, branches ? "with branches" : "without branches");
    printf("%-52s %9s %9s %8s\n", "ns per claim, medians of 15 interleaved pairs", "library", "by hand", "ratio");
    measure(&b, "inputs set by index, evaluate", EVALUATE, decide, claims);
    measure(&b, "the same; outcome, total, first reason read", READ_OUTCOME, decide, claims);
    measure(&b, "the same; counters read", READ_COUNTERS, decide, claims);
    measure_kinds(&b, claims);
    close_bench(&b);
    return sink == INT64_MIN; /* never; the compiler cannot know */
}
