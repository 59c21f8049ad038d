/* unsupported.c - what the format has and this version does not read yet: refused by name, never ignored.
 *
 * The one place to shorten when a key becomes readable. Called by the readers of the mappings named in the table.
 */
#include "rules/reader.h"

static const struct {
    int where; /* hz_where bits */
    const char *key, *what;
} not_read[] = {
    {HZ_IN_PLAN, "parts", "`parts`"},
    {HZ_IN_MANIFEST, "counters", "`counters` of the manifest"},
    {HZ_IN_INPUT, "pattern", "`pattern` of an input"},
    {HZ_IN_INPUT, "from", "`from` of an input"},
    {HZ_IN_HISTORY, "readings", "`readings`"},
    {HZ_IN_HISTORY, "taken", "`taken`"},
    {HZ_IN_EXPECT, "parts", "`parts` of an expectation"},
};

void hz_unsupported(hz_reader *reader, hz_span span, const char *what)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNSUPPORTED, span, "this version does not read %s yet", what);
    hz_diag_hint(reader->diags, diag, "the format has it, so the file may be right; a newer library is needed");
}

void hz_refuse_unsupported(hz_reader *reader, hz_tree *map, hz_where where)
{
    for (size_t i = 0; i < sizeof not_read / sizeof *not_read; i++) {
        hz_tree_pair *pair = (not_read[i].where & (int)where) != 0 ? hz_tree_pair_of(map, not_read[i].key) : NULL;
        if (pair != NULL) hz_unsupported(reader, pair->key_span, not_read[i].what);
    }
}
