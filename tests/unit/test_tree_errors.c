/* test_tree_errors.c - what the YAML reader refuses: code, place, message, hint, letter by letter. */
#include "harness/harness.h"

#include "unit/tree_shape.h"

typedef struct row {
    hz_str source;
    const char *text; /* the tree's shape, if there is a tree, and the complaints */
} row;

#define ROW(source, text)                                                                                              \
    {                                                                                                                  \
        {(source), sizeof(source) - 1}, (text)                                                                         \
    }

static void check_rows(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tree_read read;
        tree_begin(&read, rows[i].source);
        HZ_CHECK_STR(tree_text(&read), rows[i].text);
        tree_end(&read);
    }
}

#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof(rows)[0])

HZ_TEST(tree_refuses_encodings)
{
    static const row rows[] = {
        ROW("\xFF\xFE"
            "a\x00:\x00",
            "E_ENCODING 0-0 the file is UTF-16, rule files are UTF-8"
            " | save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("\xFE\xFF\x00"
            "a",
            "E_ENCODING 0-0 the file is UTF-16, rule files are UTF-8"
            " | save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("a\x00:\x00 \x00"
            "b\x00",
            "E_ENCODING 1-1 the file has a zero byte: it is UTF-16, or no text"
            " | save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("a: 1\n住: b\x00", "E_ENCODING 11-11 the file has a zero byte: it is UTF-16, or no text"
                               " | save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("a: \xBD\xF2\xCC\xF9\n",
            "E_ENCODING 3-4 byte 0xBD is not UTF-8"
            " | the file may be in GBK; save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("a: \xC0\x80", "E_ENCODING 3-4 byte 0xC0 is not UTF-8"
                           " | the file may be in GBK; save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("\xE4\xBD\x8F: \xE4\xBD",
            "E_ENCODING 5-6 byte 0xE4 is not UTF-8"
            " | the file may be in GBK; save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
        ROW("a: \xED\xA0\x80",
            "E_ENCODING 3-4 byte 0xED is not UTF-8"
            " | the file may be in GBK; save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_refuses_characters)
{
    static const row rows[] = {
        ROW("a: x\xC2\x85y\n住: z\xE2\x80\xA8\nb: \xE2\x80\xA9",
            "E_YAML_LINE_END 4-6 an invisible line end (NEL, U+0085) stands here"
            " | remove it: YAML begins a new line here, editors do not show one\n"
            "E_YAML_LINE_END 14-17 an invisible line end (LS, U+2028) stands here"
            " | remove it: YAML begins a new line here, editors do not show one\n"
            "E_YAML_LINE_END 21-24 an invisible line end (PS, U+2029) stands here"
            " | remove it: YAML begins a new line here, editors do not show one"),
        ROW("# \xE2\x80\xA8", "E_YAML_LINE_END 2-5 an invisible line end (LS, U+2028) stands here"
                              " | remove it: YAML begins a new line here, editors do not show one"),
        ROW("a: \"\xC2\x85\"", "E_YAML_LINE_END 4-6 an invisible line end (NEL, U+0085) stands here"
                               " | remove it: YAML begins a new line here, editors do not show one"),
        ROW("a: \x07", "E_YAML 3-4 an invisible character (U+0007) stands here | remove it"),
        ROW("a: x\x7Fy", "E_YAML 4-5 an invisible character (U+007F) stands here | remove it"),
        ROW("a: \xC2\x9C", "E_YAML 3-5 an invisible character (U+009C) stands here | remove it"),
        ROW("a: \xEF\xBB\xBF"
            "b",
            "E_YAML 3-6 an invisible character (U+FEFF) stands here | remove it"),
        ROW("a: \xEF\xBF\xBE", "E_YAML 3-6 an invisible character (U+FFFE) stands here | remove it"),
        ROW("\xEF\xBB\xBF\xEF\xBB\xBF"
            "a: b",
            "E_YAML 3-6 an invisible character (U+FEFF) stands here | remove it"),
        ROW("a: x\x0Cy", "E_YAML 4-5 an invisible character (U+000C) stands here | remove it"),
        ROW("a: \"\\Nx\"", "{a \"\xC2\x85x\"}\n"
                           "E_YAML_FEATURE 4-6 this escape makes an invisible character (U+0085) | remove it"),
        ROW("住: \"院\\u0007\"", "{住 \"院\x07\"}\n"
                                 "E_YAML_FEATURE 9-15 this escape makes an invisible character (U+0007) | remove it"),
        ROW("a: \"\\r\"", "{a \"\r\"}\n"
                          "E_YAML_FEATURE 4-6 this escape makes an invisible character (U+000D) | remove it"),
        ROW("a: \"\\n\\t\"", "{a \"\\n\t\"}"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_refuses_features)
{
    static const row rows[] = {
        ROW("a: &x y\nb: *x\n", "E_YAML_FEATURE 3-5 `&` names a value in YAML (an anchor)"
                                " | remove it; a text that begins with this sign needs '…' around it\n"
                                "E_YAML_FEATURE 11-13 `*` repeats another value in YAML (an alias)"
                                " | write the value itself; a text that begins with this sign needs '…' around it"),
        ROW("a: *x\n", "E_YAML_FEATURE 3-5 `*` repeats another value in YAML (an alias)"
                       " | write the value itself; a text that begins with this sign needs '…' around it"),
        ROW("<<: {a: b}\n",
            "E_YAML_FEATURE 0-2 `<<` copies another mapping in YAML (a merge key) | write the keys themselves"),
        ROW("a: !!str b\n", "E_YAML_FEATURE 3-8 `!` gives a value a type in YAML (a tag)"
                            " | remove it; a text that begins with this sign needs '…' around it"),
        ROW("a: !b\n", "E_YAML_FEATURE 3-5 `!` gives a value a type in YAML (a tag)"
                       " | remove it; a text that begins with this sign needs '…' around it"),
        ROW("a: !\n", "E_YAML_FEATURE 3-4 `!` gives a value a type in YAML (a tag)"
                      " | remove it; a text that begins with this sign needs '…' around it"),
        ROW("住: &院 [a]\nb: &c {d: e}", "E_YAML_FEATURE 5-6 a text cannot begin with `&`"
                                         " | a text that begins with `&` needs quotes: '&院 [a]'"),
        ROW("&a b: c\n", "E_YAML_FEATURE 0-2 `&` names a value in YAML (an anchor)"
                         " | remove it; a text that begins with this sign needs '…' around it"),
        ROW("*a : b\n", "E_YAML_FEATURE 0-2 `*` repeats another value in YAML (an alias)"
                        " | write the value itself; a text that begins with this sign needs '…' around it"),
        ROW("- &a\n- b\n", "E_YAML_FEATURE 2-4 `&` names a value in YAML (an anchor)"
                           " | remove it; a text that begins with this sign needs '…' around it"),
        ROW("a: * b\n",
            "E_YAML_FEATURE 3-4 a text cannot begin with `*` | a text that begins with `*` needs quotes: '* b'"),
        ROW("a: & b\n",
            "E_YAML_FEATURE 3-4 a text cannot begin with `&` | a text that begins with `&` needs quotes: '& b'"),
        ROW("a: !<x y\n", "E_YAML_FEATURE 3-4 a text cannot begin with `!`"
                          " | a text that begins with `!` needs quotes: '!<x y'"),
        ROW("k: [*]\n",
            "E_YAML_FEATURE 4-5 a text cannot begin with `*` | a text that begins with `*` needs quotes: '*'"),
        ROW("a: [*x, *x, *x, *x, *x, *x, *x]\n",
            "E_YAML_FEATURE 4-6 `*` repeats another value in YAML (an alias)"
            " | write the value itself; a text that begins with this sign needs '…' around it\n"
            "E_YAML_FEATURE 8-10 `*` repeats another value in YAML (an alias)"
            " | write the value itself; a text that begins with this sign needs '…' around it\n"
            "E_YAML_FEATURE 12-14 `*` repeats another value in YAML (an alias)"
            " | write the value itself; a text that begins with this sign needs '…' around it\n"
            "E_YAML_FEATURE 16-18 `*` repeats another value in YAML (an alias)"
            " | write the value itself; a text that begins with this sign needs '…' around it\n"
            "E_YAML_FEATURE 20-22 `*` repeats another value in YAML (an alias)"
            " | write the value itself; a text that begins with this sign needs '…' around it"),
        ROW("%YAML 1.1\n---\na: b\n",
            "E_YAML_FEATURE 0-9 rule files have no YAML directives (lines that begin with %) | remove the line"),
        ROW("# x\n\n%TAG ! tag:x,2000:\n---\na: b\n",
            "E_YAML_FEATURE 5-23 rule files have no YAML directives (lines that begin with %)"
            " | remove the line"),
        ROW("a: b\n---\nc: d\n", "{a b}\n"
                                 "E_YAML_FEATURE 5-8 a second YAML document begins here"
                                 " | a rule file is one document: divide the file, or remove the line"),
        ROW("a: b\n...\n---\n", "{a b}\n"
                                "E_YAML_FEATURE 9-12 a second YAML document begins here"
                                " | a rule file is one document: divide the file, or remove the line"),
        ROW("a\n...\n%YAML 1.1\n---\nb\n", "a\n"
                                           "E_YAML_FEATURE 6-15 a second YAML document begins here"
                                           " | a rule file is one document: divide the file, or remove the line"),
        ROW("a: b\n...\nx\n", "E_YAML 9-10 this stands behind the end of the document"
                              " (YAML: did not find expected <document start>)"
                              " | a rule file is one mapping; a text that begins with a sign needs '…' around it"),
        ROW("? a\n: b\n", "E_YAML_FEATURE 2-3 `? ` before a key is not used in rule files | write `key: value`"),
        ROW("{? a : b}", "E_YAML_FEATURE 3-4 `? ` before a key is not used in rule files | write `key: value`"),
        ROW("? [a]\n: b\n",
            "E_YAML_FEATURE 2-3 a key must be a text | a text that begins with a bracket needs '…' around it"),
        ROW("{a: b}: c\n",
            "E_YAML_FEATURE 0-1 a key must be a text | a text that begins with a bracket needs '…' around it"),
        ROW("[a]: b\n",
            "E_YAML_FEATURE 0-1 a key must be a text | a text that begins with a bracket needs '…' around it"),
        ROW("{: b}\n", "E_YAML 1-2 a key is missing before this colon"
                       " (YAML: did not find expected node content while parsing a flow node) | write `key: value`"),
        ROW("'': b\n", "E_YAML_FEATURE 0-2 a key is missing before the colon | write `key: value`"),
        ROW("? |\n  a\n: b\n", "E_YAML_FEATURE 2-7 `? ` before a key is not used in rule files | write `key: value`"),
        ROW("a: b\n  c\n", "{a b c}\n"
                           "E_YAML_FEATURE 3-4 this text goes over several lines, which YAML joins with spaces"
                           " | keep it on one line, or write `|` and the text below it, indented"),
        ROW("a: \"b\n  c\"\nd: e\n",
            "{a \"b c\" d e}\n"
            "E_YAML_FEATURE 3-5 this text goes over several lines, which YAML joins with spaces"
            " | keep it on one line, or write `|` and the text below it, indented"),
        ROW("住: '院\n\n  天'\n", "{住 '院\\n天'}\n"
                                  "E_YAML_FEATURE 5-9 this text goes over several lines, which YAML joins with spaces"
                                  " | keep it on one line, or write `|` and the text below it, indented"),
        ROW("{a: b\n c}\n", "{a b c}\n"
                            "E_YAML_FEATURE 4-5 this text goes over several lines, which YAML joins with spaces"
                            " | keep it on one line, or write `|` and the text below it, indented"),
        ROW("{\"a\n b\": c}\n", "E_YAML_FEATURE 1-3 this text goes over several lines, which YAML joins with spaces"
                                " | keep it on one line, or write `|` and the text below it, indented\n"
                                "E_YAML 7-8 this colon cannot begin a value here"
                                " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
                                " | a text that holds `: ` needs '…' around it"),
        ROW("a: 1\n - b\n", "{a 1 - b}\n"
                            "E_YAML_FEATURE 3-4 this text goes over several lines, which YAML joins with spaces"
                            " | keep it on one line, or write `|` and the text below it, indented"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_refuses_folded)
{
    static const row rows[] = {
        ROW("a: >4\n", "{a >4}\n"
                       "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>4'"),
        ROW("a: >4\nb: 1\n",
            "{a >4 b 1}\n"
            "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>4'"),
        ROW("a: >= 2\nb: 1\n",
            "E_YAML_FOLDED 3-7 `>` begins a folded text in YAML, so this test would be lost | write '>= 2'"),
        ROW("a: > 5 # five\n",
            "E_YAML_FOLDED 3-6 `>` begins a folded text in YAML, so this test would be lost | write '> 5'"),
        ROW("a: >10\n", "E_YAML_FOLDED 3-6 `>` begins a folded text in YAML, so this test would be lost | write '>10'"),
        ROW("a: >-5\n", "{a >-5}\n"
                        "E_YAML_FOLDED 3-6 `>` begins a folded text in YAML, so this test would be lost | write '>-5'"),
        ROW("a: >\n", "{a >}\n"
                      "E_YAML_FOLDED 3-4 `>` begins a folded text in YAML, so this test would be lost | write '>'"),
        ROW("a: >-\nb: 1\n",
            "{a >- b 1}\n"
            "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>-'"),
        ROW("a: >2x\n", "E_YAML_FOLDED 3-6 `>` begins a folded text in YAML, so this test would be lost | write '>2x'"),
        ROW("a: > 'x'\n",
            "E_YAML_FOLDED 3-8 `>` begins a folded text in YAML, so this test would be lost | write '> ''x'''"),
        ROW("a: >0\n", "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>0'"),
        ROW("- >4\n- >5\n",
            "[>4 >5]\n"
            "E_YAML_FOLDED 2-4 `>` begins a folded text in YAML, so this test would be lost | write '>4'\n"
            "E_YAML_FOLDED 7-9 `>` begins a folded text in YAML, so this test would be lost | write '>5'"),
        ROW("住: {院: >= 2, b: 1}\n", "E_YAML_FOLDED 11-15 a text cannot begin with `>` | write '>= 2'"),
        ROW("[>max(1, 2), 3]\n", "E_YAML_FOLDED 1-11 a text cannot begin with `>` | write '>max(1, 2)'"),
        ROW("a: >\n  b\n  c\n", "{a |b c\\n|}\n"
                                "E_YAML_FEATURE 3-4 `>` joins the lines below it: rule files have no folded texts"
                                " | write `|` to keep the lines, or put the text on one line"),
        ROW("a: >-\n  b\n", "{a |b|}\n"
                            "E_YAML_FEATURE 3-5 `>-` joins the lines below it: rule files have no folded texts"
                            " | write `|` to keep the lines, or put the text on one line"),
        ROW("a: >2 # x\n  b\n",
            "{a >2}\n"
            "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>2'"),
        ROW("a: >4\n   b\nc: d\n",
            "E_YAML_FOLDED 3-5 `>` begins a folded text in YAML, so this test would be lost | write '>4'"),
        ROW("a: >= 2 and some more words that go on for longer than a hint can ever be allowed to\n",
            "E_YAML_FOLDED 3-84 `>` begins a folded text in YAML, so this test would be lost"
            " | write '>= 2 and some more words that go on for longer than a hint c…'"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_joins_what_a_comma_split)
{
    static const row rows[] = {
        ROW("{en: No, not covered}\n", "{en No, not covered}\n"
                                       "E_COMMA_SPLIT 9-20 a comma split this text: `not covered` became a key"
                                       " | quote it: 'No, not covered' | 5-20 the text begins here"),
        ROW("a: {amount: max(0, a - b)}\n",
            "{a {amount max(0, a - b)}}\n"
            "E_COMMA_SPLIT 19-25 a comma split this text: `a - b)` became a key | quote it: 'max(0, a - b)'"
            " | 12-25 the text begins here"),
        ROW("{en: a, b, c, d: e, f}\n", "{en a, b, c d e, f}\n"
                                        "E_COMMA_SPLIT 8-9 a comma split this text: `b` became a key"
                                        " | quote it: 'a, b, c', or give the key a value | 5-12 the text begins here\n"
                                        "E_COMMA_SPLIT 20-21 a comma split this text: `f` became a key"
                                        " | quote it: 'e, f', or give the key a value | 17-21 the text begins here"),
        ROW("{zh: 甲, 乙, en: x}\n", "{zh 甲, 乙 en x}\n"
                                     "E_COMMA_SPLIT 10-13 a comma split this text: `乙` became a key"
                                     " | quote it: '甲, 乙', or give the key a value | 5-13 the text begins here"),
        ROW("{zh: 甲, en}\n", "{zh 甲, en}\n"
                              "E_COMMA_SPLIT 10-12 a comma split this text: `en` became a key"
                              " | quote it: '甲, en', or give the key a value | 5-12 the text begins here"),
        ROW("{a: b, c}\n{", "E_COMMA_SPLIT 7-8 a comma split this text: `c` became a key"
                            " | quote it: 'b, c', or give the key a value | 4-8 the text begins here\n"
                            "E_YAML 10-11 this stands behind the end of the document"
                            " (YAML: did not find expected <document start>)"
                            " | a rule file is one mapping; a text that begins with a sign needs '…' around it"),
        ROW("{a: 'b', c}\n", "{a 'b' c ~}"),
        ROW("{a: b,\n c}\n", "{a b c ~}"),
        ROW("{a: b, b, b: 1}\n", "{a b, b b 1}\n"
                                 "E_COMMA_SPLIT 7-8 a comma split this text: `b` became a key"
                                 " | quote it: 'b, b', or give the key a value | 4-8 the text begins here"),
        ROW("{a: it's, so}", "{a it's, so}\n"
                             "E_COMMA_SPLIT 10-12 a comma split this text: `so` became a key"
                             " | quote it: 'it''s, so', or give the key a value | 4-12 the text begins here"),
        ROW("{a: [b], c}\n", "{a [b] c ~}"),
        ROW("{a, b}\n", "{a ~ b ~}"),
        ROW("{a: , b}\n", "{a ~ b ~}"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_refuses_duplicate_keys)
{
    static const row rows[] = {
        ROW("a: 1\nb: 2\na: 3\n",
            "{a 1 b 2}\n"
            "E_DUPLICATE_KEY 10-11 the key `a` stands twice in this mapping | 0-1 it stands here first"),
        ROW("{a: 1, a: 2, a: 3}\n",
            "{a 1}\n"
            "E_DUPLICATE_KEY 7-8 the key `a` stands twice in this mapping | 1-2 it stands here first\n"
            "E_DUPLICATE_KEY 13-14 the key `a` stands twice in this mapping | 1-2 it stands here first"),
        ROW("住:\n  院: 1\n  院: 2\n",
            "{住 {院 1}}\n"
            "E_DUPLICATE_KEY 16-19 the key `院` stands twice in this mapping | 7-10 it stands here first"),
        ROW("a: 1\n\"a\": 2\n",
            "{a 1}\n"
            "E_DUPLICATE_KEY 5-8 the key `a` stands twice in this mapping | 0-1 it stands here first"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_explains_syntax)
{
    static const row rows[] = {
        ROW("\ta: b\n",
            "E_YAML 0-1 a tab stands where a space is due (YAML: found character that cannot start any token)"
            " | indent with spaces"),
        ROW("a:\n\tb: c\n",
            "E_YAML 3-4 a tab stands where a space is due (YAML: found character that cannot start any token)"
            " | indent with spaces"),
        ROW("a: b: c\n", "E_YAML 4-5 this colon cannot begin a value here"
                         " (YAML: mapping values are not allowed in this context)"
                         " | a text that holds `: ` needs quotes: 'b: c'"),
        ROW("zh: 他说: 好\n", "E_YAML 10-11 this colon cannot begin a value here"
                              " (YAML: mapping values are not allowed in this context)"
                              " | a text that holds `: ` needs quotes: '他说: 好'"),
        ROW("{a: b: c}\n", "E_YAML 5-6 this colon cannot begin a value here"
                           " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
                           " | a text that holds `: ` needs quotes: 'b: c'"),
        ROW("a:b\nc: d\n", "E_YAML 5-6 this line was read as the rest of the text above it"
                           " (YAML: mapping values are not allowed in this context)"
                           " | write a space after the colon of the line above | 0-3 that text begins here"),
        ROW("a: b\nc\n", "E_YAML 5-6 this line is no `key: value`"
                         " (YAML: could not find expected ':' while scanning a simple key)"
                         " | a key is followed by a colon and a space; an item of a list begins with `- `"),
        ROW("a: b\nc:d\n",
            "E_YAML 5-8 this line is no `key: value`"
            " (YAML: could not find expected ':' while scanning a simple key) | write a space after the colon"),
        ROW("a: b\nc:d\ne: f\n",
            "E_YAML 5-8 this line is no `key: value`"
            " (YAML: could not find expected ':' while scanning a simple key) | write a space after the colon"),
        ROW("a: b\n c: d\n",
            "E_YAML 7-8 this line was read as the rest of the text above it"
            " (YAML: mapping values are not allowed in this context)"
            " | indent it like the key above it, or write the text on one line | 3-4 that text begins here"),
        ROW("a:\n   b: 1\n  c: 2\n", "E_YAML 13-14 this does not belong to the mapping around it"
                                     " (YAML: did not find expected key while parsing a block mapping)"
                                     " | the keys of a mapping stand one below the other, equally indented; "
                                     "a text that begins with a sign needs '…'"),
        ROW("a:\n  - b\n  c: d\n",
            "E_YAML 11-12 this does not belong to the list around it"
            " (YAML: did not find expected '-' indicator while parsing a block collection)"
            " | the items of a list begin with `- ` and stand one below the other, equally indented"),
        ROW("a: - b\n", "E_YAML 3-4 a list cannot begin in the middle of a line"
                        " (YAML: block sequence entries are not allowed in this context)"
                        " | begin it on the next line; a text that begins with `- ` needs '…' around it"),
        ROW("- a\nb: c\n", "E_YAML 4-5 this does not belong to the list around it"
                           " (YAML: did not find expected '-' indicator while parsing a block collection)"
                           " | the items of a list begin with `- ` and stand one below the other, equally indented"),
        ROW("a: ? b\n", "E_YAML 3-4 a text cannot begin with `? ` (YAML: mapping keys are not allowed in this context)"
                        " | write it in '…'"),
        ROW(": b\n", "E_YAML 0-1 a key is missing before this colon"
                     " (YAML: did not find expected key while parsing a block mapping) | write `key: value`"),
        ROW("a: [1..2] x\nb: 1\n",
            "E_YAML 10-11 something follows after this value's end"
            " (YAML: did not find expected key while parsing a block mapping)"
            " | a text that begins with `[` needs quotes: '[1..2] x' | 3-9 for YAML this is the whole value"),
        ROW("require: [1, 2] = days\n", "E_YAML 16-17 something follows after this value's end"
                                        " (YAML: did not find expected key while parsing a block mapping)"
                                        " | a text that begins with `[` needs quotes: '[1, 2] = days'"
                                        " | 9-15 for YAML this is the whole value"),
        ROW("a: \"x\" = y\n",
            "E_YAML 7-8 something follows after this value's end"
            " (YAML: did not find expected key while parsing a block mapping)"
            " | a text that begins with `\"` needs quotes: '\"x\" = y' | 3-6 for YAML this is the whole value"),
        ROW("a: 'it's'\n", "E_YAML 7-8 something follows after this value's end"
                           " (YAML: did not find expected key while parsing a block mapping)"
                           " | a quote inside '…' is written twice: 'it''s' | 3-7 for YAML this is the whole value"),
        ROW("a: {b} c\n",
            "E_YAML 7-8 something follows after this value's end"
            " (YAML: did not find expected key while parsing a block mapping)"
            " | a text that begins with `{` needs quotes: '{b} c' | 3-6 for YAML this is the whole value"),
        ROW("[a] b\n",
            "E_YAML 4-5 something follows after this value's end (YAML: did not find expected <document start>)"
            " | a text that begins with `[` needs quotes: '[a] b' | 0-3 for YAML this is the whole value"),
        ROW("unit: %\n",
            "E_YAML 6-7 a text cannot begin with this sign (YAML: found character that cannot start any token)"
            " | a text that begins with `%` needs quotes: '%'"),
        ROW("a: @\"P1D\" + x\n",
            "E_YAML 3-4 a text cannot begin with this sign (YAML: found character that cannot start any token)"
            " | a text that begins with `@` needs quotes: '@\"P1D\" + x'"),
        ROW("a: `x`\n",
            "E_YAML 3-4 a text cannot begin with this sign (YAML: found character that cannot start any token)"
            " | a text that begins with ``` needs quotes: '`x`'"),
        ROW("{x: |y, z: 1}\n",
            "E_YAML 4-5 a text cannot begin with this sign (YAML: found character that cannot start any token)"
            " | a text that begins with `|` needs quotes: '|y'"),
        ROW("{x: @y, z: 1}\n",
            "E_YAML 4-5 a text cannot begin with this sign (YAML: found character that cannot start any token)"
            " | a text that begins with `@` needs quotes: '@y'"),
        ROW("a: | x\n",
            "E_YAML 3-4 `|` must end its line"
            " (YAML: did not find expected comment or line break while scanning a block scalar)"
            " | begin the text on the next line, indented; a text that begins with `|` needs '…' around it"),
        ROW("a: 'x\nb: 1\n", "E_YAML 3-4 this quote is never closed"
                             " (YAML: found unexpected end of stream while scanning a quoted scalar)"
                             " | close it; a quote inside '…' is written twice: ''"),
        ROW("a: \"x\n---\n", "E_YAML 3-4 this quote is never closed"
                             " (YAML: found unexpected document indicator while scanning a quoted scalar)"
                             " | close it; a quote inside '…' is written twice: ''"),
        ROW("住: {院: '天}\n", "E_YAML 11-12 this quote is never closed"
                               " (YAML: found unexpected end of stream while scanning a quoted scalar)"
                               " | close it; a quote inside '…' is written twice: ''"),
        ROW("a: \"\\q\"\n", "E_YAML 4-5 this escape does not exist"
                            " (YAML: found unknown escape character while parsing a quoted scalar)"
                            " | a backslash inside \"…\" begins an escape; inside '…' it is a backslash"),
        ROW("a: \"\\x4\"\n", "E_YAML 6-7 this escape needs more hexadecimal digits"
                             " (YAML: did not find expected hexdecimal number while parsing a quoted scalar)"
                             " | a backslash inside \"…\" begins an escape; inside '…' it is a backslash"),
        ROW("a: \"\\ud800\"\n", "E_YAML 6-7 this escape is no character"
                                " (YAML: found invalid Unicode character escape code while parsing a quoted scalar)"
                                " | a backslash inside \"…\" begins an escape; inside '…' it is a backslash"),
        ROW("a: {b: 1\nc: 2\n", "E_YAML 10-11 this colon cannot begin a value here"
                                " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
                                " | a text that holds `: ` needs '…' around it"),
        ROW("x: [a, b\ny: 1\n", "E_YAML 10-11 this colon cannot begin a value here"
                                " (YAML: did not find expected ',' or ']' while parsing a flow sequence)"
                                " | a text that holds `: ` needs '…' around it"),
        ROW("a: {", "E_YAML 4-4 the file ends before the last bracket is closed"
                    " (YAML: did not find expected node content while parsing a flow node) | close it"),
        ROW("a: [b", "E_YAML 3-4 the file ends before the last bracket is closed"
                     " (YAML: did not find expected ',' or ']' while parsing a flow sequence) | close it"),
        ROW("{a: x in [1..2]}\n", "E_YAML 9-10 here a comma or the end of { } is missing"
                                  " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
                                  " | inside { } and [ ] a text with commas, quotes or brackets needs '…' around it; "
                                  "or write a key on each line | 0-1 the bracket was opened here"),
        ROW("a: {require: kind in (\"fire\", \"pipe\")}\n",
            "E_YAML 36-37 here a comma or the end of { } is missing"
            " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
            " | inside { } and [ ] a text with commas, quotes or brackets needs '…' around it; "
            "or write a key on each line | 3-4 the bracket was opened here"),
        ROW("a: |\n    b\n  c\n", "E_YAML 13-14 this does not belong to the mapping around it"
                                  " (YAML: did not find expected key while parsing a block mapping)"
                                  " | the keys of a mapping stand one below the other, equally indented; "
                                  "a text that begins with a sign needs '…'"),
        ROW("a: |\n\tb\n",
            "E_YAML 5-6 a tab stands where a space is due"
            " (YAML: found a tab character where an indentation space is expected while scanning a block scalar)"
            " | indent with spaces"),
        ROW("a: ]\n", "E_YAML 3-4 here a value is missing"
                      " (YAML: did not find expected node content while parsing a block node)"
                      " | a text that begins with a sign needs '…' around it"),
        ROW("a: ,b\n", "E_YAML 3-4 here a value is missing"
                       " (YAML: did not find expected node content while parsing a block node)"
                       " | a text that begins with a sign needs '…' around it"),
        ROW("[a}\n", "E_YAML 2-3 here a comma or the end of [ ] is missing"
                     " (YAML: did not find expected ',' or ']' while parsing a flow sequence)"
                     " | inside { } and [ ] a text with commas, quotes or brackets needs '…' around it; "
                     "or write a key on each line | 0-1 the bracket was opened here"),
        ROW("{a: b, c d: e: f}\n", "E_YAML 13-14 this colon cannot begin a value here"
                                   " (YAML: did not find expected ',' or '}' while parsing a flow mapping)"
                                   " | a text that holds `: ` needs quotes: 'e: f'"),
        ROW("[a: b", "E_YAML 0-1 the file ends before the last bracket is closed"
                     " (YAML: did not find expected ',' or ']' while parsing a flow sequence) | close it"),
    };
    CHECK_ROWS(rows);
}

HZ_TEST(tree_refuses_escaped_zero)
{
    tree_read read;
    tree_begin(&read, HZ_STR("a: \"x\\0y\""));
    HZ_CHECK_EQ_INT(read.diags.list.count, 1);
    HZ_CHECK_EQ_INT(read.diags.list.at[0].code, HZ_E_YAML_FEATURE);
    HZ_CHECK_EQ_INT(read.diags.list.at[0].span.begin, 5);
    HZ_CHECK_EQ_INT(read.diags.list.at[0].span.end, 7);
    tree_end(&read);
}

/* More keys than are compared one by one. */
HZ_TEST(tree_refuses_duplicates_among_many)
{
    tree_read read;
    hz_buf source;
    hz_buf_begin(&source, &hz_alloc_libc);
    for (int i = 0; i < 1000; i++) hz_buf_printf(&source, "k%d: %d\n", i, i);
    size_t second = source.len;
    hz_buf_printf(&source, "k7: x\n");
    tree_begin(&read, hz_buf_text(&source));
    HZ_CHECK_EQ_INT(read.tree->pairs.count, 1000);
    HZ_CHECK_EQ_INT(read.diags.list.count, 1);
    HZ_CHECK_EQ_INT(read.diags.list.at[0].span.begin, second);
    HZ_CHECK_EQ_INT(read.diags.list.at[0].related.at[0].span.begin, strlen("k0: 0\n") * 7);
    tree_end(&read);
    hz_buf_end(&source);
}
