/* test_json.c - the JSON reader: what it accepts, as a line of events; what it refuses, with place and problem. */
#include "harness/harness.h"

#include "source/json.h"

typedef struct row {
    hz_str text;
    const char *trace;
} row;

#define ROW(text, trace)                                                                                               \
    {                                                                                                                  \
        {(text), sizeof(text) - 1}, (trace)                                                                            \
    }

/* `{ k=a n=1 }`; an error ends the line with `! offset problem`. */
static void trace(hz_buf *out, hz_str text)
{
    static const char *const marks[] = {"!", "", "{", "}", "[", "]", "k=", "s=", "n=", "true", "false", "null"};
    hz_json json;
    hz_json_begin(&json, text);
    while (hz_json_next(&json) != HZ_JSON_ERROR && json.event != HZ_JSON_END) {
        hz_buf_printf(out, "%s%s", out->len > 0 ? " " : "", marks[json.event]);
        if (json.event == HZ_JSON_KEY || json.event == HZ_JSON_STRING || json.event == HZ_JSON_NUMBER)
            hz_buf_add(out, json.text);
    }
    if (json.event == HZ_JSON_ERROR)
        hz_buf_printf(out, "%s! %zu %s", out->len > 0 ? " " : "", json.offset, json.problem);
    hz_json_event last = json.event;
    HZ_CHECK_EQ_INT(hz_json_next(&json), last);
}

static void check_rows(const row *rows, size_t count)
{
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    for (size_t i = 0; i < count; i++) {
        hz_buf_reset(&out);
        trace(&out, rows[i].text);
        HZ_CHECK_STR(hz_buf_text(&out).at, rows[i].trace);
    }
    hz_buf_end(&out);
}

#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof(rows)[0])

HZ_TEST(json_accepts)
{
    static const row rows[] = {
        ROW("{}", "{ }"),
        ROW(" [ ] ", "[ ]"),
        ROW("\t\r\nnull\n", "null"),
        ROW("true", "true"),
        ROW("[true,false,null]", "[ true false null ]"),
        ROW("\"\"", "s="),
        ROW("\"住院\"", "s=住院"),
        ROW("\"\\u4f4f\\n\\/\"", "s=\\u4f4f\\n\\/"),
        ROW("\"\x7f\"", "s=\x7f"),
        ROW("0", "n=0"),
        ROW("-0", "n=-0"),
        ROW("-0.50", "n=-0.50"),
        ROW("1e2", "n=1e2"),
        ROW("1E+2", "n=1E+2"),
        ROW("12.5e-07", "n=12.5e-07"),
        ROW("123456789012345678901234567890.000", "n=123456789012345678901234567890.000"),
        ROW("{\"a\":1}", "{ k=a n=1 }"),
        ROW("{ \"a\" : [ 1 , { \"b\" : \"c\" } ] , \"a\" : null }", "{ k=a [ n=1 { k=b s=c } ] k=a null }"),
        ROW("[[],{},[{}]]", "[ [ ] { } [ { } ] ]"),
        ROW("\"\\ud842\\udfb7\"", "s=\\ud842\\udfb7"),
        ROW("\"\\u0000\"", "s=\\u0000"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(json_refuses_numbers)
{
    static const row rows[] = {
        ROW("01", "! 0 a number does not begin with 0"),
        ROW("-01", "! 1 a number does not begin with 0"),
        ROW("00", "! 0 a number does not begin with 0"),
        ROW("+1", "! 0 a number has no plus sign"),
        ROW("[+1]", "[ ! 1 a number has no plus sign"),
        ROW(".5", "! 0 a digit must stand before the decimal point"),
        ROW("1.", "! 2 the text ends inside a number"),
        ROW("[1.]", "[ ! 3 a digit must follow the decimal point"),
        ROW("1.e2", "! 2 a digit must follow the decimal point"),
        ROW("-", "! 1 the text ends inside a number"),
        ROW("[-]", "[ ! 2 a digit must follow the minus sign"),
        ROW("[1e]", "[ ! 3 a digit must follow the exponent's e"),
        ROW("1e+", "! 3 the text ends inside a number"),
        ROW("0x1F", "! 0 numbers are decimal, not hexadecimal"),
        ROW("NaN", "! 0 NaN and Infinity are not numbers of JSON"),
        ROW("Infinity", "! 0 NaN and Infinity are not numbers of JSON"),
        ROW("-Infinity", "! 0 NaN and Infinity are not numbers of JSON"),
        ROW("1_000", "! 1 this does not belong to a number"),
        ROW("1,000", "n=1 ! 1 something follows after the value"),
        ROW("[1 000]", "[ n=1 ! 3 a comma or ] is missing"),
        ROW("1.2.3", "! 3 this does not belong to a number"),
        ROW("12abc", "! 2 this does not belong to a number"),
        ROW("1\"a\"", "! 1 this does not belong to a number"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(json_refuses_strings)
{
    static const row rows[] = {
        ROW("\"abc", "! 4 the text ends inside a string"),
        ROW("\"abc\\", "! 5 the text ends inside a string"),
        ROW("\"\\u12", "! 5 the text ends inside a string"),
        ROW("\"\\u12G4\"", "! 1 \\u needs four hexadecimal digits"),
        ROW("\"\\x41\"", "! 1 this escape does not exist; a backslash itself is written \\\\"),
        ROW("\"\\'\"", "! 1 this escape does not exist; a backslash itself is written \\\\"),
        ROW("\"\\\0\"", "! 1 this escape does not exist; a backslash itself is written \\\\"),
        ROW("\"a\tb\"", "! 2 a control character in a string must be escaped"),
        ROW("\"a\0b\"", "! 2 a control character in a string must be escaped"),
        ROW("\"a\nb\"", "! 2 a string goes over the end of the line; write \\n"),
        ROW("'a'", "! 0 strings stand in double quotes"),
        ROW("\"a\\ud842b\"", "! 2 the first half of a surrogate pair stands alone"),
        ROW("\"\\ud842\\u0041\"", "! 1 the first half of a surrogate pair stands alone"),
        ROW("\"\\ud842\\ud842\"", "! 1 the first half of a surrogate pair stands alone"),
        ROW("\"\\ud842\"", "! 1 the first half of a surrogate pair stands alone"),
        ROW("\"\\udfb7\"", "! 1 the second half of a surrogate pair stands alone"),
        ROW("\"\xed\xa1\x82\"", "! 1 a byte in a string is not UTF-8"),
        ROW("\"\xff\"", "! 1 a byte in a string is not UTF-8"),
        ROW("\"\xc0\x80\"", "! 1 a byte in a string is not UTF-8"),
        ROW("\"住\xe4\xbd\"", "! 4 a byte in a string is not UTF-8"),
        ROW("\"\xf4\x90\x80\x80\"", "! 1 a byte in a string is not UTF-8"),
        ROW("{\"a\xff\":1}", "{ ! 3 a byte in a string is not UTF-8"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(json_refuses_structure)
{
    static const row rows[] = {
        ROW("", "! 0 the text is empty"),
        ROW("  \n", "! 3 the text is empty"),
        ROW("\xEF\xBB\xBF{}", "! 0 a byte order mark stands before the value"),
        ROW("{", "{ ! 1 the text ends before the last bracket is closed"),
        ROW("{\"a\"", "{ k=a ! 4 the text ends before the last bracket is closed"),
        ROW("{\"a\":", "{ k=a ! 5 the text ends before the last bracket is closed"),
        ROW("{\"a\":1", "{ k=a n=1 ! 6 the text ends before the last bracket is closed"),
        ROW("[1,", "[ n=1 ! 3 the text ends before the last bracket is closed"),
        ROW("tru", "! 3 the text ends inside a word"),
        ROW("[1,]", "[ n=1 ! 2 a comma stands before the closing bracket"),
        ROW("{\"a\":1 , }", "{ k=a n=1 ! 7 a comma stands before the closing bracket"),
        ROW("[,1]", "[ ! 1 a value is missing"),
        ROW("[1,,2]", "[ n=1 ! 3 a value is missing"),
        ROW("{,}", "{ ! 1 a key is a string in double quotes"),
        ROW("{a:1}", "{ ! 1 a key is a string in double quotes"),
        ROW("{1:2}", "{ ! 1 a key is a string in double quotes"),
        ROW("{'a':1}", "{ ! 1 strings stand in double quotes"),
        ROW("{\"a\" 1}", "{ k=a ! 5 a colon must follow the key"),
        ROW("{\"a\":}", "{ k=a ! 5 a value is missing"),
        ROW("{\"a\":1 \"b\":2}", "{ k=a n=1 ! 7 a comma or } is missing"),
        ROW("{]", "{ ! 1 ] closes what { opened"),
        ROW("[}", "[ ! 1 } closes what [ opened"),
        ROW("{\"a\":[1}", "{ k=a [ n=1 ! 7 } closes what [ opened"),
        ROW("]", "! 0 a value is missing"),
        ROW("{}}", "{ } ! 2 something follows after the value"),
        ROW("{} {}", "{ } ! 3 something follows after the value"),
        ROW("1 2", "n=1 ! 2 something follows after the value"),
        ROW("// x\n1", "! 0 JSON has no comments"),
        ROW("[1 /* x */]", "[ n=1 ! 3 JSON has no comments"),
        ROW("1 # x", "n=1 ! 2 JSON has no comments"),
        ROW("True", "! 0 a value is a string in double quotes, a number, true, false, null, { or ["),
        ROW("truex", "! 0 a value is a string in double quotes, a number, true, false, null, { or ["),
        ROW("[nil]", "[ ! 1 a value is a string in double quotes, a number, true, false, null, { or ["),
        ROW("[1\x01]", "[ ! 2 this does not belong to a number"),
        ROW("[\x01]", "[ ! 1 a control character stands outside of a string"),
        ROW("{\"a\"\xEF\xBC\x9A"
            "1}",
            "{ k=a ! 4 a character that JSON knows only inside strings (a full-width sign?)"),
        ROW("[\xC2\xA0]", "[ ! 1 a character that JSON knows only inside strings (a full-width sign?)"),
        ROW("[\xff]", "[ ! 1 this byte is not UTF-8"),
        ROW("\0", "! 0 a control character stands outside of a string"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(json_depth)
{
    char text[2 * HZ_JSON_DEPTH + 2];
    hz_json json;
    memset(text, '[', HZ_JSON_DEPTH);
    memset(text + HZ_JSON_DEPTH, ']', HZ_JSON_DEPTH);
    hz_json_begin(&json, (hz_str){text, 2 * HZ_JSON_DEPTH});
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_ARRAY);
    HZ_CHECK(hz_json_skip(&json));
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_END);
    memset(text, '[', HZ_JSON_DEPTH + 1);
    hz_json_begin(&json, (hz_str){text, sizeof text});
    while (hz_json_next(&json) == HZ_JSON_ARRAY) continue;
    HZ_CHECK_EQ_INT(json.event, HZ_JSON_ERROR);
    HZ_CHECK_EQ_INT(json.offset, HZ_JSON_DEPTH);
    HZ_CHECK_STR(json.problem, "brackets are nested more than 64 deep");
}

/* Each level knows its own bracket. */
HZ_TEST(json_remembers_brackets)
{
    hz_buf text;
    hz_json json;
    hz_buf_begin(&text, &hz_alloc_libc);
    for (int i = 0; i < HZ_JSON_DEPTH; i++) hz_buf_printf(&text, i % 2 == 0 ? "[" : "{\"a\":");
    hz_buf_printf(&text, "1");
    for (int i = HZ_JSON_DEPTH - 1; i >= 0; i--) hz_buf_printf(&text, i % 2 == 0 ? "]" : "}");
    hz_json_begin(&json, hz_buf_text(&text));
    hz_json_next(&json);
    HZ_CHECK(hz_json_skip(&json));
    HZ_CHECK_EQ_INT(json.depth, 0);
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_END);
    hz_buf_end(&text);
}

HZ_TEST(json_skips)
{
    hz_json json;
    hz_json_begin(&json, HZ_STR("{\"a\": {\"b\": [1, {}]}, \"c\": 2, \"d\": [x]}"));
    hz_json_next(&json);
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_KEY);
    HZ_CHECK(hz_json_skip(&json));
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_KEY);
    HZ_CHECK(hz_str_is(json.text, "c"));
    HZ_CHECK(hz_json_skip(&json));
    HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_KEY);
    HZ_CHECK(!hz_json_skip(&json));
    HZ_CHECK_EQ_INT(json.offset, 36);
}

HZ_TEST(json_unescapes)
{
    static const struct {
        const char *text, *value;
    } rows[] = {
        {"\"plain 住院\"", "plain 住院"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u4f4f\\u9662x\"", "住院x"},
        {"\"\\uD842\\uDFB7\"", "𠮷"},
        {"\"a\\u00e9\\u007fb\"", "aé\x7f"
                                 "b"},
    };
    hz_buf scratch;
    hz_buf_begin(&scratch, &hz_alloc_libc);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hz_json json;
        hz_json_begin(&json, hz_str_from(rows[i].text));
        HZ_CHECK_EQ_INT(hz_json_next(&json), HZ_JSON_STRING);
        HZ_CHECK_EQ_INT(json.escaped, i > 0);
        HZ_CHECK(hz_str_is(hz_json_unescape(&json, &scratch), rows[i].value));
    }
    hz_json json;
    hz_json_begin(&json, HZ_STR("\"a\\u0000b\""));
    hz_json_next(&json);
    hz_str value = hz_json_unescape(&json, &scratch);
    HZ_CHECK(value.len == 3 && memcmp(value.at, "a\0b", 3) == 0);
    hz_buf_end(&scratch);
}

HZ_TEST(json_places)
{
    hz_str text = HZ_STR(" {\"住\": [12, \"x\"]}");
    static const size_t offsets[] = {1, 2, 9, 10, 14, 17, 18, 19};
    hz_json json;
    hz_json_begin(&json, text);
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        hz_json_next(&json);
        HZ_CHECK_EQ_INT(json.offset, offsets[i]);
    }
    HZ_CHECK_EQ_INT(json.event, HZ_JSON_END);
}
