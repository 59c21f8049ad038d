/* sets.c - parameters of type `set of site`: which codes are in it, version by version.
 *
 * The codes are those of a name of the plan, which may stand anywhere in its file, so sets wait until all names are read,
 * and readings of them are compared only then. Called by read_parameters.c, read_plan.c and scenario.c.
 */
#include "rules/reader.h"

#include "source/suggest.h"

bool hz_read_set_type(hz_reader *reader, hz_item item, const hz_tree *tree, hz_name_ref *out)
{
    static const char words[] = "set of";
    if (tree->kind != HZ_TREE_SCALAR || !hz_str_starts(tree->text, HZ_STR(words))) return false;
    size_t begin = sizeof words - 1;
    while (begin < tree->text.len && tree->text.at[begin] == ' ') begin++;
    hz_str name = hz_str_trim(hz_str_part(tree->text, begin, tree->text.len));
    *out = (hz_name_ref){name, hz_text_part(tree, begin, begin + name.len)};
    if (hz_is_name(name) && begin > sizeof words - 1) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_TYPE, hz_text_span(tree), "the type of %s `%.*s` does not say what it is a set of", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write `set of` and a name of the plan that is a code: `type: set of site`");
    out->name = HZ_STR("");
    return true;
}

/* ---- Whose codes ---- */

static const hz_codes *codes_of(const hz_plan_model *plan, const hz_symbol *symbol)
{
    switch (symbol->kind) {
    case HZ_SYMBOL_INPUT: return plan->inputs.at[symbol->index].type.codes;
    case HZ_SYMBOL_PARAMETER: return plan->parameters.at[symbol->index].type.codes;
    case HZ_SYMBOL_SCALE: return plan->scales.at[symbol->index].type.codes;
    case HZ_SYMBOL_VALUE: return plan->values.at[symbol->index].declared.codes;
    case HZ_SYMBOL_OUTPUT: return plan->outputs.at[symbol->index].type.codes;
    default: return NULL;
    }
}

static const hz_codes *find_codes(hz_reader *reader, const hz_name_ref *name)
{
    const hz_plan_model *plan = reader->plan;
    hz_suggest suggest;
    uint32_t symbol = hz_map_find(&plan->symbol_map, name->name);
    if (symbol == HZ_MAP_NONE) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_NAME, name->span, "there is no name `%.*s`", HZ_BRIEF(name->name));
        hz_suggest_begin(&suggest, name->name);
        for (uint32_t i = 0; i < plan->symbols.count; i++) hz_suggest_offer(&suggest, plan->symbols.at[i].name);
        if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
        return NULL;
    }
    const hz_codes *codes = codes_of(plan, &plan->symbols.at[symbol]);
    if (codes != NULL) return codes;
    hz_diag *diag = hz_error(reader->diags, HZ_E_TYPE, name->span, "`%.*s` has no list of codes, so there are no sets of them", HZ_BRIEF(name->name));
    bool value = plan->symbols.at[symbol].kind == HZ_SYMBOL_VALUE;
    hz_diag_hint(reader->diags, diag, value ? "give it `type: code` and its `values`" : "name an input, an output of a table, a scale or a value of `type: code`");
    return NULL;
}

/* ---- One set ---- */

static bool refuse_word(hz_reader *reader, const hz_parameter *parameter, const hz_set_word *word)
{
    const hz_codes *codes = parameter->type.codes;
    hz_suggest suggest;
    hz_suggest_begin(&suggest, word->text);
    for (uint32_t i = 0; i < codes->count; i++) hz_suggest_offer(&suggest, codes->at[i].id);
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_CODE, word->span, "`%.*s` is none of the codes of `%.*s`", HZ_BRIEF(word->text),
                             HZ_BRIEF(parameter->set_of.name));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(reader->diags, diag, "a set lists codes as bare words: [first, second]");
    return false;
}

bool hz_make_set(hz_reader *reader, hz_parameter *parameter, const hz_set_word *words, uint32_t count, hz_span span, hz_literal *out)
{
    const hz_codes *codes = parameter->type.codes;
    uint64_t *bits = HZ_NEW_MANY(reader->arena, uint64_t, (size_t)codes->count / 64 + 1);
    bool good = true;
    if (count == 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_VALUE, span, "a set without a code");
        hz_diag_hint(reader->diags, diag, "name the codes that are in it, or write `none` where there is no set any more");
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        int32_t code = hz_codes_find(codes, words[i].text);
        if (code < 0) {
            good = refuse_word(reader, parameter, &words[i]);
            continue;
        }
        uint64_t bit = UINT64_C(1) << (code % 64);
        if ((bits[code / 64] & bit) != 0) {
            hz_error(reader->diags, HZ_E_DUPLICATE_NAME, words[i].span, "`%.*s` stands twice in this set", HZ_BRIEF(words[i].text));
            good = false;
        }
        bits[code / 64] |= bit;
    }
    hz_literal_set(out, HZ_KIND_SET, 0, parameter->sets.count);
    out->type.codes = codes;
    out->type.sets = &parameter->sets;
    *HZ_PUSH(reader->arena, &parameter->sets) = (hz_code_set){bits, count};
    return good;
}

static void read_set(hz_reader *reader, hz_item item, hz_parameter *parameter, const hz_waiting_set *waiting)
{
    hz_entry *entry = waiting->entry;
    const hz_tree *tree = waiting->tree;
    entry->value.type.kind = HZ_KIND_NONE;
    if (tree->kind == HZ_TREE_SCALAR) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "a version of %s `%.*s` is a list of codes", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write [%.*s]", HZ_BRIEF(tree->text));
        return;
    }
    if (!hz_expect(reader, item, "value", tree, HZ_TREE_LIST)) return;
    hz_set_word *words = HZ_NEW_MANY(reader->arena, hz_set_word, tree->items.count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < tree->items.count; i++) {
        hz_str text;
        if (!hz_read_text(reader, item, "value", tree->items.at[i], &text)) return;
        words[count++] = (hz_set_word){text, hz_text_span(tree->items.at[i])};
    }
    hz_literal set;
    if (hz_make_set(reader, parameter, words, count, tree->span, &set)) entry->value = set;
}

/* Those that wait from first on, before end. */
static void make_sets(hz_reader *reader, hz_item item, hz_parameter *parameter, uint32_t first, uint32_t end)
{
    parameter->type.sets = &parameter->sets;
    for (uint32_t i = first; i < end; i++) read_set(reader, item, parameter, &reader->sets.at[i]);
    hz_finish_readings(reader, item, &parameter->history);
    hz_span_versions(parameter);
}

void hz_read_sets(hz_reader *reader)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < reader->plan->parameters.count; i++) {
        hz_parameter *parameter = &reader->plan->parameters.at[i];
        uint32_t first = next;
        while (next < reader->sets.count && reader->sets.at[next].parameter == i) next++;
        if (parameter->type.kind != HZ_KIND_SET) continue;
        parameter->type.codes = parameter->set_of.name.len > 0 ? find_codes(reader, &parameter->set_of) : NULL;
        if (parameter->type.codes == NULL) parameter->type.kind = HZ_KIND_NONE; /* reported */
        else make_sets(reader, (hz_item){"parameter", parameter->name, parameter->name_span}, parameter, first, next);
    }
}

void hz_read_sets_again(hz_reader *reader, hz_item item, hz_parameter *parameter)
{
    parameter->sets = (hz_code_sets){0};
    make_sets(reader, item, parameter, 0, reader->sets.count);
}
