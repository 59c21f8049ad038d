/* test_cells.c - what a cell of a decision table says of single values at its edges, worked out by hand: a table of one
 * column and one row, asked value by value. How rows work together is in test_tables.c. */
#include "plan_case.h"

#define INPUTS                                                                                        \
    "inputs:\n"                                                                                       \
    "  member: {type: key, zh: 会员}\n"                                                               \
    "  start: {type: date, zh: 起始日}\n"                                                             \
    "  limit: {type: number, zh: 限, scale: 2, range: '[-1000..1000]', optional: true}\n"             \
    "  n: {type: number, zh: 数, scale: 2, range: '[-1000..1000]', optional: true}\n"                 \
    "  d: {type: date, zh: 日, optional: true}\n"                                                     \
    "  t: {type: text, zh: 文, optional: true}\n"                                                     \
    "  b: {type: boolean, zh: 是, optional: true}\n"                                                  \
    "  c: {type: code, zh: 码, values: {x: 甲, y: 乙, z: 丙}, optional: true}\n"

typedef struct row {
    const char *column, *cell; /* as YAML */
    const char *match, *not;   /* values as JSON with spaces between them; null: not given */
} row;

/* Asks each of the values, and reports those that are not answered so. */
static void ask(plan_case *c, const row *asked, const char *values, bool match)
{
    char claim[160];
    for (const char *at = values; *at != '\0';) {
        size_t len = strcspn(at, " ");
        bool null = len == 4 && memcmp(at, "null", 4) == 0;
        int written = snprintf(claim, sizeof claim, "{\"member\":\"m\",\"start\":\"2016-01-01\",\"limit\":5");
        if (!null) snprintf(claim + written, sizeof claim - (size_t)written, ",\"%s\":%.*s}", asked->column, (int)len, at);
        else snprintf(claim + written, sizeof claim - (size_t)written, "}");
        const char *got = plan_case_decide(c, claim), *expected = match ? "paid 100" : "nothing_due 0 ZERO_AMOUNT";
        if (strcmp(got, expected) != 0) fprintf(stderr, "%s: %s of %.*s\n", asked->column, asked->cell, (int)len, at);
        HZ_CHECK_STR(got, expected);
        at += len + (at[len] == ' ');
    }
}

static void run(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char plan[2048];
        plan_case c;
        snprintf(plan, sizeof plan,
                 HEAD INPUTS "tables:\n  it:\n    inputs: [%s]\n    gives: {it: CNY}\n    hit: first\n    always:\n      source: book\n      rows:\n"
                             "        - {%s: %s, it: 1}\n      otherwise: {it: 0}\n"
                             "benefits:\n  due: {zh: 付, amount: it}\n",
                 rows[i].column, rows[i].column, rows[i].cell);
        bool made = plan_case_begin(&c, plan);
        HZ_CHECK(made);
        if (!made) fprintf(stderr, "%s: %s\n%s\n", rows[i].column, rows[i].cell, rules_case_show(&c.rules));
        if (made) {
            ask(&c, &rows[i], rows[i].match, true);
            ask(&c, &rows[i], rows[i].not, false);
        }
        plan_case_end(&c);
    }
}

#define RUN(rows) run((rows), sizeof(rows) / sizeof *(rows))

HZ_TEST(cells_of_numbers)
{
    static const row rows[] = {
        {"n", "3", "3 3.00", "2.99 3.01 -3 null"},
        {"n", "-2.5", "-2.5 -2.50", "2.5 -2.49 null"},
        {"n", "'< 3'", "2.99 -1000", "3 3.01 null"},
        {"n", "'<= 3'", "3 2.99", "3.01 null"},
        {"n", "'> 3'", "3.01 1000", "3 2.99 null"},
        {"n", "'>= 3'", "3 3.01", "2.99 null"},
        {"n", "'[1..3]'", "1 3 2.99", "0.99 3.01 null"},
        {"n", "'(1..3]'", "1.01 3", "1 3.01 null"},
        {"n", "']1..3]'", "1.01 3", "1 3.01 null"},
        {"n", "'[1..3)'", "1 2.99", "3 0.99 null"},
        {"n", "'[1..3['", "1 2.99", "3 0.99 null"},
        {"n", "'(1..3)'", "1.01 2.99", "1 3 null"},
        {"n", "'[3..1]'", "", "1 2 3 null"},
        {"n", "'[2..2]'", "2", "1.99 2.01"},
        {"n", "'1, 3, > 7'", "1 3 7.01", "2 7 0 null"},
        {"n", "'[1..2], [4..5)'", "1 2 4 4.99", "3 5 0.99 null"},
        {"n", "'not(2)'", "1.99 2.01 null", "2"},
        {"n", "'not(1, 3)'", "2 0 null", "1 3"},
        {"n", "'not([1..3])'", "0.99 3.01", "1 3 null"},
        {"n", "'not(< 2)'", "2 2.01", "1.99 null"},
        {"n", "'null'", "null", "0 1"},
        {"n", "'null, 1'", "null 1", "0"},
        {"n", "'not(null)'", "0 1", "null"},
        {"n", "'-'", "0 1 null", ""},
        {"n", "'limit'", "5", "4.99 null"},
        {"n", "'< limit'", "4.99", "5 null"},
        {"n", "'[limit - 1..limit]'", "4 5", "3.99 5.01 null"},
        {"n", "'? * 2 > 5'", "2.51 1000", "2.5 0 null"},
        {"n", "'? > 1 and ? < 3 or ? = 9'", "1.01 2.99 9", "1 3 8.99 null"},
        {"n", "'? = null or ? > 3'", "null 3.01", "3"},
        {"n", "'modulo(?, 2) = 1'", "1 3 -1", "0 2 1.5 null"},
        {"n", "'if ? = null then true else ? < 0'", "null -0.01", "0"},
        {"n", "'1 / 3'", "", "0.33 0.34 null"},
        {"n", "'> 1 / 3'", "0.34", "0.33 null"},
    };
    RUN(rows);
}

HZ_TEST(cells_of_dates)
{
    static const row rows[] = {
        {"d", "2016-02-29", "\"2016-02-29\"", "\"2016-02-28\" \"2016-03-01\" null"},
        {"d", "'< @\"2016-03-01\"'", "\"2016-02-29\" \"0001-01-01\"", "\"2016-03-01\" null"},
        {"d", "'[@\"2016-02-28\"..@\"2016-03-01\")'", "\"2016-02-28\" \"2016-02-29\"", "\"2016-02-27\" \"2016-03-01\" null"},
        {"d", "'> start'", "\"2016-01-02\"", "\"2016-01-01\" null"},
        {"d", "'[start..start + @\"P1M\"]'", "\"2016-01-01\" \"2016-02-01\"", "\"2015-12-31\" \"2016-02-02\" null"},
        {"d", "'not(@\"2016-01-01\")'", "\"2016-01-02\" null", "\"2016-01-01\""},
        {"d", "'? - start > @\"P30D\"'", "\"2016-02-01\" \"9999-12-31\"", "\"2016-01-31\" null"},
        {"d", "'?.month = 2 and ?.day = 29'", "\"2016-02-29\" \"2000-02-29\"", "\"2016-02-28\" \"2016-03-29\" null"},
        {"d", "'?.weekday >= 6'", "\"2016-01-02\" \"2016-01-03\"", "\"2016-01-01\" \"2016-01-04\" null"},
    };
    RUN(rows);
}

HZ_TEST(cells_of_texts_codes_and_booleans)
{
    static const row rows[] = {
        {"t", "C50", "\"C50\"", "\"C500\" \"c50\" \"xC50\" \"\" null"},
        {"t", "'C50(\\.\\d+)?'", "\"C50\" \"C50.9\" \"C50.911\"", "\"C50.\" \"C51\" null"},
        {"t", "[C50, D05]", "\"C50\" \"D05\"", "\"C51\" \"C50,D05\" null"},
        {"t", "'a|b'", "\"a\" \"b\"", "\"ab\" \"c\" null"},
        {"t", "'.'", "\"a\" \"𠮷\"", "\"\" \"ab\" \"\\n\" null"},
        {"t", "'-'", "\"a\" \"\" null", ""},
        {"c", "x", "\"x\"", "\"y\" null"},
        {"c", "[x, z]", "\"x\" \"z\"", "\"y\" null"},
        {"c", "'-'", "\"x\" null", ""},
        {"b", "true", "true", "false null"},
        {"b", "false", "false", "true null"},
    };
    RUN(rows);
}
