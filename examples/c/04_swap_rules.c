/* 04_swap_rules.c - changes the rules while four threads settle claims: each claim is answered whole by the old rules
 * or by the new ones, and its decision says by which.
 *
 *     cc 04_swap_rules.c -pthread $(pkg-config --cflags --libs huzhu) -o swap && ./swap path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4, CLAIMS = 20000 };

/* A lock for the moment of taking a count or changing the pointer is all that a host needs beside its rules. */
static struct holder { pthread_mutex_t lock; huzhu_ruleset *rules; } holder = {.lock = PTHREAD_MUTEX_INITIALIZER};

static huzhu_ruleset *take(void)
{
    pthread_mutex_lock(&holder.lock);
    huzhu_ruleset *rules = huzhu_ruleset_retain(holder.rules);
    pthread_mutex_unlock(&holder.lock);
    return rules;
}

static void swap(huzhu_ruleset *rules)
{
    pthread_mutex_lock(&holder.lock);
    huzhu_ruleset *old = holder.rules;
    holder.rules = rules;
    pthread_mutex_unlock(&holder.lock);
    huzhu_ruleset_release(old); /* claims at work hold counts of their own: the last one frees it */
}

typedef struct tally { int old_rules, new_rules, wrong; } tally;

static void *settle(void *context)
{
    static const char json[] = "{\"member\":\"M\",\"cover\":\"C\",\"cover_start\":\"2024-01-01\",\"cover_end\":\"2024-12-31\","
                               "\"admitted\":\"2024-03-01\",\"discharged\":\"2024-03-11\",\"hospital_level\":3,\"cause\":\"illness\"}";
    tally *out = context;
    huzhu_decision *decision = NULL;
    huzhu_decision_new(NULL, &decision);
    for (int i = 0; i < CLAIMS; i++) {
        huzhu_ruleset *rules = take();
        const huzhu_plan *plan = NULL;
        huzhu_claim *claim = NULL;
        int64_t fen = 0;
        huzhu_ruleset_plan_find(rules, "inpatient-allowance", HUZHU_NUL, &plan);
        huzhu_claim_new(plan, &claim); /* a call on what is not there is refused: fen stays 0 */
        huzhu_claim_read_json(claim, json, HUZHU_NUL);
        huzhu_claim_set_fresh(claim, 1);
        if (huzhu_claim_evaluate(claim, decision) == HUZHU_OK) huzhu_decision_total(decision, &fen);
        int changed = huzhu_ruleset_scenario(rules).size > 0; /* 9 days at 60 a day instead of 40 */
        *(changed ? &out->new_rules : &out->old_rules) += 1;
        out->wrong += fen != (changed ? 54000 : 36000);
        huzhu_claim_free(claim);
        huzhu_ruleset_release(rules);
    }
    huzhu_decision_free(decision);
    return NULL;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "rulesets/beijing", *const settings[] = {"inpatient-allowance.daily_amount = 60"};
    huzhu_load_options options = {.struct_size = sizeof options, .setting_count = 1, .settings = settings};
    pthread_t threads[THREADS];
    tally tallies[THREADS] = {{0}}, sum = {0};
    huzhu_ruleset *changed = NULL;
    if (huzhu_ruleset_load(folder, NULL, NULL, &holder.rules) != HUZHU_OK) return 1;
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, settle, &tallies[i]);
    if (huzhu_ruleset_load(folder, &options, NULL, &changed) == HUZHU_OK) swap(changed); /* while they settle */
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        sum = (tally){sum.old_rules + tallies[i].old_rules, sum.new_rules + tallies[i].new_rules, sum.wrong + tallies[i].wrong};
    }
    printf("%d claims by the old rules, %d by the new, %d wrong\n", sum.old_rules, sum.new_rules, sum.wrong);
    huzhu_ruleset_release(holder.rules);
    return sum.wrong != 0;
}
