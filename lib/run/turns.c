/* turns.c - the turns of rows, and cuts between them. Parts are of about one length: each ends at the first row behind its
 * share that begins another turn. Called by the API.
 */
#include "run/turns.h"

#include "base/map.h"
#include "base/status.h"

#define FIRST_ROOM ((size_t)1024)

uint32_t hz_turn_input(const hz_plan *plan)
{
    const hz_plan_model *rules = plan->rules;
    for (uint32_t i = 0; i < rules->inputs.count; i++)
        if (hz_str_eq(rules->inputs.at[i].name, rules->in_turn_by.name)) return i;
    return HZ_NO_INPUT;
}

/* The package passes its input on to the part's as it is. */
static bool passes_on(const hz_plan *package, const hz_part_input *input, uint32_t turn)
{
    if (input->set == NULL) return input->input == turn;
    return input->set->op == HZ_AST_NAME && hz_str_eq(package->rules->symbols.at[input->set->symbol].name, package->rules->inputs.at[turn].name);
}

hz_str hz_turn_name(const hz_plan *plan)
{
    const hz_plan *package = plan->package;
    if (package == NULL) return plan->rules->in_turn_by.name;
    uint32_t turn = hz_turn_input(package);
    for (uint32_t p = 0; turn != HZ_NO_INPUT && p < package->part_count; p++)
        for (uint32_t i = 0; package->parts[p].plan == plan && i < plan->rules->inputs.count; i++)
            if (passes_on(package, &package->parts[p].inputs[i], turn)) return plan->rules->inputs.at[i].name;
    return HZ_STR("");
}

static hz_str text_at(const hz_column *column, size_t row)
{
    if (column->layout != HZ_LAYOUT_OFFSETS) return ((const hz_str *)column->values)[row];
    const int32_t *offsets = column->values;
    int64_t begin = offsets[row], end = offsets[row + 1];
    if (begin < 0 || end < begin || (uint64_t)end > column->byte_count) return HZ_STR(""); /* an error of its row */
    return (hz_str){column->bytes + begin, (size_t)(end - begin)};
}

uint64_t hz_turn_of(hz_str text)
{
    uint64_t hash = hz_hash_bytes(text.at, text.len);
    return hash != HZ_NO_TURN ? hash : 1;
}

void hz_turns_of(const hz_plan *plan, const hz_column *column, size_t first, size_t rows, uint64_t *out)
{
    uint32_t index = hz_turn_input(plan);
    const hz_input *input = index != HZ_NO_INPUT ? &plan->rules->inputs.at[index] : NULL;
    uint64_t none = input != NULL && input->has_default ? hz_turn_of(input->fallback.text) : HZ_NO_TURN;
    const uint8_t *valid = column->valid;
    for (size_t r = 0; r < rows; r++) {
        bool given = input != NULL && column->values != NULL && (valid == NULL || (valid[(first + r) / 8] >> ((first + r) % 8) & 1) != 0);
        out[r] = given ? hz_turn_of(text_at(column, first + r)) : none;
    }
}

/* ---- Turns that were seen ---- */

void hz_turn_set_begin(hz_turn_set *set, const hz_alloc *alloc)
{
    *set = (hz_turn_set){.alloc = *alloc};
}

void hz_turn_set_end(hz_turn_set *set)
{
    if (set->slots != NULL) set->alloc.release(set->alloc.user, set->slots, set->room * sizeof *set->slots);
    *set = (hz_turn_set){.alloc = set->alloc};
}

static uint64_t *place_of(uint64_t *slots, size_t room, uint64_t turn)
{
    size_t at = (size_t)turn & (room - 1);
    while (slots[at] != HZ_NO_TURN && slots[at] != turn) at = (at + 1) & (room - 1);
    return &slots[at];
}

bool hz_turn_set_has(const hz_turn_set *set, uint64_t turn)
{
    return set->room > 0 && *place_of(set->slots, set->room, turn) == turn;
}

/* Room for one more, at most three quarters full. */
static bool widen(hz_turn_set *set)
{
    if ((set->count + 1) * 4 <= set->room * 3) return true;
    size_t room = set->room == 0 ? FIRST_ROOM : set->room * 2;
    uint64_t *slots = set->alloc.allocate(set->alloc.user, room * sizeof *slots);
    if (slots == NULL) return false;
    memset(slots, 0, room * sizeof *slots);
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i] != HZ_NO_TURN) *place_of(slots, room, set->slots[i]) = set->slots[i];
    if (set->slots != NULL) set->alloc.release(set->alloc.user, set->slots, set->room * sizeof *set->slots);
    set->slots = slots;
    set->room = room;
    return true;
}

int32_t hz_turn_set_add(hz_turn_set *set, uint64_t turn)
{
    if (!widen(set)) return HZ_NO_MEMORY;
    uint64_t *place = place_of(set->slots, set->room, turn);
    if (*place == turn) return HZ_DATA;
    *place = turn;
    set->count++;
    return HZ_OK;
}

/* ---- Cuts ---- */

void hz_split_begin(hz_split *split, size_t rows, size_t parts, size_t *ends, const hz_alloc *alloc)
{
    *split = (hz_split){.alloc = *alloc, .rows = rows, .parts = parts, .ends = ends};
    for (size_t i = 0; i < parts; i++) ends[i] = rows;
}

void hz_split_end(hz_split *split)
{
    if (split->seen != NULL) split->alloc.release(split->alloc.user, split->seen, split->room * sizeof *split->seen);
    split->seen = NULL;
}

static struct hz_split_seen *slot_of(struct hz_split_seen *seen, size_t room, uint64_t turn)
{
    size_t at = (size_t)turn & (room - 1);
    while (seen[at].turn != HZ_NO_TURN && seen[at].turn != turn) at = (at + 1) & (room - 1);
    return &seen[at];
}

/* Room for one more, at most half full. */
static bool grow(hz_split *split)
{
    if ((split->count + 1) * 2 <= split->room) return true;
    size_t room = split->room == 0 ? FIRST_ROOM : split->room * 2;
    struct hz_split_seen *seen = split->alloc.allocate(split->alloc.user, room * sizeof *seen);
    if (seen == NULL) return false;
    memset(seen, 0, room * sizeof *seen);
    for (size_t i = 0; i < split->room; i++)
        if (split->seen[i].turn != HZ_NO_TURN) *slot_of(seen, room, split->seen[i].turn) = split->seen[i];
    hz_split_end(split);
    split->seen = seen;
    split->room = room;
    return true;
}

/* The first row of a run of one turn: is it of this part, or of none yet? */
static int32_t see(hz_split *split, uint64_t turn)
{
    if (!grow(split)) return HZ_NO_MEMORY;
    struct hz_split_seen *slot = slot_of(split->seen, split->room, turn);
    if (slot->turn == turn) return slot->part == split->part ? HZ_OK : HZ_DATA;
    *slot = (struct hz_split_seen){turn, split->part};
    split->count++;
    return HZ_OK;
}

/* Where the part that is being filled should end. */
static size_t share_of(const hz_split *split)
{
    size_t next = split->part + 1;
    return split->rows / split->parts * next + split->rows % split->parts * next / split->parts;
}

int32_t hz_split_add(hz_split *split, const uint64_t *turns, size_t rows)
{
    for (size_t r = 0; r < rows; r++, split->row++) {
        bool begins = turns[r] != HZ_NO_TURN ? turns[r] != split->last : split->last == HZ_NO_TURN;
        while (begins && split->part + 1 < split->parts && split->row >= share_of(split)) split->ends[split->part++] = split->row;
        int32_t status = begins && turns[r] != HZ_NO_TURN && split->parts > 1 ? see(split, turns[r]) : HZ_OK;
        if (status != HZ_OK) return status;
        if (turns[r] != HZ_NO_TURN) split->last = turns[r];
    }
    return HZ_OK;
}
