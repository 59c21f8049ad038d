/* test_pattern.c - XPath's regular expressions: what they match, and what is refused, message by message. */
#include "harness/harness.h"
#include "unit/guarded.h"

#include "column/match.h"

static const hz_pattern *read_pattern(hz_arena *arena, const char *text, const char *flags, hz_pattern_fault *fault)
{
    *fault = (hz_pattern_fault){0};
    return hz_pattern_read(arena, hz_str_from(text), hz_str_from(flags), fault);
}

static bool found(const char *text, const char *pattern, const char *flags)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    const hz_pattern *read = read_pattern(&arena, pattern, flags, &fault);
    hz_matcher matcher = {0};
    hz_match result = HZ_MATCH_GIVEN_UP;
    if (!HZ_CHECK(read != NULL))
        printf("    %s: %.*s\n", pattern, HZ_ARG(fault.message));
    else if (HZ_CHECK(hz_matcher_begin(&matcher, &hz_alloc_libc)))
        result = hz_pattern_search(read, &matcher, hz_str_from(text), 0, NULL);
    hz_matcher_end(&matcher);
    hz_arena_end(&arena);
    HZ_CHECK(result == HZ_MATCH_YES || result == HZ_MATCH_NO);
    return result == HZ_MATCH_YES;
}

/* Text, pattern, flags; true when a part of the text matches. */
HZ_TEST(pattern_means_what_xpath_says)
{
    static const struct {
        const char *text, *pattern, *flags;
        bool matches;
    } rows[] = {
        {"abracadabra", "bra", "", true},
        {"abracadabra", "^a.*a$", "", true},
        {"abracadabra", "^bra", "", false},
        {"a\nb", "a.b", "", false},
        {"a\rb", "a.b", "", false},
        {"a\nb", "a.b", "s", true},
        {"a\n", "a$", "", false},
        {"x\na\ny", "^a$", "m", true},
        {"\nabcd\ndefg\n", "^$", "m", true},
        {"abc\n", "^$", "m", false},
        {"abc", "ABC", "i", true},
        {"\xe2\x84\xaa", "k", "i", true},
        {"q", "[^Q]", "i", false},
        {"b", "\\p{Lu}", "i", false},
        {"b", "[\\p{Lu}A]", "i", false},
        {"a", "[\\p{Lu}A]", "i", true},
        {"b", "[^\\p{Lu}A]", "i", true},
        {"a", "[^\\p{Lu}A]", "i", false},
        {"Z", "[^\\p{Lu}A]", "i", false},
        {"\xc2\xb5", "\\i", "i", false},
        {"helloworld", "hello world", "x", true},
        {"hello world", "hello[ ]world", "x", true},
        {"aa", "a { 2 }", "x", true},
        {"hello world", "hello\\ sworld", "x", true},
        {"hello world", "\\p{ IsBasicLatin}+", "x", true},
        {"ab", "^( ?: a ) b$", "x", true},
        {"\xd0\xb6", "^\\p{IsCyrillic}$", "", true},
        {"z", "\\p{IsCyrillic}", "", false},
        {"z", "^\\P{IsCyrillic}$", "", true},
        {"\xce\xa9", "^\\p{IsGreek}$", "", true},
        {"\xe5\x8c\x97", "^[\\p{IsCJKUnifiedIdeographs}a]$", "", true},
        {"\xf0\xa0\xae\xb7", "^[\\P{IsBasicLatin}]$", "", true},
        {"a", "\\P{IsBasicLatin}", "i", false},
        {"\x7f", "\\p{IsBasicLatin}", "", true},
        {"\xc2\x80", "\\p{IsBasicLatin}", "", false},
        {"a.c", "a.c", "q", true},
        {"abc", "a.c", "q", false},
        {"A.C", "a.c", "qi", true},
        {"\xd9\xa3", "\\d", "", true},
        {"3", "\\D", "", false},
        {"a_b", "^\\w+$", "", false},
        {"a+b", "^\\w+$", "", true},
        {"\xc2\xa0", "\\s", "", false},
        {"\t", "\\s", "", true},
        {"\t", "\\S", "", false},
        {"\t", "[\\Sa]", "", false},
        {"ns:name", "^\\i\\c*$", "", true},
        {"1name", "^\\i\\c*$", "", false},
        {"-", "\\I", "", true},
        {"-", "\\C", "", false},
        {"\xee\x80\x80", "\\I", "", true},
        {"abab", "^(ab)\\1$", "", true},
        {"a", "^(a)|(b)\\2$", "", true},
        {"x", "^(a)?x\\1$", "", true},
        {"aa1", "^(a)\\11?$", "", true},
        {"\xe4\xb8\xad\xe5\x9b\xbd", "^[\xe4\xb8\x80-\xe9\xbf\xbf]{2}$", "", true},
        {"a]b", "a\\]b", "", true},
        {"a-b", "^[a\\-b]+$", "", true},
        {"a-", "^[-a]+$", "", true},
        {"a-", "^[a-]+$", "", true},
        {"^", "[a^]", "", true},
        {"aaa", "^a{2,}$", "", true},
        {"aaa", "^a{2}$", "", false},
        {"aaa", "^a{0,2}?$", "", false},
        {"", "", "", true},
        {"b", "^(a||b)$", "", true},
        {"M", "\\p{L}", "", true},
        {"M", "\\P{L}", "", false},
        {"$", "\\$", "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!HZ_CHECK(found(rows[i].text, rows[i].pattern, rows[i].flags) == rows[i].matches))
            printf("    %s in %s, flags %s\n", rows[i].pattern, rows[i].text, rows[i].flags);
}

/* Pattern, flags, the place as "begin-end", the message and the hint. */
HZ_TEST(pattern_is_refused)
{
    static const struct {
        const char *pattern, *flags, *said;
    } rows[] = {
        {"a(?=b)", "", "1-3 `(?` begins nothing that XPath has | XPath has (…) and (?:…): no look-around, no named groups, no flags within"},
        {"\\bC50", "", "0-2 `\\b` is not an escape of XPath's patterns | XPath has no word boundary: name the characters that may stand there, such as (^|\\W)"},
        {"\\u4e00", "", "0-2 `\\u` is not an escape of XPath's patterns | write the character itself"},
        {"a\\Z", "", "1-3 `\\Z` is not an escape of XPath's patterns | the beginning is ^ and the end is $"},
        {"\\h", "", "0-2 `\\h` is not an escape of XPath's patterns | white space is \\s, a line end \\n"},
        {"\\k", "", "0-2 `\\k` is not an escape of XPath's patterns | a group is named by its number: \\1"},
        {"\\/", "", "0-2 `\\/` is not an escape of XPath's patterns | signs with a meaning are escaped, letters, digits and spaces are not"},
        {"a\\", "", "1-2 the pattern ends with a backslash | for the sign itself write \\\\"},
        {"(a)\\2", "", "3-5 no group 2 ends before this place | \\1 stands behind the group that it names"},
        {"(a\\1)", "", "2-4 no group 1 ends before this place | \\1 stands behind the group that it names"},
        {"[a-z-[aeiou]]", "", "4-6 a class without another, [a-z-[aeiou]], is not read by this version | write the characters that are left as ranges"},
        {"[a[b]", "", "2-3 `[` stands within a class | for the sign itself write \\["},
        {"[a-z", "", "0-1 the class does not end with `]` | for the sign itself write \\["},
        {"[]", "", "0-2 the class is empty | name at least one character"},
        {"[z-a]", "", "1-4 the range is the wrong way round | a range begins with the lower character: a-z"},
        {"[a-\\d]", "", "1-5 a range ends with a class | a range is between two characters: a-z"},
        {"[a--]", "", "3-4 a range ends with `-` | for the sign itself write \\-"},
        {"[a-c-e]", "", "4-5 `-` is between two items of a class | within a class `-` stands first or last, or is written \\-"},
        {"[\\q]", "", "1-3 `\\q` is not an escape of XPath's patterns | signs with a meaning are escaped, letters, digits and spaces are not"},
        {"\\p{ IsBasicLatin}", "", "3-16 there is no category of characters of this name | categories are L, Lu, Ll, Lt, Lm, Lo, M…, N…, P…, Z…, S…, C…"},
        {"\\p{IsGreeks}", "", "3-11 there is no block of characters of this name | did you mean `IsGreek`?"},
        {"\\p{IsKlingonese}", "", "3-15 there is no block of characters of this name | a block is also a range, such as [一-鿿]"},
        {"\\p{ IsBasicLatin}", "", "3-16 there is no category of characters of this name | categories are L, Lu, Ll, Lt, Lm, Lo, M…, N…, P…, Z…, S…, C…"},
        {"\\pL", "", "0-2 a category is written in braces | write \\p{Lu}"},
        {"*a", "", "0-1 nothing that could be repeated stands before `*` | for the sign itself write \\*"},
        {"a**", "", "2-3 nothing that could be repeated stands before `*` | for the sign itself write \\*"},
        {"a++", "", "2-3 nothing that could be repeated stands before `+` | for the sign itself write \\+"},
        {"a{,3}", "", "1-2 `{` does not begin a number of repeats | repeats are {2}, {2,} or {2,5}; for the sign itself write \\{"},
        {"a{3,2}", "", "1-6 the repeats are the wrong way round | the smaller number comes first"},
        {"a{65536}", "", "1-8 more than 65535 repeats | "},
        {"a}", "", "1-2 `}` closes nothing | for the sign itself write \\}"},
        {"a]", "", "1-2 `]` closes nothing | for the sign itself write \\]"},
        {"a)", "", "1-2 `)` closes nothing | for the sign itself write \\)"},
        {"(a", "", "0-1 the group does not end with `)` | for the sign itself write \\("},
        {"(a{60000}){60000}", "", "0-17 the pattern is too large when its repeats are written out | use smaller numbers in {…}, or a list of patterns"},
        {"a", "ip", "1-2 this is not a flag of XPath's patterns | flags are s (. is any character), m (^ and $ at lines), i (no case), x (spaces do not count), q (no sign has a meaning)"},
        {"\xff", "", "0-1 the pattern is not UTF-8 | "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_arena arena;
        hz_arena_begin(&arena, &hz_alloc_libc, 0);
        hz_pattern_fault fault;
        char said[400] = "accepted";
        if (read_pattern(&arena, rows[i].pattern, rows[i].flags, &fault) == NULL)
            snprintf(said, sizeof said, "%zu-%zu %.*s | %.*s", fault.begin, fault.end, HZ_ARG(fault.message),
                     HZ_ARG(fault.hint));
        HZ_CHECK_STR(said, rows[i].said);
        HZ_CHECK(fault.in_flags == (rows[i].flags[0] != '\0'));
        hz_arena_end(&arena);
    }
}

HZ_TEST(pattern_limits_of_size)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    static char text[HZ_PATTERN_LONGEST + 2];
    memset(text, 'a', sizeof text - 1);
    HZ_CHECK(read_pattern(&arena, text, "", &fault) == NULL && fault.unsupported);
    text[HZ_PATTERN_LONGEST] = '\0';
    HZ_CHECK(read_pattern(&arena, text, "", &fault) != NULL);
    size_t at = 0;
    for (size_t i = 0; i < HZ_PATTERN_GROUPS + 1; i++, at += 3)
        memcpy(text + at, "(a)", 4);
    HZ_CHECK(read_pattern(&arena, text, "", &fault) == NULL);
    HZ_CHECK(hz_str_is(fault.message, "the pattern has more than 99 groups"));
    memset(text, '(', 51);
    text[51] = '\0';
    HZ_CHECK(read_pattern(&arena, text, "", &fault) == NULL);
    HZ_CHECK(hz_str_is(fault.message, "groups stand within groups more than 50 deep"));
    hz_arena_end(&arena);
}

HZ_TEST(pattern_whole_and_search)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    hz_matcher matcher;
    HZ_CHECK(hz_matcher_begin(&matcher, &hz_alloc_libc));
    const hz_pattern *pattern = read_pattern(&arena, "C50(\\.\\d+)?", "", &fault);
    static const char *const whole[] = {"C50", "C50.1", "C50.123"};
    static const char *const not_whole[] = {"", "C5", "C500", "c50", "C50.", "C50.1 ", " C50", "C50\n", "C50.1x"};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        HZ_CHECK(hz_pattern_whole(pattern, &matcher, hz_str_from(whole[i])) == HZ_MATCH_YES);
    for (size_t i = 0; i < sizeof not_whole / sizeof not_whole[0]; i++)
        HZ_CHECK(hz_pattern_whole(pattern, &matcher, hz_str_from(not_whole[i])) == HZ_MATCH_NO);
    const hz_pattern *lazy = read_pattern(&arena, "a|ab", "", &fault);
    HZ_CHECK(hz_pattern_whole(lazy, &matcher, HZ_STR("ab")) == HZ_MATCH_YES);
    HZ_CHECK(hz_pattern_whole(lazy, &matcher, (hz_str){NULL, 0}) == HZ_MATCH_NO);

    hz_group groups[3];
    const hz_pattern *two = read_pattern(&arena, "(ab)|(a)", "", &fault);
    HZ_CHECK_EQ_INT(two->groups, 2);
    HZ_CHECK(hz_pattern_search(two, &matcher, HZ_STR("xabca"), 0, groups) == HZ_MATCH_YES);
    HZ_CHECK_EQ_INT(groups[0].begin, 1);
    HZ_CHECK_EQ_INT(groups[0].end, 3);
    HZ_CHECK_EQ_INT(groups[1].begin, 1);
    HZ_CHECK(groups[2].begin == SIZE_MAX && groups[2].end == SIZE_MAX);
    HZ_CHECK(hz_pattern_search(two, &matcher, HZ_STR("xabca"), 3, groups) == HZ_MATCH_YES);
    HZ_CHECK_EQ_INT(groups[2].begin, 4);
    HZ_CHECK(groups[1].begin == SIZE_MAX);
    HZ_CHECK(hz_pattern_search(two, &matcher, HZ_STR("xabca"), 5, groups) == HZ_MATCH_NO);
    hz_matcher_end(&matcher);
    hz_arena_end(&arena);
}

HZ_TEST(pattern_knows_its_beginning)
{
    static const struct {
        const char *pattern, *flags, *prefix;
        bool exact, empty;
    } rows[] = {
        {"C50", "", "C50", true, false},   {"C50(\\.\\d+)?", "", "C50", false, false}, {"D39\\.2", "", "D39.2", true, false},
        {"C5[1-3]", "", "C5", false, false}, {"ab?", "", "a", false, false},           {"ab+", "", "ab", false, false},
        {"a|b", "", "", false, false},     {"ab|cd", "", "", false, false},            {"(ab|cd)", "", "", false, false},
        {"ab", "i", "", false, false},     {"ab", "q", "", false, false},              {"", "", "", true, true},
        {"a*", "", "", false, true},       {"a b", "x", "ab", true, false},            {"ab ?", "x", "a", false, false},
        {"\xe4\xb9\xb3.*", "", "\xe4\xb9\xb3", false, false},
    };
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const hz_pattern *pattern = read_pattern(&arena, rows[i].pattern, rows[i].flags, &fault);
        if (!HZ_CHECK(pattern != NULL))
            continue;
        HZ_CHECK_STR(pattern->prefix.at, rows[i].prefix);
        HZ_CHECK(pattern->exact == rows[i].exact);
        HZ_CHECK(pattern->matches_empty == rows[i].empty);
    }
    hz_arena_end(&arena);
}

HZ_TEST(patterns_apart)
{
    static const struct {
        const char *a, *b;
        bool apart;
    } rows[] = {
        {"C50(\\.\\d+)?", "C51(\\.\\d+)?", true}, {"C50(\\.\\d+)?", "C50\\.1", false}, {"C50", "C5", true},
        {"C50", "C50", false},                    {"C5", "C50.*", true},               {"C5.*", "C50", false},
        {"D39\\.2", "D39(\\.\\d+)?", false},      {"a|b", "c", false},
    };
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const hz_pattern *a = read_pattern(&arena, rows[i].a, "", &fault);
        const hz_pattern *b = read_pattern(&arena, rows[i].b, "", &fault);
        HZ_CHECK(hz_patterns_apart(a, b) == rows[i].apart);
        HZ_CHECK(hz_patterns_apart(b, a) == rows[i].apart);
    }
    hz_arena_end(&arena);
}

/* A limit of steps is neither a match nor none. */
HZ_TEST(pattern_that_runs_away_is_given_up)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    hz_matcher matcher;
    HZ_CHECK(hz_matcher_begin(&matcher, &hz_alloc_libc));
    const hz_pattern *pattern = read_pattern(&arena, "(a+)+", "", &fault);
    static char text[40];
    memset(text, 'a', sizeof text - 2);
    text[sizeof text - 2] = 'b';
    HZ_CHECK(hz_pattern_whole(pattern, &matcher, hz_str_from(text)) == HZ_MATCH_GIVEN_UP);
    HZ_CHECK(hz_pattern_search(pattern, &matcher, hz_str_from(text), 0, NULL) == HZ_MATCH_YES);
    hz_matcher_end(&matcher);
    hz_arena_end(&arena);
}

/* Each allocation fails in turn: nothing leaks; and a match that ran once takes no more. */
HZ_TEST(pattern_memory)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    const hz_pattern *pattern = read_pattern(&arena, "(a|b)*c", "", &fault);
    bool done = false;
    for (size_t k = 1; !done; k++) {
        memory host = {.fail_at = k};
        hz_alloc alloc = memory_alloc(&host);
        hz_matcher matcher;
        if (hz_matcher_begin(&matcher, &alloc)) {
            hz_match result = hz_pattern_whole(pattern, &matcher, HZ_STR("ababababababababababc"));
            done = host.calls < k;
            HZ_CHECK(result == (done ? HZ_MATCH_YES : HZ_MATCH_NO_MEMORY));
            size_t calls = host.calls;
            hz_pattern_whole(pattern, &matcher, HZ_STR("ababababababababababc"));
            HZ_CHECK(!done || host.calls == calls);
        }
        hz_matcher_end(&matcher);
        HZ_CHECK_EQ_INT(host.live, 0);
        HZ_CHECK(!host.wrong);
    }
    hz_arena_end(&arena);
}

/* Sets of patterns against their patterns one by one, with more texts than are remembered, twice over. */
HZ_TEST(pattern_sets_agree_with_their_patterns)
{
    static const char *const texts[] = {"C50(\\.\\d+)?", "C5[1-9]", "D0[57]\\.\\d", "C\\d+", "(a+)+", ""};
    enum { COUNT = sizeof texts / sizeof texts[0] };
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    const hz_pattern *at[COUNT];
    uint8_t bit[COUNT] = {0, 1, 2, 2, 3, 62};
    for (size_t i = 0; i < COUNT; i++) at[i] = read_pattern(&arena, texts[i], "", &fault);
    const hz_patterns whole = {at, bit, COUNT, false}, search = {at, bit, COUNT, true};
    hz_workspace ws;
    hz_matcher matcher;
    hz_workspace_begin(&ws, &hz_alloc_libc);
    HZ_CHECK(hz_matcher_begin(&matcher, &hz_alloc_libc));
    unsigned wrong = 0;
    for (unsigned n = 0; n < 6000; n++) {
        char text[40] = "";
        unsigned code = n % 3000;
        if (code > 0) snprintf(text, sizeof text, code % 7 == 0 ? "%c%u%u.%uxxxxxxxxxxxx" : "%c%u%u.%u", code % 2 ? 'C' : 'D', code / 100 % 10, code / 10 % 10, code % 10);
        if (code % 5 == 0 && code > 0) text[3] = '\0';
        for (int s = 0; s < 2; s++) {
            int64_t expected = 0;
            for (size_t i = 0; i < COUNT; i++) {
                hz_str subject = hz_str_from(text);
                hz_match match = s == 1 ? hz_pattern_search(at[i], &matcher, subject, 0, NULL) : hz_pattern_whole(at[i], &matcher, subject);
                expected |= match == HZ_MATCH_YES ? INT64_C(1) << bit[i] : 0;
            }
            wrong += hz_match_bits(&ws, s == 1 ? &search : &whole, hz_str_from(text)) != expected;
        }
    }
    HZ_CHECK_EQ_INT(wrong, 0);
    HZ_CHECK(hz_match_bits(&ws, &whole, HZ_STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")) < 0);
    hz_matcher_end(&matcher);
    hz_workspace_end(&ws);
    hz_arena_end(&arena);
}

/* No memory is never an answer, and nothing leaks. */
HZ_TEST(pattern_sets_without_memory)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_pattern_fault fault;
    const hz_pattern *pattern = read_pattern(&arena, "(C|D)*50", "", &fault);
    uint8_t bit = 7;
    const hz_patterns set = {&pattern, &bit, 1, false};
    bool done = false;
    for (size_t k = 1; !done; k++) {
        memory host = {.fail_at = k};
        hz_alloc alloc = memory_alloc(&host);
        hz_workspace ws;
        hz_workspace_begin(&ws, &alloc);
        int64_t bits = hz_match_bits(&ws, &set, HZ_STR("C50"));
        done = host.calls < k;
        HZ_CHECK(ws.failed == !done);
        HZ_CHECK(!done || bits == 128);
        hz_workspace_reset(&ws);
        HZ_CHECK_EQ_INT(hz_match_bits(&ws, &set, HZ_STR("C50")), 128);
        size_t calls = host.calls;
        HZ_CHECK_EQ_INT(hz_match_bits(&ws, &set, HZ_STR("D50")), 128);
        HZ_CHECK_EQ_INT(hz_match_bits(&ws, &set, HZ_STR("E50")), 0);
        HZ_CHECK_EQ_INT(host.calls, calls);
        bit = 3; /* other patterns came to lie there */
        hz_seen_forget(&ws);
        HZ_CHECK_EQ_INT(hz_match_bits(&ws, &set, HZ_STR("C50")), 8);
        bit = 7;
        hz_workspace_end(&ws);
        HZ_CHECK_EQ_INT(host.live, 0);
        HZ_CHECK(!host.wrong);
    }
    hz_arena_end(&arena);
}
