/* types.c - the words that say what a thing is: units, lists of codes, rounding; and keys that do not go with a type.
 *
 * Called by the readers of inputs, parameters, values, counters, benefits and of the manifest.
 */
#include "rules/reader.h"

#include "source/suggest.h"

#define CODES_MOST     1000 /* in one list */
#define CURRENCY_SCALE 2    /* `money` has two decimals in format 1, whatever the currency */

/* What stands before the `/` of "CNY/day". */
static hz_str unit_head(hz_str unit)
{
    const char *slash = unit.len != 0 ? memchr(unit.at, '/', unit.len) : NULL;
    return slash != NULL ? hz_str_part(unit, 0, (size_t)(slash - unit.at)) : unit;
}

int32_t hz_unit_scale(hz_str unit, hz_str currency)
{
    return currency.len != 0 && hz_str_eq(unit_head(unit), currency) ? CURRENCY_SCALE : 0;
}

static bool same_letters(hz_str a, hz_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if ((a.at[i] | 0x20) != (b.at[i] | 0x20)) return false;
    return true;
}

void hz_read_unit(hz_reader *reader, hz_item item, const hz_tree *tree, hz_str *out)
{
    static const char *const yuan[] = {"元", "yuan", "RMB", "¥", "￥"};
    hz_str unit, currency = reader->model->currency;
    if (!hz_read_text(reader, item, "unit", tree, &unit)) return;
    *out = unit;
    hz_str head = unit_head(unit);
    bool meant = same_letters(head, currency) && !hz_str_eq(head, currency);
    for (size_t i = 0; i < sizeof yuan / sizeof *yuan; i++)
        meant = meant || (hz_str_is(currency, "CNY") && hz_str_is(head, yuan[i]));
    if (!meant) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNIT, hz_text_span(tree),
                             "the unit `%.*s` of %s `%.*s` is not counted as money", HZ_BRIEF(unit), HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write `%.*s%.*s`, as the manifest names the currency", HZ_BRIEF(currency),
                 HZ_BRIEF(hz_str_part(unit, head.len, unit.len)));
}

/* A code is a word in small letters; those that mean something in YAML or in a history are none. */
static bool code_is_free(hz_reader *reader, hz_str code, hz_span span)
{
    static const char *const taken[] = {"none", "unknown", "true", "false", "null"};
    hz_diag *diag;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (!hz_str_is(code, taken[i])) continue;
        diag = hz_error(reader->diags, HZ_E_CODE, span, "`%.*s` cannot be a code: the word has a meaning of its own",
                        HZ_BRIEF(code));
        hz_diag_hint(reader->diags, diag, "choose another word, as `no_%s`", i == 0 ? "exclusion" : "answer");
        return false;
    }
    bool good = code.len != 0 && code.at[0] >= 'a' && code.at[0] <= 'z';
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
    }
    if (good) return true;
    diag = hz_error(reader->diags, HZ_E_CODE, span,
                    "`%.*s` cannot be a code: small letters a-z, digits, `_` and `-`, a letter first", HZ_BRIEF(code));
    hz_diag_hint(reader->diags, diag, "give it an English id; the Chinese word is its label, behind the colon");
    return false;
}

const hz_codes *hz_read_codes(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree *tree = hz_require(reader, item, map, "values");
    if (tree == NULL || !hz_expect(reader, item, "values", tree, HZ_TREE_MAP)) return NULL;
    if (tree->pairs.count == 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "`values` of %s `%.*s` has no code", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "list the codes with their labels: {illness: 疾病, accident: 意外}");
        return NULL;
    }
    if (tree->pairs.count > CODES_MOST) {
        hz_error(reader->diags, HZ_E_TOO_LARGE, tree->span, "%s `%.*s` has more than %d codes", HZ_ITEM(item),
                 CODES_MOST);
        return NULL;
    }
    hz_codes *codes = HZ_NEW(reader->arena, hz_codes);
    codes->at = HZ_NEW_MANY(reader->arena, hz_code_value, tree->pairs.count);
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_label label;
        pair->used = true;
        if (!code_is_free(reader, pair->key, pair->key_span)) continue;
        hz_read_label(reader, hz_item_of("code", pair), pair->value, &label);
        codes->at[codes->count++] = (hz_code_value){pair->key, label.zh, label.en};
    }
    return codes;
}

void hz_refuse_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key, const char *type, const char *hint)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, key);
    if (pair == NULL) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_KEY_FOR_TYPE, pair->key_span,
                             "`%s` does not go with the type of %s `%.*s`, %s", key, HZ_ITEM(item), type);
    hz_diag_hint(reader->diags, diag, "%s", hint);
}

void hz_refuse_type(hz_reader *reader, hz_item item, const hz_tree *tree, hz_word_list words)
{
    const char *const *known = hz_words_of(words);
    hz_str type, list = HZ_STR("");
    hz_suggest suggest;
    if (!hz_read_text(reader, item, "type", tree, &type)) return;
    if (hz_str_starts(type, HZ_STR("set of "))) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_TYPE, hz_text_span(tree), "%s `%.*s` cannot be a set", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "sets of codes are parameters: give this one a `type: set of …` below `parameters`");
        return;
    }
    if (hz_str_is(type, "number") || hz_str_is(type, "money") || hz_str_is(type, "count") || hz_str_is(type, "rate")) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_TYPE, hz_text_span(tree),
                                 "%s `%.*s` has a `unit` instead of a `type` when it is a number", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write `unit: CNY`, `unit: days`, `unit: '%%'`, …");
        return;
    }
    hz_suggest_begin(&suggest, type);
    for (uint32_t i = 0; known[i] != NULL; i++) {
        hz_suggest_offer(&suggest, hz_str_from(known[i]));
        list = hz_arena_printf(reader->arena, "%.*s%s%s", HZ_ARG(list), i > 0 ? ", " : "", known[i]);
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_TYPE, hz_text_span(tree), "`%.*s` is not a type of %s `%.*s`",
                             HZ_BRIEF(type), HZ_ITEM(item));
    if (suggest.best.at != NULL)
        hz_diag_hint(reader->diags, diag, "did you mean `%.*s`? The types are %.*s", HZ_BRIEF(suggest.best),
                     HZ_BRIEF(list));
    else hz_diag_hint(reader->diags, diag, "the types are %.*s", HZ_BRIEF(list));
}

static void read_rounding_mode(hz_reader *reader, hz_item item, const hz_tree *tree, hz_round *out)
{
    hz_str mode;
    if (!hz_read_text(reader, item, "mode", tree, &mode)) return;
    int at = hz_word_index(HZ_WORDS_ROUNDING, mode);
    if (at >= 0) {
        out->mode = (uint8_t)at;
        return;
    }
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_ROUNDING, hz_text_span(tree), "`%.*s` is not a way to round", HZ_BRIEF(mode));
    hz_hint_words(reader, diag, HZ_WORDS_ROUNDING, mode, "the ways are up, down, half up, half down, half even, floor, ceiling");
}

static void read_rounding_step(hz_reader *reader, hz_item item, const hz_tree *tree, hz_round *out)
{
    hz_str text;
    hz_decimal step;
    if (!hz_read_text(reader, item, "to", tree, &text)) return;
    bool good = hz_decimal_parse(text, false, &step);
    if (good) {
        step = hz_decimal_trim(step);
        out->scale = step.scale;
    }
    if (good && step.coefficient == 1 && step.scale <= reader->model->currency_scale) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_ROUNDING, hz_text_span(tree), "amounts cannot be rounded to `%.*s`",
                             HZ_BRIEF(text));
    hz_diag_hint(reader->diags, diag, "write 0.01 (to the cent), 0.1, or 1");
}

void hz_read_round(hz_reader *reader, hz_item item, hz_tree *map, hz_round *out)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, "round");
    if (pair == NULL || !hz_expect(reader, item, "round", pair->value, HZ_TREE_MAP)) return;
    hz_item round = {"the rounding of", item.name, pair->key_span};
    hz_tree *tree = pair->value;
    out->given = true;
    out->span = tree->span;
    hz_tree *to = hz_require(reader, round, tree, "to");
    hz_tree *mode = hz_require(reader, round, tree, "mode");
    hz_tree *at = hz_tree_get(tree, "at");
    if (to != NULL) read_rounding_step(reader, round, to, out);
    if (mode != NULL) read_rounding_mode(reader, round, mode, out);
    if (at != NULL && !hz_is_word(at, "gross")) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_ROUNDING, at->span, "amounts are rounded at `gross` only");
        hz_diag_hint(reader->diags, diag,
                     "rounded after the caps, two payments can come to a cent more than a maximum");
    }
    hz_read_provenance(reader, round, tree, &out->from);
    hz_refuse_unknown(reader, tree, HZ_IN_ROUND);
}
