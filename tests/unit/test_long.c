/* test_long.c - decision tables with very many rows: the index against trying all entries, what a claim gets and an answer
 * says, and what such tables cannot have. tests/oracle/long_tables.py compares whole tables with a scan.
 */
#include "plan_case.h"

#include "program/index.h"

/* ---- The index ---- */

enum { ENTRIES = 700, COLUMNS = 3, VALUES = 40 };

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

typedef struct drawn {
    hz_lookup_side sides[ENTRIES * COLUMNS];
    uint32_t row[ENTRIES];
} drawn;

static hz_lookup_side draw_side(uint64_t *seed, uint32_t any)
{
    if (next(seed) % 100 < any) return (hz_lookup_side){INT64_MIN, INT64_MAX};
    if (next(seed) % 20 == 0) return (hz_lookup_side){1, 0};
    int64_t lo = (int64_t)(next(seed) % VALUES);
    return (hz_lookup_side){lo, next(seed) % 2 == 0 ? lo : lo + (int64_t)(next(seed) % 6)};
}

/* What values meet, by trying every entry: as hz_lookup_row answers. given: value and how, by column. */
static int64_t try_all(const hz_lookup *lookup, int64_t given[COLUMNS][2])
{
    int64_t open = 0;
    for (uint32_t e = 0; e < lookup->entries; e++) {
        int64_t waits = 0;
        bool passes = true;
        for (uint32_t c = 0; c < COLUMNS; c++) {
            hz_lookup_side side = lookup->sides[e * COLUMNS + c];
            bool any = hz_lookup_is_any(side);
            if (given[c][1] == HZ_LOOKUP_ABSENT) waits |= any ? 0 : (int64_t)1 << c;
            else if (given[c][1] == HZ_LOOKUP_NULL) passes = passes && hz_lookup_takes_null(side);
            else passes = passes && given[c][0] >= side.lo && given[c][0] <= side.hi;
        }
        if (!passes) continue;
        if (waits == 0 && (open == 0 || !lookup->ordered)) return ((int64_t)lookup->row[e] + 1) << HZ_LOOKUP_BITS;
        open |= waits;
        if (lookup->ordered) return open;
    }
    return open;
}

static bool meet(const hz_lookup *lookup, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < COLUMNS; c++) {
        hz_lookup_side x = lookup->sides[a * COLUMNS + c], y = lookup->sides[b * COLUMNS + c];
        int64_t lo = x.lo > y.lo ? x.lo : y.lo, hi = x.hi < y.hi ? x.hi : y.hi;
        if (lo > hi && !(hz_lookup_takes_null(x) && hz_lookup_takes_null(y))) return false;
    }
    return true;
}

static void ask_all(const hz_lookup *lookup, uint64_t *seed)
{
    for (uint32_t n = 0; n < 3000; n++) {
        int64_t given[COLUMNS][2];
        for (uint32_t c = 0; c < COLUMNS; c++) {
            given[c][0] = (int64_t)(next(seed) % (VALUES + 8)) - 1;
            given[c][1] = next(seed) % 8 == 0 ? (int64_t)(1 + next(seed) % 2) : HZ_LOOKUP_VALUE;
        }
        int64_t expected = try_all(lookup, given), found = hz_lookup_row(lookup, (hz_str){(const char *)given, sizeof given});
        if (!HZ_CHECK_EQ_INT(found, expected)) return;
    }
}

/* Entries that meet an earlier one are left out where rows are not ordered, or one is put back, which must be found. */
static void try_index(hz_arena *arena, uint64_t seed, bool ordered, bool spoilt, uint32_t any)
{
    static drawn all;
    hz_lookup lookup = {.columns = COLUMNS, .ordered = ordered, .sides = all.sides, .row = all.row};
    for (uint32_t i = 0; i < ENTRIES; i++) {
        for (uint32_t c = 0; c < COLUMNS; c++) all.sides[lookup.entries * COLUMNS + c] = draw_side(&seed, any);
        bool meets = false;
        for (uint32_t e = 0; e < lookup.entries && !ordered && !meets; e++) meets = meet(&lookup, e, lookup.entries);
        if (meets && !(spoilt && i + 1 == ENTRIES)) continue;
        all.row[lookup.entries] = lookup.entries;
        lookup.entries++;
    }
    if (spoilt) {
        memcpy(&all.sides[(lookup.entries - 1) * COLUMNS], &all.sides[7 * COLUMNS], COLUMNS * sizeof *all.sides);
        all.row[lookup.entries - 1] = lookup.entries - 1;
    }
    lookup.rows = lookup.entries;
    hz_arena scratch;
    hz_arena_begin_within(&scratch, arena);
    hz_index index = {.arena = arena, .scratch = &scratch, .lookup = &lookup};
    hz_index_make(&index);
    HZ_CHECK_EQ_INT(index.pairs.count > 0, spoilt);
    if (spoilt) HZ_CHECK(index.pairs.at[0].first == 7 && index.pairs.at[0].second == lookup.entries - 1);
    bool good = HZ_CHECK(!index.too_alike) && !spoilt;
    hz_arena_end(&scratch);
    if (good) ask_all(&lookup, &seed);
}

static void try_indices(hz_arena *arena, void *context)
{
    (void)context;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        try_index(arena, seed, false, false, 10);
        try_index(arena, seed, false, true, 5);
        try_index(arena, seed, true, false, 0);
        try_index(arena, seed, true, false, 25);
    }
}

HZ_TEST(long_index_against_trying_all)
{
    hz_arena arena;
    hz_escape escape;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    if (setjmp(escape.to) == 0) {
        arena.escape = &escape;
        try_indices(&arena, NULL);
    } else {
        HZ_CHECK(false);
    }
    hz_arena_end(&arena);
}

/* ---- Tables ---- */

#define INPUTS                                                       \
    "inputs:\n"                                                      \
    "  member: {type: key, zh: 会员}\n"                              \
    "  start: {type: date, zh: 起始日}\n"                            \
    "  n: {type: count, range: '[0..5000]', zh: 数}\n"               \
    "  k: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"   \
    "  t: {type: text, zh: 编码}\n"                                  \
    "  o: {type: count, range: '[0..9]', zh: 数, optional: true}\n"
#define PARAMETERS "parameters:\n  p: {unit: CNY, 2015-07: {value: 9, assumed: 无人公布}}\n"
#define DUE "benefits:\n  due: {zh: 津贴, amount: y}\n"

enum { MANY = 1001 };

/* A plan whose table has MANY rows `row`, in which %d is the row's number, and one more behind them. */
static const char *long_plan(const char *before, const char *keys, const char *row, const char *last)
{
    static char plan[1 << 18];
    size_t at = (size_t)snprintf(plan, sizeof plan, "%s%s%stables:\n  fee:\n%s", HEAD, INPUTS, before, keys);
    for (int i = 0; i < MANY; i++) {
        const char *number = strstr(row, "%d");
        int begin = number != NULL ? (int)(number - row) : (int)strlen(row);
        at += (size_t)snprintf(plan + at, sizeof plan - at, "        - {%.*s", begin, row);
        if (number != NULL) at += (size_t)snprintf(plan + at, sizeof plan - at, "%d%s", i, number + 2);
        at += (size_t)snprintf(plan + at, sizeof plan - at, "}\n");
    }
    if (last != NULL) at += (size_t)snprintf(plan + at, sizeof plan - at, "        - {%s}\n", last);
    snprintf(plan + at, sizeof plan - at, "      otherwise: {y: 0.05}\n%s", DUE);
    return plan;
}

#define KEYS(inputs, more) "    inputs: [" inputs "]\n    gives: {y: CNY}\n" more "    2015-07:\n      source: book\n      rows:\n"

/* decided: the decision, and in brackets what it used. */
static void decide(const char *plan, const char *json, const char *decided)
{
    plan_case c;
    char text[200];
    if (HZ_CHECK(plan_case_begin(&c, plan))) {
        size_t at = (size_t)snprintf(text, sizeof text, "%s", plan_case_decide(&c, json));
        snprintf(text + at, sizeof text - at, " [%s]", plan_case_basis(&c));
        HZ_CHECK_STR(text, decided);
    } else {
        HZ_CHECK_STR(rules_case_show(&c.rules), "");
    }
    plan_case_end(&c);
}

#define CLAIM "{\"member\":\"m\",\"start\":\"2016-01-01\","

HZ_TEST(long_tables_decide)
{
    const char *rows = long_plan(PARAMETERS, KEYS("n, k, o", ""), "n: %d, k: a, y: 1", "n: 7, k: [b, c], o: '>= 2', y: p");
    decide(rows, CLAIM "\"n\":1000,\"k\":\"a\"}", "paid 100 [fee[1001].y=1]");
    decide(rows, CLAIM "\"n\":1000,\"k\":\"b\"}", "paid 5 [fee[otherwise].y=0.05]");
    decide(rows, CLAIM "\"n\":7,\"k\":\"b\",\"o\":2}", "paid 900 [p=9*]");
    decide(rows, CLAIM "\"n\":7,\"k\":\"b\"}", "paid 5 [fee[otherwise].y=0.05]"); /* o is null */
    decide(rows, CLAIM "\"n\":7}", "incomplete MISSING(k) []");
    decide(rows, CLAIM "\"k\":\"a\"}", "incomplete MISSING(n) []");
    decide(rows, CLAIM "\"k\":\"c\",\"o\":1}", "paid 5 [fee[otherwise].y=0.05]"); /* whatever n is */
    decide(rows, CLAIM "\"n\":2000}", "paid 5 [fee[otherwise].y=0.05]");
}

HZ_TEST(long_tables_of_texts)
{
    const char *rows = long_plan("", KEYS("t", ""), "t: 'A%d\\.5', y: 2", "t: [B1, 桂枝], y: 3");
    decide(rows, CLAIM "\"t\":\"A77.5\"}", "paid 200 [fee[78].y=2]");
    decide(rows, CLAIM "\"t\":\"桂枝\"}", "paid 300 [fee[1002].y=3]");
    decide(rows, CLAIM "\"t\":\"A77x5\"}", "paid 5 [fee[otherwise].y=0.05]");
    decide(rows, CLAIM "\"t\":\"\"}", "paid 5 [fee[otherwise].y=0.05]");
    decide(rows, CLAIM "\"n\":1}", "incomplete MISSING(t) []");
}

HZ_TEST(long_tables_in_order)
{
    const char *first = long_plan("", KEYS("n, k", "    hit: first\n"), "n: %d, y: 1.25", "k: b, y: 3");
    decide(first, CLAIM "\"n\":3,\"k\":\"b\"}", "paid 125 [fee[4].y=1.25]");
    decide(first, CLAIM "\"n\":3}", "paid 125 [fee[4].y=1.25]");
    decide(first, CLAIM "\"n\":3000,\"k\":\"b\"}", "paid 300 [fee[1002].y=3]");
    decide(first, CLAIM "\"n\":3000}", "incomplete MISSING(k) []");
    decide(first, CLAIM "\"k\":\"b\"}", "incomplete MISSING(n) []");
}

static void refuse(const char *plan, const char *expected)
{
    plan_case c;
    plan_case_begin(&c, plan);
    HZ_CHECK_STR(rules_case_show(&c.rules), expected);
    plan_case_end(&c);
}

HZ_TEST(long_tables_cannot_have)
{
    refuse(long_plan("", KEYS("n", ""), "n: %d, y: 1", "n: 2000, y: 1, id: x"),
           "E_KEY_FOR_TYPE <id> a row of a table with more than 1000 rows has no `id` of its own | rows are told by their numbers there: remove it");
    refuse(long_plan("", KEYS("n", ""), "n: %d, y: 1", "n: 2000, y: 1, source: page"),
           "E_KEY_FOR_TYPE <source> a row of a table with more than 1000 rows has no `source` of its own | say it beside `rows`, for all of them");
    refuse(long_plan("", KEYS("n", ""), "n: %d, y: 1", "n: 2000, x: 1, y: 1"), "E_UNKNOWN_KEY <x> a row of this table has no key `x` | its keys are: n, y, id, source, assumed, disputed, unknown, date assumed, note, clause");
    refuse(long_plan("", KEYS("n", ""), "n: %d, y: 1", "n: 2000"), "E_MISSING_KEY <{n: 2000}> a row of table `fee` gives no `y` | every row gives every output of its table");
    refuse(long_plan("", KEYS("n", "    hit: any\n"), "n: %d, y: 1", NULL),
           "E_TOO_LARGE <- {n: 0, y: 1}…> the rows of table `fee` are more than 1000, which only `hit: unique`, `first` and `priority` take | let one row count, or divide the table");
    refuse(long_plan("", KEYS("n", ""), "n: %d, y: 1", "n: '< p', y: 1"), "E_UNKNOWN_NAME <p> there is no name `p`");
    refuse(long_plan(PARAMETERS, KEYS("n", ""), "n: %d, y: 1", "n: '> p', y: 1"),
           "E_CELL <'> p'> this cell is no set of constants, and this table has more than 1000 rows | write values or ranges with both ends known, as in '[1..3]', '>= 7'");
    refuse(long_plan("", KEYS("n, o", ""), "n: %d, y: 1", "n: 2000, o: 'not(3)', y: 1"),
           "E_CELL <'not(3)'> this cell is no set of constants, and this table has more than 1000 rows | write values or ranges with both ends known, as in '[1..3]', '>= 7'");
    refuse(long_plan("", KEYS("t", ""), "t: A%d, y: 1", "t: 'B.*', y: 1"),
           "E_CELL <'B.*'> a pattern that several texts match takes a row of a short table, and this table has more than 1000 rows | write each text in a row of its own, or divide the table");
    refuse(long_plan("", KEYS("n, o", "    hit: first\n"), "n: '<= 9', o: '>= 1', y: %d", NULL),
           "E_TOO_LARGE <fee> the rows of table `fee` are so alike that a claim would have to try hundreds of them | so many rows need a column that tells them apart, by "
           "its values or by ranges that hardly overlap");
    refuse(long_plan("", "    inputs: [n]\n    gives: {y: text}\n    2015-07:\n      source: book\n      rows:\n", "n: %d, y: 1", NULL),
           "E_TOO_LARGE <- {n: 0, y: 1}…> the rows of table `fee` are more than 1000, and `y` is a text | so many rows give numbers, codes, dates or truths; a code can have "
           "a text in a shorter table");
}

HZ_TEST(long_tables_prove_rows_apart)
{
    refuse(long_plan("", KEYS("n, k", ""), "n: %d, k: a, y: 1", "n: '[500..501]', k: [b, c], y: 2"), "");
    refuse(long_plan("", KEYS("n, k", ""), "n: %d, k: a, y: 1", "n: '[1000..1500]', k: [b, a], y: 2"),
           "E_OVERLAP <{n: '[1000..1500]', k: [b, a], y: 2}> this row of table `fee` and one before it can both match | narrow one of the two, or say `hit: first` if the "
           "one before is meant to win\n  <{n: 1000, k: a, y: 1}> the row before");
}

/* ---- Tables that plans share ---- */

static void decide_shared(const char *row, const char *json, const char *expected)
{
    static char table[1 << 17];
    plan_case c;
    size_t at = (size_t)snprintf(table, sizeof table, "inputs: {code: text, n: number}\ngives: {y: CNY}\nalways:\n  source: book\n  rows:\n");
    for (int i = 0; i < MANY; i++) at += (size_t)snprintf(table + at, sizeof table - at, "    - {code: A%d, n: '>= %d', y: %d}\n", i, i % 7, i);
    snprintf(table + at, sizeof table - at, "    - {%s}\n", row);
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
                             {HZ_STR("stay.yaml"), HZ_STR(HEAD INPUTS "tables:\n  fee: {use: fees, with: {code: t}}\n" DUE)},
                             {HZ_STR("tables/fees.yaml"), hz_str_from(table)}};
    if (plan_case_begin_files(&c, files, 3)) {
        HZ_CHECK_STR(plan_case_decide(&c, json), expected);
        HZ_CHECK_STR(plan_case_basis(&c), "tables.fees[1001].y=1000");
    } else {
        HZ_CHECK_STR(rules_case_show(&c.rules), expected);
    }
    plan_case_end(&c);
}

HZ_TEST(long_tables_shared)
{
    decide_shared("code: B, y: 1", CLAIM "\"t\":\"A1000\",\"n\":6}", "paid 100000");
    decide_shared("code: B, y: 2 * n", CLAIM "\"t\":\"A1000\",\"n\":6}",
                  "E_CONTEXT <n> a shared table cannot read `n`, a name of a plan | write a constant; what differs between plans belongs to their own tables");
}
