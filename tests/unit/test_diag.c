/* test_diag.c - diagnostics: the list, the codes, and what users read, letter by letter. */
#include "harness/harness.h"

#include "guarded.h"
#include "source/diag.h"

typedef struct shown {
    const char *bytes;     /* the file x.yaml */
    uint32_t begin, end;   /* the span */
    const char *text;      /* from the source line on */
} shown;

#define NINE "123456789 "
#define COLUMNS_50 NINE NINE NINE NINE NINE
#define COLUMNS_150 COLUMNS_50 COLUMNS_50 COLUMNS_50
#define SPACES_59 "                                                           "

static void check_text(const hz_diag *diag, const hz_sources *sources, const char *want)
{
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_diag_render(diag, sources, &out);
    HZ_CHECK_STR(hz_buf_text(&out).at, want);
    hz_buf_end(&out);
}

static void check_json(const hz_diag *diag, const hz_sources *sources, const char *want)
{
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_diag_json(diag, sources, &out);
    HZ_CHECK_STR(hz_buf_text(&out).at, want);
    hz_buf_end(&out);
}

static void show_whole(hz_arena *arena, void *context)
{
    (void)context;
    hz_sources sources = {0};
    hz_diags diags = {.arena = arena};
    hz_str text = HZ_STR("caps:\n  - code: A\n    limitt: 3\n");
    uint32_t file = hz_sources_add(arena, &sources, HZ_STR("rulesets/beijing/x.yaml"), text);
    hz_diag *diag = hz_error(&diags, HZ_E_UNKNOWN_KEY, (hz_span){file, 22, 28}, "unknown key `%s` in a cap", "limitt");
    check_text(diag, &sources,
               "rulesets/beijing/x.yaml:3:5: error[E_UNKNOWN_KEY]: unknown key `limitt` in a cap\n"
               "    3 |     limitt: 3\n"
               "      |     ^~~~~~\n");
    hz_diag_hint(&diags, diag, "did you mean `%s`?", "limit");
    hz_diag_relate(&diags, diag, (hz_span){file, 10, 14}, "the cap begins here");
    hz_diag_relate(&diags, diag, HZ_NO_SPAN, "nowhere");
    check_text(diag, &sources,
               "rulesets/beijing/x.yaml:3:5: error[E_UNKNOWN_KEY]: unknown key `limitt` in a cap\n"
               "    3 |     limitt: 3\n"
               "      |     ^~~~~~\n"
               "hint: did you mean `limit`?\n"
               "rulesets/beijing/x.yaml:2:5: note: the cap begins here\n"
               "    2 |   - code: A\n"
               "      |     ^~~~\n"
               "note: nowhere\n");
    check_json(diag, &sources,
               "{\"code\":\"E_UNKNOWN_KEY\",\"severity\":\"error\",\"file\":\"rulesets/beijing/x.yaml\",\"line\":3,"
               "\"column\":5,\"end_line\":3,\"end_column\":11,\"message\":\"unknown key `limitt` in a cap\","
               "\"hint\":\"did you mean `limit`?\",\"related\":["
               "{\"file\":\"rulesets/beijing/x.yaml\",\"line\":2,\"column\":5,"
               "\"message\":\"the cap begins here\"},{\"file\":null,\"line\":null,\"column\":null,"
               "\"message\":\"nowhere\"}]}");
    diag = hz_warn(&diags, HZ_E_UNUSED, HZ_NO_SPAN, "nobody reads \"%s\"", "住院");
    check_text(diag, &sources, "warning[E_UNUSED]: nobody reads \"住院\"\n");
    check_json(diag, &sources,
               "{\"code\":\"E_UNUSED\",\"severity\":\"warning\",\"file\":null,\"line\":null,\"column\":null,"
               "\"end_line\":null,\"end_column\":null,\"message\":\"nobody reads \\\"住院\\\"\",\"hint\":null,\"related\":[]}");
    HZ_CHECK_EQ_INT(diags.errors, 1);
}

HZ_TEST(diag_shows_place_line_caret_and_hint)
{
    HZ_CHECK_EQ_INT(in_arena(show_whole, NULL), HZ_OK);
}

static void check_shown(hz_arena *arena, void *context)
{
    const shown *row = context;
    hz_sources sources = {0};
    hz_diags diags = {.arena = arena};
    uint32_t file = hz_sources_add(arena, &sources, HZ_STR("x.yaml"), hz_str_from(row->bytes));
    hz_diag *diag = hz_error(&diags, HZ_E_YAML, (hz_span){file, row->begin, row->end}, "m");
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_diag_render(diag, &sources, &out);
    HZ_CHECK_STR(strchr(hz_buf_text(&out).at, '\n') + 1, row->text);
    hz_buf_end(&out);
}

static void check_all_shown(shown *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        HZ_CHECK_EQ_INT(in_arena(check_shown, &rows[i]), HZ_OK);
}

HZ_TEST(diag_places_the_caret_by_display_width)
{
    static shown rows[] = {
        /* wide characters before and below the caret */
        {"zh: 住院津贴, en: x", 4, 16, "    1 | zh: 住院津贴, en: x\n      |     ^~~~~~~~\n"},
        {"zh: 住院津贴, en: x", 18, 20, "    1 | zh: 住院津贴, en: x\n      |               ^~\n"},
        {"{𠮷: a}", 1, 5, "    1 | {𠮷: a}\n      |  ^~\n"},
        {"{𠮷: a}", 7, 8, "    1 | {𠮷: a}\n      |      ^\n"},
        {"住：a", 6, 7, "    1 | 住：a\n      |     ^\n"},
        /* a caret for an offset inside a character stands below the character */
        {"住院a", 4, 5, "    1 | 住院a\n      |   ^~\n"},
        /* combining characters take no column */
        {"e\xCC\x81=x", 4, 5, "    1 | e\xCC\x81=x\n      |   ^\n"},
        /* tabs are copied */
        {"\ta:\tb", 4, 5, "    1 | \ta:\tb\n      | \t  \t^\n"},
        {"住\t院", 4, 7, "    1 | 住\t院\n      |   \t^~\n"},
        /* an empty span, one at the end, one beyond it, one over several lines */
        {"abc", 1, 1, "    1 | abc\n      |  ^\n"},
        {"abc\n", 3, 3, "    1 | abc\n      |    ^\n"},
        {"abc\n", 3, 4, "    1 | abc\n      |    ^\n"},
        {"abc\n", 4, 4, "    2 | \n      | ^\n"},
        {"abc", 9, 12, "    1 | abc\n      |    ^\n"},
        {"", 0, 0, "    1 | \n      | ^\n"},
        {"ab\r\ncd", 1, 6, "    1 | ab\n      |  ^\n"},
        {"a: bcd\ne", 3, 8, "    1 | a: bcd\n      |    ^~~\n"},
        /* the BOM is no column */
        {"\xEF\xBB\xBF" "ab", 4, 5, "    1 | ab\n      |  ^\n"},
        {"\xEF\xBB\xBF" "ab", 0, 5, "    1 | ab\n      | ^~\n"},
        /* nothing steers the terminal */
        {"a\x1B[31mb\x80\xC2\x85\xE2\x80\xAE" "c", 13, 14,
         "    1 | a\uFFFD[31mb\uFFFD\uFFFD\uFFFDc\n      |           ^\n"},
    };
    check_all_shown(rows, sizeof rows / sizeof rows[0]);
}

HZ_TEST(diag_cuts_long_lines_around_the_caret)
{
    static shown rows[] = {
        /* 160 columns fit */
        {COLUMNS_150 "abcdefghij", 150, 152,
         "    1 | " COLUMNS_150 "abcdefghij\n      | " SPACES_59 SPACES_59 "                                ^~\n"},
        /* 161 do not; a caret at the left keeps the left */
        {COLUMNS_150 "abcdefghijk", 2, 4, "    1 | " COLUMNS_150 "abcdefghi…\n      |   ^~\n"},
        {COLUMNS_150 "abcdefghijk", 99, 100, "    1 | " COLUMNS_150 "abcdefghi…\n      | " SPACES_59
                                             "                                        ^\n"},
        /* a caret at the right keeps what is left of it, up to 60 columns */
        {COLUMNS_150 "abcdefghijk", 150, 153,
         "    1 | …" COLUMNS_50 NINE "abcdefghijk\n      |  " SPACES_59 " ^~~\n"},
        {COLUMNS_150 COLUMNS_150 COLUMNS_50 "z", 150, 160,
         "    1 | …" COLUMNS_50 NINE COLUMNS_50 NINE NINE NINE NINE "12345678…\n      |  " SPACES_59 " ^~~~~~~~~~\n"},
        /* the span ends with what is shown */
        {COLUMNS_150 COLUMNS_50, 150, 200, "    1 | …" COLUMNS_50 NINE COLUMNS_50 "\n      |  " SPACES_59
                                           " ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"},
    };
    check_all_shown(rows, sizeof rows / sizeof rows[0]);
}

static void show_wide_line(hz_arena *arena, void *context)
{
    (void)context;
    hz_sources sources = {0};
    hz_diags diags = {.arena = arena};
    hz_buf line, out;
    hz_buf_begin(&line, &hz_alloc_libc);
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_buf_add_char(&line, 'x');
    for (int i = 0; i < 200; i++)
        hz_buf_add_literal(&line, "险");
    uint32_t file = hz_sources_add(arena, &sources, HZ_STR("x.yaml"), hz_buf_text(&line));
    for (uint32_t i = 0; i < 200; i++) {
        hz_diag *diag = hz_error(&diags, HZ_E_YAML, (hz_span){file, 1 + 3 * i, 4 + 3 * i}, "m");
        if (diag == NULL) {
            diags.list.count = 0;
            diag = hz_error(&diags, HZ_E_YAML, (hz_span){file, 1 + 3 * i, 4 + 3 * i}, "m");
        }
        hz_buf_reset(&out);
        hz_diag_render(diag, &sources, &out);
        hz_str source = hz_str_from(strchr(hz_buf_text(&out).at, '\n') + 1);
        const char *end = memchr(source.at, '\n', source.len), *caret = memchr(source.at, '^', source.len);
        HZ_CHECK(end != NULL && caret != NULL && caret > end);
        /* Each 险 is 3 bytes and 2 columns; `x` and the ellipses are one column each. */
        size_t shown_bytes = (size_t)(end - source.at) - 8;
        HZ_CHECK(shown_bytes <= 3 * 80 + 3);
        HZ_CHECK(shown_bytes >= 3 * 30);
        size_t columns = (size_t)(caret - end - 1) - 8;
        HZ_CHECK_EQ_INT(columns % 2, 1);
        HZ_CHECK(columns < 160 - 2);
        HZ_CHECK(caret[1] == '~' && caret[2] == '\n');
    }
    hz_buf_end(&line);
    hz_buf_end(&out);
}

HZ_TEST(diag_cuts_wide_lines_between_characters)
{
    HZ_CHECK_EQ_INT(in_arena(show_wide_line, NULL), HZ_OK);
}

static void fill_list(hz_arena *arena, void *context)
{
    (void)context;
    hz_diags diags = {.arena = arena};
    for (uint32_t i = 0; i < HZ_DIAG_MOST; i++) {
        hz_diag *diag = i == 3 || i == 40 ? hz_warn(&diags, HZ_E_NO_TEXT, (hz_span){0, i, i}, "warning %u", (unsigned)i)
                                          : hz_error(&diags, HZ_E_YAML, (hz_span){0, i, i}, "error %u", (unsigned)i);
        HZ_CHECK(diag == &diags.list.at[i]);
    }
    HZ_CHECK_EQ_INT(diags.dropped, 0);
    HZ_CHECK(hz_warn(&diags, HZ_E_NO_TEXT, HZ_NO_SPAN, "late") == NULL);
    HZ_CHECK(hz_error(&diags, HZ_E_IO, HZ_NO_SPAN, "late") == &diags.list.at[40]);
    HZ_CHECK_STR(diags.list.at[40].message.at, "late");
    HZ_CHECK(hz_error(&diags, HZ_E_IO, HZ_NO_SPAN, "later") == &diags.list.at[3]);
    hz_diag *none = hz_error(&diags, HZ_E_IO, HZ_NO_SPAN, "too late");
    HZ_CHECK(none == NULL);
    hz_diag_hint(&diags, none, "ignored");
    hz_diag_relate(&diags, none, HZ_NO_SPAN, "ignored");
    HZ_CHECK_EQ_INT(diags.list.count, HZ_DIAG_MOST);
    HZ_CHECK_EQ_INT(diags.errors, HZ_DIAG_MOST - 2 + 3);
    HZ_CHECK_EQ_INT(diags.dropped, 4);
}

HZ_TEST(diags_keep_fifty_and_errors_first)
{
    HZ_CHECK_EQ_INT(in_arena(fill_list, NULL), HZ_OK);
}

static void report_until_full(hz_arena *arena, void *context)
{
    hz_diags *diags = context;
    diags->arena = arena;
    for (int i = 0; i < 1000; i++)
        hz_diag_hint(diags, hz_error(diags, HZ_E_YAML, HZ_NO_SPAN, "%0500d", 1), "%0500d", 2);
}

HZ_TEST(diags_stay_whole_when_memory_ends)
{
    for (size_t limit = 6000; limit < 30000; limit += 250) {
        hz_arena arena;
        hz_diags diags = {0};
        hz_arena_begin(&arena, &hz_alloc_libc, limit);
        HZ_CHECK_EQ_INT(guarded(&arena, report_until_full, &diags), HZ_LIMIT);
        HZ_CHECK(diags.list.count <= HZ_DIAG_MOST);
        for (uint32_t i = 0; i < diags.list.count; i++)
            HZ_CHECK_EQ_INT(diags.list.at[i].message.len, 500);
        hz_arena_end(&arena);
    }
}

static void sort_list(hz_arena *arena, void *context)
{
    (void)context;
    hz_diags diags = {.arena = arena};
    const hz_span spans[] = {{1, 5, 6}, HZ_NO_SPAN, {0, 9, 9}, {1, 5, 5}, {0, 2, 99}, {1, 0, 0}};
    const char *const order[] = {"4", "2", "5", "0", "3", "1"};
    hz_diags_sort(&diags);
    for (unsigned i = 0; i < 6; i++)
        hz_error(&diags, HZ_E_YAML, spans[i], "%u", i);
    hz_diags_sort(&diags);
    for (unsigned i = 0; i < 6; i++)
        HZ_CHECK_STR(diags.list.at[i].message.at, order[i]);
}

HZ_TEST(diags_sort_by_place)
{
    HZ_CHECK_EQ_INT(in_arena(sort_list, NULL), HZ_OK);
}

HZ_TEST(codes_have_names_and_texts)
{
    HZ_CHECK_STR(hz_code_name(HZ_E_UNKNOWN_KEY), "E_UNKNOWN_KEY");
    HZ_CHECK_STR(hz_code_phase(HZ_E_UNKNOWN_KEY), "rules");
    HZ_CHECK_STR(hz_code_title(HZ_E_UNKNOWN_KEY), "unknown key");
    for (unsigned i = 0; i < HZ_CODE_COUNT; i++) {
        hz_code code = (hz_code)i;
        HZ_CHECK_EQ_INT(hz_code_find(hz_str_from(hz_code_name(code))), i);
        HZ_CHECK(strlen(hz_code_title(code)) > 0 && strlen(hz_code_phase(code)) > 0);
        size_t len = strlen(hz_code_explanation(code));
        HZ_CHECK(len > 0 && hz_code_explanation(code)[len - 1] == '.');
    }
    HZ_CHECK_EQ_INT(hz_code_find(HZ_STR("E_NO_SUCH")), HZ_CODE_COUNT);
    HZ_CHECK_EQ_INT(hz_code_find(HZ_STR("E_YAM")), HZ_CODE_COUNT);
    HZ_CHECK_EQ_INT(hz_code_find(HZ_STR("")), HZ_CODE_COUNT);
}
