/* test_source.c - places in texts, and suggestions; diagnostics are in test_diag.c. */
#include "harness/harness.h"

#include "guarded.h"
#include "source/suggest.h"
#include "source/text.h"

typedef struct place_row {
    hz_str bytes;
    uint32_t offset, line, column;
    const char *text; /* the line */
} place_row;

#define TEXT(literal) {(literal), sizeof(literal) - 1}

static void find_places(hz_arena *arena, void *context)
{
    (void)context;
    static const place_row rows[] = {
        {TEXT(""), 0, 1, 1, ""},
        {TEXT(""), 9, 1, 1, ""},
        {TEXT("ab"), 0, 1, 1, "ab"},
        {TEXT("ab"), 1, 1, 2, "ab"},
        {TEXT("ab"), 2, 1, 3, "ab"},
        {TEXT("ab"), 99, 1, 3, "ab"},
        {TEXT("ab\ncd\n"), 2, 1, 3, "ab"},   /* the line end belongs to its line */
        {TEXT("ab\ncd\n"), 3, 2, 1, "cd"},
        {TEXT("ab\ncd\n"), 6, 3, 1, ""},     /* the empty line behind the last */
        {TEXT("ab\r\ncd"), 2, 1, 3, "ab"},
        {TEXT("ab\r\ncd"), 3, 1, 3, "ab"},   /* between \r and \n */
        {TEXT("ab\r\ncd"), 4, 2, 1, "cd"},
        {TEXT("ab\rcd"), 3, 2, 1, "cd"},
        {TEXT("a\n\r\n\r\rb"), 1, 1, 2, "a"},
        {TEXT("a\n\r\n\r\rb"), 2, 2, 1, ""},
        {TEXT("a\n\r\n\r\rb"), 4, 3, 1, ""},
        {TEXT("a\n\r\n\r\rb"), 5, 4, 1, ""},
        {TEXT("a\n\r\n\r\rb"), 6, 5, 1, "b"},
        {TEXT("住院: x"), 6, 1, 3, "住院: x"},
        {TEXT("住院: x"), 4, 1, 2, "住院: x"}, /* inside 院 */
        {TEXT("住院: x"), 5, 1, 2, "住院: x"},
        {TEXT("𠮷x"), 4, 1, 2, "𠮷x"},
        {TEXT("\xEF\xBB\xBFkey"), 0, 1, 1, "key"},
        {TEXT("\xEF\xBB\xBFkey"), 3, 1, 1, "key"},
        {TEXT("\xEF\xBB\xBFkey"), 4, 1, 2, "key"},
        {TEXT("a\n\xEF\xBB\xBF" "b"), 5, 2, 2, "\xEF\xBB\xBF" "b"}, /* elsewhere it is a character */
        {TEXT("a\xC2\x85" "b"), 3, 1, 3, "a\xC2\x85" "b"},          /* NEL and LS end no line */
        {TEXT("a\xE2\x80\xA8" "b"), 4, 1, 3, "a\xE2\x80\xA8" "b"},
        {TEXT("a\x80\xFFz"), 3, 1, 4, "a\x80\xFFz"}, /* bad bytes are a column each */
    };
    hz_sources sources = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t file = hz_sources_add(arena, &sources, HZ_STR("x.yaml"), rows[i].bytes);
        HZ_CHECK_EQ_INT(file, i);
        hz_place place = hz_sources_place(&sources, file, rows[i].offset);
        HZ_CHECK_EQ_INT(place.line, rows[i].line);
        HZ_CHECK_EQ_INT(place.column, rows[i].column);
        HZ_CHECK(hz_str_is(place.text, rows[i].text));
        HZ_CHECK(place.text.at == rows[i].bytes.at + place.line_begin);
    }
}

HZ_TEST(places_count_lines_and_columns_from_1)
{
    HZ_CHECK_EQ_INT(in_arena(find_places, NULL), HZ_OK);
}

HZ_TEST(spans_join_and_nest)
{
    hz_span a = {3, 10, 20}, b = {3, 15, 17}, inner = hz_span_inside(a, 2, 4);
    HZ_CHECK_EQ_INT(hz_span_join(b, a).begin, 10);
    HZ_CHECK_EQ_INT(hz_span_join(b, a).end, 20);
    HZ_CHECK(inner.file == 3 && inner.begin == 12 && inner.end == 14);
    HZ_CHECK_EQ_INT(HZ_NO_SPAN.file, HZ_NO_FILE);
}

/* The suggestion for asked among words, which one space parts; "" when there is none. */
static hz_str suggested(const char *asked, const char *words)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, hz_str_from(asked));
    hz_str all = hz_str_from(words);
    for (size_t begin = 0, at = 0; at <= all.len; at++)
        if (at == all.len || all.at[at] == ' ') {
            hz_suggest_offer(&suggest, hz_str_part(all, begin, at));
            begin = at + 1;
        }
    return suggest.best;
}

HZ_TEST(suggestions_are_near)
{
    static const struct {
        const char *asked, *known, *best;
    } rows[] = {
        {"limitt", "counts limit code", "limit"},            /* one too many */
        {"limt", "counts limit code", "limit"},              /* one too few */
        {"limut", "counts limit code", "limit"},             /* another */
        {"ilmit", "counts limit code", "limit"},             /* exchanged */
        {"daily_ammuont", "daily_amount days", "daily_amount"},
        {"Daily-Amount", "daily_amount", "daily_amount"},
        {"IN", "in an", "in"},
        {"xyz", "counts limit code", ""},
        {"limit", "limit", ""},                              /* equal: nothing to suggest */
        {"", "a b", ""},
        {"a", "b c", ""},                                    /* nothing in common */
        {"ab", "xb", "xb"},
        {"ab", "xy", ""},
        {"abc", "axy", ""},                                  /* 2 of 3 */
        {"abcdef", "abxyef", "abxyef"},                      /* 2 of 6 */
        {"abcdef", "axyzef", ""},                            /* 3 of 6 */
        {"abcde", "abxye", ""},                              /* 2 of 5 */
        {"cat", "bat rat", "bat"},                           /* the first of equals */
        {"limitts", "limit limits", "limits"},               /* the nearest, whatever the order */
        {"limitts", "limits limit", "limits"},
        {"保障起始", "保障终止 保障起使", "保障起使"},       /* by characters, not bytes */
        {"住院", "住完", "住完"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        HZ_CHECK(hz_str_is(suggested(rows[i].asked, rows[i].known), rows[i].best));
}

HZ_TEST(suggestions_measure_edits)
{
    static const struct {
        const char *asked, *known;
        uint32_t distance;
    } rows[] = {
        {"first_paid_day", "first_pay_day", 2}, {"period_cap", "preiod_cap", 1},  {"abcdefghi", "bacdefgih", 2},
        {"deductible", "deductable", 1},        {"per-claim", "PER_CLAIM", 0},    {"abcdefghi", "defghi", 3},
        {"defghi", "abcdefghi", 3},             {"cabcdefgh", "abcabcdefgh", 2}, /* an exchange is not edited again */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_suggest suggest;
        hz_suggest_begin(&suggest, hz_str_from(rows[i].asked));
        HZ_CHECK(suggest.best.at == NULL);
        hz_suggest_offer(&suggest, hz_str_from(rows[i].known));
        HZ_CHECK(suggest.best.at != NULL);
        HZ_CHECK_EQ_INT(suggest.distance, rows[i].distance);
    }
}

HZ_TEST(suggestions_leave_long_names_alone)
{
    char name[70];
    memset(name, 'a', sizeof name);
    hz_suggest suggest;
    hz_suggest_begin(&suggest, (hz_str){name, 64});
    hz_suggest_offer(&suggest, (hz_str){name, 65});
    HZ_CHECK(suggest.best.at == NULL);
    hz_suggest_offer(&suggest, (hz_str){name, 63});
    HZ_CHECK_EQ_INT(suggest.distance, 1);
    hz_suggest_begin(&suggest, (hz_str){name, 65});
    hz_suggest_offer(&suggest, (hz_str){name, 64});
    HZ_CHECK(suggest.best.at == NULL);
}
