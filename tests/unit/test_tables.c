/* test_tables.c - what decision tables mean: random tables of every hit policy against a slow reference, each over every
 * combination of given and absent inputs; then dates, unknown versions, what an answer stands on. Messages about wrong
 * tables are in test_tables_errors.c and in the golden files.
 */
#include "plan_case.h"

#define TEXTS ", zh: 文, en: text, source: book}\n"

/* ---- A slow reference ---- */

enum { KIND, LEVEL, CARD, LATE, COLUMNS };
enum { ROWS_MOST = 4, VALUES = 3 };
enum { FAILS, HOLDS, OPEN };
enum { NOT_0 = 6 }; /* of LATE: null is not 0, by FEEL */

typedef struct slow_row {
    uint8_t set[COLUMNS]; /* bit per value that passes; 0: any value, null too */
    bool limited;         /* and level <= limit, an input of its own, in the place of a set */
    int gives;            /* 1, 2, 3 */
} slow_row;

typedef struct slow_table {
    int hit;
    uint32_t count;
    slow_row rows[ROWS_MOST];
    bool otherwise;       /* gives 7 */
} slow_table;

/* A value per column, -1: absent; of LATE that is null. */
typedef struct slow_claim {
    int value[COLUMNS], limit;
} slow_claim;

static uint32_t random_to(uint64_t *seed, uint32_t end)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 33) % end;
}

static int row_state(const slow_row *row, const slow_claim *claim)
{
    int state = HOLDS;
    for (int c = 0; c < COLUMNS; c++) {
        int each = HOLDS, value = claim->value[c];
        bool limited = c == LEVEL && row->limited;
        if (!limited && row->set[c] == 0) continue;
        if (limited && (value < 0 || claim->limit < 0)) each = OPEN;
        else if (limited) each = value <= claim->limit ? HOLDS : FAILS;
        else if (value < 0 && c == LATE) each = row->set[c] == NOT_0 ? HOLDS : FAILS;
        else if (value < 0) each = OPEN;
        else each = (row->set[c] >> value & 1) != 0 ? HOLDS : FAILS;
        if (each == FAILS) return FAILS;
        if (each == OPEN) state = OPEN;
    }
    return state;
}

/* Some value of each column passes both, as far as the file says. */
static bool rows_meet(const slow_row *a, const slow_row *b)
{
    for (int c = 0; c < COLUMNS; c++) {
        int x = a->set[c] == 0 ? 7 : a->set[c], y = b->set[c] == 0 ? 7 : b->set[c];
        if ((x & y) == 0) return false;
    }
    return true;
}

static bool refused(const slow_table *table)
{
    for (uint32_t b = 0; b < table->count && table->hit <= HZ_HIT_ANY; b++)
        for (uint32_t a = 0; a < b; a++) {
            const slow_row *x = &table->rows[a], *y = &table->rows[b];
            if (rows_meet(x, y) && !x->limited && !y->limited && (table->hit == HZ_HIT_UNIQUE || x->gives != y->gives)) return true;
        }
    return false;
}

/* One that may be alone: 0 two rows, -1 open, -2 none, else what it gives. */
static int the_one(const slow_table *table, const int *states)
{
    int found = -2;
    bool open = false;
    for (uint32_t i = 0; i < table->count; i++) {
        if (states[i] == HOLDS && found == -2) found = table->rows[i].gives;
        open = open || states[i] == OPEN;
    }
    for (uint32_t b = 0; b < table->count; b++)
        for (uint32_t a = 0; a < b; a++)
            if (states[a] == HOLDS && states[b] == HOLDS && (table->hit == HZ_HIT_UNIQUE || table->rows[a].gives != table->rows[b].gives)) return 0;
    if (found == -2) return open ? -1 : -2;
    for (uint32_t b = 0; b < table->count; b++)
        for (uint32_t a = 0; a < b; a++) {
            bool may = rows_meet(&table->rows[a], &table->rows[b]) && states[a] != FAILS && states[b] != FAILS && (states[a] == OPEN || states[b] == OPEN);
            if (may && (table->hit == HZ_HIT_UNIQUE || table->rows[a].gives != table->rows[b].gives)) return -1;
        }
    return found;
}

static int in_order(const slow_table *table, const int *states)
{
    for (int rank = 1; rank <= 3; rank++)
        for (uint32_t i = 0; i < table->count; i++) {
            bool counts = table->hit == HZ_HIT_FIRST ? rank == 1 : table->rows[i].gives == rank;
            if (!counts || states[i] == FAILS) continue;
            return states[i] == OPEN ? -1 : table->rows[i].gives;
        }
    return -2;
}

static int collected(const slow_table *table, const int *states)
{
    int sum = 0, count = 0, least = 9, most = 0;
    for (uint32_t i = 0; i < table->count; i++) {
        int gives = table->rows[i].gives;
        if (states[i] == OPEN) return -1;
        if (states[i] == FAILS) continue;
        sum += gives;
        count++;
        least = gives < least ? gives : least;
        most = gives > most ? gives : most;
    }
    if (table->hit == HZ_HIT_COUNT) return count == 0 ? 100 : count;
    if (count == 0) return -2;
    return table->hit == HZ_HIT_SUM ? sum : table->hit == HZ_HIT_MIN ? least : most;
}

static int answer(const slow_table *table, const slow_claim *claim)
{
    int states[ROWS_MOST] = {0};
    for (uint32_t i = 0; i < table->count; i++) states[i] = row_state(&table->rows[i], claim);
    int found = table->hit <= HZ_HIT_ANY ? the_one(table, states) : table->hit <= HZ_HIT_FIRST ? in_order(table, states) : collected(table, states);
    return found == -2 && table->otherwise ? 7 : found;
}

/* ---- The same as a rule file ---- */

static void write_set(hz_buf *out, int column, int set)
{
    static const char *const kinds[] = {"a", "b", "c"};
    static const char *const names[] = {"kind", "level", "card", "late"};
    static const char *const tests[] = {"", "'1'", "'2'", "'[1..2]'", "'3'", "'1, 3'", "'>= 2'", "'(0..3]'"};
    static const char *const lates[] = {"", "0", "'? = 1'", "'< 2'", "'> 1'", "'0, 2'", "'not(0)'", "'not(> 2)'"};
    if (set == 0) return;
    hz_buf_printf(out, "%s: ", names[column]);
    if (column == LEVEL) hz_buf_printf(out, "%s, ", tests[set]);
    else if (column == LATE) hz_buf_printf(out, "%s, ", lates[set]);
    else if (column == CARD) hz_buf_printf(out, "%s, ", set == 1 ? "false" : set == 2 ? "true" : "[true, false]");
    else {
        hz_buf_add_char(out, '[');
        for (int i = 0, first = 1; i < VALUES; i++)
            if ((set >> i & 1) != 0) {
                hz_buf_printf(out, "%s%s", first ? "" : ", ", kinds[i]);
                first = 0;
            }
        hz_buf_add_literal(out, "], ");
    }
}

static void write_plan(hz_buf *out, const slow_table *table)
{
    static const char *const hits[] = {"unique", "any", "priority", "first", "collect sum", "collect min", "collect max", "collect count"};
    bool priority = table->hit == HZ_HIT_PRIORITY;
    hz_buf_reset(out);
    hz_buf_add_literal(out, "plan: stay\ntitle: {zh: 住院, en: Stay}\nfrom: 2015-07\ndated by: start\ninputs:\n"
                            "  start: {type: date, zh: 起始日}\n  kind: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"
                            "  level: {type: count, zh: 级, range: '[1..3]'}\n  card: {type: boolean, zh: 持卡}\n"
                            "  late: {type: count, zh: 迟, range: '[0..2]', optional: true}\n  limit: {type: count, zh: 限, range: '[1..3]'}\n"
                            "tables:\n  due:\n    inputs: [kind, level, card, late]\n");
    hz_buf_printf(out, "    gives: %s\n    hit: %s\n    always:\n      source: book\n      rows:\n",
                  priority ? "{rank: {type: code, values: {r1: 一, r2: 二, r3: 三}}}" : "{paid: CNY}", hits[table->hit]);
    for (uint32_t i = 0; i < table->count; i++) {
        const slow_row *row = &table->rows[i];
        hz_buf_add_literal(out, "        - {");
        for (int c = 0; c < COLUMNS; c++) {
            if (c == LEVEL && row->limited) hz_buf_add_literal(out, "level: '<= limit', ");
            else write_set(out, c, row->set[c]);
        }
        if (table->hit == HZ_HIT_COUNT) hz_buf_printf(out, "note: %d}\n", row->gives);
        else hz_buf_printf(out, priority ? "rank: r%d}\n" : "paid: %d}\n", row->gives);
    }
    if (table->otherwise) hz_buf_printf(out, "      otherwise: {paid: 7}\n");
    hz_buf_printf(out, "benefits:\n  due_now:\n    zh: 付\n    amount: %s\n",
                  priority                     ? "'if rank = \"r1\" then 1 else if rank = \"r2\" then 2 else 3'"
                  : table->hit == HZ_HIT_COUNT ? "if paid = 0 then 100 else paid"
                                               : "paid");
}

static void random_table(slow_table *table, int hit, uint64_t *seed)
{
    *table = (slow_table){.hit = hit, .count = 1 + random_to(seed, ROWS_MOST)};
    for (uint32_t i = 0; i < table->count; i++) {
        slow_row *row = &table->rows[i];
        for (int c = 0; c < COLUMNS; c++)
            if (random_to(seed, 3) != 0) row->set[c] = (uint8_t)(1 + random_to(seed, c == CARD ? 3 : 7));
        row->limited = random_to(seed, 3) == 0;
        if (row->limited) row->set[LEVEL] = 0;
        row->gives = 1 + (int)random_to(seed, 3);
    }
    table->otherwise = hit != HZ_HIT_COUNT && hit != HZ_HIT_PRIORITY && random_to(seed, 3) == 0;
}

static void write_claim(char *out, size_t room, const slow_claim *claim)
{
    size_t at = (size_t)snprintf(out, room, "{\"start\":\"2016-01-01\"");
    const int *v = claim->value;
    if (v[KIND] >= 0) at += (size_t)snprintf(out + at, room - at, ",\"kind\":\"%c\"", 'a' + v[KIND]);
    if (v[LEVEL] >= 0) at += (size_t)snprintf(out + at, room - at, ",\"level\":%d", v[LEVEL] + 1);
    if (v[CARD] >= 0) at += (size_t)snprintf(out + at, room - at, ",\"card\":%s", v[CARD] != 0 ? "true" : "false");
    if (v[LATE] >= 0) at += (size_t)snprintf(out + at, room - at, ",\"late\":%d", v[LATE]);
    if (claim->limit >= 0) at += (size_t)snprintf(out + at, room - at, ",\"limit\":%d", claim->limit + 1);
    snprintf(out + at, room - at, "}");
}

/* What is named as missing is absent, and with all that is named the answer goes on to something else. */
static bool asks_rightly(const hz_decision *decision, const slow_table *table, const slow_claim *claim)
{
    static const char *const names[] = {"kind", "level", "card", "late", "limit"};
    slow_claim fuller = *claim;
    for (uint32_t m = 0; m < decision->missing_count; m++)
        for (int i = 0; i < 5; i++) {
            int *value = i < COLUMNS ? &fuller.value[i] : &fuller.limit;
            if (!hz_str_is(decision->missing[m], names[i])) continue;
            if (*value >= 0) return false;
            *value = 0;
        }
    (void)table;
    return decision->missing_count > 0;
}

static bool same_answer(plan_case *c, const slow_table *table, const slow_claim *claim)
{
    char json[160];
    int expected = answer(table, claim);
    write_claim(json, sizeof json, claim);
    const char *shown = plan_case_decide(c, json);
    char wanted[32];
    if (expected == -1) return HZ_CHECK(strncmp(shown, "incomplete", 10) == 0) && HZ_CHECK(asks_rightly(&c->decision, table, claim));
    snprintf(wanted, sizeof wanted, expected == 0 ? "error R_TWO_ROWS" : expected == -2 ? "error R_NO_ROW" : "paid %d00", expected);
    return HZ_CHECK_STR(shown, wanted);
}

static void try_table(const slow_table *table, hz_buf *text, uint32_t *tried)
{
    plan_case c;
    slow_claim claim;
    write_plan(text, table);
    bool good = plan_case_begin(&c, hz_buf_text(text).at);
    if (!good || refused(table)) {
        HZ_CHECK(!good && refused(table));
        if (good) HZ_CHECK_STR("refused", hz_buf_text(text).at);
        if (!good && !refused(table)) HZ_CHECK_STR(rules_case_show(&c.rules), hz_buf_text(text).at);
        if (!good) HZ_CHECK(c.rules.diags.list.count > 0 && c.rules.diags.list.at[0].code == HZ_E_OVERLAP);
    } else {
        bool same = true;
        ++*tried;
        for (int i = 0; i < 4 * 4 * 3 * 4 * 4 && same; i++) {
            claim = (slow_claim){{i % 4 - 1, i / 4 % 4 - 1, i / 16 % 3 - 1, i / 48 % 4 - 1}, i / 192 - 1};
            same = same_answer(&c, table, &claim);
            if (same) continue;
            char json[160];
            write_claim(json, sizeof json, &claim);
            HZ_CHECK_STR(json, hz_buf_text(text).at);
        }
    }
    plan_case_end(&c);
}

HZ_TEST(tables_against_slow_reference)
{
    hz_buf text;
    hz_buf_begin(&text, &hz_alloc_libc);
    uint64_t seed = 20250701;
    for (int hit = HZ_HIT_UNIQUE; hit <= HZ_HIT_COUNT; hit++) {
        uint32_t tried = 0;
        for (int i = 0; i < 400 && tried < 25; i++) {
            slow_table table;
            random_table(&table, hit, &seed);
            try_table(&table, &text, &tried);
        }
        HZ_CHECK(tried == 25);
    }
    hz_buf_end(&text);
}

/* ---- By hand ---- */

#define INPUTS                                                                                                         \
    "inputs:\n  member: {type: key, zh: 会员}\n  start: {type: date, zh: 起始日}\n"                                    \
    "  kind: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n  days: {type: count, zh: 天数}\n"                 \
    "  extra: {type: money, zh: 附加, optional: true}\n"

#define BASE "\"member\":\"m\",\"start\":\"2016-01-01\""

typedef struct row {
    const char *claim, *expected, *basis;
} row;

static void run(const char *plan, const row *rows, size_t count)
{
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; c.plans != NULL && i < count; i++) {
        HZ_CHECK_STR(plan_case_decide(&c, rows[i].claim), rows[i].expected);
        if (rows[i].basis != NULL) HZ_CHECK_STR(plan_case_basis(&c), rows[i].basis);
    }
    plan_case_end(&c);
}

#define RUN(plan, rows) run((plan), (rows), sizeof(rows) / sizeof *(rows))

HZ_TEST(tables_by_date)
{
    static const char plan[] = HEAD INPUTS
        "parameters:\n"
        "  low:\n    unit: CNY\n    2015-07: {value: 1, source: book}\n"
        "  high:\n    unit: CNY\n    2015-07: {value: 5, source: book}\n    2017-01: {value: 6, assumed: 猜}\n"
        "  newer:\n    unit: CNY\n    2018-01: {value: 9, source: book}\n"
        "tables:\n"
        "  rate:\n    inputs: [kind, days]\n    gives: {rate: CNY, covered: boolean}\n"
        "    2015-07:\n      source: book\n      rows:\n"
        "        - {kind: a, rate: low, covered: true}\n"
        "        - {kind: b, days: '< 3', rate: low, covered: false, id: short, assumed: 猜}\n"
        "        - {kind: b, days: '>= 3', rate: high, covered: true}\n"
        "    2018-01:\n      assumed: 沿用\n      rows:\n"
        "        - {kind: [a, b], rate: newer, covered: true}\n"
        "      otherwise: {rate: 2.5, covered: false}\n"
        "    2020-01: {unknown: 未公布}\n"
        "eligibility:\n  - {code: COVERED, require: covered or days < 2" TEXTS
        "benefits:\n  due:\n    zh: 付\n    amount: rate * days\n";
    static const row rows[] = {
        {"{" BASE ",\"kind\":\"a\",\"days\":2}", "paid 200", "low=1"},
        {"{" BASE ",\"kind\":\"b\",\"days\":1}", "paid 100", "low=1 rate[short]*"},
        {"{" BASE ",\"kind\":\"b\",\"days\":2}", "refused COVERED", "rate[short]*"},
        {"{" BASE ",\"kind\":\"b\",\"days\":3}", "paid 1500", "high=5"},
        {"{" BASE ",\"kind\":\"c\",\"days\":3}", "error R_NO_ROW", NULL},
        {"{" BASE ",\"kind\":\"a\"}", "incomplete MISSING(days)", NULL},
        {"{" BASE ",\"days\":3}", "incomplete MISSING(kind)", NULL},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"kind\":\"b\",\"days\":3}", "paid 1800", "high=6*"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"kind\":\"b\",\"days\":2}", "paid 1800", "newer=9 rate[1]*"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"kind\":\"c\",\"days\":1}", "paid 250", "rate[otherwise]* rate[otherwise].rate=2.5"},
        {"{\"member\":\"m\",\"start\":\"2020-01-01\",\"kind\":\"c\",\"days\":1}", "undetermined UNKNOWN_VALUE(rate)", NULL},
    };
    RUN(plan, rows);
}

HZ_TEST(tables_read_lazily)
{
    /* Only the row taken counts: an unknown figure or a missing input of another row is not asked for. */
    static const char plan[] = HEAD INPUTS
        "parameters:\n"
        "  secret:\n    unit: CNY\n    2015-07: {unknown: 未公布}\n"
        "  shaky:\n    unit: days\n    2015-07: {value: 4, assumed: 猜}\n"
        "tables:\n"
        "  rate:\n    inputs: [kind, days]\n    gives: {rate: CNY}\n    hit: first\n    always:\n      source: book\n      rows:\n"
        "        - {kind: a, rate: secret}\n"
        "        - {kind: b, days: '<= shaky', rate: 1}\n"
        "        - {kind: b, rate: days * 2}\n"
        "        - {rate: 3}\n"
        "benefits:\n  due:\n    zh: 付\n    amount: rate\n";
    static const row rows[] = {
        {"{" BASE ",\"kind\":\"a\"}", "undetermined UNKNOWN_VALUE(secret)", NULL},
        {"{" BASE ",\"kind\":\"b\",\"days\":4}", "paid 100", "shaky=4* rate[2].rate=1"},
        {"{" BASE ",\"kind\":\"b\",\"days\":5}", "paid 1000", "shaky=4*"},
        {"{" BASE ",\"kind\":\"b\"}", "incomplete MISSING(days)", NULL},
        {"{" BASE ",\"kind\":\"c\"}", "paid 300", "rate[4].rate=3"},
        {"{" BASE "}", "incomplete MISSING(kind)", NULL},
    };
    RUN(plan, rows);
}

HZ_TEST(tables_of_dates_and_periods)
{
    static const char plan[] = HEAD INPUTS
        "  born: {type: date, zh: 生日}\n"
        "tables:\n"
        "  wait:\n    inputs: [born]\n    gives: {wait: period, from_day: date, free: boolean}\n    hit: any\n    always:\n      source: book\n      rows:\n"
        "        - {born: '< @\"1980-01-01\"', wait: P30D, from_day: 2016-02-01, free: false}\n"
        "        - {born: '[@\"1980-01-01\"..@\"1990-12-31\"]', wait: P15D, from_day: start, free: days > 3}\n"
        "        - {born: 1999-09-09, wait: P1D, from_day: start + @\"P1D\", free: true}\n"
        "      otherwise: {wait: P0D, from_day: start, free: true}\n"
        "benefits:\n  due:\n    zh: 付\n    amount: max(0, (if free then 100 else 0) + (from_day + wait - start).days)\n";
    static const row rows[] = {
        {"{" BASE ",\"born\":\"1979-12-31\"}", "paid 6100", NULL},
        {"{" BASE ",\"born\":\"1980-01-01\",\"days\":4}", "paid 11500", NULL},
        {"{" BASE ",\"born\":\"1999-09-09\"}", "paid 10200", NULL},
        {"{" BASE ",\"born\":\"2000-01-01\"}", "paid 10000", NULL},
        {"{" BASE "}", "incomplete MISSING(born)", NULL},
    };
    RUN(plan, rows);
}

HZ_TEST(tables_with_a_date_of_their_own)
{
    static const char plan[] = HEAD INPUTS
        "  happened: {type: date, zh: 事故日}\n"
        "tables:\n"
        "  rate:\n    inputs: [kind]\n    gives: {rate: CNY}\n    dated by: happened\n    2016-01:\n      source: book\n      rows:\n"
        "        - {kind: a, rate: 1}\n"
        "    2017-01:\n      source: book\n      rows:\n        - {kind: [a, b], rate: extra}\n"
        "benefits:\n  due:\n    zh: 付\n    amount: 'if rate != null then rate else 0'\n";
    static const row rows[] = {
        {"{" BASE ",\"kind\":\"a\",\"happened\":\"2016-12-31\"}", "paid 100", NULL},
        {"{" BASE ",\"kind\":\"b\",\"happened\":\"2016-12-31\"}", "error R_NO_ROW", NULL},
        {"{" BASE ",\"kind\":\"b\",\"happened\":\"2017-01-01\",\"extra\":4}", "paid 400", NULL},
        {"{" BASE ",\"kind\":\"b\",\"happened\":\"2017-01-01\"}", "nothing_due 0 ZERO_AMOUNT", NULL},
        {"{" BASE ",\"kind\":\"a\",\"happened\":\"2015-12-31\"}", "error R_NOT_IN_FORCE", NULL},
        {"{" BASE ",\"kind\":\"a\"}", "incomplete MISSING(happened)", NULL},
    };
    RUN(plan, rows);
}

/* ---- Many rows ---- */

/* A cell of the first row and one of the last, of an optional number: are they refused as both matching? 40 rows of another
 * kind lie between. */
static void check_far_rows(const char *first, const char *last, bool meet)
{
    plan_case c;
    hz_buf text;
    hz_buf_begin(&text, &hz_alloc_libc);
    hz_buf_add_literal(&text, "plan: stay\ntitle: {zh: 住院, en: Stay}\nfrom: 2015-07\ndated by: start\ninputs:\n"
                              "  start: {type: date, zh: 起始日}\n  kind: {type: code, zh: 类别, values: {a: 甲, b: 乙}}\n"
                              "  late: {type: count, zh: 迟, range: '[0..90]', optional: true}\n  limit: {type: count, zh: 限, range: '[0..90]'}\n"
                              "tables:\n  due:\n    inputs: [late, kind]\n    gives: {paid: CNY}\n    always:\n      source: book\n      rows:\n");
    hz_buf_printf(&text, "        - {kind: a, %s, paid: 1}\n", first);
    for (int i = 0; i < 40; i++) hz_buf_printf(&text, "        - {kind: b, late: %d, paid: 1}\n", i);
    hz_buf_printf(&text, "        - {kind: a, %s, paid: 2}\n      otherwise: {paid: 7}\n", last);
    hz_buf_add_literal(&text, "benefits:\n  due_now:\n    zh: 付\n    amount: 'if limit = 0 then 0 else paid'\n");
    bool good = plan_case_begin(&c, hz_buf_text(&text).at);
    if (!HZ_CHECK(good == !meet)) HZ_CHECK_STR(first, last);
    if (!good) HZ_CHECK(c.rules.diags.list.at[0].code == HZ_E_OVERLAP);
    plan_case_end(&c);
    hz_buf_end(&text);
}

HZ_TEST(tables_of_many_rows)
{
    check_far_rows("late: '[3..5]'", "late: 5", true);
    check_far_rows("late: '[3..5]'", "late: 6", false);
    check_far_rows("late: '[3..5)'", "late: 5", false);
    check_far_rows("late: 6", "late: '[3..5]'", false);
    check_far_rows("late: '1, 9'", "late: '4, 9'", true);
    check_far_rows("late: '1, 9'", "late: 4", false);
    check_far_rows("late: 'not(3)'", "late: 3", false);
    check_far_rows("late: 'not(3)'", "late: 4", true);
    check_far_rows("late: 'null'", "late: '<= 90'", false);
    check_far_rows("note: any", "late: 'null'", true);
    /* Left to claims. */
    check_far_rows("late: 'not(3)'", "late: 'null'", false);
    check_far_rows("late: 'null'", "late: 'null'", false);
    check_far_rows("late: '<= limit'", "late: 9", false);
}

/* ---- Texts ---- */

#define TEXTS_HEAD                                                                                                       \
    "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2015-07\ndated by: start\ninputs:\n"                                       \
    "  start: {type: date, zh: 起}\n  kind: {type: code, zh: 类, values: {a: 甲, b: 乙, c: 丙}}\n"                         \
    "  size: {type: count, zh: 大, optional: true, range: '[0..9]'}\n  name: {type: text, zh: 名, optional: true}\n"

typedef struct text_claim {
    const char *claim, *expected;
} text_claim;

static void decide_all(const char *plan, const char *const *settings, const text_claim *claims, size_t count)
{
    plan_case c;
    HZ_CHECK(plan_case_begin_set(&c, plan, settings));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; c.plans != NULL && i < count; i++) HZ_CHECK_STR(plan_case_decide(&c, claims[i].claim), claims[i].expected);
    plan_case_end(&c);
}

#define DECIDE_ALL(plan, settings, claims) decide_all((plan), (settings), (claims), sizeof(claims) / sizeof *(claims))

#define GIVES_TEXTS                                                                                                       \
    TEXTS_HEAD                                                                                                            \
    "tables:\n  t:\n    inputs: [kind]\n    gives: {word: text, most: CNY}\n    2015-07:\n      source: book\n      rows:\n" \
    "        - {kind: a, word: 住院, most: 1}\n        - {kind: b, word: kind, most: 2}\n"                              \
    "    2018-01: {unknown: 未公布}\n    2019-01:\n      source: book\n      rows:\n"                                       \
    "        - {kind: a, word: '', most: 3}\n        - {kind: b, word: ' x ', most: 4}\n        - {kind: c, word: 'null', most: 5}\n" \
    "eligibility:\n  - {code: NO, require: 'word != \"kind\"', source: book, zh: 属于<word>, en: it is <word>}\n"       \
    "benefits:\n  due:\n    zh: 付\n    amount: most * string length(word)\n"

/* A text stands as it is: `kind` is a word here and no name; spaces in quotes count. */
HZ_TEST(tables_give_texts)
{
    static const text_claim claims[] = {
        {"{\"start\":\"2016-01-01\",\"kind\":\"a\"}", "paid 200"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\"}", "refused NO"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"c\"}", "error R_NO_ROW"},
        {"{\"start\":\"2016-01-01\"}", "incomplete MISSING(kind)"},
        {"{\"start\":\"2018-01-01\",\"kind\":\"a\"}", "undetermined UNKNOWN_VALUE(word) UNKNOWN_VALUE(most)"},
        {"{\"start\":\"2019-01-01\",\"kind\":\"a\"}", "nothing_due 0 ZERO_AMOUNT"},
        {"{\"start\":\"2019-01-01\",\"kind\":\"b\"}", "paid 1200"},
        {"{\"start\":\"2019-01-01\",\"kind\":\"c\"}", "paid 2000"},
    };
    DECIDE_ALL(GIVES_TEXTS, NULL, claims);
}

HZ_TEST(tables_texts_are_set)
{
    static const char *const set[] = {"stay.t[2].word = \"病\" from 2016-01 until 2017-01", NULL};
    static const char *const wrong[] = {"stay.t[2].word = 3", NULL};
    static const text_claim claims[] = {
        {"{\"start\":\"2015-12-31\",\"kind\":\"b\"}", "refused NO"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\"}", "paid 200"},
        {"{\"start\":\"2017-01-01\",\"kind\":\"b\"}", "refused NO"},
    };
    plan_case c;
    DECIDE_ALL(GIVES_TEXTS, set, claims);
    HZ_CHECK(!plan_case_begin_set(&c, GIVES_TEXTS, wrong));
    HZ_CHECK(strstr(rules_case_show(&c.rules), "E_SCENARIO_VALUE") != NULL);
    plan_case_end(&c);
}

#define PRICES                                                                                                             \
    "benefits:\n  due:\n    zh: 付\n    amount: 'if word = \"abc\" then 1 else if word = \"b\" then 2 else if word = \"甲\" then 3 else 4'\n"

/* By Unicode's code points, as `<` of texts. */
HZ_TEST(tables_texts_least_and_greatest)
{
    static const char rows[] = "    gives: {word: text}\n    always:\n      source: book\n      rows:\n"
                               "        - {size: '> 2', word: b}\n        - {size: '> 4', word: 甲}\n        - {size: '[3..6]', word: abc}\n"
                               "        - {kind: a, word: b}\n      otherwise: {word: other}\n" PRICES;
    static const text_claim least[] = {
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":5}", "paid 100"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":7}", "paid 200"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":0}", "paid 400"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"a\"}", "paid 200"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\"}", "paid 400"},
        {"{\"start\":\"2016-01-01\",\"size\":5}", "incomplete MISSING(kind)"},
    };
    static const text_claim greatest[] = {
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":5}", "paid 300"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":4}", "paid 200"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"c\"}", "paid 400"},
        {"{\"start\":\"2016-01-01\",\"size\":7}", "incomplete MISSING(kind)"},
    };
    static char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", TEXTS_HEAD, "tables:\n  t:\n    inputs: [kind, size]\n    hit: collect min\n", rows);
    DECIDE_ALL(plan, NULL, least);
    snprintf(plan, sizeof plan, "%s%s%s", TEXTS_HEAD, "tables:\n  t:\n    inputs: [kind, size]\n    hit: collect max\n", rows);
    DECIDE_ALL(plan, NULL, greatest);
}

/* A row that is open clouds the text only where it could decide; `any` compares texts. */
HZ_TEST(tables_texts_where_rows_are_open)
{
    static const char any[] = TEXTS_HEAD "tables:\n  t:\n    inputs: [kind, size, name]\n    hit: any\n    gives: {word: text}\n"
                                         "    always:\n      source: book\n      rows:\n"
                                         "        - {kind: a, word: 甲}\n        - {size: '? > string length(name)', word: 甲}\n"
                                         "        - {name: 'b+', size: '? * 2 > string length(name)', word: 乙}\n" PRICES;
    static const text_claim claims[] = {
        {"{\"start\":\"2016-01-01\",\"kind\":\"a\",\"size\":3,\"name\":\"c\"}", "paid 300"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":3,\"name\":\"c\"}", "paid 300"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":2,\"name\":\"bbb\"}", "paid 400"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":4,\"name\":\"bbb\"}", "error R_TWO_ROWS"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"b\",\"size\":1,\"name\":\"c\"}", "error R_NO_ROW"},
        {"{\"start\":\"2016-01-01\",\"kind\":\"a\"}", "paid 300"},
        {"{\"start\":\"2016-01-01\",\"size\":9,\"name\":\"c\"}", "paid 300"},
        {"{\"start\":\"2016-01-01\",\"size\":1,\"name\":\"c\"}", "incomplete MISSING(kind)"},
    };
    DECIDE_ALL(any, NULL, claims);
}
