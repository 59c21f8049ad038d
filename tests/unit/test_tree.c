/* test_tree.c - YAML that is read: the shape of the tree, and where every byte of a value stands in its file. */
#include "harness/harness.h"

#include "unit/tree_shape.h"

typedef struct row {
    hz_str source;
    const char *text;
} row;

#define ROW(source, text)                                                                                              \
    {                                                                                                                  \
        {(source), sizeof(source) - 1}, (text)                                                                         \
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
        ROW("\xEF\xBB\xBF"
            "a: b\r\nc: d\r\n",
            "{a b c d}"),
        ROW("{a, b: , c: d}", "{a ~ b ~ c d}"),
        ROW("[a: b, c]", "[{a b} c]"),
        ROW("'a': b\n\"c\": d\n", "{a b c d}"),
        ROW("why: a?   b\n", "{why a?   b}"),
    };
    tree_read read;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tree_begin(&read, rows[i].source);
        HZ_CHECK_STR(tree_text(&read), rows[i].text);
        tree_end(&read);
    }
    tree_begin(&read, (hz_str){NULL, 0});
    HZ_CHECK_STR(tree_text(&read), "~");
    tree_end(&read);
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
        {"# 说明\n住: {院: 1, 天: '二'}\n", 14, 34, 0},
        {"住: 一\n院: '二'\n", 14, 19, 15},
        {"\xEF\xBB\xBF"
         "a: bcd\n",
         6, 9, 6},
        {"\xEF\xBB\xBF# 说明\r\n住:\r\n  - 院\r\n", 21, 26, 0},
        {"x: 1\r\na: bcd\r\n", 9, 12, 9},
        {"x: 1\ra: bcd\r", 8, 11, 8},
        {"x: 𠮷𠮷\na: é\n", 15, 17, 15},
        {"a: ''\n", 3, 5, 4},
        {"x: |\n  住\n  院\na: b\n", 20, 21, 20},
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

typedef struct moved {
    const char *source, *text;
    uint32_t span_end;
    uint32_t offsets[16]; /* of each byte of text, and of its end */
} moved;

static void check_moved(const moved *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tree_read read;
        const hz_tree *value = only_value(&read, rows[i].source);
        HZ_CHECK_STR(hz_arena_copy(&read.arena, value->text).at, rows[i].text);
        HZ_CHECK_EQ_INT(value->text_begin, rows[i].offsets[0]);
        HZ_CHECK_EQ_INT(value->span.end, rows[i].span_end);
        if (HZ_CHECK(value->offsets != NULL))
            for (size_t k = 0; k <= value->text.len; k++) HZ_CHECK_EQ_INT(value->offsets[k], rows[i].offsets[k]);
        tree_end(&read);
    }
}

HZ_TEST(tree_offsets_in_quotes)
{
    static const moved rows[] = {
        {"住: 'it''s'\n", "it's", 12, {6, 7, 8, 10, 11}},
        {"a: ''''''\n", "''", 9, {4, 6, 8}},
        {"住: '院''天'\n", "院'天", 15, {6, 7, 8, 9, 11, 12, 13, 14}},
        {"a: \"\\n-\\u4F4F=住\\\"\"\n", "\n-住=住\"", 20, {4, 6, 7, 7, 7, 13, 14, 15, 16, 17, 19}},
        {"a: \"\\U00020BB7\\xe9\\_\\t\"\n", "𠮷é\xC2\xA0\t", 23, {4, 4, 4, 4, 14, 14, 18, 18, 20, 22}},
    };
    check_moved(rows, sizeof rows / sizeof *rows);
}

HZ_TEST(tree_offsets_in_blocks)
{
    static const moved rows[] = {
        {"a: |\n  xy\n  z\n", "xy\nz\n", 13, {7, 8, 9, 12, 13, 13}},
        {"a: |-\n  xy\n  z\n", "xy\nz", 14, {8, 9, 10, 13, 14}},
        {"a: |+\n  x\n\n\n", "x\n\n\n", 9, {8, 9, 9, 9, 9}},
        {"a: |  # why\r\n  x\r\n\r\n    y\r\n", "x\n\n  y\n", 25, {15, 16, 18, 22, 23, 24, 25, 25}},
        {"a: |2\n   x\n", " x\n", 10, {8, 9, 10, 10}},
        {"住: |\n  院\n", "院\n", 12, {9, 10, 11, 12, 12}},
        {"a: |\n x", "x", 7, {6, 7}},
        {"a: |\n\n  x\n", "\nx\n", 9, {5, 8, 9, 9}},
        {"x: y\na: |\n  住\n\n# z\n", "住\n", 15, {12, 13, 14, 15, 15}},
    };
    check_moved(rows, sizeof rows / sizeof *rows);
}

HZ_TEST(tree_collection_places)
{
    tree_read read;
    tree_begin(&read, HZ_STR("a:\n  b: c\n  d:\n    - e\n    - {f: g}   # h\n\n\ni: j\n"));
    const hz_tree *a = hz_tree_get(read.tree, "a"), *d = a->pairs.at[1].value, *flow = d->items.at[1];
    HZ_CHECK_EQ_INT(read.tree->span.begin, 0);
    HZ_CHECK_EQ_INT(read.tree->span.end, 48);
    HZ_CHECK_EQ_INT(a->span.begin, 5);
    HZ_CHECK_EQ_INT(a->span.end, 35);
    HZ_CHECK_EQ_INT(d->span.begin, 19);
    HZ_CHECK_EQ_INT(d->span.end, 35);
    HZ_CHECK(!d->flow && flow->flow);
    HZ_CHECK_EQ_INT(flow->span.begin, 29);
    HZ_CHECK_EQ_INT(flow->span.end, 35);
    HZ_CHECK_EQ_INT(flow->pairs.at[0].key_span.begin, 30);
    HZ_CHECK_EQ_INT(flow->pairs.at[0].key_span.end, 31);
    tree_end(&read);
}

HZ_TEST(tree_queries)
{
    tree_read read;
    tree_begin(&read, HZ_STR("x: [a]\ny: b\nz:\n"));
    hz_tree *map = read.tree, *list = hz_tree_get(map, "x");
    HZ_CHECK(map->pairs.at[0].used && !map->pairs.at[1].used);
    HZ_CHECK(hz_tree_pair_of(map, "y") == &map->pairs.at[1]);
    HZ_CHECK(map->pairs.at[1].used);
    HZ_CHECK(hz_tree_get(map, "missing") == NULL);
    HZ_CHECK(hz_tree_get(list, "a") == NULL);
    HZ_CHECK_STR(hz_tree_kind_name(map), "a mapping");
    HZ_CHECK_STR(hz_tree_kind_name(list), "a list");
    HZ_CHECK_STR(hz_tree_kind_name(map->pairs.at[1].value), "a text");
    HZ_CHECK_STR(hz_tree_kind_name(map->pairs.at[2].value), "nothing");
    tree_end(&read);
}

HZ_TEST(tree_refuses_unused_keys)
{
    static const char *const known[] = {"type", "range", "zh", "en", NULL};
    tree_read read;
    tree_begin(&read, HZ_STR("{type: date, rnge: 1, colour: 2, alone: 住, a: , zh: x}"));
    hz_tree_get(read.tree, "type");
    hz_tree_get(read.tree, "zh");
    hz_tree_refuse_unused(&read.diags, read.tree, known, "an input");
    read.tree = NULL;
    HZ_CHECK_STR(tree_text(&read),
                 "E_UNKNOWN_KEY 13-17 an input has no key `rnge` | did you mean `range`?\n"
                 "E_UNKNOWN_KEY 22-28 an input has no key `colour` | its keys are: type, range, zh, en\n"
                 "E_UNKNOWN_KEY 33-38 an input has no key `alone` | its keys are: type, range, zh, en\n"
                 "E_COMMA_SPLIT 45-46 `a` is a key without a value"
                 " | a comma split this text; quote it");
    tree_end(&read);
}
