/* dag.c - node store with sharing and folding, and the builders that choose among the kernels. Not: what an
 * expression means (lower.c), nor the order of instructions (emit.c), nor logic (dag_bits.c). */
#include "program/dag.h"

#include "base/map.h"
#include "column/calendar.h"
#include "column/cell.h"

/* ---- Store ---- */

/* The high half of a product depends on all bits below it. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static uint64_t node_hash(const hz_node *node)
{
    uint64_t hash = mix(0, (uint64_t)node->op << 16 | (uint64_t)node->type << 8 | node->mode);
    hash = mix(mix(hash, (uint64_t)node->a << 32 | node->b), node->c);
    hash = mix(mix(hash, (uint64_t)node->k), (uint64_t)node->m);
    hash = mix(mix(hash, node->wide.low), node->wide.high);
    hash = mix(hash, (uint64_t)(uintptr_t)node->patterns);
    return node->text.len == 0 ? hash : hash ^ hz_hash_bytes(node->text.at, node->text.len);
}

static bool node_equal(const hz_node *a, const hz_node *b)
{
    return a->op == b->op && a->type == b->type && a->mode == b->mode && a->a == b->a && a->b == b->b && a->c == b->c &&
           a->k == b->k && a->m == b->m && a->wide.low == b->wide.low && a->wide.high == b->wide.high &&
           a->patterns == b->patterns && hz_str_eq(a->text, b->text) &&
           (a->text.at == NULL) == (b->text.at == NULL); /* no text is not "" (column/text.h) */
}

static void table_put(hz_dag *dag, uint32_t number)
{
    uint64_t at = node_hash(&dag->nodes.at[number]) & (dag->room - 1);
    while (dag->table[at] != 0) at = (at + 1) & (dag->room - 1);
    dag->table[at] = number + 1;
}

static void table_grow(hz_dag *dag)
{
    hz_arena_return(dag->arena, dag->table, dag->room * sizeof *dag->table);
    dag->room = dag->room == 0 ? 256 : dag->room * 2;
    dag->table = HZ_NEW_MANY(dag->arena, uint32_t, dag->room);
    for (uint32_t i = 0; i < dag->nodes.count; i++) table_put(dag, i);
}

static hz_ref share(hz_dag *dag, hz_node node)
{
    if (dag->nodes.count * 2 >= dag->room) table_grow(dag);
    for (uint64_t at = node_hash(&node) & (dag->room - 1); dag->table[at] != 0; at = (at + 1) & (dag->room - 1))
        if (node_equal(&dag->nodes.at[dag->table[at] - 1], &node)) return dag->table[at] - 1;
    if (node.type == HZ_COLUMN_BIT) node.about = hz_dag_about(dag, &node);
    *HZ_PUSH(dag->arena, &dag->nodes) = node;
    table_put(dag, dag->nodes.count - 1);
    return dag->nodes.count - 1;
}

static hz_ref constant(hz_dag *dag, uint8_t type, int64_t k)
{
    return share(dag, (hz_node){.op = HZ_NODE_CONSTANT, .type = type, .k = k});
}

/* Memory of the arena, which gives it back as a whole. */
static void *from_arena(void *user, size_t size)
{
    return hz_arena_take(user, size);
}

void hz_dag_begin(hz_dag *dag, hz_arena *arena)
{
    dag->arena = arena;
    dag->nodes.count = dag->patterns.count = dag->lookups.count = 0;
    if (dag->room > 0) memset(dag->table, 0, dag->room * sizeof *dag->table);
    if (dag->proofs == NULL) dag->proofs = HZ_NEW_MANY(arena, uint64_t, HZ_DAG_PROOFS);
    else memset(dag->proofs, 0, HZ_DAG_PROOFS * sizeof *dag->proofs);
    hz_workspace_begin(&dag->texts, &(hz_alloc){.allocate = from_arena, .user = arena});
    constant(dag, HZ_COLUMN_BIT, 0);
    constant(dag, HZ_COLUMN_BIT, 1);
}

hz_ref hz_dag_i64(hz_dag *dag, int64_t value)
{
    return constant(dag, HZ_COLUMN_I64, value);
}

hz_ref hz_dag_i32(hz_dag *dag, int64_t value)
{
    return constant(dag, HZ_COLUMN_I32, value);
}

hz_ref hz_dag_text(hz_dag *dag, hz_str value)
{
    return share(dag, (hz_node){.op = HZ_NODE_CONSTANT, .type = HZ_COLUMN_TEXT, .text = value});
}

/* Trimmed, so that equal values are one node. */
hz_ref hz_dag_wide(hz_dag *dag, hz_wide value)
{
    return share(dag, (hz_node){.op = HZ_NODE_CONSTANT, .type = HZ_COLUMN_WIDE, .wide = hz_wide_trim(value)});
}

hz_ref hz_dag_input(hz_dag *dag, uint8_t type, uint32_t slot)
{
    return share(dag, (hz_node){.op = HZ_NODE_INPUT, .type = type, .k = slot});
}

/* ---- Folding ---- */

static void load_constant(const hz_node *node, uint64_t *cell)
{
    switch (node->type) {
    case HZ_COLUMN_TEXT: hz_cell_set_text(cell, node->text); break;
    case HZ_COLUMN_WIDE: hz_cell_set_wide(cell, node->wide); break;
    case HZ_COLUMN_I32: hz_cell_set_i32(cell, (int32_t)node->k); break;
    default: hz_cell_set_i64(cell, node->k); break;
    }
}

static hz_ref fold(hz_dag *dag, const hz_node *node)
{
    const hz_kernel_info *info = &hz_kernels[node->op];
    uint64_t cells[8] = {0}; /* room for two of each operand */
    const hz_instruction i[2] = {{.d = 0, .a = 2, .b = 4, .c = 6, .k = node->k, .m = node->m, .patterns = node->patterns, .op = node->op,
                                  .mode = node->mode}, {.op = HZ_OP_COUNT}};
    load_constant(&dag->nodes.at[node->a], &cells[i->a]);
    if (info->b != HZ_COLUMN_NONE) load_constant(&dag->nodes.at[node->b], &cells[i->b]);
    if (info->c != HZ_COLUMN_NONE) load_constant(&dag->nodes.at[node->c], &cells[i->c]);
    hz_run_row(i, cells, &dag->texts);
    switch (info->d) {
    case HZ_COLUMN_TEXT: return hz_dag_text(dag, hz_cell_text(cells));
    case HZ_COLUMN_WIDE: return hz_dag_wide(dag, hz_cell_wide(cells));
    case HZ_COLUMN_I32: return hz_dag_i32(dag, hz_cell_i32(cells));
    case HZ_COLUMN_BIT: return (cells[0] & 1) != 0 ? HZ_TRUE : HZ_FALSE;
    default: return hz_dag_i64(dag, hz_cell_i64(cells));
    }
}

static hz_ref operation(hz_dag *dag, hz_op op, hz_ref a, hz_ref b, hz_ref c, int64_t k, int64_t m, hz_rounding mode)
{
    const hz_kernel_info *info = &hz_kernels[op];
    hz_node node = {.op = (uint16_t)op, .type = info->d, .mode = (uint8_t)mode, .a = a, .k = k, .m = m};
    bool known = hz_dag_constant(dag, a);
    if (info->b != HZ_COLUMN_NONE) {
        node.b = b;
        known = known && hz_dag_constant(dag, b);
    }
    if (info->c != HZ_COLUMN_NONE) {
        node.c = c;
        known = known && hz_dag_constant(dag, c);
    }
    return known ? fold(dag, &node) : share(dag, node);
}

hz_ref hz_dag_op(hz_dag *dag, hz_op op, hz_ref a, hz_ref b, hz_ref c, int64_t k, hz_rounding mode)
{
    return operation(dag, op, a, b, c, k, 0, mode);
}

hz_ref hz_dag_among(hz_dag *dag, hz_ref code, uint64_t bits, uint32_t first)
{
    return operation(dag, HZ_OP_AMONG_KM, code, 0, 0, (int64_t)bits, first, HZ_ROUND_UP);
}

static bool same_patterns(const hz_patterns *a, const hz_patterns *b)
{
    bool same = a == b || (a->count == b->count && a->search == b->search);
    for (uint32_t i = 0; same && a != b && i < a->count; i++)
        same = a->bit[i] == b->bit[i] && hz_str_eq(a->at[i]->text, b->at[i]->text) && hz_str_eq(a->at[i]->flags, b->at[i]->flags);
    return same;
}

static const hz_patterns *share_patterns(hz_dag *dag, const hz_patterns *patterns)
{
    for (uint32_t i = 0; i < dag->patterns.count; i++)
        if (same_patterns(dag->patterns.at[i], patterns)) return dag->patterns.at[i];
    *HZ_PUSH(dag->arena, &dag->patterns) = patterns;
    return patterns;
}

hz_ref hz_dag_match(hz_dag *dag, hz_ref text, const hz_patterns *patterns)
{
    patterns = share_patterns(dag, patterns);
    hz_node node = {.op = HZ_OP_MATCH, .type = HZ_COLUMN_I64, .a = text, .patterns = patterns};
    return hz_dag_constant(dag, text) ? fold(dag, &node) : share(dag, node);
}

hz_ref hz_dag_replace(hz_dag *dag, hz_ref text, hz_ref replacement, const hz_patterns *patterns, bool literal)
{
    patterns = share_patterns(dag, patterns);
    hz_node node = {.op = HZ_OP_REPLACE, .type = HZ_COLUMN_TEXT, .a = text, .b = replacement, .k = literal, .patterns = patterns};
    return hz_dag_constant(dag, text) && hz_dag_constant(dag, replacement) ? fold(dag, &node) : share(dag, node);
}

/* Nodes, steps and members of a look-up follow from the rest. */
static bool same_lookup(const hz_lookup *a, const hz_lookup *b)
{
    if (a == b) return true;
    if (a->columns != b->columns || a->rows != b->rows || a->entries != b->entries || a->ordered != b->ordered || a->list_count != b->list_count) return false;
    bool same = memcmp(a->sides, b->sides, (size_t)a->entries * a->columns * sizeof *a->sides) == 0 &&
                memcmp(a->row, b->row, a->entries * sizeof *a->row) == 0;
    for (uint32_t i = 0; same && i < a->list_count; i++) same = memcmp(a->lists[i], b->lists[i], a->rows * sizeof *a->lists[i]) == 0;
    for (uint32_t c = 0; same && c < a->columns; c++) {
        same = a->words[c].count == b->words[c].count;
        for (uint32_t i = 0; same && i < a->words[c].count; i++) same = hz_str_eq(a->words[c].at[i], b->words[c].at[i]);
    }
    return same;
}

static const hz_lookup *share_lookup(hz_dag *dag, const hz_lookup *lookup)
{
    for (uint32_t i = 0; i < dag->lookups.count; i++)
        if (same_lookup(dag->lookups.at[i], lookup)) return dag->lookups.at[i];
    *HZ_PUSH(dag->arena, &dag->lookups) = lookup;
    return lookup;
}

hz_ref hz_dag_look(hz_dag *dag, hz_op op, hz_ref a, const hz_lookup *lookup, int64_t k)
{
    hz_node node = {.op = (uint16_t)op, .type = HZ_COLUMN_I64, .a = a, .k = k, .lookup = share_lookup(dag, lookup)};
    return hz_dag_constant(dag, a) ? fold(dag, &node) : share(dag, node);
}

static hz_ref op1(hz_dag *dag, hz_op op, hz_ref a, int64_t k)
{
    return hz_dag_op(dag, op, a, 0, 0, k, HZ_ROUND_UP);
}

static hz_ref op2(hz_dag *dag, hz_op op, hz_ref a, hz_ref b)
{
    return hz_dag_op(dag, op, a, b, 0, 0, HZ_ROUND_UP);
}

static int64_t value_of(const hz_dag *dag, hz_ref ref)
{
    return dag->nodes.at[ref].k;
}

static uint8_t type_of(const hz_dag *dag, hz_ref ref)
{
    return dag->nodes.at[ref].type;
}

/* ---- Choice ---- */

/* i64 or i32: constants are immediates where they stand. */
static hz_ref pick_integer(hz_dag *dag, hz_ref c, hz_ref a, hz_ref b)
{
    bool narrow = type_of(dag, a) == HZ_COLUMN_I32, known_a = hz_dag_constant(dag, a), known_b = hz_dag_constant(dag, b);
    const hz_node choice = dag->nodes.at[c];
    if (known_a && known_b)
        return operation(dag, narrow ? HZ_OP_PICK_KM_I32 : HZ_OP_PICK_KM, c, 0, 0, value_of(dag, a), value_of(dag, b), HZ_ROUND_UP);
    if (known_a) return operation(dag, narrow ? HZ_OP_PICK_K_I32 : HZ_OP_PICK_K, b, c, 0, value_of(dag, a), 0, HZ_ROUND_UP);
    if (known_b && choice.op == HZ_OP_NOT) return pick_integer(dag, choice.a, b, a);
    return hz_dag_op(dag, narrow ? HZ_OP_PICK_I32 : HZ_OP_PICK, a, b, c, 0, HZ_ROUND_UP);
}

hz_ref hz_dag_pick(hz_dag *dag, hz_ref c, hz_ref a, hz_ref b)
{
    if (a == b) return a;
    if (c <= HZ_TRUE) return c == HZ_TRUE ? a : b;
    switch (type_of(dag, a)) {
    case HZ_COLUMN_BIT: return hz_dag_pick_bit(dag, c, a, b);
    case HZ_COLUMN_TEXT: return hz_dag_op(dag, HZ_OP_PICK_TEXT, a, b, c, 0, HZ_ROUND_UP);
    case HZ_COLUMN_WIDE: return hz_dag_op(dag, HZ_OP_PICK_WIDE, a, b, c, 0, HZ_ROUND_UP);
    case HZ_COLUMN_I64: case HZ_COLUMN_I32: return pick_integer(dag, c, a, b);
    default: return HZ_FALSE;
    }
}

/* ---- Numbers ---- */

static hz_ref add_k(hz_dag *dag, hz_ref a, int64_t k)
{
    if (k == 0) return a;
    const hz_node node = dag->nodes.at[a];
    if (node.op == HZ_OP_ADD_K) return add_k(dag, node.a, (int64_t)((uint64_t)node.k + (uint64_t)k));
    return op1(dag, HZ_OP_ADD_K, a, k);
}

static bool is_wide(const hz_dag *dag, hz_ref a)
{
    return type_of(dag, a) == HZ_COLUMN_WIDE;
}

/* Of an operator that takes its operands in either order. */
static hz_ref either_order(hz_dag *dag, hz_op op, hz_ref a, hz_ref b)
{
    return a < b ? op2(dag, op, a, b) : op2(dag, op, b, a);
}

hz_ref hz_dag_add(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (is_wide(dag, a)) return either_order(dag, HZ_OP_ADD_WIDE, a, b);
    if (hz_dag_constant(dag, b)) return add_k(dag, a, value_of(dag, b));
    if (hz_dag_constant(dag, a)) return add_k(dag, b, value_of(dag, a));
    return either_order(dag, HZ_OP_ADD, a, b);
}

hz_ref hz_dag_sub(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (is_wide(dag, a)) return op2(dag, HZ_OP_SUB_WIDE, a, b);
    if (a == b) return hz_dag_i64(dag, 0);
    if (hz_dag_constant(dag, b)) return add_k(dag, a, (int64_t)(0 - (uint64_t)value_of(dag, b)));
    if (hz_dag_constant(dag, a)) return op1(dag, HZ_OP_RSUB_K, b, value_of(dag, a));
    return op2(dag, HZ_OP_SUB, a, b);
}

hz_ref hz_dag_mul_k(hz_dag *dag, hz_ref a, int64_t k)
{
    if (k == 1) return a;
    if (k == 0) return hz_dag_i64(dag, 0);
    const hz_node node = dag->nodes.at[a];
    if (node.op == HZ_OP_MUL_K) return hz_dag_mul_k(dag, node.a, (int64_t)((uint64_t)node.k * (uint64_t)k));
    return op1(dag, HZ_OP_MUL_K, a, k);
}

hz_ref hz_dag_mul(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (is_wide(dag, a)) {
        const hz_ref one = hz_dag_wide(dag, hz_wide_from(1, 0));
        return a == one ? b : b == one ? a : either_order(dag, HZ_OP_MUL_WIDE, a, b);
    }
    if (hz_dag_constant(dag, b)) return hz_dag_mul_k(dag, a, value_of(dag, b));
    if (hz_dag_constant(dag, a)) return hz_dag_mul_k(dag, b, value_of(dag, a));
    return either_order(dag, HZ_OP_MUL, a, b);
}

hz_ref hz_dag_negate(hz_dag *dag, hz_ref a)
{
    return is_wide(dag, a) ? op1(dag, HZ_OP_NEGATE_WIDE, a, 0) : hz_dag_sub(dag, hz_dag_i64(dag, 0), a);
}

hz_ref hz_dag_abs(hz_dag *dag, hz_ref a)
{
    return op1(dag, is_wide(dag, a) ? HZ_OP_ABS_WIDE : HZ_OP_ABS, a, 0);
}

hz_ref hz_dag_to_wide(hz_dag *dag, hz_ref a, int32_t scale)
{
    return is_wide(dag, a) ? a : op1(dag, HZ_OP_WIDE_FROM, a, scale);
}

hz_ref hz_dag_from_wide(hz_dag *dag, hz_ref a, int32_t places, hz_rounding mode)
{
    return hz_dag_op(dag, HZ_OP_WIDE_TO, a, 0, 0, places, mode);
}

hz_ref hz_dag_round_wide(hz_dag *dag, hz_ref a, int32_t places, hz_rounding mode)
{
    return hz_dag_op(dag, HZ_OP_ROUND_WIDE, a, 0, 0, places, mode);
}

hz_ref hz_dag_div_wide(hz_dag *dag, hz_ref a, hz_ref b)
{
    return op2(dag, HZ_OP_DIV_WIDE, a, b);
}

hz_ref hz_dag_modulo_wide(hz_dag *dag, hz_ref a, hz_ref b)
{
    return op2(dag, HZ_OP_MODULO_WIDE, a, b);
}

hz_ref hz_dag_power_wide(hz_dag *dag, hz_ref a, hz_ref n)
{
    return op2(dag, HZ_OP_POWER_WIDE, a, n);
}

hz_ref hz_dag_no_number(hz_dag *dag, hz_ref a)
{
    return op1(dag, HZ_OP_WIDE_NUMBER, a, 0);
}

hz_ref hz_dag_div_k(hz_dag *dag, hz_ref a, int64_t k, hz_rounding mode)
{
    if (k == 1) return a;
    const hz_node node = dag->nodes.at[a];
    /* (x * m) / k is exact where k divides m, whatever the mode. */
    if (node.op == HZ_OP_MUL_K && node.k % k == 0) return hz_dag_mul_k(dag, node.a, node.k / k);
    return hz_dag_op(dag, HZ_OP_DIV_K, a, 0, 0, k, mode);
}

static hz_ref least(hz_dag *dag, hz_ref a, hz_ref b, hz_op i64, hz_op immediate, hz_op i32, hz_op wide)
{
    if (a == b) return a;
    if (is_wide(dag, a)) return either_order(dag, wide, a, b);
    if (type_of(dag, a) == HZ_COLUMN_I32) return either_order(dag, i32, a, b);
    if (hz_dag_constant(dag, b)) return op1(dag, immediate, a, value_of(dag, b));
    if (hz_dag_constant(dag, a)) return op1(dag, immediate, b, value_of(dag, a));
    return either_order(dag, i64, a, b);
}

hz_ref hz_dag_min(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (type_of(dag, a) == HZ_COLUMN_TEXT) return hz_dag_pick(dag, hz_dag_lt(dag, b, a), b, a);
    return least(dag, a, b, HZ_OP_MIN, HZ_OP_MIN_K, HZ_OP_MIN_I32, HZ_OP_MIN_WIDE);
}

hz_ref hz_dag_max(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (type_of(dag, a) == HZ_COLUMN_TEXT) return hz_dag_pick(dag, hz_dag_lt(dag, a, b), b, a);
    return least(dag, a, b, HZ_OP_MAX, HZ_OP_MAX_K, HZ_OP_MAX_I32, HZ_OP_MAX_WIDE);
}

hz_ref hz_dag_widen(hz_dag *dag, hz_ref a)
{
    return type_of(dag, a) == HZ_COLUMN_I32 ? op1(dag, HZ_OP_WIDEN, a, 0) : a;
}

hz_ref hz_dag_narrow(hz_dag *dag, hz_ref a)
{
    const hz_node node = dag->nodes.at[a];
    return node.op == HZ_OP_WIDEN ? node.a : op1(dag, HZ_OP_NARROW, a, 0);
}

/* ---- Dates and months ---- */

hz_ref hz_dag_add_months(hz_dag *dag, hz_ref day, hz_ref months)
{
    if (hz_dag_constant(dag, months)) return op1(dag, HZ_OP_DATE_ADD_MONTHS_K, day, hz_calendar_step(value_of(dag, months)));
    return op2(dag, HZ_OP_DATE_ADD_MONTHS, day, months);
}

/* The first day of a month counted from year 0. */
static hz_ref first_day(hz_dag *dag, int64_t month)
{
    return hz_dag_i32(dag, hz_calendar_date((uint32_t)month / 12, (uint32_t)month % 12 + 1, 1));
}

/* Of so many months for certain it is a comparison: years are 1 to 9999. */
hz_ref hz_dag_add_months_ok(hz_dag *dag, hz_ref day, hz_ref months)
{
    const hz_node node = dag->nodes.at[months];
    const int64_t first = 12, behind = 120000, k = node.k;
    if (node.op == HZ_OP_PICK_KM)
        return hz_dag_pick_bit(dag, node.a, hz_dag_add_months_ok(dag, day, hz_dag_i64(dag, node.k)), hz_dag_add_months_ok(dag, day, hz_dag_i64(dag, node.m)));
    if (node.op != HZ_NODE_CONSTANT) return op2(dag, HZ_OP_DATE_ADD_MONTHS_OK, day, months);
    if (k == 0) return HZ_TRUE;
    if (k >= behind - first || k <= first - behind) return HZ_FALSE;
    return k > 0 ? hz_dag_lt(dag, day, first_day(dag, behind - k)) : hz_dag_not(dag, hz_dag_lt(dag, day, first_day(dag, first - k)));
}

/* ---- Comparisons ---- */

/* What a comparison is on each type; _K where the right side is a constant. */
typedef struct comparison {
    hz_op i64, i64_k, i32, i32_k, text, wide;
} comparison;

static hz_ref compare(hz_dag *dag, const comparison *op, hz_ref a, hz_ref b)
{
    uint8_t type = type_of(dag, a);
    if (type == HZ_COLUMN_TEXT) return op2(dag, op->text, a, b);
    if (type == HZ_COLUMN_WIDE) return op2(dag, op->wide, a, b);
    if (hz_dag_constant(dag, b)) return op1(dag, type == HZ_COLUMN_I32 ? op->i32_k : op->i64_k, a, value_of(dag, b));
    return op2(dag, type == HZ_COLUMN_I32 ? op->i32 : op->i64, a, b);
}

static const comparison equal = {HZ_OP_EQ, HZ_OP_EQ_K, HZ_OP_EQ_I32, HZ_OP_EQ_K_I32, HZ_OP_EQ_TEXT, HZ_OP_EQ_WIDE};
static const comparison less = {HZ_OP_LT, HZ_OP_LT_K, HZ_OP_LT_I32, HZ_OP_LT_K_I32, HZ_OP_LT_TEXT, HZ_OP_LT_WIDE};
static const comparison at_most = {HZ_OP_LE, HZ_OP_LE_K, HZ_OP_LE_I32, HZ_OP_LE_K_I32, HZ_OP_LE_TEXT, HZ_OP_LE_WIDE};

hz_ref hz_dag_eq(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (a == b) return HZ_TRUE;
    if (type_of(dag, a) == HZ_COLUMN_BIT) {
        if (a <= HZ_TRUE) return a == HZ_TRUE ? b : hz_dag_not(dag, b);
        if (b <= HZ_TRUE) return b == HZ_TRUE ? a : hz_dag_not(dag, a);
        return hz_dag_not(dag, op2(dag, HZ_OP_XOR, a, b));
    }
    return hz_dag_constant(dag, a) ? compare(dag, &equal, b, a) : compare(dag, &equal, a, b);
}

/* A constant that a comparison can hold itself. */
static bool has_immediate(const hz_dag *dag, hz_ref a)
{
    uint8_t type = type_of(dag, a);
    return hz_dag_constant(dag, a) && (type == HZ_COLUMN_I64 || type == HZ_COLUMN_I32);
}

hz_ref hz_dag_lt(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (a == b) return HZ_FALSE;
    /* k < x is not (x <= k): the immediate stands on the right. */
    if (has_immediate(dag, a)) return hz_dag_not(dag, compare(dag, &at_most, b, a));
    return compare(dag, &less, a, b);
}

hz_ref hz_dag_le(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (a == b) return HZ_TRUE;
    if (has_immediate(dag, a)) return hz_dag_not(dag, compare(dag, &less, b, a));
    return compare(dag, &at_most, a, b);
}
