/* index.c - see index.h. The ends of the sides of a column cut its values into steps; in each step other entries can match,
 * and by other columns they are told apart further. A column is the better the fewer entries its fullest step has.
 *
 * Where sides overlap much, an entry would stand in too many steps: then steps are joined to some coarse ones, and the
 * column is asked again further down, where fewer are left.
 */
#include "program/index.h"

#define BUCKET_GOOD 8u   /* so few are tried faster than searched */
#define GROWTH_GOOD 2u   /* what makes more than so many times as many entries is cut coarsely, or no more */
#define STEPS_COARSE 16u
#define DEPTH_MOST 32u
#define PAIRS_MOST 5u    /* that are told */

/* Entries of all nodes together: more would take too long, and too much memory. */
#define WORK_EACH 10u     /* as many times the entries, */
#define WORK_MORE 200000u /* and so many more */

typedef struct set {
    uint32_t *at; /* entries, rising */
    uint32_t count;
} set;

static hz_lookup_side side_of(const hz_index *index, uint32_t entry, uint32_t column)
{
    return index->lookup->sides[(size_t)entry * index->lookup->columns + column];
}

/* ---- Buckets ---- */

static bool sides_meet(hz_lookup_side a, hz_lookup_side b)
{
    int64_t lo = a.lo > b.lo ? a.lo : b.lo, hi = a.hi < b.hi ? a.hi : b.hi;
    return lo <= hi || (hz_lookup_takes_null(a) && hz_lookup_takes_null(b));
}

static bool entries_meet(const hz_index *index, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < index->lookup->columns; c++)
        if (!sides_meet(side_of(index, a, c), side_of(index, b, c))) return false;
    return true;
}

static void find_pairs(hz_index *index, set in)
{
    const uint32_t *row = index->lookup->row;
    for (uint32_t i = 1; i < in.count; i++)
        for (uint32_t k = 0; k < i && index->pairs.count < PAIRS_MOST; k++) {
            uint32_t a = row[in.at[k]], b = row[in.at[i]];
            if (a == b || !entries_meet(index, in.at[k], in.at[i])) continue;
            *HZ_PUSH(index->scratch, &index->pairs) = a < b ? (hz_index_pair){a, b} : (hz_index_pair){b, a};
            break;
        }
}

static void make_bucket(hz_index *index, uint32_t number, set in)
{
    if (in.count > HZ_BUCKET_MOST) {
        index->too_alike = true;
        in.count = HZ_BUCKET_MOST; /* two of these may match at once, which says more */
    }
    if (!index->lookup->ordered) find_pairs(index, in);
    index->nodes.at[number] = (hz_lookup_node){.column = HZ_LOOKUP_BUCKET, .first = index->members.count, .count = in.count};
    for (uint32_t i = 0; i < in.count; i++) *HZ_PUSH(index->scratch, &index->members) = in.at[i];
}

/* ---- Steps ---- */

/* An end of a side: from this value on other entries can match. */
typedef struct hz_index_end {
    int64_t at;
    uint32_t begin, now; /* entries that begin to match here; that can match from here on */
} end;

/* Sorts in place; spare has room for as many. Runs of twice the length are merged each time. */
static void sort_ends(end *ends, uint32_t count, end *spare)
{
    end *from = ends, *to = spare;
    for (uint32_t run = 1; run < count; run *= 2) {
        for (uint32_t begin = 0; begin < count; begin += 2 * run) {
            uint32_t a = begin, middle = count - begin < run ? count : begin + run;
            uint32_t b = middle, finish = count - middle < run ? count : middle + run;
            for (uint32_t i = begin; i < finish; i++) to[i] = a < middle && (b == finish || from[a].at <= from[b].at) ? from[a++] : from[b++];
        }
        end *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != ends) memcpy(ends, from, count * sizeof *ends);
}

typedef struct cut {
    end *ends;          /* where steps begin */
    uint32_t count;
    uint32_t nulls;     /* entries that take null */
    uint32_t fullest;   /* entries in the fullest step, nulls among them */
    uint64_t all;       /* entries of all steps */
} cut;

/* A step at every end. */
static void cut_finely(cut *c)
{
    uint32_t now = 0, kept = 0;
    c->all = c->fullest = c->nulls;
    for (uint32_t i = 0; i < c->count;) {
        end step = {.at = c->ends[i].at};
        for (; i < c->count && c->ends[i].at == step.at; i++) {
            step.begin += c->ends[i].begin;
            now = c->ends[i].begin > 0 ? now + 1 : now - 1;
        }
        step.now = now;
        c->ends[kept++] = step;
        c->all += now;
        if (now > c->fullest) c->fullest = now;
    }
    c->count = kept;
}

/* Steps side by side become one, as long as no more than `most` entries are in it. */
static void cut_coarsely(cut *c, uint32_t most)
{
    uint32_t kept = 0;
    c->all = c->fullest = c->nulls;
    for (uint32_t i = 0; i < c->count;) {
        end step = c->ends[i++];
        for (; i < c->count && step.now + c->ends[i].begin <= most; i++) step.now += c->ends[i].begin;
        c->ends[kept++] = step;
        c->all += step.now;
        if (step.now > c->fullest) c->fullest = step.now;
    }
    c->count = kept;
}

/* The steps of a column, as far as the node is asked about it. */
static void cut_column(const hz_index *index, set in, uint32_t column, cut *c)
{
    const hz_lookup_side *box = &index->box[column];
    c->count = c->nulls = 0;
    for (uint32_t i = 0; i < in.count; i++) {
        hz_lookup_side side = side_of(index, in.at[i], column);
        c->nulls += hz_lookup_takes_null(side);
        if (side.lo > side.hi) continue;
        c->ends[c->count++] = (end){side.lo > box->lo ? side.lo : box->lo, 1, 0};
        if (side.hi < box->hi) c->ends[c->count++] = (end){side.hi + 1, 0, 0};
    }
    sort_ends(c->ends, c->count, index->ends[2]);
    cut_finely(c);
    uint32_t part = in.count / STEPS_COARSE, more = c->fullest + c->fullest / 4;
    if (c->all > (uint64_t)GROWTH_GOOD * in.count) cut_coarsely(c, part > more ? part : more);
}

/* The column that tells entries apart best; false: none does. */
static bool choose_column(const hz_index *index, set in, uint32_t *column, cut *best)
{
    bool found = false;
    cut c = {.ends = index->ends[0]};
    best->ends = index->ends[1];
    for (uint32_t i = 0; i < index->lookup->columns; i++) {
        cut_column(index, in, i, &c);
        if (c.fullest >= in.count || (found && (c.fullest > best->fullest || (c.fullest == best->fullest && c.all >= best->all)))) continue;
        end *ends = best->ends;
        *best = c;
        c.ends = ends;
        *column = i;
        found = true;
    }
    return found;
}

/* The first step that begins behind a value. */
static uint32_t step_behind(const cut *c, int64_t value)
{
    uint32_t low = 0, high = c->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->ends[middle].at <= value) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Counts an entry in its steps and, if it takes null, in the set behind them; room for members: notes it there. */
static void put_entry(const hz_index *index, uint32_t entry, uint32_t column, const cut *c, set *sets, bool note)
{
    hz_lookup_side side = side_of(index, entry, column);
    int64_t lo = side.lo > index->box[column].lo ? side.lo : index->box[column].lo;
    bool none = side.lo > side.hi;
    for (uint32_t s = none ? 0 : step_behind(c, lo) - 1, last = none ? 0 : step_behind(c, side.hi); s < last; s++) {
        if (note) sets[s].at[sets[s].count] = entry;
        sets[s].count++;
    }
    if (!hz_lookup_takes_null(side)) return;
    if (note) sets[c->count].at[sets[c->count].count] = entry;
    sets[c->count].count++;
}

/* The entries of each step, and those that take null as the last set. */
static set *sets_of(const hz_index *index, set in, uint32_t column, const cut *c)
{
    set *sets = HZ_NEW_MANY(index->scratch, set, (size_t)c->count + 1);
    uint32_t *room = HZ_NEW_MANY(index->scratch, uint32_t, (size_t)c->all);
    for (uint32_t i = 0; i < in.count; i++) put_entry(index, in.at[i], column, c, sets, false);
    for (uint32_t s = 0; s <= c->count; s++) {
        sets[s].at = room;
        room += sets[s].count;
        sets[s].count = 0;
    }
    for (uint32_t i = 0; i < in.count; i++) put_entry(index, in.at[i], column, c, sets, true);
    return sets;
}

/* ---- Nodes ---- */

/* Node 1 is where nothing can match. */
#define NOWHERE 1u

static uint32_t new_node(hz_index *index)
{
    HZ_PUSH(index->scratch, &index->nodes);
    return index->nodes.count - 1;
}

static uint32_t node_for(hz_index *index, set in)
{
    return in.count > 0 ? new_node(index) : NOWHERE;
}

static void make_node(hz_index *index, uint32_t number, set in, uint32_t depth);

/* A node per step; each is asked about the values of its step alone. */
static void make_steps(hz_index *index, uint32_t number, set in, uint32_t column, const cut *c, uint32_t depth)
{
    const set *sets = sets_of(index, in, column, c);
    uint32_t first = index->from.count, count = c->count; /* what c points to serves the nodes below */
    const hz_lookup_side box = index->box[column];
    for (uint32_t s = 0; s < count; s++) {
        *HZ_PUSH(index->scratch, &index->from) = c->ends[s].at;
        *HZ_PUSH(index->scratch, &index->to) = node_for(index, sets[s]);
    }
    uint32_t null = node_for(index, sets[count]);
    index->nodes.at[number] = (hz_lookup_node){column, first, count, null};
    for (uint32_t s = 0; s < count && !index->too_alike; s++) {
        int64_t hi = s + 1 < count ? index->from.at[first + s + 1] - 1 : box.hi;
        index->box[column] = (hz_lookup_side){index->from.at[first + s], hi};
        make_node(index, index->to.at[first + s], sets[s], depth - 1);
    }
    index->box[column] = box;
    make_node(index, null, sets[count], depth - 1);
}

static void make_node(hz_index *index, uint32_t number, set in, uint32_t depth)
{
    uint32_t column = 0;
    cut c = {.ends = NULL};
    if (number == NOWHERE || index->too_alike) return;
    index->work += in.count;
    if (index->work > (uint64_t)WORK_EACH * index->lookup->entries + WORK_MORE) index->too_alike = true;
    bool split = in.count > BUCKET_GOOD && depth > 0 && choose_column(index, in, &column, &c);
    if (split && (in.count > HZ_BUCKET_MOST || c.all <= (uint64_t)GROWTH_GOOD * in.count)) make_steps(index, number, in, column, &c, depth);
    else make_bucket(index, number, in);
}

#define KEEP(index, list, T) \
    memcpy(HZ_NEW_MANY((index)->arena, T, (index)->list.count), (index)->list.at, (index)->list.count * sizeof(T))

void hz_index_make(hz_index *index)
{
    hz_lookup *lookup = index->lookup;
    set all = {HZ_NEW_MANY(index->scratch, uint32_t, lookup->entries), lookup->entries};
    for (uint32_t i = 0; i < lookup->entries; i++) all.at[i] = i;
    for (uint32_t c = 0; c < lookup->columns; c++) index->box[c] = (hz_lookup_side){INT64_MIN, INT64_MAX};
    for (int i = 0; i < 3; i++) index->ends[i] = HZ_NEW_MANY(index->scratch, end, 2 * (size_t)lookup->entries);
    uint32_t root = new_node(index);
    make_bucket(index, new_node(index), (set){NULL, 0});
    make_node(index, root, all, DEPTH_MOST);
    if (index->too_alike || index->pairs.count > 0) return;
    lookup->nodes = KEEP(index, nodes, hz_lookup_node);
    lookup->from = KEEP(index, from, int64_t);
    lookup->to = KEEP(index, to, uint32_t);
    lookup->members = KEEP(index, members, uint32_t);
}
