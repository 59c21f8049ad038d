/* read_manifest.c - ruleset.yaml: what the ruleset is called, its currency, and the sources its statements name.
 *
 * Read before every plan, since provenance needs the sources. Called by read.c.
 */
#include "rules/reader.h"

#include "source/suggest.h"

/* False: the manifest names another format. */
static bool read_format(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree *tree = hz_require(reader, item, map, "format");
    hz_str text;
    hz_decimal number;
    if (tree == NULL || !hz_read_text(reader, item, "format", tree, &text) || hz_str_is(text, "1")) return true;
    bool newer = hz_decimal_parse(text, false, &number) && number.scale == 0 && number.coefficient > 1;
    hz_diag *diag = newer ? hz_error(reader->diags, HZ_E_FORMAT_VERSION, tree->span,
                                     "these rule files are of format %.*s, this library reads format 1", HZ_BRIEF(text))
                          : hz_error(reader->diags, HZ_E_FORMAT_VERSION, tree->span,
                                     "`%.*s` is not a number of a format", HZ_BRIEF(text));
    hz_diag_hint(reader->diags, diag, newer ? "use a newer library" : "write `format: 1`");
    return false;
}

static void read_gives(hz_reader *reader, hz_item item, const hz_tree *tree, hz_source_info *source)
{
    static const uint8_t standings[] = {HZ_PUBLISHED, HZ_REPORTED, HZ_ASSUMED};
    hz_str text;
    if (!hz_read_text(reader, item, "gives", tree, &text)) return;
    int at = hz_word_index(HZ_WORDS_STANDING, text);
    if (at >= 0) {
        source->gives = standings[at];
        return;
    }
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_GIVES, hz_text_span(tree), "`%.*s` is not what a source can give", HZ_BRIEF(text));
    hz_hint_words(reader, diag, HZ_WORDS_STANDING, text,
                  "published (the programme's own text), reported (a page that states it), or assumed (of another place)");
}

static void read_source(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("source", pair);
    hz_source_info source = {
        .id = pair->key, .gives = HZ_ASSUMED, .title = {pair->key, pair->key}, .span = pair->key_span};
    if (!hz_is_source_id(pair->key)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, pair->key_span, "`%.*s` cannot be the id of a source",
                                 HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "letters, digits, `-`, `_` and `.`, as programme-2020 or S16");
    }
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        hz_tree *gives = hz_require(reader, item, map, "gives");
        hz_tree *title = hz_tree_get(map, "title");
        if (gives != NULL) read_gives(reader, item, gives, &source);
        if (title != NULL)
            hz_read_label(reader, (hz_item){"the title of source", pair->key, pair->key_span}, title, &source.title);
        if (title != NULL && title->kind == HZ_TREE_SCALAR) source.title.en = source.title.zh;
        hz_read_text_key(reader, item, map, "address", &source.address);
        hz_read_text_key(reader, item, map, "scope", &source.scope);
        hz_refuse_unknown(reader, map, HZ_IN_SOURCE);
    }
    hz_map_put(reader->arena, &reader->sources, source.id, reader->model->sources.count);
    *HZ_PUSH(reader->arena, &reader->model->sources) = source;
}

static void read_sources(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree *tree = hz_tree_get(map, "sources");
    reader->sources_known = true;
    if (tree == NULL || !hz_expect(reader, item, "sources", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        tree->pairs.at[i].used = true;
        read_source(reader, &tree->pairs.at[i]);
    }
}

static void read_currency(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree *tree = hz_require(reader, item, map, "currency");
    hz_str text;
    if (tree == NULL || !hz_read_text(reader, item, "currency", tree, &text)) return;
    bool good = text.len == 3;
    for (size_t i = 0; i < text.len; i++) good = good && text.at[i] >= 'A' && text.at[i] <= 'Z';
    reader->model->currency = text;
    if (good) return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_UNIT, hz_text_span(tree), "`%.*s` is not the code of a currency", HZ_BRIEF(text));
    hz_diag_hint(reader->diags, diag, "write its three capital letters, as CNY");
}

void hz_read_manifest(hz_reader *reader, hz_tree *tree, uint32_t file)
{
    hz_model *model = reader->model;
    hz_item item = {"manifest", model->texts.files.at[file].name, hz_first_key(tree)};
    if (hz_refuse_empty(reader, item, tree) || !hz_expect(reader, item, NULL, tree, HZ_TREE_MAP)) return;
    if (!read_format(reader, item, tree)) return; /* what follows may mean something else in another format */
    hz_tree *id = hz_require(reader, item, tree, "ruleset");
    hz_tree *version = hz_require(reader, item, tree, "version");
    hz_tree *title = hz_tree_get(tree, "title");
    if (id != NULL) hz_read_id(reader, item, "ruleset", id, &model->id);
    if (version != NULL) hz_read_text(reader, item, "version", version, &model->version);
    model->title.zh = model->title.en = model->id;
    if (title != NULL) hz_read_label(reader, (hz_item){"the title of", model->id, item.span}, title, &model->title);
    read_currency(reader, item, tree);
    read_sources(reader, item, tree);
    hz_read_round(reader, item, tree, &model->round);
    hz_read_shared_counters(reader, item, tree);
    hz_refuse_unknown(reader, tree, HZ_IN_MANIFEST);
}
