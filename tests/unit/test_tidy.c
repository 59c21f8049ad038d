/* test_tidy.c - rule files in the house style (huzhu_rules_tidy), and their JSON Schema, through the public header. */
#include "harness/harness.h"
#include "harness/leak.h"

#include <huzhu/huzhu.h>

/* What a text becomes; it stays so when tidied again. */
static void check_tidy(const char *before, const char *after)
{
    huzhu_output *once = NULL, *twice = NULL;
    huzhu_diagnostics *diagnostics = NULL;
    HZ_CHECK(huzhu_output_new(NULL, &once) == HUZHU_OK && huzhu_output_new(NULL, &twice) == HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    huzhu_file file = {"plan.yaml", before, strlen(before)};
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, diagnostics, once), HUZHU_OK);
    HZ_CHECK_STR(huzhu_diagnostics_text(diagnostics).data, "");
    huzhu_text text = huzhu_output_text(once);
    HZ_CHECK_STR(text.data, after);
    file = (huzhu_file){"plan.yaml", text.data, text.size};
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, NULL, twice), HUZHU_OK);
    HZ_CHECK_STR(huzhu_output_text(twice).data, text.data);
    huzhu_diagnostics_free(diagnostics);
    huzhu_output_free(once);
    huzhu_output_free(twice);
}

HZ_TEST(tidy_levels)
{
    check_tidy("", "");
    check_tidy("\n\n# only a comment", "# only a comment\n");
    check_tidy("a:   1\nb :  2  \n\n\n\nc: 3", "a: 1\nb: 2\n\nc: 3\n");
    check_tidy("a:\n    b:\n       c: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n");
    check_tidy("caps:\n- code: A\n  over:  a\n-   code: B\n    over: [a,b , c]\n", "caps:\n  - code: A\n    over: a\n  - code: B\n    over: [a, b, c]\n");
    check_tidy("- - a\n  -   b\n- {}\n-\n- [ ]\n", "- - a\n  - b\n- {}\n-\n- []\n");
    check_tidy("amount:\n  max(0, x)\n", "amount: max(0, x)\n");
    check_tidy("---\na: 1\n...\n", "a: 1\n");
    check_tidy("\xEF\xBB\xBF" "a:\r\n    b: 1\r\n", "a:\n  b: 1\n");
    check_tidy("a: 'x: y'\n\"b\":   \"q\\\"\"\n", "a:   'x: y'\n\"b\": \"q\\\"\"\n");
}

HZ_TEST(tidy_comments)
{
    check_tidy("# head\n\na:  # of a\n    # of b\n    b: 1\n    # c: 2\n# of d\nd: 3 # end\n",
               "# head\n\na:  # of a\n  # of b\n  b: 1\n  # c: 2\n# of d\nd: 3  # end\n");
    check_tidy("a:                # far\n    b: 1          # stays in its column\n    long_name_that_moves: 1 # not\n",
               "a:                # far\n  b: 1            # stays in its column\n  long_name_that_moves: 1   # not\n");
    check_tidy("list:\n\n    # ruler\n\n    - a: 1\n      # of the item\n      b: 2\n    # of the list\n\n    # end\n",
               "list:\n\n  # ruler\n\n  - a: 1\n    # of the item\n    b: 2\n  # of the list\n\n  # end\n");
    check_tidy("amount:  # why\n  # more\n  x\n", "# why\n# more\namount: x\n");
    check_tidy("list:\n  - # why\n    a\n", "list:\n  # why\n  - a\n");
}

HZ_TEST(tidy_columns)
{
    check_tidy("p:\n  2011-01-01: {value: 4, source: a}\n  2015-07: {value: 22, source: b}\n  2016-01: none\n",
               "p:\n  2011-01-01: {value: 4,  source: a}\n  2015-07:    {value: 22, source: b}\n  2016-01:    none\n");
    check_tidy("i:\n  m: {type: key, zh: 会员}\n  stay: {type: date, zh: 入院日}\n  x: {type: count, zh: 天, range: '[0..9]'}\n",
               "i:\n  m:    {type: key,   zh: 会员}\n  stay: {type: date,  zh: 入院日}\n  x:    {type: count, zh: 天, range: '[0..9]'}\n");
    check_tidy("rows:\n  - {a: 医院, b: x}\n  - {a: y, b: z}\n\n  - {a: longer than those, b: z}\n",
               "rows:\n  - {a: 医院, b: x}\n  - {a: y,    b: z}\n\n  - {a: longer than those, b: z}\n");
    /* One line with spaces asks for a column; two names alone do not make one. */
    check_tidy("a:  1\nlong: 2\n", "a:    1\nlong: 2\n");
    check_tidy("given: {a: 1}\nexpect: {b: 1}\n", "given: {a: 1}\nexpect: {b: 1}\n");
    /* A cell much wider than the others is no column. */
    check_tidy("r:\n  - {a: x, b: 1}\n  - {a: a very long text that nobody wants to see in a table, b: 1}\n",
               "r:\n  - {a: x, b: 1}\n  - {a: a very long text that nobody wants to see in a table, b: 1}\n");
}

HZ_TEST(tidy_texts_over_lines)
{
    check_tidy("a:\n    b: |-\n          one\n            two  \n\n          three\n    c: 1\n",
               "a:\n  b: |-\n    one\n      two  \n\n    three\n  c: 1\n");
    check_tidy("- |+ # keeps\n     x\n\n\n- |2\n    indented\n", "- |+  # keeps\n  x\n\n\n- |2\n    indented\n");
    check_tidy("a: {\n      b: 1,  # one\n   c: [1,\n  2]\n  }\nd: 1\n", "a: {\n      b: 1,  # one\n   c: [1,\n  2]\n  }\nd: 1\n");
    check_tidy("x:\n    a: {b: 1,\n        c: 2}\n    d: {e: , f: 1}\n", "x:\n  a: {b: 1,\n      c: 2}\n  d: {e: , f: 1}\n");
}

HZ_TEST(tidy_refuses)
{
    huzhu_output *output = NULL;
    huzhu_diagnostics *diagnostics = NULL;
    HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &output), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    huzhu_file file = {"plan.yaml", "a: 'x\n", 6};
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, diagnostics, output), HUZHU_RULES);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_count(diagnostics), 1);
    HZ_CHECK_EQ_INT(huzhu_output_text(output).size, 0);
    file = (huzhu_file){"plan.yaml", "a: 1\na: 2\n", 10};
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, diagnostics, output), HUZHU_RULES);
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(NULL, diagnostics, output), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, diagnostics, NULL), HUZHU_INVALID_ARGUMENT);
    file.data = NULL;
    HZ_CHECK_EQ_INT(huzhu_rules_tidy(&file, NULL, output), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_rules_schema(0, output), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_rules_schema(HUZHU_FILE_EXAMPLES + 1, output), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_rules_schema(HUZHU_FILE_PLAN, NULL), HUZHU_INVALID_ARGUMENT);
    huzhu_diagnostics_free(diagnostics);
    huzhu_output_free(output);
}

/* Text behind what stood there, or nothing. */
static huzhu_status tidy_and_schema(const huzhu_allocator *allocator)
{
    static const char text[] = "a:   1\nb: [ {c: 1}, {c: 22} ]\nd:\n- {c: 1, e: 2}\n- {c: 33, e: 2}\n- |\n  x\n";
    huzhu_output *output = NULL;
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_file good = {"plan.yaml", text, sizeof text - 1}, bad = {"plan.yaml", "a: 'x", 5};
    huzhu_status status = huzhu_output_new(allocator, &output);
    if (status == HUZHU_OK) status = huzhu_diagnostics_new(allocator, &diagnostics);
    if (status == HUZHU_OK) status = huzhu_rules_tidy(&good, diagnostics, output);
    size_t before = huzhu_output_text(output).size;
    if (status == HUZHU_OK && (status = huzhu_rules_tidy(&bad, diagnostics, output)) == HUZHU_RULES) status = HUZHU_OK;
    if (status == HUZHU_OK) status = huzhu_rules_schema(HUZHU_FILE_RULESET, output);
    HZ_CHECK(status == HUZHU_OK || huzhu_output_text(output).size == before);
    huzhu_diagnostics_free(diagnostics);
    huzhu_output_free(output);
    return status;
}

HZ_TEST(tidy_memory)
{
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status != HUZHU_OK && k < 10000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = tidy_and_schema(&allocator);
        HZ_CHECK(status == HUZHU_OK || status == HUZHU_NO_MEMORY);
        HZ_CHECK_EQ_INT(leak.blocks, 0);
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}
