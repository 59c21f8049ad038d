/* tally.c - blocks of rows: in the order of their groups, decided by the base, then by cones where these can touch them.
 * What is summed, and how, is tally_sum.c's; blocks whose counters are carried tally_carry.c's. Called by the API.
 */
#include "run/tally_part.h"

#include "base/status.h"

/* ---- Memory ---- */

void *hz_tally_take(const hz_alloc *alloc, size_t count, size_t size)
{
    void *memory = alloc->allocate(alloc->user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

void hz_tally_give(const hz_alloc *alloc, void *memory, size_t count, size_t size)
{
    if (memory != NULL) alloc->release(alloc->user, memory, (count + 1) * size);
}

static void *take(hz_tally *tally, size_t count, size_t size)
{
    return hz_tally_take(&tally->alloc, count, size);
}

static void give(hz_tally *tally, void *memory, size_t count, size_t size)
{
    hz_tally_give(&tally->alloc, memory, count, size);
}

static uint32_t kept_at(const hz_variant_programs *programs, uint32_t reg)
{
    for (uint32_t i = 0; i < programs->kept_count; i++)
        if (programs->kept[i] == reg) return i;
    return 0;
}

static uint8_t type_of(const hz_variant_programs *programs, uint32_t reg)
{
    return programs->plan.columns.program.reg_type[reg];
}

/* The place of a kept register among those that are gathered, which it is put behind if it is not there. */
static uint32_t gathered_at(hz_tally_cone *at, uint32_t kept)
{
    for (uint32_t i = 0; i < at->gathers; i++)
        if (at->gather[i] == kept) return i;
    at->gather[at->gathers] = kept;
    return at->gathers++;
}

/* How many cones, from one on, are of its kind. */
static uint32_t kin_of(const hz_variant_programs *programs, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < programs->cone_count && programs->cones[end].kind == programs->cones[first].kind) end++;
    return end - first;
}

static bool begin_cone(hz_tally *tally, hz_tally_cone *head, hz_tally_cone *at, const hz_cone *cone)
{
    const hz_variant_programs *programs = tally->programs;
    uint32_t counters = programs->carried ? programs->plan.rules->counters.count : 0;
    at->cone = cone;
    at->touched = cone->touched != HZ_NO_REG ? kept_at(programs, cone->touched) : UINT32_MAX;
    at->source = take(tally, cone->source_count, sizeof *at->source);
    if (at->source == NULL) return false;
    for (uint32_t i = 0; i < cone->source_count; i++) at->source[i] = gathered_at(head, kept_at(programs, cone->sources[i].base));
    return hz_cone_run_begin(&at->run, cone, tally->amounts, counters, &tally->workspace, &tally->alloc);
}

/* What rows are gathered of for the cones of a kind. */
static bool begin_kind(hz_tally *tally, uint32_t first)
{
    const hz_variant_programs *programs = tally->programs;
    hz_tally_cone *head = &tally->cones[first];
    head->kin = kin_of(programs, first);
    head->gather_room = 1 + tally->amounts;
    for (uint32_t k = 0; k < head->kin; k++) head->gather_room += programs->cones[first + k].source_count;
    head->gather = take(tally, head->gather_room, sizeof *head->gather);
    bool ok = head->gather != NULL;
    for (uint32_t k = 0; ok && k < head->kin; k++) ok = begin_cone(tally, head, &head[k], &programs->cones[first + k]);
    if (!ok) return false;
    for (uint32_t k = 0; k < head->kin; k++) head[k].before = head->gathers;
    head->gather[head->gathers++] = kept_at(programs, programs->outcome);
    for (uint32_t i = 0; i < tally->amounts; i++) head->gather[head->gathers++] = kept_at(programs, programs->amounts[i]);
    if (head->gathers > tally->dense_count) tally->dense_count = head->gathers;
    return true;
}

static size_t bytes_of(const hz_tally *tally, uint8_t type)
{
    return (hz_cone_bytes(type, tally->positions) + 63) / 64 * 64;
}

/* One piece of memory for the block's columns and those gathered. */
static bool take_columns(hz_tally *tally)
{
    const hz_variant_programs *programs = tally->programs;
    size_t size = 64 + (size_t)tally->dense_count * 16 * tally->positions;
    for (uint32_t i = 0; i < programs->kept_count; i++) size += bytes_of(tally, type_of(programs, programs->kept[i]));
    tally->kept = take(tally, programs->kept_count, sizeof *tally->kept);
    tally->dense = take(tally, tally->dense_count, sizeof *tally->dense);
    tally->memory = tally->alloc.allocate(tally->alloc.user, size);
    tally->memory_size = size;
    if (tally->memory == NULL || tally->kept == NULL || tally->dense == NULL) return false;
    memset(tally->memory, 0, size);
    unsigned char *at = tally->memory + (64 - (uintptr_t)tally->memory % 64) % 64;
    for (uint32_t i = 0; i < programs->kept_count; i++) {
        tally->kept[i] = at;
        at += bytes_of(tally, type_of(programs, programs->kept[i]));
    }
    for (uint32_t i = 0; i < tally->dense_count; i++, at += 16 * tally->positions) tally->dense[i] = at;
    return true;
}

static bool take_all(hz_tally *tally, const hz_tally_how *how)
{
    const hz_variant_programs *programs = tally->programs;
    tally->of = take(tally, tally->scenarios, sizeof *tally->of);
    tally->order = take(tally, tally->positions, sizeof *tally->order);
    tally->touched = take(tally, tally->positions, sizeof *tally->touched);
    tally->segment_group = take(tally, tally->positions, sizeof *tally->segment_group);
    tally->segment_begin = take(tally, tally->positions, sizeof *tally->segment_begin);
    tally->segment_end = take(tally, tally->positions, sizeof *tally->segment_end);
    tally->piece_group = take(tally, tally->positions, sizeof *tally->piece_group);
    tally->piece_end = take(tally, tally->positions, sizeof *tally->piece_end);
    tally->cones = take(tally, programs->cone_count, sizeof *tally->cones);
    if (tally->of == NULL || tally->order == NULL || tally->touched == NULL || tally->segment_group == NULL || tally->segment_begin == NULL || tally->segment_end == NULL ||
        tally->piece_group == NULL || tally->piece_end == NULL || tally->cones == NULL)
        return false;
    bool ok = (programs->carried ? hz_batch_begin_keyed : hz_batch_begin)(&tally->batch, &programs->plan, &tally->alloc) == HZ_OK;
    ok = ok && hz_gathered_begin(&tally->gathered, &programs->plan, tally->positions, &tally->alloc);
    tally->batch.fresh = how->fresh || programs->carried;
    tally->gathered.mixed = true;
    for (uint32_t i = 0; i < programs->cone_count && ok; i += tally->cones[i].kin) ok = begin_kind(tally, i);
    ok = ok && take_columns(tally);
    return ok && (!programs->carried || hz_tally_carry_begin(tally, how->known));
}

int32_t hz_tally_begin(hz_tally *tally, const hz_variant_programs *programs, const hz_tally_how *how, const hz_alloc *alloc)
{
    *tally = (hz_tally){.alloc = *alloc, .programs = programs, .scenarios = how->scenarios, .amounts = how->amounts, .bounds = how->bounds,
                        .bound_count = how->bound_count, .totals_most = how->totals_most};
    tally->positions = programs->carried ? HZ_TALLY_POSITIONS : HZ_TALLY_BLOCK;
    tally->count_width = HZ_TALLY_BELOW + how->bound_count;
    tally->sum_width = how->amounts + 2;
    hz_workspace_begin(&tally->workspace, alloc);
    if (how->totals_most > 0) {
        hz_keyed_begin(&tally->totals_own, alloc);
        tally->totals = &tally->totals_own;
    }
    if (take_all(tally, how)) return HZ_OK;
    hz_tally_end(tally);
    return HZ_NO_MEMORY;
}

static void end_sums(hz_tally *tally)
{
    for (uint32_t i = 0; tally->of != NULL && i < tally->scenarios; i++) {
        give(tally, tally->of[i].counts, (size_t)tally->group_room * tally->count_width, sizeof(int64_t));
        give(tally, tally->of[i].sums, (size_t)tally->group_room * tally->sum_width, sizeof(hz_i128));
    }
    give(tally, tally->of, tally->scenarios, sizeof *tally->of);
    give(tally, tally->local, tally->group_room, sizeof *tally->local);
}

void hz_tally_end(hz_tally *tally)
{
    if (tally->programs == NULL) return;
    const hz_variant_programs *programs = tally->programs;
    end_sums(tally);
    hz_tally_carry_end(tally);
    for (uint32_t i = 0; tally->cones != NULL && i < programs->cone_count; i++) {
        hz_tally_cone *at = &tally->cones[i];
        give(tally, at->gather, at->gather_room, sizeof *at->gather);
        if (at->cone == NULL) continue;
        give(tally, at->source, at->cone->source_count, sizeof *at->source);
        hz_cone_run_end(&at->run);
    }
    give(tally, tally->cones, programs->cone_count, sizeof *tally->cones);
    give(tally, tally->order, tally->positions, sizeof *tally->order);
    give(tally, tally->touched, tally->positions, sizeof *tally->touched);
    give(tally, tally->segment_group, tally->positions, sizeof *tally->segment_group);
    give(tally, tally->segment_begin, tally->positions, sizeof *tally->segment_begin);
    give(tally, tally->segment_end, tally->positions, sizeof *tally->segment_end);
    give(tally, tally->piece_group, tally->positions, sizeof *tally->piece_group);
    give(tally, tally->piece_end, tally->positions, sizeof *tally->piece_end);
    give(tally, tally->kept, programs->kept_count, sizeof *tally->kept);
    give(tally, tally->dense, tally->dense_count, sizeof *tally->dense);
    if (tally->memory != NULL) tally->alloc.release(tally->alloc.user, tally->memory, tally->memory_size);
    hz_batch_end(&tally->batch);
    hz_gathered_end(&tally->gathered);
    if (tally->totals != NULL) hz_keyed_end(tally->totals);
    hz_workspace_end(&tally->workspace);
    *tally = (hz_tally){0};
}

/* All or nothing: everything moves into new arrays. */
static bool widen_all(hz_tally *tally, uint32_t room)
{
    size_t count = (size_t)tally->scenarios;
    hz_tally_sums *of = take(tally, count, sizeof *of);
    uint32_t *local = take(tally, room, sizeof *local);
    bool ok = of != NULL && local != NULL;
    for (uint32_t i = 0; ok && i < tally->scenarios; i++) {
        of[i].counts = take(tally, (size_t)room * tally->count_width, sizeof(int64_t));
        of[i].sums = take(tally, (size_t)room * tally->sum_width, sizeof(hz_i128));
        ok = of[i].counts != NULL && of[i].sums != NULL;
    }
    for (uint32_t i = 0; of != NULL && i < tally->scenarios; i++) {
        if (ok && tally->groups > 0) {
            memcpy(of[i].counts, tally->of[i].counts, (size_t)tally->groups * tally->count_width * sizeof(int64_t));
            memcpy(of[i].sums, tally->of[i].sums, (size_t)tally->groups * tally->sum_width * sizeof(hz_i128));
        } else if (!ok) {
            give(tally, of[i].counts, (size_t)room * tally->count_width, sizeof(int64_t));
            give(tally, of[i].sums, (size_t)room * tally->sum_width, sizeof(hz_i128));
        }
    }
    if (!ok) {
        give(tally, of, count, sizeof *of);
        give(tally, local, room, sizeof *local);
        return false;
    }
    end_sums(tally);
    tally->of = of;
    tally->local = local;
    tally->group_room = room;
    return true;
}

bool hz_tally_groups(hz_tally *tally, uint32_t count)
{
    uint32_t room = tally->group_room == 0 ? 16 : tally->group_room;
    while (room < count) room *= 2;
    if (room > tally->group_room && !widen_all(tally, room)) return false;
    if (count > tally->groups) tally->groups = count;
    return true;
}

/* ---- A block in the order of its groups ---- */

/* The segments of some rows, behind those there are, with how many rows each has in its end. */
static bool find_segments(hz_tally *tally, const uint32_t *group, const uint16_t *rows, size_t count)
{
    bool in_order = true;
    for (size_t i = 0; i < count; i++) {
        uint32_t own = group[rows[i]], *local = &tally->local[own];
        if (*local == 0) {
            tally->segment_group[tally->segments] = own;
            tally->segment_end[tally->segments++] = 0;
            *local = tally->segments;
        }
        in_order = in_order && *local == tally->segments;
        tally->segment_end[*local - 1]++;
    }
    return in_order;
}

bool hz_tally_sort(hz_tally *tally, const uint32_t *group, const uint16_t *rows, size_t count, size_t begin)
{
    uint32_t first = tally->segments, end = (uint32_t)begin;
    bool in_order = find_segments(tally, group, rows, count);
    for (uint32_t i = first; i < tally->segments; i++) { /* where each begins, for now */
        uint32_t size = tally->segment_end[i];
        tally->segment_begin[i] = tally->segment_end[i] = end;
        end += size;
    }
    for (size_t i = 0; i < count; i++) tally->order[tally->segment_end[tally->local[group[rows[i]]] - 1]++] = rows[i];
    for (uint32_t i = first; i < tally->segments; i++) tally->local[tally->segment_group[i]] = 0;
    return !in_order;
}

/* False: the rows lie in that order. */
static bool sort_rows(hz_tally *tally, const uint32_t *group, size_t rows)
{
    tally->segments = 0;
    for (size_t r = 0; r < rows; r++) tally->touched[r] = (uint16_t)r;
    return hz_tally_sort(tally, group, tally->touched, rows, 0);
}

/* ---- The base ---- */

static void keep_chunk(const hz_tally *tally, size_t first, size_t rows)
{
    const hz_variant_programs *programs = tally->programs;
    for (uint32_t i = 0; i < programs->kept_count; i++) {
        uint32_t reg = programs->kept[i];
        const void *from = tally->batch.reg[reg];
        switch (type_of(programs, reg)) {
        case HZ_COLUMN_BIT: memcpy(tally->kept[i] + first / 8, from, (rows + 63) / 64 * 8); break;
        case HZ_COLUMN_I32: memcpy(tally->kept[i] + 4 * first, from, 4 * rows); break;
        case HZ_COLUMN_I64: memcpy(tally->kept[i] + 8 * first, from, 8 * rows); break;
        default: memcpy(tally->kept[i] + 16 * first, from, 16 * rows); break;
        }
    }
}

int32_t hz_tally_run_base(hz_tally *tally, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows, size_t to,
                          const hz_results *out)
{
    for (size_t begin = 0; begin < rows; begin += HZ_CHUNK) {
        size_t count = rows - begin < HZ_CHUNK ? rows - begin : HZ_CHUNK;
        int32_t status = hz_batch_range(&tally->batch, inputs, counters, first + begin, count, out);
        if (status != HZ_OK) return status;
        keep_chunk(tally, to + begin, count);
    }
    return HZ_OK;
}

/* ---- Cones ---- */

/* The rows of the block that a cone can touch. */
static size_t find_touched(const hz_tally *tally, const hz_tally_cone *at, size_t rows)
{
    size_t count = 0;
    const uint64_t *bits = at->touched != UINT32_MAX ? (const uint64_t *)(const void *)tally->kept[at->touched] : NULL;
    for (size_t w = 0; w < (rows + 63) / 64; w++) {
        uint64_t word = bits != NULL ? bits[w] : ~UINT64_C(0);
        if (rows - 64 * w < 64) word &= (UINT64_C(1) << (rows - 64 * w)) - 1;
        for (; word != 0; word &= word - 1) tally->touched[count++] = (uint16_t)(64 * w + (size_t)__builtin_ctzll(word));
    }
    return count;
}

void hz_tally_find_pieces(const hz_tally *tally, size_t begin, size_t count, uint32_t *segment, uint32_t *pieces)
{
    for (size_t i = begin; i < begin + count; ++*pieces) {
        while (tally->touched[i] >= tally->segment_end[*segment]) ++*segment;
        while (i < begin + count && tally->touched[i] < tally->segment_end[*segment]) i++;
        tally->piece_group[*pieces] = tally->segment_group[*segment];
        tally->piece_end[*pieces] = (uint32_t)i;
    }
}

static void gather(const unsigned char *column, uint8_t type, const uint16_t *rows, size_t count, unsigned char *out)
{
    const void *from = column;
    void *to = out;
    switch (type) {
    case HZ_COLUMN_I32: for (size_t i = 0; i < count; i++) ((int32_t *)to)[i] = ((const int32_t *)from)[rows[i]]; break;
    case HZ_COLUMN_I64: for (size_t i = 0; i < count; i++) ((int64_t *)to)[i] = ((const int64_t *)from)[rows[i]]; break;
    default: for (size_t i = 0; i < count; i++) memcpy(out + 16 * i, column + 16 * (size_t)rows[i], 16); break;
    }
}

/* The bits of a word that are taken, moved together: what moves by 1, 2, 4 … places (each so many as lie between it and its place). */
typedef struct taking {
    uint64_t bits, moves[6];
} taking;

static taking taking_of(uint64_t bits)
{
    taking out = {.bits = bits};
    uint64_t left = bits, gaps = ~bits << 1; /* below each bit */
    for (int i = 0; i < 6; i++) {
        uint64_t odd = gaps;
        for (int by = 1; by < 64; by *= 2) odd ^= odd << by; /* below which there is an odd number of them */
        out.moves[i] = odd & left;
        left = (left ^ out.moves[i]) | out.moves[i] >> (1 << i);
        gaps &= ~odd;
    }
    return out;
}

static uint64_t take_word(const taking *t, uint64_t word)
{
    word &= t->bits;
    for (int i = 0; i < 6; i++) {
        const uint64_t moved = word & t->moves[i];
        word = (word ^ moved) | moved >> (1 << i);
    }
    return word;
}

/* So many rows of a word to bits from `to` on, in every column of bits. */
static void gather_word(const hz_tally *tally, const hz_tally_cone *at, size_t begin, const taking *t, size_t word, size_t to, size_t rows)
{
    const hz_variant_programs *programs = tally->programs;
    for (uint32_t i = 0; i < at->gathers; i++) {
        if (type_of(programs, programs->kept[at->gather[i]]) != HZ_COLUMN_BIT) continue;
        const uint64_t bits = take_word(t, ((const uint64_t *)(const void *)tally->kept[at->gather[i]])[word]);
        uint64_t *out = (uint64_t *)(void *)(tally->dense[i] + begin / 8) + to / 64;
        if (to % 64 == 0) *out = bits;
        else *out |= bits << (to % 64);
        if (to % 64 + rows > 64) out[1] = bits >> (64 - to % 64);
    }
}

/* Rows that follow each other in a word are taken together. */
static void gather_bits(const hz_tally *tally, const hz_tally_cone *at, size_t begin, size_t count)
{
    const uint16_t *rows = tally->touched + begin;
    for (size_t i = 0; i < count;) {
        const size_t first = i, word = rows[i] / 64;
        uint64_t bits = 0;
        do bits |= UINT64_C(1) << (rows[i++] % 64);
        while (i < count && rows[i] / 64 == word && rows[i] > rows[i - 1]);
        const taking t = taking_of(bits);
        gather_word(tally, at, begin, &t, word, first, i - first);
    }
}

void hz_tally_gather(const hz_tally *tally, const hz_tally_cone *at, size_t begin, size_t count)
{
    const hz_variant_programs *programs = tally->programs;
    const uint16_t *rows = tally->touched + begin;
    gather_bits(tally, at, begin, count);
    for (uint32_t i = 0; count > 0 && i < at->gathers; i++) {
        uint8_t type = type_of(programs, programs->kept[at->gather[i]]);
        if (type == HZ_COLUMN_BIT) continue;
        size_t place = type == HZ_COLUMN_I32 ? 4 * begin : hz_cone_bytes(type, begin);
        gather(tally->kept[at->gather[i]], type, rows, count, tally->dense[i] + place);
    }
}

static int32_t run_cone(hz_tally *tally, const hz_tally_cone *at, size_t rows)
{
    size_t count = find_touched(tally, at, rows);
    uint32_t piece = 0, segment = 0, pieces = 0;
    hz_tally_gather(tally, at, 0, count);
    hz_tally_find_pieces(tally, 0, count, &segment, &pieces);
    for (size_t begin = 0; begin < count; begin += HZ_STRIP) {
        size_t strip = count - begin < HZ_STRIP ? count - begin : HZ_STRIP;
        uint32_t done = 0;
        while (tally->piece_end[piece] <= begin) piece++;
        hz_workspace_reset(&tally->workspace);
        hz_cone_run_point(&at->run, tally->dense, at->source, begin);
        for (uint32_t i = 0; i < at->cone->answer_count; i++) {
            const hz_cone_answer *answer = &at->cone->answers[i];
            hz_cone_run_step(&at->run, done, answer->end, strip);
            done = answer->end;
            if (tally->workspace.failed) return HZ_NO_MEMORY;
            int32_t status = hz_tally_sum_answer(tally, at, answer, begin, strip, piece);
            if (status != HZ_OK) return status;
        }
    }
    return HZ_OK;
}

static int32_t run_block(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, size_t first, size_t rows)
{
    if (sort_rows(tally, group + first, rows)) {
        tally->gathered.row = tally->order;
        tally->gathered.count = rows;
        hz_gathered_take_inputs(&tally->gathered, inputs, first);
        hz_gathered_take_counters(&tally->gathered, counters, first);
        inputs = tally->gathered.inputs;
        counters = tally->gathered.given;
        first = 0;
    }
    static const hz_results none = {0};
    int32_t status = hz_tally_run_base(tally, inputs, counters, first, rows, 0, &none);
    if (status == HZ_OK) status = hz_tally_sum_base(tally);
    for (uint32_t i = 0; i < tally->programs->cone_count && status == HZ_OK; i++) status = run_cone(tally, &tally->cones[i], rows);
    tally->rows += rows;
    return status;
}

int32_t hz_tally_rows(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, const uint64_t *turns,
                      size_t first, size_t rows)
{
    if (tally->carry != NULL) return hz_tally_carry_rows(tally, inputs, counters, group, turns, first, rows);
    for (size_t end = first + rows; first < end; first += HZ_TALLY_BLOCK) {
        size_t count = end - first < HZ_TALLY_BLOCK ? end - first : HZ_TALLY_BLOCK;
        int32_t status = run_block(tally, inputs, counters, group, first, count);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}
