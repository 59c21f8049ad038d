/* test_feel_parse.c - what the parser makes of good texts: shapes, places, names, strings, cells; and that what the
 * printer writes has the same shape. Messages about bad texts are in test_feel_errors.c.
 */
#include "harness/harness.h"

#include "feel/print.h"
#include "feel_shape.h"

typedef hz_ast *(*reader)(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names);
typedef void (*writer)(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out);

typedef struct sample {
    const char *source, *shape, *printed; /* printed NULL: as the source */
} sample;

static hz_feel_text text_of(hz_str source)
{
    return (hz_feel_text){source, {0, 0, (uint32_t)source.len}, NULL};
}

static void shape_of(hz_arena *arena, hz_buf *out, hz_str source, reader read, const hz_feel_names *names)
{
    hz_diags diags = {.arena = arena};
    const hz_ast *ast = read(arena, &diags, text_of(source), names);
    if (ast->op == HZ_AST_ERROR && diags.list.count > 0)
        add_complaint(out, &diags.list.at[0]);
    else
        add_shape(out, ast);
}

static void print_of(hz_arena *arena, hz_buf *out, hz_str source, reader read, writer write, const hz_feel_names *names)
{
    hz_diags diags = {.arena = arena};
    write(read(arena, &diags, text_of(source), names), NULL, out);
}

static void check_row(sample row, reader read, writer write, const hz_feel_names *names)
{
    hz_arena arena;
    hz_buf shape, printed, again;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_buf_begin(&shape, &hz_alloc_libc);
    hz_buf_begin(&printed, &hz_alloc_libc);
    hz_buf_begin(&again, &hz_alloc_libc);
    shape_of(&arena, &shape, hz_str_from(row.source), read, names);
    HZ_CHECK_STR(hz_buf_text(&shape).at, row.shape);
    print_of(&arena, &printed, hz_str_from(row.source), read, write, names);
    HZ_CHECK_STR(hz_buf_text(&printed).at, row.printed != NULL ? row.printed : row.source);
    shape_of(&arena, &again, hz_buf_text(&printed), read, names);
    HZ_CHECK_STR(hz_buf_text(&again).at, row.shape);
    hz_buf_end(&again);
    hz_buf_end(&printed);
    hz_buf_end(&shape);
    hz_arena_end(&arena);
}

#define CHECK_ROWS(rows, names)                                                  \
    do {                                                                         \
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++)              \
            check_row((rows)[i], hz_feel_parse, hz_feel_print, (names));         \
    } while (0)

HZ_TEST(feel_literals)
{
    static const sample rows[] = {
        {"50", "50", NULL},
        {".872", "0.872", "0.872"},
        {"125.4321987654", "125.4321987654", NULL},
        {"3.00", "3.00", NULL},
        {"007", "7", "7"},
        {"1e3", "1000", "1000"},
        {"1.23E-4", "0.000123", "0.000123"},
        {".5e+1", "5", "5"},
        {"1.50e1", "15", "15"},
        {"0e99", "0", "0"},
        {"9.99e33", "9990000000000000000000000000000000", "9990000000000000000000000000000000"},
        {"1e-34", "0.0000000000000000000000000000000001", "0.0000000000000000000000000000000001"},
        {"1000e-3", "1", "1"},
        {"1234567890123456789012345678901234", "1234567890123456789012345678901234", NULL},
        {"true", "true", NULL},
        {"false", "false", NULL},
        {"null", "null", NULL},
        {"?", "?", NULL},
        {"@\"P1DT2H\"", "@\"P1DT2H\"", NULL},
        {"[]", "(list)", NULL},
        {"[ 1 , \"a\" ]", "(list 1 \"a\")", "[1, \"a\"]"},
        {"[[1], []]", "(list (list 1) (list))", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_strings)
{
    static const sample rows[] = {
        {"\"\"", "\"\"", NULL},
        {"\"中文 🐎\"", "\"中文 🐎\"", NULL},
        {"\"a\\\"b\\\\c\"", "\"a\"b\\c\"", NULL},
        {"\"\\n\\r\\t\"", "\"{0a}{0d}{09}\"", NULL},
        {"\"it\\'s\"", "\"it's\"", "\"it's\""},
        {"\"\\u0009\\u4e2D\"", "\"{09}中\"", "\"\\t中\""},
        {"\"\\ud83d\\udca9\"", "\"💩\"", "\"💩\""},
        {"\"\\U01F40E\"", "\"🐎\"", "\"🐎\""},
        {"\"\\\\u0009\"", "\"\\u0009\"", NULL},
        {"\"\\d+\\s\"", "\"\\d+\\s\"", "\"\\\\d+\\\\s\""},
        {"\"// no /* comment\"", "\"// no /* comment\"", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_precedence)
{
    static const sample rows[] = {
        {"a + b * c", "(+ a (* b c))", NULL},
        {"(a + b) * c", "(* (+ a b) c)", NULL},
        {"a - b - c", "(- (- a b) c)", NULL},
        {"a - (b - c)", "(- a (- b c))", NULL},
        {"a / b * c", "(* (/ a b) c)", NULL},
        {"2 ** 3 ** 2", "(** (** 2 3) 2)", NULL},
        {"2 ** (3 ** 2)", "(** 2 (** 3 2))", NULL},
        {"-3 ** 2", "(** (neg 3) 2)", NULL},
        {"-(3 ** 2)", "(neg (** 3 2))", NULL},
        {"10**-5", "(** 10 (neg 5))", "10 ** -5"},
        {"10--5", "(- 10 (neg 5))", "10 - -5"},
        {"--5", "(neg (neg 5))", NULL},
        {"-a.days", "(neg (.days a))", NULL},
        {"(-a).days", "(.days (neg a))", NULL},
        {"(5).days", "(.days 5)", NULL},
        {"a or b and c", "(or a (and b c))", NULL},
        {"(a or b) and c", "(and (or a b) c)", NULL},
        {"a and b = c", "(and a (= b c))", NULL},
        {"a + 1 < b * 2", "(< (+ a 1) (* b 2))", NULL},
        {"(a = b) = c", "(= (= a b) c)", NULL},
        {"a=(b!=c)", "(= a (!= b c))", "a = (b != c)"},
        {"not(a) and b", "(and (call 'not' a) b)", NULL},
        {"1 + /* two */ 2 // three\n+ 3", "(+ (+ 1 2) 3)", "1 + 2 + 3"},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_choice)
{
    static const sample rows[] = {
        {"if a then b else c", "(if a b c)", NULL},
        {"if a then b else c + 1", "(if a b (+ c 1))", NULL},
        {"(if a then b else c) + 1", "(+ (if a b c) 1)", NULL},
        {"1 + if a then b else c", "(+ 1 (if a b c))", "1 + (if a then b else c)"},
        {"if a then b else if c then d else e", "(if a b (if c d e))", NULL},
        {"if a then if b then c else d else e", "(if a (if b c d) e)", NULL},
        {"if a or b then c else d and e", "(if (or a b) c (and d e))", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_tests_in)
{
    static const sample rows[] = {
        {"x in 1", "(in x 1)", NULL},
        {"x in 1 + 2", "(in x (+ 1 2))", NULL},
        {"x in <= 10", "(in x (test<= 10))", NULL},
        {"x in (=10)", "(in x (test= 10))", "x in = 10"},
        {"x in !=a+1", "(in x (test!= (+ a 1)))", "x in != a + 1"},
        {"x in (1, < 5, >=10)", "(in x 1 (test< 5) (test>= 10))", "x in (1, < 5, >= 10)"},
        {"x in [1, 2]", "(in x (list 1 2))", NULL},
        {"x in (a)", "(in x a)", "x in a"},
        {"x in (a + 1) * 2", "(in x (* (+ a 1) 2))", NULL},
        {"x in (a = b)", "(in x (= a b))", NULL},
        {"x in ((1), [3..4])", "(in x 1 (range[] 3 4))", "x in (1, [3..4])"},
        {"x in 1 and y", "(and (in x 1) y)", NULL},
        {"x + 1 in 1 or y", "(or (in (+ x 1) 1) y)", NULL},
        {"(x in 1) = y", "(= (in x 1) y)", NULL},
        {"f(x in (1, 2), y)", "(call 'f' (in x 1 2) y)", NULL},
        {"x between 1 and 2 and y", "(and (between x 1 2) y)", NULL},
        {"x between a + 1 and b * 2", "(between x (+ a 1) (* b 2))", NULL},
        {"(x between 1 and 2) = y", "(= (between x 1 2) y)", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_ranges)
{
    static const sample rows[] = {
        {"x in [1..3]", "(in x (range[] 1 3))", NULL},
        {"x in [1..3)", "(in x (range[) 1 3))", NULL},
        {"x in (1..3]", "(in x (range(] 1 3))", NULL},
        {"x in (1..3)", "(in x (range() 1 3))", NULL},
        {"x in ]1..3[", "(in x (range() 1 3))", "x in (1..3)"},
        {"x in ]1..3]", "(in x (range(] 1 3))", "x in (1..3]"},
        {"x in (1..3[", "(in x (range() 1 3))", "x in (1..3)"},
        {"x in [0.5..0.75]", "(in x (range[] 0.5 0.75))", NULL},
        {"x in [a + 1..b.year]", "(in x (range[] (+ a 1) (.year b)))", NULL},
        {"]a..b[ = c", "(= (range() a b) c)", "(a..b) = c"},
        {"]f([1])..g([2])[", "(range() (call 'f' (list 1)) (call 'g' (list 2)))", "(f([1])..g([2]))"},
        {"[1..3] = [1..4]", "(= (range[] 1 3) (range[] 1 4))", NULL},
        {"(< 5) = a", "(= (test< 5) a)", NULL},
        {"f((>= 5), [1..2])", "(call 'f' (test>= 5) (range[] 1 2))", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_calls)
{
    static const sample rows[] = {
        {"f()", "(call 'f')", NULL},
        {"max(12,500)", "(call 'max' 12 500)", "max(12, 500)"},
        {"round half up(a, 2)", "(call 'round half up' a 2)", NULL},
        {"round  half\nup (a, 2)", "(call 'round half up' a 2)", "round half up(a, 2)"},
        {"roud half up(a)", "(call 'roud half up' a)", NULL},
        {"round + half + up", "(+ (+ round half) up)", NULL},
        {"date and time", "(and date time)", NULL},
        {"date and time(\"x\")", "(call 'date and time' \"x\")", NULL},
        {"d and date and time(\"x\") = e", "(and d (= (call 'date and time' \"x\") e))", NULL},
        {"years and months duration(a, b).years", "(.years (call 'years and months duration' a b))", NULL},
        {"if f (a) then b else c", "(if (call 'f' a) b c)", "if f(a) then b else c"},
        {"f(n: 1, new item: -2)", "(call 'f' n:1 new item:(neg 2))", NULL},
        {"f(grouping  separator\n:1)", "(call 'f' grouping separator:1)", "f(grouping separator: 1)"},
        {"f(from: a and b, in: c)", "(call 'f' from:(and a b) in:c)", NULL},
        {"f(g(x: 1), 2)", "(call 'f' (call 'g' x:1) 2)", NULL},
        {"(b - a).days + 1", "(+ (.days (- b a)) 1)", NULL},
        {"f(a).b.c", "(.c (.b (call 'f' a)))", NULL},
    };
    CHECK_ROWS(rows, NULL);
}

HZ_TEST(feel_names)
{
    static const hz_str declared[] = {
        {"a", 1},         {"Full Name", 9}, {"Full Name Long", 14}, {"Date-Time", 9}, {"in force", 8},
        {"价格 含税", 13}, {"P*", 2},        {"x.y", 3},             {"Full Time", 9},
    };
    static const hz_feel_names names = {declared, sizeof declared / sizeof declared[0]};
    static const sample rows[] = {
        {"自付一 > 起付线", "(> 自付一 起付线)", NULL},
        {"_a1 + é·", "(+ _a1 é·)", NULL},
        {"\"Hello \" + Full Name", "(+ \"Hello \" Full Name)", NULL},
        {"Full \n Name Long-a", "(- Full Name Long a)", "Full Name Long - a"},
        {"Date-Time - a", "(- Date-Time a)", NULL},
        {"Date - Time", "(- Date Time)", NULL},
        {"if in force then Full Time else a", "(if in force Full Time a)", NULL},
        {"a + in force", "(+ a in force)", NULL},
        {"价格 含税 * 2", "(* 价格 含税 2)", NULL},
        {"P* + P", "(+ P* P)", NULL},
        {"x.y.z", "(.z x.y)", NULL},
        {"f(Full Name: Full Name)", "(call 'f' Full Name:Full Name)", NULL},
        {"Full Names(1)", "(call 'Full Names' 1)", NULL},
    };
    CHECK_ROWS(rows, &names);
}

HZ_TEST(feel_cells)
{
    static const sample rows[] = {
        {"-", "(in true)", NULL},
        {" - // any", "(in true)", "-"},
        {"-5", "(in ? (neg 5))", NULL},
        {"1", "(in ? 1)", NULL},
        {"< 5, > 7", "(in ? (test< 5) (test> 7))", NULL},
        {"[1..3]", "(in ? (range[] 1 3))", NULL},
        {"(1..3], =5, null", "(in ? (range(] 1 3) (test= 5) null)", "(1..3], = 5, null"},
        {"\"a\",\"b\"", "(in ? \"a\" \"b\")", "\"a\", \"b\""},
        {"a or b", "(in ? (or a b))", NULL},
        {"not(< 5)", "(call 'not' (in ? (test< 5)))", NULL},
        {"not(1, [3..4])", "(call 'not' (in ? 1 (range[] 3 4)))", NULL},
        {"(not(1))", "(in ? (call 'not' 1))", NULL},
        {"not(a) and b", "(in ? (and (call 'not' a) b))", "(not(a) and b)"},
        {"? * 2 > 5", "(> (* ? 2) 5)", NULL},
        {"not(? > 5)", "(call 'not' (> ? 5))", NULL},
        {"not(a) and ? > 5", "(and (call 'not' a) (> ? 5))", NULL},
        {"? in [1..3]", "(in ? (range[] 1 3))", NULL},
        {"? in (1, ?)", "(in ? 1 ?)", NULL},
        {"< ? + 1", "(in ? (test< (+ ? 1)))", NULL},
        {"starts with(?, \"x\")", "(call 'starts with' ? \"x\")", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(rows[i], hz_feel_parse_tests, hz_feel_print_tests, NULL);
}

/* ---- places ---- */

/* The source with the node's span in ⟨ ⟩ and its `at` in « ». */
static void check_place(const char *source, const hz_ast *ast, const char *expected)
{
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    for (uint32_t i = 0; i <= strlen(source); i++) {
        if (i == ast->at.end && ast->at.end != ast->at.begin)
            hz_buf_add_literal(&out, "»");
        if (i == ast->span.end)
            hz_buf_add_literal(&out, "⟩");
        if (i == ast->span.begin)
            hz_buf_add_literal(&out, "⟨");
        if (i == ast->at.begin)
            hz_buf_add_literal(&out, "«");
        if (source[i] != '\0')
            hz_buf_add_char(&out, source[i]);
    }
    HZ_CHECK_STR(hz_buf_text(&out).at, expected);
    hz_buf_end(&out);
}

HZ_TEST(feel_places)
{
    static const struct {
        const char *source, *whole;
    } rows[] = {
        {" a + b ", " ⟨a «+» b⟩ "},
        {"(a) * ( b )", "⟨(a) «*» ( b )⟩"},
        {"- a", "⟨«-» a⟩"},
        {"x in (1, 2) ", "⟨x «in» (1, 2)⟩ "},
        {"x in < 5", "⟨x «in» < 5⟩"},
        {"x between 1 and 2", "⟨x «between» 1 and 2⟩"},
        {"[1 .. 3 )", "⟨[1 «..» 3 )⟩"},
        {"[1, 2]", "⟨«[»1, 2]⟩"},
        {"if a then b else c", "⟨«if» a then b else c⟩"},
        {"round up (1, 2)", "⟨«round up» (1, 2)⟩"},
        {"(a).days", "⟨(a).«days»⟩"},
        {"自付一 ", "⟨«自付一»⟩ "},
        {"( 5 )", "⟨( «5» )⟩"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_arena arena;
        hz_arena_begin(&arena, &hz_alloc_libc, 0);
        hz_diags diags = {.arena = &arena};
        const hz_ast *ast = hz_feel_parse(&arena, &diags, text_of(hz_str_from(rows[i].source)), NULL);
        check_place(rows[i].source, ast, rows[i].whole);
        hz_arena_end(&arena);
    }
}

HZ_TEST(feel_places_in_file)
{
    /* 'it''s' in YAML: the text is it's, and each byte behind the quote stands one further on. */
    static const uint32_t offsets[] = {10, 11, 12, 13, 15, 16};
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_diags diags = {.arena = &arena};
    hz_feel_text text = {HZ_STR("a + b"), {3, 10, 16}, offsets};
    const hz_ast *ast = hz_feel_parse(&arena, &diags, text, NULL);
    HZ_CHECK_EQ_INT(ast->at.file, 3);
    HZ_CHECK_EQ_INT(ast->at.begin, 12);
    HZ_CHECK_EQ_INT(ast->at.end, 13);
    HZ_CHECK_EQ_INT(ast->child[1]->span.begin, 15);
    HZ_CHECK_EQ_INT(ast->child[1]->span.end, 16);
    hz_feel_text shifted = {HZ_STR("a b"), {3, 100, 103}, NULL};
    hz_feel_parse(&arena, &diags, shifted, NULL);
    HZ_CHECK_EQ_INT(diags.list.count, 1);
    HZ_CHECK_EQ_INT(diags.list.at[0].span.begin, 102);
    HZ_CHECK_EQ_INT(diags.list.at[0].span.end, 103);
    hz_arena_end(&arena);
}

/* ---- labels ---- */

static hz_str label_of(const void *context, hz_str name)
{
    return hz_str_is(name, "days") ? hz_str_from(context) : name;
}

HZ_TEST(feel_print_labels)
{
    hz_arena arena;
    hz_buf out;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_diags diags = {.arena = &arena};
    hz_feel_labels labels = {.label = label_of, .context = "住院天数"};
    hz_str source = HZ_STR("max(0, days - a.days)");
    hz_feel_print(hz_feel_parse(&arena, &diags, text_of(source), NULL), &labels, &out);
    HZ_CHECK_STR(hz_buf_text(&out).at, "max(0, 住院天数 - a.days)");
    hz_buf_end(&out);
    hz_arena_end(&arena);
}
