/* test_reversal.c - claims taken back: a ledger after random claims and reversals answers as one that never saw the
 * claims taken back, and refuses exactly where a later claim has one of the keys. Worked examples of plans have more.
 */
#include "api_case.h"

#include <string.h>

enum { CLAIMS_MOST = 60, MEMBERS = 4 };

/* A claim that was settled and not taken back. */
typedef struct kept {
    int id, member, flood;
} kept;

typedef struct world {
    api_case self;
    huzhu_ledger *ledger;
    huzhu_output *output;
    kept kept[CLAIMS_MOST];
    int count, next_id;
    uint64_t seed;
} world;

static int random_to(world *w, int end)
{
    w->seed ^= w->seed << 13;
    w->seed ^= w->seed >> 7;
    w->seed ^= w->seed << 17;
    return (int)((w->seed >> 33) % (uint64_t)end);
}

static const char *line_of(const kept *claim)
{
    static char json[240];
    snprintf(json, sizeof json, "{\"id\":\"C%d\",\"member\":\"M-%d\",\"day\":\"2016-03-%02d\",\"kind\":\"%s\",\"people\":%d,\"depth\":1}",
             claim->id, claim->member, 1 + claim->id % 28, claim->flood ? "flood" : "fire", 1 + claim->id % 3);
    return json;
}

/* Settles one line; what was answered, valid until the next. */
static const char *settle(world *w, huzhu_ledger *ledger, const char *json)
{
    huzhu_output_clear(w->output);
    HZ_CHECK_EQ_INT(huzhu_settle_json(w->self.claim, w->self.decision, ledger, json, HUZHU_NUL, HUZHU_EN, 0, w->output), HUZHU_OK);
    return huzhu_output_text(w->output).data;
}

/* What the next claim of each member and kind would be answered, all in one text. */
static void probe(world *w, huzhu_ledger *ledger, char *out, size_t room)
{
    size_t len = 0;
    out[0] = '\0';
    for (int member = 0; member < MEMBERS; member++) {
        kept claim = {.id = 1, .member = member, .flood = member % 2};
        huzhu_text text = {"", 0};
        HZ_CHECK_EQ_INT(huzhu_claim_read_json(w->self.claim, line_of(&claim), HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_ledger_fill(ledger, w->self.claim), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_evaluate(w->self.claim, w->self.decision), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_json(w->self.decision, HUZHU_EN, 0, &text), HUZHU_OK);
        if (HZ_CHECK(len + text.size < room)) {
            memcpy(out + len, text.data, text.size + 1);
            len += text.size;
        }
    }
}

/* The ledger must be as one that saw the claims kept, and no others. */
static void compare_with_replay(world *w)
{
    static char got[32768], wanted[32768];
    huzhu_ledger *replay = NULL;
    if (!HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &replay), HUZHU_OK)) return;
    for (int i = 0; i < w->count; i++) settle(w, replay, line_of(&w->kept[i]));
    probe(w, replay, wanted, sizeof wanted);
    probe(w, w->ledger, got, sizeof got);
    HZ_CHECK_STR(got, wanted);
    huzhu_ledger_free(replay);
}

static void add_claim(world *w)
{
    kept claim = {.id = ++w->next_id, .member = random_to(w, MEMBERS), .flood = random_to(w, 2)};
    const char *answer = settle(w, w->ledger, line_of(&claim));
    if (strstr(answer, "\"outcome\":\"paid\"") != NULL || strstr(answer, "\"outcome\":\"nothing_due\"") != NULL) w->kept[w->count++] = claim;
    else HZ_CHECK(strstr(answer, "\"outcome\":\"refused\"") != NULL);
}

/* Asks for any claim; it must go exactly when it is the last of its member. */
static void take_back(world *w)
{
    char json[80];
    int at = random_to(w, w->count);
    bool last = true;
    for (int i = at + 1; i < w->count; i++) last = last && w->kept[i].member != w->kept[at].member;
    snprintf(json, sizeof json, "{\"id\":\"R\",\"reverses\":\"C%d\"}", w->kept[at].id);
    const char *answer = settle(w, w->ledger, json);
    HZ_CHECK((strstr(answer, "\"outcome\":\"reversed\"") != NULL) == last);
    HZ_CHECK((strstr(answer, "R_NOT_REVERSIBLE") != NULL) == !last);
    if (!last) return;
    memmove(&w->kept[at], &w->kept[at + 1], (size_t)(w->count - at - 1) * sizeof *w->kept);
    w->count--;
    HZ_CHECK(strstr(settle(w, w->ledger, json), "R_NO_CLAIM") != NULL);
}

static void run_world(uint64_t seed)
{
    world w = {.seed = seed};
    if (api_begin(&w.self) && HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &w.ledger), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &w.output), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_ledger_keep_claims(w.ledger), HUZHU_OK)) {
        for (int step = 0; step < 100; step++) {
            if (w.count == 0 || (w.count < CLAIMS_MOST && random_to(&w, 2) == 0)) add_claim(&w);
            else take_back(&w);
            if (step % 10 == 9) compare_with_replay(&w);
        }
    }
    huzhu_output_free(w.output);
    huzhu_ledger_free(w.ledger);
    api_end(&w.self);
}

HZ_TEST(reversal_random)
{
    for (uint64_t seed = 1; seed <= 20; seed++) run_world(seed * UINT64_C(0x9E3779B97F4A7C15));
}

/* A claim of an id sent twice is two claims; the newest goes first. */
HZ_TEST(reversal_answers)
{
    static const char claim[] = "{\"id\":7," GOOD "}";
    world w = {.seed = 1};
    int64_t minor = 0;
    if (api_begin(&w.self) && HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &w.ledger), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &w.output), HUZHU_OK)) {
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(w.ledger, w.self.plan, "7", HUZHU_NUL, NULL, &minor), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_ledger_keep_claims(w.ledger), HUZHU_OK);
        settle(&w, w.ledger, claim);
        HZ_CHECK_EQ_INT(huzhu_ledger_keep_claims(w.ledger), HUZHU_OK);
        settle(&w, w.ledger, claim);
        /* The number 7 is not the text "7". */
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(w.ledger, w.self.plan, "7", HUZHU_NUL, NULL, &minor), HUZHU_NOT_FOUND);
        HZ_CHECK(strstr(settle(&w, NULL, "{\"reverses\":7}"), "\"message\":\"this takes a claim back, and there is no ledger to take it out of\"") != NULL);
        const char *answer = settle(&w, w.ledger, "{\"id\":\"R\",\"reverses\":7}");
        const char *end = strstr(answer, ",\"ruleset\":");
        char head[1200] = "";
        if (HZ_CHECK(end != NULL)) snprintf(head, sizeof head, "%.*s", (int)(end - answer), answer);
        HZ_CHECK_STR(head, "{\"schema\":\"huzhu.reversal/1\",\"id\":\"R\",\"plan\":\"all-types\",\"reverses\":7,\"outcome\":\"reversed\","
                           "\"currency\":\"CNY\",\"total\":\"-200.00\",\"counters\":{"
                           "\"paid\":{\"key\":{\"member\":\"M-1\"},\"unit\":\"CNY\",\"before\":\"400.00\",\"change\":\"-200.00\",\"after\":\"200.00\"},"
                           "\"times\":{\"key\":{\"member\":\"M-1\",\"kind\":\"fire\"},\"unit\":\"times\",\"before\":\"2\",\"change\":\"-1\",\"after\":\"1\"},"
                           "\"closed\":{\"key\":{\"member\":\"M-1\"},\"before\":false,\"after\":false},"
                           "\"last\":{\"key\":{\"member\":\"M-1\"},\"before\":\"2016-03-01\",\"after\":\"2016-03-01\"}}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(w.self.decision), 0);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":7}"), "\"before\":\"2016-03-01\",\"after\":\"2000-01-01\"") != NULL);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":7}"), "R_NO_CLAIM") != NULL);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":7,\"kind\":\"fire\"}"), "\"message\":\"a reversal names a claim and nothing else\"") != NULL);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":true}"), "`reverses` is neither a text nor a number") != NULL);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":7,\"reverses\":8}"), "R_DUPLICATE_KEY") != NULL);
        /* By the call for hosts, which counts in fen. */
        settle(&w, w.ledger, "{\"id\":\"A\"," GOOD "}");
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(w.ledger, w.self.plan, "A", HUZHU_NUL, w.output, &minor), HUZHU_OK);
        HZ_CHECK_EQ_INT(minor, -20000);
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(NULL, w.self.plan, "A", 1, NULL, NULL), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(w.ledger, NULL, "A", 1, NULL, NULL), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_ledger_reverse(w.ledger, w.self.plan, NULL, 1, NULL, NULL), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_ledger_keep_claims(NULL), HUZHU_INVALID_ARGUMENT);
    }
    huzhu_output_free(w.output);
    huzhu_ledger_free(w.ledger);
    api_end(&w.self);
}

/* A ledger that began without claims cannot begin to keep them later: what came before could not be told. */
HZ_TEST(reversal_from_the_start)
{
    world w = {.seed = 1};
    if (api_begin(&w.self) && HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &w.ledger), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &w.output), HUZHU_OK)) {
        settle(&w, w.ledger, "{" GOOD "}");
        HZ_CHECK_EQ_INT(huzhu_ledger_keep_claims(w.ledger), HUZHU_STATE);
        HZ_CHECK(strstr(settle(&w, w.ledger, "{\"reverses\":\"A\"}"), "R_REVERSAL") != NULL);
    }
    huzhu_output_free(w.output);
    huzhu_ledger_free(w.ledger);
    api_end(&w.self);
}
