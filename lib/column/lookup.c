/* lookup.c - see lookup.h. Called by the kernels PACK, WORD, LOOKUP and ITEM, a row at a time. */
#include "column/lookup.h"

typedef struct given {
    int64_t value, how;
} given;

#define NOTHING UINT32_MAX

typedef struct search {
    const hz_lookup *lookup;
    given given[HZ_LOOKUP_COLUMNS];
    uint32_t entry;  /* that counts so far: no absent value can change it, or NOTHING … */
    uint32_t first;  /* … of ordered rows the first that may match, open or not */
    uint32_t open;   /* the columns that what may match hangs on */
} search;

/* ---- Buckets ---- */

/* Whether an entry may match; *open: the columns it hangs on. */
static bool may_match(const search *s, uint32_t entry, uint32_t *open)
{
    const hz_lookup *lookup = s->lookup;
    const hz_lookup_side *side = &lookup->sides[(size_t)entry * lookup->columns];
    *open = 0;
    for (uint32_t c = 0; c < lookup->columns; c++) {
        const given *x = &s->given[c];
        if (x->how == HZ_LOOKUP_VALUE) {
            if (x->value < side[c].lo || x->value > side[c].hi) return false;
        } else if (x->how == HZ_LOOKUP_NULL) {
            if (!hz_lookup_takes_null(side[c])) return false;
        } else if (!hz_lookup_is_any(side[c])) {
            *open |= (uint32_t)1 << c;
        }
    }
    return true;
}

static void try_bucket(search *s, const hz_lookup_node *bucket)
{
    const uint32_t *members = &s->lookup->members[bucket->first];
    for (uint32_t i = 0; i < bucket->count; i++) {
        uint32_t open;
        if (s->lookup->ordered && members[i] >= s->first) return;
        if (!may_match(s, members[i], &open)) continue;
        if (s->lookup->ordered) {
            s->first = members[i];
            s->entry = open == 0 ? members[i] : NOTHING;
            s->open = open;
            return;
        }
        s->open |= open;
        if (open != 0) continue;
        s->entry = members[i];
        return;
    }
}

/* ---- Nodes ---- */

/* The step of a value: the last that begins at or below it; count: none does. */
static uint32_t step_of(const int64_t *from, uint32_t count, int64_t value)
{
    uint32_t low = 0;
    if (count == 0 || value < from[0]) return count;
    for (uint32_t left = count; left > 1;) {
        uint32_t half = left / 2;
        low = from[low + half] <= value ? low + half : low;
        left -= half;
    }
    return low;
}

/* Where a value is absent, all steps may be the one. A tree is never deeper than index.c makes it. */
static void visit(search *s, uint32_t number)
{
    const hz_lookup *lookup = s->lookup;
    for (;;) {
        const hz_lookup_node *node = &lookup->nodes[number];
        if (node->column == HZ_LOOKUP_BUCKET) {
            try_bucket(s, node);
            return;
        }
        const given *x = &s->given[node->column];
        const uint32_t *to = &lookup->to[node->first];
        if (x->how == HZ_LOOKUP_ABSENT) {
            for (uint32_t i = 0; i < node->count && (lookup->ordered || s->entry == NOTHING); i++) visit(s, to[i]);
            number = node->null;
        } else if (x->how == HZ_LOOKUP_NULL) {
            number = node->null;
        } else {
            uint32_t step = step_of(&lookup->from[node->first], node->count, x->value);
            if (step == node->count) return;
            number = to[step];
        }
    }
}

int64_t hz_lookup_row(const hz_lookup *lookup, hz_str packed)
{
    search s = {.lookup = lookup, .entry = NOTHING, .first = NOTHING};
    if (packed.len != lookup->columns * sizeof *s.given) return 0; /* there was no memory for it, which is told */
    memcpy(s.given, packed.at, packed.len);
    visit(&s, 0);
    return s.entry != NOTHING ? ((int64_t)lookup->row[s.entry] + 1) << HZ_LOOKUP_BITS : s.open;
}

/* ---- Values in, items out ---- */

hz_str hz_lookup_pack(hz_workspace *ws, hz_str values, int64_t value, int64_t how)
{
    const given one = {value, how};
    char *out = hz_workspace_take(ws, values.len + sizeof one);
    if (out == NULL) return HZ_STR("");
    if (values.len > 0) memcpy(out, values.at, values.len);
    memcpy(out + values.len, &one, sizeof one);
    return (hz_str){out, values.len + sizeof one};
}

int64_t hz_lookup_word(const hz_lookup *lookup, int64_t column, hz_str text)
{
    if (column < 0 || column >= lookup->columns) return -1;
    const hz_lookup_words *words = &lookup->words[column];
    uint32_t low = 0, high = words->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = hz_str_compare(words->at[middle], text);
        if (order == 0) return middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return -1;
}

int64_t hz_lookup_item(const hz_lookup *lookup, int64_t list, int64_t answer)
{
    int64_t row = (answer >> HZ_LOOKUP_BITS) - 1;
    return row >= 0 && row < lookup->rows && list >= 0 && list < lookup->list_count ? lookup->lists[list][row] : 0;
}
