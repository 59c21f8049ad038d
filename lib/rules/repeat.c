/* repeat.c - how much of a ruleset is read more than once: the plans that packages have as parts, and the shared tables
 * that plans use. A few small files could ask for it a million times, so all of it together has a limit.
 *
 * Where it is used up, reading again stops without a word, for it may be one that says nothing (read_part.c); what is said
 * is said at the end of the load. Called by read_part.c, read_plan.c, read_shared.c and read.c.
 */
#include "rules/reader.h"

/* Values, as many as one file may have; every other cost is in values too. */
#define MOST           250000u
#define VALUES_OF_PLAN  200u /* what a plan takes beside its values: its programs */
#define LONG_LESS        3u   /* of a long list values cost less: they are kept in a few bytes each */
#define BYTES_OF_VALUE  32u  /* of a file that is read again, with its comments */

static bool spend(hz_reader *reader, hz_span at, uint32_t values)
{
    if (values <= MOST - reader->repeated) {
        reader->repeated += values;
        return true;
    }
    if (!reader->repeats_much) reader->repeats_at = at;
    reader->repeats_much = true;
    return false;
}

static uint32_t values_in(const hz_tree *tree)
{
    uint32_t values = 1;
    for (uint32_t i = 0; tree->kind == HZ_TREE_LIST && i < tree->items.count; i++) values += values_in(tree->items.at[i]);
    if (tree->kind == HZ_TREE_LIST && tree->own != NULL) values /= LONG_LESS;
    for (uint32_t i = 0; tree->kind == HZ_TREE_MAP && i < tree->pairs.count; i++) values += values_in(tree->pairs.at[i].value);
    return values;
}

bool hz_may_repeat_tree(hz_reader *reader, hz_span at, const hz_tree *tree)
{
    return spend(reader, at, values_in(tree));
}

bool hz_may_repeat_plan(hz_reader *reader, hz_span at, uint32_t file)
{
    return spend(reader, at, VALUES_OF_PLAN + (uint32_t)(reader->model->texts.files.at[file].bytes.len / BYTES_OF_VALUE));
}

void hz_refuse_repeats(hz_reader *reader)
{
    if (!reader->repeats_much) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_TOO_LARGE, reader->repeats_at,
                             "with this, the parts of packages and the uses of shared tables come to more than %u values", MOST);
    hz_diag_hint(reader->diags, diag, "each part is its plan once more, and each use its table: take fewer, or make these smaller");
}
