/* test_feel_lists.c - lists, their functions, `in` and ranges, through checker, program and kernels. `few` is a list of two
 * items that may have three, so that its length is known on the row only. */
#include "harness/harness.h"

#include "run/feel_eval.h"

#include "source/json.h"

typedef struct row {
    const char *expression, *expected; /* the value as FEEL writes it, or a code */
} row;

/* Writes a value, the reader standing behind its first event. */
static void show(hz_json *json, hz_buf *out)
{
    bool text = false, first = true;
    if (json->event == HZ_JSON_NULL) hz_buf_add_literal(out, "null");
    if (json->event != HZ_JSON_OBJECT) return;
    while (hz_json_next(json) == HZ_JSON_KEY) {
        bool type = hz_str_is(json->text, "type"), items = hz_str_is(json->text, "items");
        hz_json_event event = hz_json_next(json);
        if (type) text = hz_str_is(json->text, "string");
        else if (event == HZ_JSON_TRUE || event == HZ_JSON_FALSE) hz_buf_add(out, hz_str_from(event == HZ_JSON_TRUE ? "true" : "false"));
        else if (items) {
            hz_buf_add_char(out, '[');
            for (; hz_json_next(json) != HZ_JSON_ARRAY_END; first = false) {
                if (!first) hz_buf_add_literal(out, ", ");
                show(json, out);
            }
            hz_buf_add_char(out, ']');
        } else hz_buf_printf(out, text ? "'%.*s'" : "%.*s", HZ_ARG(json->text));
    }
}

static void show_answer(hz_str answer, hz_buf *out)
{
    hz_json json;
    hz_json_begin(&json, answer);
    hz_json_next(&json);
    while (hz_json_next(&json) == HZ_JSON_KEY) {
        bool got = hz_str_is(json.text, "got"), error = hz_str_is(json.text, "error");
        hz_json_next(&json);
        if (got) show(&json, out);
        if (!error) continue;
        hz_json_next(&json);
        hz_json_next(&json);
        hz_buf_add(out, json.text);
        return;
    }
}

static void run(const row *rows, size_t count)
{
    hz_buf json, out, shown;
    hz_buf_begin(&json, &hz_alloc_libc);
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_buf_begin(&shown, &hz_alloc_libc);
    for (size_t i = 0; i < count; i++) {
        hz_buf_reset(&json);
        hz_buf_reset(&out);
        hz_buf_reset(&shown);
        hz_buf_add_literal(&json, "{\"id\":1,\"expr\":");
        hz_buf_add_json(&json, hz_str_from(rows[i].expression));
        hz_buf_add_literal(&json, ",\"lets\":[{\"name\":\"few\",\"expr\":\"if none = null then [4, 5] else [6, 7, 8]\"}],\"inputs\":{"
                                  "\"none\":{\"type\":\"null\",\"value\":null},\"two\":{\"type\":\"number\",\"value\":\"2\"},"
                                  "\"given\":{\"type\":\"list\",\"items\":[{\"type\":\"number\",\"value\":\"1.5\"},{\"type\":\"number\",\"value\":\"20\"}]}}}");
        HZ_CHECK_EQ_INT(hz_feel_eval_json(hz_buf_text(&json), &hz_alloc_libc, &out), 0);
        show_answer(hz_buf_text(&out), &shown);
        if (strcmp(hz_buf_text(&shown).at, rows[i].expected) == 0) continue;
        fprintf(stderr, "%s: %s", rows[i].expression, hz_buf_text(&out).at);
        HZ_CHECK_STR(hz_buf_text(&shown).at, rows[i].expected);
    }
    hz_buf_end(&json);
    hz_buf_end(&out);
    hz_buf_end(&shown);
}

#define RUN(rows) run((rows), sizeof(rows) / sizeof *(rows))

HZ_TEST(feel_lists_as_values)
{
    static const row rows[] = {
        {"[1, 2.50, 3]", "[1, 2.5, 3]"},
        {"[[1, 2], [3], []]", "[[1, 2], [3], []]"},
        {"[]", "[]"},
        {"[null, \"a\"]", "[null, 'a']"},
        {"given", "[1.5, 20]"},
        {"few", "[4, 5]"},
        {"if none != null then few else [1]", "[1]"},
        {"if none then few else null", "null"},
        {"[few, [1]]", "[[4, 5], [1]]"},
        {"[1, 1 / (two - 2)]", "R_DIVISION"},
        {"[[few], [[10 ** 7000 * two]]]", "R_OVERFLOW"},
        {"reverse(append(few, 1 / (two - 2)))", "R_DIVISION"},
        {"if none = null then [1 / (two - 2)] else few", "R_DIVISION"},
        {"sublist([1 / (two - 2), 3], two)", "[3]"},
        {"[1] + [2]", "E_TYPE"},
        {"-[1]", "E_TYPE"},
        {"[1..3]", "E_TYPE"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_compared)
{
    static const row rows[] = {
        {"[1, 2] = [1, 2.0]", "true"},
        {"[1, 2] = [1]", "false"},
        {"[1, 2] != [1]", "true"},
        {"few = [4, 5]", "true"},
        {"few = [4, 5, 8]", "false"},
        {"[few] = [[4, 5]]", "true"},
        {"[1, null] = [1, null]", "true"},
        {"[1, null] = [1, 2]", "false"},
        {"[] = []", "true"},
        {"[] = [1]", "false"},
        {"[1] = null", "false"},
        {"[1, decimal(1 / (two - 2), 0)] = [2, 1]", "false"},
        {"[1, decimal(1 / (two - 2), 0)] = [1, 1]", "R_DIVISION"},
        {"[1] = [\"a\"]", "E_TYPE"},
        {"[1] = 1", "E_TYPE"},
        {"[1] < [2]", "E_TYPE"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_and_in)
{
    static const row rows[] = {
        {"5 in few", "true"},
        {"8 in few", "false"},
        {"null in few", "false"},
        {"null in [1, null]", "true"},
        {"none in append(few, null)", "true"},
        {"5 in (few, 9)", "true"},
        {"few in [[4, 5], [1]]", "true"},
        {"few in ([1], [4, 5])", "true"},
        {"few in [[4, 5, 8]]", "false"},
        {"\"a\" in few", "E_TYPE"},
        {"5 in [1..two]", "false"},
        {"2 in ]1..two]", "true"},
        {"2 in [1..two[", "false"},
        {"1 in ]1..two)", "false"},
        {"\"b\" in [\"a\"..\"b\")", "false"},
        {"\"𠮷\" in [\"～\"..\"𠮸\"]", "true"},
        {"@\"P2M\" in (@\"P1M\"..@\"P1Y\"]", "true"},
        {"5 in ([1..2], [4..6], null)", "true"},
        {"none in ([1..2], 4)", "null"},
        {"none in ([1..2], null)", "true"},
        {"3 in (not(two))", "E_ARGUMENTS"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_aggregated)
{
    static const row rows[] = {
        {"count(few)", "2"},
        {"count([few, few, []])", "3"},
        {"count([1 / 8, null])", "2"},
        {"count(3)", "1"},
        {"sum(few)", "9"},
        {"sum(given)", "21.5"},
        {"sum(1, two, 0.25)", "3.25"},
        {"sum([])", "null"},
        {"sum([two, none])", "null"},
        {"sum(sublist(few, two))", "5"},
        {"product(few)", "20"},
        {"product([])", "null"},
        {"mean([1, 2, 3, 4])", "2.5"},
        {"mean([])", "null"},
        {"median(few)", "4.5"},
        {"median(append(few, 0))", "4"},
        {"median([3])", "3"},
        {"median([1, null])", "null"},
        {"median(remove([7], 1))", "null"},
        {"mode(append(few, 5, 4))", "[4, 5]"},
        {"mode(few)", "[4, 5]"},
        {"mode([1, null])", "null"},
        {"mode(remove([7], 1))", "[]"},
        {"min(few)", "4"},
        {"max(given)", "20"},
        {"max(few, 9)", "E_ARGUMENTS"},
        {"min([])", "null"},
        {"min(remove([7], 1))", "null"},
        {"min(remove([7], two))", "R_POSITION"},
        {"product(remove([7], two))", "R_POSITION"},
        {"median(remove([7], two))", "R_POSITION"},
        {"count(remove([7], two))", "R_POSITION"},
        {"mode(remove([7], two))", "R_POSITION"},
        {"all(remove([true], two))", "R_POSITION"},
        {"flatten(remove([few], two))", "R_POSITION"},
        {"5 in remove([7], two)", "R_POSITION"},
        {"remove([7], two) = []", "R_POSITION"},
        {"min([\"b\", \"a\", \"ab\"])", "'a'"},
        {"max(\"～\", \"𠮷\")", "'𠮷'"},
        {"all([])", "true"},
        {"any([])", "false"},
        {"all([true, none = null])", "true"},
        {"all([true, null])", "null"},
        {"all([false, null])", "false"},
        {"all(true, false)", "false"},
        {"any([null, true])", "true"},
        {"any([false, null])", "null"},
        {"all([false, 1 / decimal(1 / (two - 2), 0) > 0])", "false"},
        {"any([true, decimal(1 / (two - 2), 0) > 0])", "true"},
        {"any([false, decimal(1 / (two - 2), 0) > 0])", "R_DIVISION"},
        {"list contains(few, 5)", "true"},
        {"list contains(few, 8)", "false"},
        {"list contains([few], [4, 5])", "true"},
        {"list contains(few, null)", "false"},
        {"list contains([], 1)", "false"},
        {"list contains(few, \"a\")", "E_ARGUMENTS"},
        {"sum(\"a\")", "E_ARGUMENTS"},
        {"sum([1, \"a\"])", "E_ARGUMENTS"},
        {"any(1)", "E_ARGUMENTS"},
        {"count(null)", "E_ARGUMENTS"},
        {"median(l: [1])", "E_ARGUMENTS"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_of_several_types)
{
    static const row rows[] = {
        {"[1, \"a\", null, [2, true]]", "[1, 'a', null, [2, true]]"},
        {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
        {"flatten([few, [[\"a\"]], null, [], [none, [true]]])", "[4, 5, 'a', null, null, true]"},
        {"flatten(append([few], \"a\"))", "[4, 5, 'a']"},
        {"flatten(reverse([1, few, [[few]]]))", "[4, 5, 4, 5, 1]"},
        {"flatten(remove([[1, \"a\"], \"b\", few], two))", "[1, 'a', 4, 5]"},
        {"flatten([if none then [1] else null, \"a\"])", "[null, 'a']"},
        {"count([1, few, \"a\"])", "3"},
        {"append(few, \"a\", few, null)", "[4, 5, 'a', [4, 5], null]"},
        {"append([], 1, \"a\")", "[1, 'a']"},
        {"concatenate(few, [\"a\"], [[1]])", "[4, 5, 'a', [1]]"},
        {"union(few, [\"5\", 5.0], [4, \"5\"])", "[4, 5, '5']"},
        {"distinct values([1, \"1\", 1.00, few, few, null, none])", "[1, '1', [4, 5], null]"},
        {"insert before(few, two, \"a\")", "[4, 'a', 5]"},
        {"list replace(few, two, \"a\")", "[4, 'a']"},
        {"list replace([1, few], two, [\"a\"])", "[1, ['a']]"},
        {"sublist(append(few, \"a\"), two)", "[5, 'a']"},
        {"list contains(append(few, \"a\"), \"a\")", "true"},
        {"list contains(append(few, \"a\"), 9)", "false"},
        {"list contains([few, \"a\"], [4, 5])", "true"},
        {"list contains([few, \"a\"], none)", "false"},
        {"index of([few, \"a\", 4, [4, 5]], few)", "[1, 4]"},
        {"if none = null then [few, \"a\"] else [true, 1]", "E_TYPE"},
        {"if none = null then [few, 1] else [true, two]", "[[4, 5], 1]"},
        {"string(append(few, \"a\", few, null, [true, \"b\"]))", "'[4, 5, \\\"a\\\", [4, 5], null, [true, \\\"b\\\"]]'"},
        {"string(reverse([@\"P1D\", @\"P1M\", @\"10:00:00\", 1 / 8]))", "'[0.125, 10:00:00, P1M, P1D]'"},
        {"[1, 1 / (two - 2), \"a\"]", "R_DIVISION"},
        {"[1, \"a\"] = [1, \"a\"]", "E_TYPE"},
        {"1 in [1, \"a\"]", "E_TYPE"},
        {"all([true, 1])", "E_ARGUMENTS"},
        {"max([1, \"a\"])", "E_TYPE"},
        {"max(append(few, \"a\"))", "E_ARGUMENTS"},
        {"mean(append(few, \"a\"))", "E_ARGUMENTS"},
        {"median([1, \"a\"])", "E_ARGUMENTS"},
        {"mode([1, \"a\"])", "E_ARGUMENTS"},
        {"string join([1, \"a\"])", "E_ARGUMENTS"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_as_texts)
{
    static const row rows[] = {
        {"string(few) = \"[4, 5]\"", "true"},
        {"string([1.50, null]) = \"[1.5, null]\"", "true"},
        {"string([few, [], [null]]) = \"[[4, 5], [], [null]]\"", "true"},
        {"string([\"a\\\"b\\\\\"]) = \"[\\\"a\\\\\\\"b\\\\\\\\\\\"]\"", "true"},
        {"string length(string([\"\\n\", \"𠮷\"]))", "11"},
        {"string(remove([7], 1)) = \"[]\"", "true"},
        {"string(remove([7], two))", "R_POSITION"},
        {"string(if none = null then null else few)", "null"},
        {"string([if none = null then null else few]) = \"[null]\"", "true"},
        {"string([true, @\"2024-01-01\"])", "'[true, 2024-01-01]'"},
        {"string([@\"2024-01-01\"]) = \"[2024-01-01]\"", "true"},
    };
    RUN(rows);
}

HZ_TEST(feel_lists_made_of_lists)
{
    static const row rows[] = {
        {"sublist(few, 1, 1)", "[4]"},
        {"sublist(few, two)", "[5]"},
        {"sublist(few, -1)", "[5]"},
        {"sublist(few, -two, two - 1)", "[4]"},
        {"sublist(few, two + 1)", "R_POSITION"},
        {"sublist(few, two - 2)", "R_POSITION"},
        {"sublist(few, 1, two + 1)", "R_POSITION"},
        {"sublist(few, 4)", "E_ARGUMENTS"},
        {"sublist(few, 0)", "E_ARGUMENTS"},
        {"sublist([1, 2], 1, 0)", "E_ARGUMENTS"},
        {"sublist(few, none)", "E_ARGUMENTS"},
        {"append(few, 6)", "[4, 5, 6]"},
        {"append(few, 6, none)", "[4, 5, 6, null]"},
        {"append([], few)", "[[4, 5]]"},
        {"append(1, 2)", "[1, 2]"},
        {"append(few, \"a\")", "[4, 5, 'a']"},
        {"concatenate(few, few, [1])", "[4, 5, 4, 5, 1]"},
        {"concatenate([], few)", "[4, 5]"},
        {"concatenate([few], [[0.5]])", "[[4, 5], [0.5]]"},
        {"concatenate(few, [\"a\"])", "[4, 5, 'a']"},
        {"insert before(few, 1, 9)", "[9, 4, 5]"},
        {"insert before(few, two, 9)", "[4, 9, 5]"},
        {"insert before(few, -1, 9)", "[4, 9, 5]"},
        {"insert before(few, two + 1, 9)", "R_POSITION"},
        {"remove(few, 1)", "[5]"},
        {"remove(few, -1)", "[4]"},
        {"remove(few, 3)", "R_POSITION"},
        {"remove([], 1)", "E_ARGUMENTS"},
        {"list replace(few, two, 0.5)", "[4, 0.5]"},
        {"list replace(few, 1.9, 0)", "[0, 5]"},
        {"list replace(few, -1.5, 0)", "[4, 0]"},
        {"list replace(few, 0, 0)", "E_ARGUMENTS"},
        {"list replace(few, 0.5, 0)", "R_POSITION"},
        {"list replace(few, two + 1, 0)", "R_POSITION"},
        {"reverse(few)", "[5, 4]"},
        {"reverse([[1, 2], few])", "[[4, 5], [1, 2]]"},
        {"index of(few, 5)", "[2]"},
        {"index of(append(few, 5), 5)", "[2, 3]"},
        {"index of(few, 8)", "[]"},
        {"index of(append(few, null), null)", "[3]"},
        {"union(few, [5, 6], few)", "[4, 5, 6]"},
        {"union([few], [[4, 5, 8], [4, 5]])", "[[4, 5], [4, 5, 8]]"},
        {"distinct values(concatenate(few, [5, null, 4, null]))", "[4, 5, null]"},
        {"distinct values([decimal(1 / (two - 2), 0), 1])", "R_DIVISION"},
        {"flatten([few, [1], few])", "[4, 5, 1, 4, 5]"},
        {"flatten([[few], [[1], []]])", "[4, 5, 1]"},
        {"flatten([1, 2])", "[1, 2]"},
        {"flatten([few, null, [1, null]])", "[4, 5, null, 1, null]"},
        {"flatten([null, [[few], null]])", "[null, 4, 5, null]"},
        {"flatten([if none = null then null else few, [1]])", "[null, 1]"},
        {"reverse(null)", "E_ARGUMENTS"},
        {"remove(few, 1.5)", "E_ARGUMENTS"},
    };
    RUN(rows);
}

/* A list of so many items, in an expression. */
static void long_list(hz_buf *out, const char *before, unsigned count, const char *after)
{
    hz_buf_reset(out);
    hz_buf_add(out, hz_str_from(before));
    for (unsigned i = 0; i < count; i++) hz_buf_printf(out, i == 0 ? "[%u" : ",%u", (i * 37) % 1000);
    hz_buf_add_char(out, ']');
    hz_buf_add(out, hz_str_from(after));
}

#define TEN(text) text text text text text text text text text text

HZ_TEST(feel_lists_as_long_as_they_may_be)
{
    static const struct {
        const char *before;
        unsigned count;
        const char *after, *expected;
    } each[] = {
        {"sum(", 1000, ")", "499500"},
        {"median(", 1000, ")", "499.5"},
        {"count(mode(", 999, "))", "999"},
        {"max(reverse(", 1000, "))", "999"},
        {"index of(", 1000, ", 37)", "[2]"},
        {"sublist(", 1000, ", two, two)", "[37, 74]"},
        {"count(distinct values(", 200, "))", "200"},
        {"count(distinct values(", 201, "))", "E_TOO_LARGE"},
        {"count(", 1001, ")", "E_TOO_LARGE"},
        {"append(", 1000, ", 1)", "E_TOO_LARGE"},
        {"count(remove(remove(remove(", 1000, ", two), two), two))", "997"},
        {"count(" TEN("remove(") TEN("remove(") TEN("remove("), 1000, TEN(", 1)") TEN(", 1)") TEN(", 1)") ")", "E_TOO_LARGE"},
    };
    hz_buf expression;
    hz_buf_begin(&expression, &hz_alloc_libc);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        long_list(&expression, each[i].before, each[i].count, each[i].after);
        run(&(row){hz_buf_text(&expression).at, each[i].expected}, 1);
    }
    hz_buf_end(&expression);
}
