/* test_feel_errors.c - what the parser says of bad texts: code, place, message, hint, letter by letter; and its limits. */
#include "harness/harness.h"

#include "feel_shape.h"

typedef hz_ast *(*reader)(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names);

typedef struct bad_text {
    const char *source, *complaint;
} bad_text;

static const hz_ast *read_source(hz_arena *arena, hz_diags *diags, hz_str source, reader read)
{
    hz_feel_text text = {source, {0, 0, (uint32_t)source.len}, NULL};
    return read(arena, diags, text, NULL);
}

static void check_bad(bad_text bad, reader read)
{
    hz_arena arena;
    hz_buf out;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_diags diags = {.arena = &arena};
    const hz_ast *ast = read_source(&arena, &diags, hz_str_from(bad.source), read);
    HZ_CHECK_EQ_INT(ast->op, HZ_AST_ERROR);
    HZ_CHECK_EQ_INT(diags.list.count, 1);
    if (diags.list.count == 1)
        add_complaint(&out, &diags.list.at[0]);
    HZ_CHECK_STR(hz_buf_text(&out).at, bad.complaint);
    hz_buf_end(&out);
    hz_arena_end(&arena);
}

#define CHECK_BAD(rows, read)                                       \
    do {                                                            \
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++) \
            check_bad((rows)[i], (read));                           \
    } while (0)

HZ_TEST(feel_bad_operators)
{
    static const bad_text rows[] = {
        {"a == b", "E_FEEL_SYNTAX 2-4 `==` is not an operator of FEEL | write `=`"},
        {"a === b", "E_FEEL_SYNTAX 2-5 `===` is not an operator of FEEL | write `=`"},
        {"a && b", "E_FEEL_SYNTAX 2-4 `&&` is not an operator of FEEL | write `and`"},
        {"a & b", "E_FEEL_SYNTAX 2-3 `&` is not an operator of FEEL | write `and`; strings are joined by `+`"},
        {"a || b", "E_FEEL_SYNTAX 2-4 `||` is not an operator of FEEL | write `or`; strings are joined by `+`"},
        {"a !== b", "E_FEEL_SYNTAX 2-5 `!==` is not an operator of FEEL | write `!=`"},
        {"!a", "E_FEEL_CHARACTER 0-1 `!` is not part of FEEL | write `not(…)`"},
        {"a <> b", "E_FEEL_SYNTAX 2-4 `<>` is not an operator of FEEL | write `!=`"},
        {"a => b", "E_FEEL_SYNTAX 2-4 `=>` is not an operator of FEEL | write `>=`"},
        {"a =< b", "E_FEEL_SYNTAX 2-4 `=<` is not an operator of FEEL | write `<=`"},
        {"a ^ 2", "E_FEEL_SYNTAX 2-3 `^` is not an operator of FEEL | write `**`"},
        {"a % 2",
         "E_FEEL_SYNTAX 2-3 `%` is not an operator of FEEL"
         " | write a rate as 0.4 or name a parameter; a remainder is modulo(a, b)"},
        {"40%",
         "E_FEEL_SYNTAX 2-3 `%` is not an operator of FEEL"
         " | write a rate as 0.4 or name a parameter; a remainder is modulo(a, b)"},
        {"[0...5]",
         "E_FEEL_SYNTAX 2-5 `...` is not an operator of FEEL"
         " | a range has two points, [1..10]; a number below one begins with 0, as in 0.5"},
        {"a \\ b", "E_FEEL_CHARACTER 2-3 `\\` is not part of FEEL"},
        {"a ~ b", "E_FEEL_CHARACTER 2-3 `~` is not part of FEEL"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_bad_characters)
{
    static const bad_text rows[] = {
        {"（a）", "E_FEEL_CHARACTER 0-3 `（` is not part of FEEL | write the ASCII character `(`"},
        {"f(a，b)", "E_FEEL_CHARACTER 3-6 `，` is not part of FEEL | write the ASCII character `,`"},
        {"a ＝ b", "E_FEEL_CHARACTER 2-5 `＝` is not part of FEEL | write the ASCII character `=`"},
        {"a ＜ b", "E_FEEL_CHARACTER 2-5 `＜` is not part of FEEL | write the ASCII character `<`"},
        {"Ａ + １", "E_FEEL_CHARACTER 0-3 `Ａ` is not part of FEEL | write the ASCII character `A`"},
        {"a、b", "E_FEEL_CHARACTER 1-4 `、` is not part of FEEL | write the ASCII character `,`"},
        {"【1..2】", "E_FEEL_CHARACTER 0-3 `【` is not part of FEEL | write the ASCII character `[`"},
        {"“x” = a",
         "E_FEEL_CHARACTER 0-3 `“` is not part of FEEL | strings stand in straight double quotes: \"…\""},
        {"'x' = a", "E_FEEL_CHARACTER 0-1 `'` is not part of FEEL | strings stand in double quotes: \"…\""},
        {"`a`",
         "E_FEEL_CHARACTER 0-1 ``` is not part of FEEL"
         " | strings stand in double quotes: \"…\"; names stand bare"},
        {"a ≥ b", "E_FEEL_CHARACTER 2-5 `≥` is not part of FEEL | write `>=`"},
        {"a ≤ b", "E_FEEL_CHARACTER 2-5 `≤` is not part of FEEL | write `<=`"},
        {"a ≠ b", "E_FEEL_CHARACTER 2-5 `≠` is not part of FEEL | write `!=`"},
        {"a × b", "E_FEEL_CHARACTER 2-4 `×` is not part of FEEL | write `*`"},
        {"a ÷ b", "E_FEEL_CHARACTER 2-4 `÷` is not part of FEEL | write `/`"},
        {"a − b", "E_FEEL_CHARACTER 2-5 `−` is not part of FEEL | write the ASCII character `-`"},
        {"¥5",
         "E_FEEL_CHARACTER 0-2 `¥` is not part of FEEL"
         " | amounts are plain numbers; the unit stands in the file"},
        {"$5", "E_FEEL_CHARACTER 0-1 `$` is not part of FEEL | amounts are plain numbers; names stand bare"},
        {"a; b",
         "E_FEEL_CHARACTER 1-2 `;` is not part of FEEL"
         " | an expression is one value and needs no `;`; arguments are parted by `,`"},
        {"# a", "E_FEEL_CHARACTER 0-1 `#` is not part of FEEL | a comment begins with // or stands in /* */"},
        {"1…3", "E_FEEL_CHARACTER 1-4 `…` is not part of FEEL | write `..`"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_bad_words)
{
    static const bad_text rows[] = {
        {"if a then b elif c then d else e",
         "E_FEEL_SYNTAX 12-16 expected `else`, found the name `elif` | write `else if`"},
        {"IF a then b else c",
         "E_FEEL_SYNTAX 3-4 expected an operator or the end, found the name `a`"
         " | keywords are in lower case: `if`"},
        {"a AND b",
         "E_FEEL_SYNTAX 2-5 expected an operator or the end, found the name `AND`"
         " | keywords are in lower case: `and`"},
        {"a AND (b or c)",
         "E_FEEL_SYNTAX 2-5 expected an operator or the end, found the name `AND`"
         " | keywords are in lower case: `and`"},
        {"x is null",
         "E_FEEL_SYNTAX 2-4 expected an operator or the end, found the name `is`"
         " | write `=`, or `!=` for `is not`"},
        {"x is (null)",
         "E_FEEL_SYNTAX 2-4 expected an operator or the end, found the name `is`"
         " | write `=`, or `!=` for `is not`"},
        {"a equals b", "E_FEEL_SYNTAX 2-8 expected an operator or the end, found the name `equals` | write `=`"},
        {"a mod b",
         "E_FEEL_SYNTAX 2-5 expected an operator or the end, found the name `mod` | write modulo(a, b)"},
        {"a mod (b)",
         "E_FEEL_SYNTAX 2-5 expected an operator or the end, found the name `mod` | write modulo(a, b)"},
        {"not a",
         "E_FEEL_SYNTAX 4-5 expected an operator or the end, found the name `a`"
         " | write not(…) around the whole condition, as in not(a in b)"},
        {"x not in [1]",
         "E_FEEL_SYNTAX 2-5 expected an operator or the end, found the name `not`"
         " | write not(…) around the whole condition, as in not(a in b)"},
        {"a ? b : c",
         "E_FEEL_SYNTAX 2-3 expected an operator or the end, found `?`"
         " | a choice is written if a then b else c"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_bad_literals)
{
    static const bad_text rows[] = {
        {"1,000", "E_FEEL_NUMBER 0-5 `1,000` has a thousands separator | write the digits alone, as in 1000"},
        {"max(1,000)", "E_FEEL_NUMBER 4-9 `1,000` has a thousands separator | write the digits alone, as in 1000"},
        {"1,234",
         "E_FEEL_SYNTAX 1-2 expected an operator or the end, found `,` | numbers have no thousands separator"},
        {"1e34", "E_FEEL_NUMBER 0-4 `1e34` has more than 34 digits when it is written out | a power of ten is 10 ** n"},
        {"1e-35", "E_FEEL_NUMBER 0-5 `1e-35` has more than 34 digits when it is written out | a power of ten is 10 ** n"},
        {"9e99999999999", "E_FEEL_NUMBER 0-13 `9e99999999999` has more than 34 digits when it is written out | a power of ten is 10 ** n"},
        {"1e2.5", "E_FEEL_NUMBER 0-5 `1e2.5` has an exponent that is no whole number"},
        {"1.5e2.5", "E_FEEL_NUMBER 0-7 `1.5e2.5` has two points"},
        {"1e",
         "E_FEEL_NUMBER 0-2 `1e` is neither a number nor a name"
         " | a number has digits only and a name begins with a letter; units stand in the file"},
        {"1e5x",
         "E_FEEL_NUMBER 0-4 `1e5x` is neither a number nor a name"
         " | a number has digits only and a name begins with a letter; units stand in the file"},
        {"1.5.2", "E_FEEL_NUMBER 0-5 `1.5.2` has two points"},
        {"1.", "E_FEEL_NUMBER 0-2 `1.` lacks digits behind its point"},
        {"5.year", "E_FEEL_NUMBER 0-2 `5.` lacks digits behind its point"},
        {"20元",
         "E_FEEL_NUMBER 0-5 `20元` is neither a number nor a name"
         " | a number has digits only and a name begins with a letter; units stand in the file"},
        {"5days",
         "E_FEEL_NUMBER 0-5 `5days` is neither a number nor a name"
         " | a number has digits only and a name begins with a letter; units stand in the file"},
        {"2018-12-01",
         "E_FEEL_NUMBER 0-10 `2018-12-01` is a subtraction, not a date | a date is written @\"2018-12-01\""},
        {"a > 2018-12-01",
         "E_FEEL_NUMBER 4-14 `2018-12-01` is a subtraction, not a date | a date is written @\"2018-12-01\""},
        {"12345678901234567890123456789012345",
         "E_FEEL_NUMBER 0-35 `12345678901234567890123456789012345` has more than 34 digits"},
        {"\"abc",
         "E_FEEL_STRING 0-4 the string does not end"
         " | close it with \" on the same line; \\\" inside it is a quote, \\n a new line"},
        {"\"ab\nc\"",
         "E_FEEL_STRING 0-3 the string does not end"
         " | close it with \" on the same line; \\\" inside it is a quote, \\n a new line"},
        {"\"abc\\u12\"", "E_FEEL_STRING 4-6 `\\u` needs four hex digits"},
        {"\"\\uD800\"", "E_FEEL_STRING 1-7 `\\uD800` is half of a character"},
        {"\"\\uD83Dx\"", "E_FEEL_STRING 1-7 `\\uD83D` is half of a character"},
        {"\"\\U110000\"", "E_FEEL_STRING 1-9 `\\U110000` is beyond Unicode"},
        {"@2018-01-01",
         "E_FEEL_SYNTAX 0-1 expected a string in double quotes right after `@`"
         " | dates and durations are written @\"2018-01-01\", @\"P1Y\", @\"P10D\""},
        {"@'P1D'",
         "E_FEEL_SYNTAX 0-1 expected a string in double quotes right after `@`"
         " | dates and durations are written @\"2018-01-01\", @\"P1Y\", @\"P10D\""},
        {"/* abc", "E_FEEL_SYNTAX 0-2 a comment that does not end | close it with */"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_bad_syntax)
{
    static const bad_text rows[] = {
        {"", "E_FEEL_SYNTAX 0-0 the expression is empty"},
        {"  // nothing", "E_FEEL_SYNTAX 0-12 the expression is empty"},
        {"a +", "E_FEEL_SYNTAX 3-3 expected a value, found the end"},
        {"+5", "E_FEEL_SYNTAX 0-1 expected a value, found `+` | a number has no leading `+`"},
        {"a b",
         "E_FEEL_SYNTAX 2-3 expected an operator or the end, found the name `b`"
         " | an operator is missing before it"},
        {"a 5",
         "E_FEEL_SYNTAX 2-3 expected an operator or the end, found the number 5"
         " | an operator is missing before it"},
        {"5 (3)",
         "E_FEEL_SYNTAX 2-3 expected an operator or the end, found `(` | an operator is missing before it"},
        {"(a)(b)",
         "E_FEEL_SYNTAX 3-4 expected an operator or the end, found `(` | an operator is missing before it"},
        {"a.year()",
         "E_FEEL_SYNTAX 6-7 expected an operator or the end, found `(`"
         " | a property has no parentheses, as in a.year"},
        {"a.", "E_FEEL_SYNTAX 2-2 expected a property such as `year` or `days` after `.`, found the end"},
        {"a.5",
         "E_FEEL_SYNTAX 1-3 expected an operator or the end, found the number .5"
         " | an operator is missing before it"},
        {"a.if", "E_FEEL_SYNTAX 2-4 expected a property such as `year` or `days` after `.`, found `if`"},
        {"(a", "E_FEEL_SYNTAX 2-2 expected an operator or `)`, found the end | 0-1 the `(` to close"},
        {"(a]", "E_FEEL_SYNTAX 2-3 expected an operator or `)`, found `]` | 0-1 the `(` to close"},
        {"(a b)",
         "E_FEEL_SYNTAX 3-4 expected an operator or `)`, found the name `b`"
         " | an operator is missing before it | 0-1 the `(` to close"},
        {"(a, b)",
         "E_FEEL_SYNTAX 2-3 expected an operator or `)`, found `,`"
         " | several values are a list, [a, b]; several tests stand in brackets right of `in`"
         " | 0-1 the `(` to close"},
        {"f(a", "E_FEEL_SYNTAX 3-3 expected an operator, `,` or `)`, found the end | 1-2 the `(` to close"},
        {"f(a b)",
         "E_FEEL_SYNTAX 4-5 expected an operator, `,` or `)`, found the name `b`"
         " | an operator is missing before it | 1-2 the `(` to close"},
        {"f(a,)", "E_FEEL_SYNTAX 4-5 expected a value, found `)`"},
        {"[a", "E_FEEL_SYNTAX 2-2 expected an operator, `,` or `]`, found the end | 0-1 the `[` to close"},
        {"[a,]", "E_FEEL_SYNTAX 3-4 expected a value, found `]`"},
        {"[a)", "E_FEEL_SYNTAX 2-3 expected an operator, `,` or `]`, found `)` | 0-1 the `[` to close"},
        {"x in", "E_FEEL_SYNTAX 4-4 expected a value, found the end"},
        {"x in ()", "E_FEEL_SYNTAX 6-7 expected a value, found `)`"},
        {"x in (1, 2",
         "E_FEEL_SYNTAX 10-10 expected an operator, `,` or `)`, found the end | 5-6 the `(` to close"},
        {"a)", "E_FEEL_SYNTAX 1-2 expected an operator or the end, found `)` | no `(` is open here"},
        {"a]", "E_FEEL_SYNTAX 1-2 expected an operator or the end, found `]` | no `[` is open here"},
        {"a}", "E_FEEL_SYNTAX 1-2 expected an operator or the end, found `}`"},
        {"]", "E_FEEL_SYNTAX 0-1 expected a value, found `]`"},
        {"]1]",
         "E_FEEL_SYNTAX 2-3 expected `..`, found `]`"
         " | a range that begins with `]` leaves its low end out, as in ]1..10]"},
        {"[1..3", "E_FEEL_SYNTAX 5-5 expected `]` (end included) or `)` (not included), found the end"},
        {"1..10",
         "E_FEEL_SYNTAX 1-3 expected an operator or the end, found `..`"
         " | a range stands in brackets, as in [1..10]"},
        {"x in 1..10",
         "E_FEEL_SYNTAX 6-8 expected an operator or the end, found `..`"
         " | a range stands in brackets, as in [1..10]"},
        {"< 5",
         "E_FEEL_SYNTAX 0-1 expected a value, found `<`"
         " | a test such as < 5 stands right of `in` or in a table's cell; elsewhere both sides are written"},
        {"a = < 5",
         "E_FEEL_SYNTAX 4-5 expected a value, found `<`"
         " | a test such as < 5 stands right of `in` or in a table's cell; elsewhere both sides are written"},
        {"a < b < c",
         "E_FEEL_SYNTAX 6-7 expected `and`, `or` or the end of the comparison, found `<`"
         " | comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c"},
        {"a = b = c",
         "E_FEEL_SYNTAX 6-7 expected `and`, `or` or the end of the comparison, found `=`"
         " | comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c"},
        {"x in [1] = y",
         "E_FEEL_SYNTAX 9-10 expected `and`, `or` or the end of the comparison, found `=`"
         " | comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c"},
        {"x between 1 and 2 < y",
         "E_FEEL_SYNTAX 18-19 expected `and`, `or` or the end of the comparison, found `<`"
         " | comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c"},
        {"x between 1 or 2",
         "E_FEEL_SYNTAX 12-14 expected `and`, found `or` | a test of two ends is written a between b and c"},
        {"if a", "E_FEEL_SYNTAX 4-4 expected `then`, found the end | a choice is written if a then b else c"},
        {"if a b",
         "E_FEEL_SYNTAX 5-6 expected `then`, found the name `b` | a choice is written if a then b else c"},
        {"if a then b",
         "E_FEEL_SYNTAX 11-11 expected `else`, found the end"
         " | every `if` says what holds otherwise: if a then b else c"},
        {"a then b", "E_FEEL_SYNTAX 2-6 expected an operator or the end, found `then` | no `if` is open here"},
        {"a: b", "E_FEEL_SYNTAX 1-2 expected an operator or the end, found `:`"},
        {"f(a: 1, 2)", "E_FEEL_SYNTAX 8-9 named and positional arguments are mixed | name all arguments or none"},
        {"f(1, b: 2)", "E_FEEL_SYNTAX 5-6 named and positional arguments are mixed | name all arguments or none"},
        {"a and and b", "E_FEEL_SYNTAX 6-9 expected a value, found `and` | a condition stands on both sides of `and` and `or`"},
        {"(a and b or", "E_FEEL_SYNTAX 11-11 expected a value, found the end"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_outside_profile)
{
    static const bad_text rows[] = {
        {"{a: 1}",
         "E_FEEL_PROFILE 0-1 contexts, { … }, are outside the profile of FEEL"
         " | give each part a name of its own"},
        {"a[1]",
         "E_FEEL_PROFILE 1-2 filters and indexes, a[…], are outside the profile of FEEL"
         " | test a value with `in`, or look it up in a table"},
        {"[1, 2][1]",
         "E_FEEL_PROFILE 6-7 filters and indexes, a[…], are outside the profile of FEEL"
         " | test a value with `in`, or look it up in a table"},
        {"f(a)[b > 1]",
         "E_FEEL_PROFILE 4-5 filters and indexes, a[…], are outside the profile of FEEL"
         " | test a value with `in`, or look it up in a table"},
        {"for x in xs return x",
         "E_FEEL_PROFILE 0-3 loops, for … return …, are outside the profile of FEEL"
         " | settle one claim for each item, or write the items out"},
        {"some x in xs satisfies x > 1",
         "E_FEEL_PROFILE 0-4 some … satisfies … is outside the profile of FEEL"
         " | write the conditions out, joined by `or`, or use any([…])"},
        {"every x in xs satisfies x > 1",
         "E_FEEL_PROFILE 0-5 every … satisfies … is outside the profile of FEEL"
         " | write the conditions out, joined by `and`, or use all([…])"},
        {"function(x) x",
         "E_FEEL_PROFILE 0-8 function definitions are outside the profile of FEEL"
         " | give the value a name of its own"},
        {"a instance of number",
         "E_FEEL_PROFILE 2-10 instance of … is outside the profile of FEEL"
         " | types are known when the rules are loaded"},
        {"1 + {a: 1}.a",
         "E_FEEL_PROFILE 4-5 contexts, { … }, are outside the profile of FEEL"
         " | give each part a name of its own"},
    };
    CHECK_BAD(rows, hz_feel_parse);
}

HZ_TEST(feel_bad_cells)
{
    static const bad_text rows[] = {
        {"", "E_FEEL_SYNTAX 0-0 the test is empty"},
        {"5 6",
         "E_FEEL_SYNTAX 2-3 expected an operator or the end, found the number 6"
         " | an operator is missing before it"},
        {"1,", "E_FEEL_SYNTAX 2-2 expected a value, found the end"},
        {"< 5 >", "E_FEEL_SYNTAX 4-5 expected an operator or the end, found `>`"},
        {"> 3 and < 5",
         "E_FEEL_SYNTAX 4-7 expected `,` or the end of the test, found `and`"
         " | write a range, [1..3], tests with commas, or conditions on ?, as in ? > 1 and ? < 3"},
        {"not(5", "E_FEEL_SYNTAX 5-5 expected an operator, `,` or `)`, found the end | 3-4 the `(` to close"},
        {"not()", "E_FEEL_SYNTAX 4-5 expected a value, found `)`"},
        {"not(< 5) and b", "E_FEEL_SYNTAX 9-12 expected an operator or the end, found `and`"},
        {"? > 5, ? < 3",
         "E_FEEL_SYNTAX 5-6 expected one condition, since it contains `?`, found `,`"
         " | join conditions by `or`, as in ? < 3 or ? > 7"},
        {"1, ? < 3",
         "E_FEEL_SYNTAX 8-8 expected one condition, since it contains `?`, found the end"
         " | join conditions by `or`, as in ? < 3 or ? > 7"},
        {"not(? > 5, 3)",
         "E_FEEL_SYNTAX 9-10 expected one condition, since it contains `?`, found `,`"
         " | join conditions by `or`, as in ? < 3 or ? > 7"},
        {"- 5 6",
         "E_FEEL_SYNTAX 4-5 expected an operator or the end, found the number 6"
         " | an operator is missing before it"},
        {"--", "E_FEEL_SYNTAX 2-2 expected a value, found the end"},
        {"==5", "E_FEEL_SYNTAX 0-2 `==` is not an operator of FEEL | write `=`"},
        {"a < b < c",
         "E_FEEL_SYNTAX 6-7 expected `and`, `or` or the end of the comparison, found `<`"
         " | comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c"},
    };
    CHECK_BAD(rows, hz_feel_parse_tests);
}

HZ_TEST(feel_bad_bytes)
{
    static const struct {
        hz_str source;
        const char *complaint;
    } rows[] = {
        {{"a \xC3( b", 6}, "E_ENCODING 2-3 a byte that is not UTF-8"},
        {{"\"a\xFF\"", 4}, "E_ENCODING 2-3 a byte that is not UTF-8"},
        {{"a \0 b", 5}, "E_FEEL_CHARACTER 2-3 an invisible character, U+0000"},
        {{"a \xE2\x80\x8D b", 7}, "E_FEEL_CHARACTER 2-5 an invisible character, U+200D"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_arena arena;
        hz_buf out;
        hz_arena_begin(&arena, &hz_alloc_libc, 0);
        hz_buf_begin(&out, &hz_alloc_libc);
        hz_diags diags = {.arena = &arena};
        read_source(&arena, &diags, rows[i].source, hz_feel_parse);
        HZ_CHECK_EQ_INT(diags.list.count, 1);
        if (diags.list.count == 1)
            add_complaint(&out, &diags.list.at[0]);
        HZ_CHECK_STR(hz_buf_text(&out).at, rows[i].complaint);
        hz_buf_end(&out);
        hz_arena_end(&arena);
    }
}

/* ---- limits ---- */

/* Parses first, count times middle, last: the message, or "" when it parses. */
static void check_size(const char *first, const char *middle, uint32_t count, const char *last, const char *message)
{
    hz_arena arena;
    hz_buf source;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_buf_begin(&source, &hz_alloc_libc);
    hz_diags diags = {.arena = &arena};
    hz_buf_add(&source, hz_str_from(first));
    for (uint32_t i = 0; i < count; i++)
        hz_buf_add(&source, hz_str_from(middle));
    hz_buf_add(&source, hz_str_from(last));
    read_source(&arena, &diags, hz_buf_text(&source), hz_feel_parse);
    HZ_CHECK_STR(diags.list.count > 0 ? diags.list.at[0].message.at : "", message);
    HZ_CHECK(diags.list.count == 0 || diags.list.at[0].code == HZ_E_TOO_LARGE);
    hz_buf_end(&source);
    hz_arena_end(&arena);
}

HZ_TEST(feel_limits)
{
    static const char deep[] = "the expression is nested deeper than 64 levels";
    static const char chained[] = "the expression chains more than 255 operators";
    static const char large[] = "the expression has more than 20000 parts";
    check_size("", "-", 64, "1", "");
    check_size("", "-", 65, "1", deep);
    check_size("", "if a then b else ", 64, "1", "");
    check_size("", "if a then b else ", 65, "1", deep);
    check_size("", "(", 100000, "1", deep);
    check_size("", "[", 100000, "1", deep);
    check_size("", "f(", 100000, "1", deep);
    check_size("", "x in (", 100000, "1", deep);
    check_size("", "a + ", 255, "1", "");
    check_size("", "a + ", 256, "1", chained);
    check_size("", "a.b or ", 100000, "1", chained);
    check_size("a", ".b", 100000, "", chained);
    check_size("[", "1, ", 19998, "1]", "");
    check_size("[", "1, ", 19999, "1]", large);
}
