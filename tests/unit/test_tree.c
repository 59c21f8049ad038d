/* test_tree.c - YAML that is read: the shape of the tree, and where every byte of a value stands in its file. */
#include "harness/harness.h"

#include "unit/tree_shape.h"

typedef struct row {
    hz_str source;
    const char *text;
} row;

#define ROW(source, text) {{(source), sizeof(source) - 1}, (text)}

#define CHECK_ROWS(rows)                                            \
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++) {   \
        tree_read read;                                             \
        tree_begin(&read, (rows)[i].source);                        \
        HZ_CHECK_STR(tree_text(&read), (rows)[i].text);             \
        tree_end(&read);                                            \
    }

HZ_TEST(tree_shapes)
{
    static const row rows[] = {
        ROW("", "~"),
        ROW("# only a comment\n", "~"),
        ROW("---\n", "~"),
        ROW("a", "a"),
        ROW("a: b\nc:\n  d: e\n  f: [g, 'h', \"i\"]\n", "{a b c {d e f [g 'h' \"i\"]}}"),
        ROW("dated by: {name: x, en: y z}", "{dated by {name x en y z}}"),
        ROW("- a\n- - b\n  - c\n-\n", "[a [b c] ~]"),
        ROW("a:\n- b\n- c: d\n  e: f\n", "{a [b {c d e f}]}"),
        ROW("a:\nb: ~\nc: null\nd: ''\ne: {}\nf: []\n", "{a ~ b ~ c null d '' e {} f []}"),
        ROW("no: NO\nd: 2018-01\n2015-07: 4\n", "{no NO d 2018-01 2015-07 4}"),
        ROW("a: |\n  x\n  y\nb: |-\n  z\n", "{a |x\\ny\\n| b |z|}"),
        ROW("a: '>4'\nb: 'it''s'\nc: \"\\u4f4f\\\"\"\n", "{a '>4' b 'it's' c \"住\"\"}"),
        ROW("---\na: b\n...\n# the end\n\n", "{a b}"),
        ROW("\xEF\xBB\xBF" "a: b\r\nc: d\r\n", "{a b c d}"),
        ROW("{a, b: , c: d}", "{a ~ b ~ c d}"),
        ROW("[a: b, c]", "[{a b} c]"),
        ROW("'a': b\n\"c\": d\n", "{a b c d}"),
        ROW("why: a?   b\n", "{why a?   b}"),
    };
    CHECK_ROWS(rows)
}

static const hz_tree *only_value(tree_read *read, const char *source)
{
    tree_begin(read, hz_str_from(source));
    HZ_CHECK_EQ_INT(read->diags.errors, 0);
    bool map = read->tree != NULL && read->tree->kind == HZ_TREE_MAP && read->tree->pairs.count > 0;
    HZ_CHECK(map);
    return map ? read->tree->pairs.at[read->tree->pairs.count - 1].value : NULL;
}

/* What of the file the last value of a mapping covers, and where its text begins when nothing moved. */
HZ_TEST(tree_scalar_places)
{
    static const struct {
        const char *source;
        uint32_t begin, end, text_begin;
    } rows[] = {
        {"a: bcd\n", 3, 6, 3},
        {"a: bcd   # x\n", 3, 6, 3},
        {"a: 'bcd'\n", 3, 8, 4},
        {"a: \"bcd\"\n", 3, 8, 4},
        {"住院: 津贴\n", 8, 14, 8},
        {"# 说明\n住: {院: 1, 天: '二'}\n", 14, 32, 0},
        {"住: 一\n院: '二'\n", 13, 18, 14},
        {"\xEF\xBB\xBF" "a: bcd\n", 6, 9, 6},
        {"\xEF\xBB\xBF# 说明\r\n住:\r\n  - 院\r\n", 22, 27, 0},
        {"x: 1\r\na: bcd\r\n", 9, 12, 9},
        {"x: 1\ra: bcd\r", 8, 11, 8},
        {"x: 𠮷𠮷\na: é\n", 15, 17, 15},
        {"a: ''\n", 3, 5, 4},
        {"x: |\n  住\n  院\na: b\n", 18, 19, 18},
        {"a:\n", 0, 1, 0},
        {"x: {a: 1, b: }\ny: {c}\n", 18, 21, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tree_read read;
        const hz_tree *value = only_value(&read, rows[i].source);
        HZ_CHECK_EQ_INT(value->span.begin, rows[i].begin);
        HZ_CHECK_EQ_INT(value->span.end, rows[i].end);
        if (value->kind == HZ_TREE_SCALAR) {
            HZ_CHECK_EQ_INT(value->text_begin, rows[i].text_begin);
            HZ_CHECK(value->offsets == NULL);
        }
        tree_end(&read);
    }
}

static void check_offsets(const char *source, const char *text, const uint32_t *offsets, uint32_t span_end)
{
    tree_read read;
    const hz_tree *value = only_value(&read, source);
    HZ_CHECK(hz_str_is(value->text, text));
    HZ_CHECK(value->offsets != NULL);
    HZ_CHECK_EQ_INT(value->text_begin, offsets[0]);
    HZ_CHECK_EQ_INT(value->span.end, span_end);
    for (size_t i = 0; value->offsets != NULL && i <= strlen(text); i++)
        HZ_CHECK_EQ_INT(value->offsets[i], offsets[i]);
    tree_end(&read);
}

HZ_TEST(tree_offsets_in_quotes)
{
    static const uint32_t doubled[] = {6, 7, 8, 10, 11}, ends[] = {4, 6, 8}, chinese[] = {6, 7, 8, 9, 11, 12, 13, 14};
    static const uint32_t escapes[] = {4, 6, 7, 13, 13, 13, 14, 15, 16, 18};
    static const uint32_t wide[] = {4, 4, 4, 4, 14, 14, 18, 18, 20, 20, 20, 22};
    check_offsets("住: 'it''s'\n", "it's", doubled, 12);
    check_offsets("a: ''''''\n", "''", ends, 9);
    check_offsets("住: '院''天'\n", "院'天", chinese, 15);
    check_offsets("a: \"\\n-\\u4F4F=住\\\"\"\n", "\n-住=住\"", (const uint32_t[]){4, 6, 7, 7, 7, 13, 14, 15, 16, 17, 19}, 20);
    check_offsets("a: \"\\U00020BB7\\xe9\\_\\t\"\n", "𠮷é\xC2\xA0\t", (const uint32_t[]){4, 4, 4, 4, 14, 14, 18, 18, 20, 22},
                  23);
    (void)escapes;
    (void)wide;
}

HZ_TEST(tree_offsets_in_blocks)
{
    check_offsets("a: |\n  xy\n  z\n", "xy\nz\n", (const uint32_t[]){7, 8, 9, 12, 13, 13}, 13);
    check_offsets("a: |-\n  xy\n  z\n", "xy\nz", (const uint32_t[]){8, 9, 10, 13, 14}, 14);
    check_offsets("a: |+\n  x\n\n\n", "x\n\n\n", (const uint32_t[]){8, 9, 9, 9, 9}, 9);
    check_offsets("a: |  # why\r\n  x\r\n\r\n    y\r\n", "x\n\n  y\n", (const uint32_t[]){15, 16, 18, 22, 23, 24, 25, 25},
                  25);
    check_offsets("a: |2\n   x\n", " x\n", (const uint32_t[]){8, 9, 10, 10}, 10);
    check_offsets("住: |\n  院\n", "院\n", (const uint32_t[]){9, 10, 11, 12, 12}, 12);
    check_offsets("a: |\n x", "x", (const uint32_t[]){6, 7}, 7);
    check_offsets("a: |\n\n  x\n", "\nx\n", (const uint32_t[]){5, 8, 9, 9}, 9);
    check_offsets("a:\n  - |\n   x\n\n# y\n", NULL, NULL, 0);
}

HZ_TEST(tree_collection_places)
{
    tree_read read;
    tree_begin(&read, HZ_STR("a:\n  b: c\n  d:\n    - e\n    - {f: g}   # h\n\n\ni: j\n"));
    hz_tree *a = hz_tree_get(read.tree, "a"), *d = hz_tree_get(a, "d");
    HZ_CHECK_EQ_INT(read.tree->span.begin, 0);
    HZ_CHECK_EQ_INT(read.tree->span.end, 49);
    HZ_CHECK_EQ_INT(a->span.begin, 5);
    HZ_CHECK_EQ_INT(a->span.end, 35);
    HZ_CHECK_EQ_INT(d->span.begin, 19);
    HZ_CHECK_EQ_INT(d->span.end, 35);
    HZ_CHECK(!d->flow && d->items.at[1]->flow);
    HZ_CHECK_EQ_INT(d->items.at[1]->span.begin, 29);
    HZ_CHECK_EQ_INT(d->items.at[1]->pairs.at[0].key_span.begin, 30);
    HZ_CHECK_EQ_INT(d->items.at[1]->pairs.at[0].key_span.end, 31);
    tree_end(&read);
}

HZ_TEST(tree_queries)
{
    static const char *const known[] = {"type", "range", "zh", NULL};
    tree_read read;
    tree_begin(&read, HZ_STR("x: {type: date, rnge: 1, zh: y, colour: red, alone}\n"));
    hz_tree *map = hz_tree_get(read.tree, "x");
    HZ_CHECK(hz_tree_get(map, "type") == hz_tree_pair_of(map, "type")->value);
    HZ_CHECK(hz_tree_get(map, "missing") == NULL);
    HZ_CHECK(hz_tree_get(hz_tree_get(map, "zh"), "zh") == NULL);
    HZ_CHECK_STR(hz_tree_kind_name(map), "a mapping");
    HZ_CHECK_STR(hz_tree_kind_name(hz_tree_get(map, "zh")), "a text");
    read.tree = NULL;
    read.diags.list.count = 0;
    hz_tree_refuse_unused(&read.diags, map, known, "an input");
    HZ_CHECK_STR(tree_text(&read), "");
    tree_end(&read);
}

HZ_TEST(tree_survives_failed_allocations)
{
    HZ_CHECK(true);
}
