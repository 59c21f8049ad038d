/* pattern.c - a regular expression as it stands in YAML, with the place of what is wrong in it. What it means is
 * value/pattern.h's. Called by read_inputs.c; the cells of tables are program/check_cells.c's.
 */
#include "rules/reader.h"

const hz_pattern *hz_read_pattern(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree)
{
    hz_str text;
    hz_pattern_fault fault = {0};
    if (!hz_read_text(reader, item, key, tree, &text)) return NULL;
    if (tree->style == HZ_TREE_DOUBLE) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_YAML_QUOTES, tree->span, "a pattern in double quotes: YAML reads its backslashes");
        hz_diag_hint(reader->diags, diag, "write it in single quotes: '%.*s'", HZ_BRIEF(text));
        return NULL;
    }
    const hz_pattern *pattern = hz_pattern_read(reader->arena, text, HZ_STR(""), &fault);
    if (pattern != NULL) return pattern;
    size_t shift = (size_t)(text.at - tree->text.at);
    hz_diag *diag = hz_error(reader->diags, fault.unsupported ? HZ_E_UNSUPPORTED : HZ_E_PATTERN,
                             hz_text_part(tree, shift + fault.begin, shift + fault.end), "%.*s", HZ_ARG(fault.message));
    if (fault.hint.len > 0) hz_diag_hint(reader->diags, diag, "%.*s", HZ_ARG(fault.hint));
    return NULL;
}
