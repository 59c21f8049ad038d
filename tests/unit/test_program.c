/* test_program.c - kernels one row against many, folding, and the verifier on programs that were damaged. */
#include "harness/harness.h"

#include "column/calendar.h"
#include "column/cell.h"
#include "guarded.h"
#include "program/dag.h"
#include "program/fuse.h"
#include "program/program.h"

#define MOST 257          /* rows compared */
#define ROWS (MOST + 63) /* and room behind them */

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

typedef union column {
    uint64_t bits[ROWS / 64 + 1];
    uint8_t i8[ROWS];
    int32_t i32[ROWS];
    int64_t i64[ROWS];
    hz_str text[ROWS];
    hz_wide wide[ROWS];
} column;

static const int64_t edges[] = {0, 1, -1, 2, 7, 86400, -86400, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 2932896, -719162};

static void fill(column *c, uint8_t type, uint64_t *seed)
{
    static const char *const texts[] = {"", "a", "ab", "北", "北京"};
    for (size_t r = 0; r < ROWS; r++) {
        uint64_t random = next(seed);
        int64_t value = random % 3 == 0 ? edges[random / 3 % (sizeof edges / sizeof *edges)] : (int64_t)(random % 20000) - 10000;
        if (type == HZ_COLUMN_I8) c->i8[r] = (uint8_t)random;
        if (type == HZ_COLUMN_I32) c->i32[r] = (int32_t)(uint32_t)(uint64_t)value;
        if (type == HZ_COLUMN_I64) c->i64[r] = value;
        if (type == HZ_COLUMN_TEXT) c->text[r] = hz_str_from(texts[random % 5]);
        if (type == HZ_COLUMN_WIDE) c->wide[r] = random % 9 == 0 ? HZ_WIDE_NONE : hz_wide_from(value, (int32_t)(random % 40) - 9);
        if (type == HZ_COLUMN_BIT) c->bits[r / 64] = random;
    }
}

/* One row of a column, alone. */
static void take_row(column *to, const column *from, uint8_t type, size_t row)
{
    if (type == HZ_COLUMN_I8) to->i8[0] = from->i8[row];
    if (type == HZ_COLUMN_I32) to->i32[0] = from->i32[row];
    if (type == HZ_COLUMN_I64) to->i64[0] = from->i64[row];
    if (type == HZ_COLUMN_TEXT) to->text[0] = from->text[row];
    if (type == HZ_COLUMN_WIDE) to->wide[0] = from->wide[row];
    if (type == HZ_COLUMN_BIT) to->bits[0] = from->bits[row / 64] >> (row % 64);
}

static void put_row(column *to, const column *from, uint8_t type, size_t row)
{
    if (type == HZ_COLUMN_I8) to->i8[row] = from->i8[0];
    if (type == HZ_COLUMN_I32) to->i32[row] = from->i32[0];
    if (type == HZ_COLUMN_I64) to->i64[row] = from->i64[0];
    if (type == HZ_COLUMN_TEXT) to->text[row] = from->text[0];
    if (type == HZ_COLUMN_WIDE) to->wide[row] = from->wide[0];
    if (type == HZ_COLUMN_BIT) to->bits[row / 64] |= (from->bits[0] & 1) << (row % 64);
}

static bool same_row(const column *one, const column *many, uint8_t type, size_t row)
{
    if (type == HZ_COLUMN_I8) return one->i8[0] == many->i8[row];
    if (type == HZ_COLUMN_I32) return one->i32[0] == many->i32[row];
    if (type == HZ_COLUMN_I64) return one->i64[0] == many->i64[row];
    if (type == HZ_COLUMN_TEXT) return hz_str_eq(one->text[0], many->text[row]);
    if (type == HZ_COLUMN_WIDE) return one->wide[0].low == many->wide[row].low && one->wide[0].high == many->wide[row].high;
    return (one->bits[0] & 1) == (many->bits[row / 64] >> (row % 64) & 1);
}

/* The kernel on one row: the operands' cells stand behind the result's. */
static void run_one(const hz_instruction *many, column one[4], const uint8_t types[4], hz_workspace *workspace)
{
    uint64_t cells[8] = {0};
    hz_instruction i[2] = {*many, {.op = HZ_OP_COUNT}};
    i[0].d = 0;
    i[0].a = 2;
    i[0].b = 4;
    i[0].c = 6;
    for (uint32_t c = 1; c < 4; c++) {
        uint64_t *cell = &cells[2 * c];
        if (types[c] == HZ_COLUMN_BIT) hz_cell_set_bit(cell, one[c].bits[0]);
        if (types[c] == HZ_COLUMN_I8) hz_cell_set_i8(cell, one[c].i8[0]);
        if (types[c] == HZ_COLUMN_I32) hz_cell_set_i32(cell, one[c].i32[0]);
        if (types[c] == HZ_COLUMN_I64) hz_cell_set_i64(cell, one[c].i64[0]);
        if (types[c] == HZ_COLUMN_TEXT) hz_cell_set_text(cell, one[c].text[0]);
        if (types[c] == HZ_COLUMN_WIDE) hz_cell_set_wide(cell, one[c].wide[0]);
    }
    hz_run_row(i, cells, workspace);
    if (types[0] == HZ_COLUMN_BIT) one[0].bits[0] = hz_cell_bit(cells);
    if (types[0] == HZ_COLUMN_I8) one[0].i8[0] = hz_cell_i8(cells);
    if (types[0] == HZ_COLUMN_I32) one[0].i32[0] = hz_cell_i32(cells);
    if (types[0] == HZ_COLUMN_I64) one[0].i64[0] = hz_cell_i64(cells);
    if (types[0] == HZ_COLUMN_TEXT) one[0].text[0] = hz_cell_text(cells);
    if (types[0] == HZ_COLUMN_WIDE) one[0].wide[0] = hz_cell_wide(cells);
}

/* The kernel over the first rows, by each set of kernels, against one row at a time; nothing is written behind them. */
static bool same_as_one_row(const hz_instruction *i, column many[4], const column *expected, const uint8_t types[4], hz_workspace *workspace,
                            size_t rows)
{
    const hz_kernel_set *const sets[] = {&hz_kernels_plain, hz_kernels_best()};
    static column untouched;
    void *reg[5] = {workspace, &many[0], &many[1], &many[2], &many[3]};
    bool same = true;
    memset(&untouched, 0x5A, sizeof untouched);
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        memset(&many[0], 0x5A, sizeof many[0]);
        sets[s]->at[i->op](i, reg, rows);
        for (size_t row = 0; row < rows; row++) {
            static column one;
            take_row(&one, expected, types[0], row);
            same &= same_row(&one, &many[0], types[0], row);
        }
        size_t size = types[0] == HZ_COLUMN_I8 ? 1 : types[0] == HZ_COLUMN_I32 ? 4 : types[0] == HZ_COLUMN_TEXT ? sizeof(hz_str) : types[0] == HZ_COLUMN_WIDE ? sizeof(hz_wide) : 8;
        size_t end = types[0] == HZ_COLUMN_BIT ? (rows + 63) / 64 * 8 : rows * size;
        same &= memcmp((char *)&many[0] + end, (char *)&untouched + end, 8) == 0;
    }
    return same;
}

HZ_TEST(kernels_one_row_equals_many)
{
    static const size_t lengths[] = {1, 7, 63, 64, 65, 130, 255, 256, 257};
    static column many[4], one[4], expected;
    hz_workspace workspace;
    hz_arena arena;
    hz_pattern_fault fault;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    const hz_pattern *pattern = hz_pattern_read(&arena, HZ_STR("[a-m]*"), HZ_STR(""), &fault);
    uint8_t bit = 5;
    const hz_patterns patterns = {&pattern, &bit, 1, false};
    const hz_lookup lookup = {.columns = 1};
    hz_workspace_begin(&workspace, &hz_alloc_libc);
    uint64_t seed = 88172645463325252u;
    for (uint16_t op = 0; op < HZ_OP_COUNT; op++) {
        const hz_kernel_info *info = &hz_kernels[op];
        const uint8_t types[4] = {info->d, info->a, info->b, info->c};
        bool same = true;
        if (hz_is_first(op)) continue; /* kernels_choose_by_the_first_bit */
        for (int64_t k = 1; k < 1000; k = k * 7 + 3) {
            hz_instruction i = {.d = 1, .a = 2, .b = 3, .c = 4, .k = k, .m = 3 * k - 7, .patterns = &patterns, .op = op, .mode = (uint8_t)(k % 7)};
            if (op == HZ_OP_WORD || op == HZ_OP_LOOKUP || op == HZ_OP_ITEM) i.lookup = &lookup;
            for (int c = 1; c < 4; c++) fill(&many[c], types[c], &seed);
            memset(&expected, 0, sizeof expected);
            for (size_t row = 0; row < MOST; row++) {
                for (int c = 1; c < 4; c++) take_row(&one[c], &many[c], types[c], row);
                run_one(&i, one, types, &workspace);
                put_row(&expected, &one[0], types[0], row);
            }
            for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++)
                same &= same_as_one_row(&i, many, &expected, types, &workspace, lengths[n]);
        }
        if (!HZ_CHECK(same)) fprintf(stderr, "in kernel %s\n", info->name);
        hz_workspace_reset(&workspace);
    }
    hz_workspace_end(&workspace);
    hz_arena_end(&arena);
}

/* Quotients of 64 rows from n on, against the plain ones. */
static bool quotients_are_right(const hz_kernel_set *set, int64_t k, hz_rounding mode, int64_t n)
{
    static column from, to;
    const hz_instruction i = {.op = HZ_OP_DIV_K, .d = 1, .a = 2, .k = k, .mode = (uint8_t)mode};
    void *reg[3] = {NULL, &to, &from};
    bool right = true;
    for (int64_t r = 0; r < 64; r++) from.i64[r] = n + r;
    set->at[i.op](&i, reg, 64);
    for (int64_t r = 0; r < 64; r++) right &= to.i64[r] == (int64_t)hz_divide_rounded(n + r, k, mode);
    return right;
}

/* Small numbers have a way of their own: around multiples and halves of divisors, and at both of its ends. */
HZ_TEST(kernels_divide_small_numbers)
{
    static const int64_t divisors[] = {1, 2, 3, 5, 7, 10, 25, 36, 64, 100, 365, 1000, 1461, 10000, 65535, 65536, 86400, 999983, INT32_MAX - 1, INT32_MAX, INT64_C(1) << 32};
    const hz_kernel_set *const sets[] = {&hz_kernels_plain, hz_kernels_best()};
    uint64_t seed = 2463534242u;
    for (size_t s = 0; s < 2; s++) {
        for (size_t n = 0; n < sizeof divisors / sizeof *divisors; n++) {
            const int64_t k = divisors[n], most = UINT32_MAX, edge[] = {-32, 0, k - 32, k / 2 - 32, most / k * k - 32, most - 63, most - 32, most};
            for (int mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
                bool right = true;
                for (size_t e = 0; e < sizeof edge / sizeof *edge; e++) right &= quotients_are_right(sets[s], k, (hz_rounding)mode, edge[e]);
                for (int turn = 0; turn < 200; turn++) {
                    int64_t multiple = (int64_t)(next(&seed) % (uint64_t)(most / k + 1)) * k;
                    right &= quotients_are_right(sets[s], k, (hz_rounding)mode, multiple - 32) && quotients_are_right(sets[s], k, (hz_rounding)mode, multiple + k / 2 - 32);
                }
                if (!HZ_CHECK(right)) fprintf(stderr, "by %lld, mode %d\n", (long long)k, mode);
            }
        }
    }
}

/* Whether there is a day so many months later is a comparison where they are constant. */
static void months_later(hz_arena *arena, void *context)
{
    static const int64_t months[] = {0, 1, 11, 12, 15, 24, 1200, 119987, 119988, 200000, -1, -12, -13, -119987, -119988, INT64_MAX, INT64_MIN};
    (void)context;
    for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
        hz_dag dag = {0};
        hz_dag_begin(&dag, arena);
        hz_ref day = hz_dag_input(&dag, HZ_COLUMN_I32, 0), ok = hz_dag_add_months_ok(&dag, day, hz_dag_i64(&dag, months[m]));
        for (int32_t date = HZ_DATE_MIN; date <= HZ_DATE_MAX; date += date % 7 + 5) {
            const hz_node *node = &dag.nodes.at[ok];
            bool inverted = node->op == HZ_OP_NOT;
            if (inverted) node = &dag.nodes.at[node->a];
            bool holds = node->op == HZ_NODE_CONSTANT ? node->k != 0 : date < node->k;
            if (!HZ_CHECK_EQ_INT(hz_calendar_add_step(date, hz_calendar_step(months[m])), hz_calendar_add_months(date, months[m]))) return;
            if (!HZ_CHECK((holds != inverted) == hz_calendar_add_months_ok(date, months[m]))) return;
        }
    }
}

HZ_TEST(months_later_are_compared)
{
    HZ_CHECK_EQ_INT(in_arena(months_later, NULL), HZ_OK);
}

/* Choices of bits 2, 3, …: numbers that are the values, or values that numbers stand for, of which two are equal. */
static hz_instruction choice_of(uint16_t op, hz_choice choices[7], uint32_t count, bool own)
{
    for (uint32_t n = 0; n < count; n++) {
        uint8_t number = (uint8_t)(own ? n * 37 + count : n == 5 ? 2 : n + 1);
        int64_t far = op == HZ_OP_FIRST ? INT64_C(-7000000000) : -70000;
        choices[n] = (hz_choice){.reg = 2 + n, .number = number, .value = own ? number : number * far};
    }
    return (hz_instruction){.op = op, .d = 1, .k = count, .m = own ? count * 29 : op == HZ_OP_FIRST ? INT64_MIN : -1, .choices = choices};
}

static void choose_rows(const hz_kernel_set *set, const hz_instruction *i, const column many[8], size_t rows)
{
    static column out;
    const bool wide = i->op == HZ_OP_FIRST;
    void *reg[9] = {NULL, &out};
    for (uint32_t n = 0; n < i->k; n++) reg[2 + n] = (void *)(uintptr_t)&many[n];
    memset(&out, 0x5A, sizeof out);
    set->at[i->op](i, reg, rows);
    for (size_t row = 0; row < rows; row++) {
        uint64_t cells[9] = {0};
        const hz_instruction one[2] = {*i, {.op = HZ_OP_COUNT}};
        for (uint32_t n = 0; n < i->k; n++) cells[2 + n] = many[n].bits[row / 64] >> (row % 64);
        hz_run_row(one, cells, NULL);
        int64_t expected = i->m;
        for (uint32_t n = (uint32_t)i->k; n-- > 0;) expected = (cells[2 + n] & 1) != 0 ? i->choices[n].value : expected;
        HZ_CHECK_EQ_INT(wide ? out.i64[row] : out.i32[row], expected);
        HZ_CHECK_EQ_INT(wide ? hz_cell_i64(&cells[1]) : hz_cell_i32(&cells[1]), expected);
    }
    if (wide) HZ_CHECK_EQ_INT(out.i64[rows], INT64_C(0x5A5A5A5A5A5A5A5A));
    else HZ_CHECK_EQ_INT(out.i32[rows], 0x5A5A5A5A);
}

HZ_TEST(kernels_choose_by_the_first_bit)
{
    static const size_t lengths[] = {1, 7, 63, 64, 65, 130, 255, 256, 257, 300};
    static column many[8];
    uint64_t seed = 2463534242u;
    const hz_kernel_set *const sets[] = {&hz_kernels_plain, hz_kernels_best()};
    for (size_t c = 0; c < 8; c++) fill(&many[c], HZ_COLUMN_BIT, &seed);
    for (uint32_t n = 0; n < 7 * 2 * 2; n++) {
        hz_choice choices[7];
        const hz_instruction i = choice_of(n % 2 == 0 ? HZ_OP_FIRST : HZ_OP_FIRST_I32, choices, n / 4 + 1, n / 2 % 2 == 0);
        for (size_t s = 0; s < 2; s++)
            for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) choose_rows(sets[s], &i, many, lengths[l]);
    }
}

/* One value at a time among rows well within, at each end of ranges narrow and wide. */
static bool outside_is_right(const hz_kernel_set *set, uint16_t op, int64_t lo, int64_t hi, int64_t value, size_t at)
{
    static column values, bits;
    const hz_instruction i = {.d = 1, .a = 2, .k = lo, .m = hi, .op = op};
    void *reg[3] = {NULL, &bits, &values};
    bool right = true;
    for (size_t r = 0; r < 200; r++) {
        if (op == HZ_OP_OUTSIDE) values.i64[r] = r == at ? value : lo;
        else values.i32[r] = (int32_t)(r == at ? value : lo);
    }
    set->at[op](&i, reg, 200);
    for (size_t r = 0; r < 200; r++) right &= (bits.bits[r / 64] >> (r % 64) & 1) == (r == at && (value < lo || value > hi));
    return right;
}

HZ_TEST(kernels_see_what_lies_outside)
{
    static const int64_t ranges[][2] = {{0, 99999999}, {-719162, 2932896}, {1, 3}, {0, 63}, {0, 64}, {-5, 1000000}, {0, INT32_MAX - 1}, {INT32_MIN + 1, INT32_MAX - 1}};
    const hz_kernel_set *const sets[] = {&hz_kernels_plain, hz_kernels_best()};
    for (size_t s = 0; s < 2; s++) {
        for (size_t n = 0; n < sizeof ranges / sizeof *ranges; n++) {
            const int64_t lo = ranges[n][0], hi = ranges[n][1], values[] = {lo - 1, lo, lo + 1, hi - 1, hi, hi + 1, (lo + hi) / 2, INT32_MIN, INT32_MAX};
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                for (size_t at = 0; at < 200; at += 33) {
                    bool right = outside_is_right(sets[s], HZ_OP_OUTSIDE_I32, lo, hi, values[v], at);
                    HZ_CHECK(right && outside_is_right(sets[s], HZ_OP_OUTSIDE, lo, hi, values[v], at));
                }
            }
        }
        HZ_CHECK(outside_is_right(sets[s], HZ_OP_OUTSIDE, 0, INT64_C(999999999999), INT64_MIN, 3));
        HZ_CHECK(outside_is_right(sets[s], HZ_OP_OUTSIDE, 0, INT64_C(999999999999), INT64_MAX, 3));
        HZ_CHECK(outside_is_right(sets[s], HZ_OP_OUTSIDE, INT64_MIN, INT64_MAX, INT64_MAX, 3));
        HZ_CHECK(outside_is_right(sets[s], HZ_OP_OUTSIDE, -1, INT64_MAX, INT64_MIN, 3));
    }
}

static void fold(hz_arena *arena, void *context)
{
    hz_dag dag = {0};
    (void)context;
    hz_dag_begin(&dag, arena);
    hz_ref x = hz_dag_input(&dag, HZ_COLUMN_I64, 0), bit = hz_dag_input(&dag, HZ_COLUMN_BIT, 1);
    HZ_CHECK_EQ_INT(dag.nodes.at[hz_dag_add(&dag, hz_dag_i64(&dag, 2), hz_dag_i64(&dag, 3))].k, 5);
    HZ_CHECK_EQ_INT(hz_dag_add(&dag, x, hz_dag_i64(&dag, 0)), x);
    HZ_CHECK_EQ_INT(hz_dag_add(&dag, x, hz_dag_i64(&dag, 4)), hz_dag_add(&dag, hz_dag_i64(&dag, 4), x));
    HZ_CHECK_EQ_INT(hz_dag_sub(&dag, hz_dag_add(&dag, x, hz_dag_i64(&dag, 4)), hz_dag_i64(&dag, 4)), x);
    HZ_CHECK_EQ_INT(hz_dag_div_k(&dag, hz_dag_mul_k(&dag, x, 86400), 86400, HZ_ROUND_DOWN), x);
    HZ_CHECK_EQ_INT(hz_dag_not(&dag, hz_dag_not(&dag, bit)), bit);
    HZ_CHECK_EQ_INT(hz_dag_and(&dag, bit, HZ_TRUE), bit);
    HZ_CHECK_EQ_INT(hz_dag_and(&dag, bit, HZ_FALSE), HZ_FALSE);
    HZ_CHECK_EQ_INT(hz_dag_or(&dag, bit, HZ_TRUE), HZ_TRUE);
    HZ_CHECK_EQ_INT(hz_dag_and_not(&dag, bit, bit), HZ_FALSE);
    HZ_CHECK_EQ_INT(hz_dag_pick(&dag, bit, HZ_TRUE, HZ_FALSE), bit);
    HZ_CHECK_EQ_INT(hz_dag_pick(&dag, bit, x, x), x);
    HZ_CHECK_EQ_INT(hz_dag_pick(&dag, HZ_TRUE, x, hz_dag_i64(&dag, 9)), x);
    HZ_CHECK_EQ_INT(hz_dag_eq(&dag, x, x), HZ_TRUE);
    HZ_CHECK_EQ_INT(hz_dag_lt(&dag, hz_dag_i64(&dag, 3), hz_dag_i64(&dag, 4)), HZ_TRUE);
    HZ_CHECK_EQ_INT(hz_dag_lt(&dag, hz_dag_i64(&dag, 4), hz_dag_i64(&dag, 4)), HZ_FALSE);
    HZ_CHECK_EQ_INT(hz_dag_le(&dag, hz_dag_i64(&dag, 4), hz_dag_i64(&dag, 4)), HZ_TRUE);
}

/* The truth table of a bit over four inputs: its value for each of their 16 states. */
static uint64_t truth(const hz_node *nodes, hz_ref ref, uint64_t *known, bool *is_known)
{
    static const uint64_t inputs[4] = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};
    const hz_node *node = &nodes[ref];
    if (is_known[ref]) return known[ref];
    uint64_t row[4] = {0};
    if (node->op == HZ_NODE_CONSTANT) row[0] = node->k != 0 ? 0xFFFF : 0;
    else if (node->op == HZ_NODE_INPUT) row[0] = inputs[node->k];
    else {
        /* Kernels of bits work on whole words: 16 states at once. */
        const hz_kernel_info *info = &hz_kernels[node->op];
        row[1] = truth(nodes, node->a, known, is_known);
        if (info->b != HZ_COLUMN_NONE) row[2] = truth(nodes, node->b, known, is_known);
        if (info->c != HZ_COLUMN_NONE) row[3] = truth(nodes, node->c, known, is_known);
        const hz_instruction run[2] = {{.op = node->op, .d = 0, .a = 1, .b = 2, .c = 3}, {.op = HZ_OP_COUNT}};
        hz_run_row(run, row, NULL);
    }
    is_known[ref] = true;
    return known[ref] = row[0] & 0xFFFF;
}

enum { BITS = 60, BITS_MOST = 4096 };

/* A few of the bits are wanted; what is left of the others is taken into their readers. Returns how many were. */
static size_t fuse_and_compare(const hz_dag *dag, const hz_ref made[BITS], const uint64_t want[BITS], uint64_t *seed)
{
    static hz_node nodes[BITS_MOST];
    static uint32_t uses[BITS_MOST];
    static uint64_t known[BITS_MOST];
    static bool is_known[BITS_MOST];
    size_t wanted[6], live = 0, left = 0;
    uint32_t count = dag->nodes.count;
    memcpy(nodes, dag->nodes.at, count * sizeof *nodes);
    memset(uses, 0, sizeof uses);
    memset(is_known, 0, sizeof is_known);
    for (size_t i = 0; i < 6; i++) {
        wanted[i] = next(seed) % BITS;
        uses[made[wanted[i]]]++;
    }
    for (uint32_t i = count; i-- > 0;) {
        if (uses[i] == 0 || nodes[i].op >= HZ_OP_COUNT) continue;
        const hz_kernel_info *info = &hz_kernels[nodes[i].op];
        uses[nodes[i].a]++;
        if (info->b != HZ_COLUMN_NONE) uses[nodes[i].b]++;
        if (info->c != HZ_COLUMN_NONE) uses[nodes[i].c]++;
        live++;
    }
    hz_fuse(dag->arena, nodes, count, uses);
    for (uint32_t i = 0; i < count; i++) left += uses[i] != 0 && nodes[i].op < HZ_OP_COUNT;
    for (size_t i = 0; i < 6; i++) {
        HZ_CHECK(uses[made[wanted[i]]] > 0);
        HZ_CHECK(truth(nodes, made[wanted[i]], known, is_known) == (want[wanted[i]] & 0xFFFF));
    }
    return live - left;
}

/* Bits made of bits at random mean what the plain operations mean, however they were shortened. */
static void random_bits(hz_arena *arena, void *context)
{
    uint64_t seed = 88172645463325252u, want[BITS];
    hz_ref made[BITS];
    size_t shorter = 0, fused = 0;
    (void)context;
    for (int round = 0; round < 400; round++) {
        static uint64_t known[BITS_MOST];
        static bool is_known[BITS_MOST];
        static const uint64_t inputs[4] = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};
        hz_dag dag = {0};
        hz_dag_begin(&dag, arena);
        memset(is_known, 0, sizeof is_known);
        for (uint32_t i = 0; i < 4; i++) {
            made[i] = hz_dag_input(&dag, HZ_COLUMN_BIT, i);
            want[i] = inputs[i];
        }
        for (size_t i = 4; i < BITS; i++) {
            size_t x = next(&seed) % i, y = next(&seed) % i, z = next(&seed) % i;
            uint64_t which = next(&seed) % 5;
            made[i] = which == 0   ? hz_dag_and(&dag, made[x], made[y])
                      : which == 1 ? hz_dag_or(&dag, made[x], made[y])
                      : which == 2 ? hz_dag_and_not(&dag, made[x], made[y])
                      : which == 3 ? hz_dag_not(&dag, made[x])
                                   : hz_dag_pick(&dag, made[z], made[x], made[y]);
            want[i] = which == 0 ? want[x] & want[y] : which == 1 ? want[x] | want[y] : which == 2 ? want[x] & ~want[y] : which == 3 ? ~want[x] & 0xFFFF : (want[z] & want[x]) | (~want[z] & want[y]);
            if (!HZ_CHECK(dag.nodes.count < BITS_MOST) || !HZ_CHECK(truth(dag.nodes.at, made[i], known, is_known) == (want[i] & 0xFFFF))) return;
            shorter += made[i] <= HZ_TRUE;
        }
        fused += fuse_and_compare(&dag, made, want, &seed);
    }
    HZ_CHECK(shorter > 400 && fused > 400);
}

HZ_TEST(dag_shortens_bits_rightly)
{
    HZ_CHECK_EQ_INT(in_arena(random_bits, NULL), HZ_OK);
}

HZ_TEST(dag_folds_and_shares)
{
    HZ_CHECK_EQ_INT(in_arena(fold, NULL), HZ_OK);
}

/* r2 = r0 + r1; r3 = r2 < r0 */
static hz_program sound(hz_instruction at[3], uint8_t types[4], hz_slot inputs[2])
{
    at[0] = (hz_instruction){.op = HZ_OP_ADD, .d = 2, .a = 0, .b = 1};
    at[1] = (hz_instruction){.op = HZ_OP_LT, .d = 3, .a = 2, .b = 0};
    at[2] = (hz_instruction){.op = HZ_OP_COUNT};
    types[0] = types[1] = types[2] = HZ_COLUMN_I64;
    types[3] = HZ_COLUMN_BIT;
    inputs[0] = (hz_slot){0, HZ_NO_REG};
    inputs[1] = (hz_slot){1, HZ_NO_REG};
    return (hz_program){.set = &hz_kernels_plain, .at = at, .count = 2, .reg_type = types, .regs = 4, .inputs = inputs, .bad = HZ_NO_REG};
}

HZ_TEST(verifier_refuses_damage)
{
    hz_instruction at[3];
    uint8_t types[4];
    hz_slot inputs[2];
    unsigned char scratch[4];
    hz_program program = sound(at, types, inputs);
    HZ_CHECK(hz_program_verify(&program, 2, 0, scratch) == NULL);
    at[0].b = 3; /* written later, and a bit */
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an operand has the wrong type");
    program = sound(at, types, inputs);
    at[0].a = 2;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an operand is read before it is written");
    program = sound(at, types, inputs);
    at[1].a = 4;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an operand is no register");
    program = sound(at, types, inputs);
    at[1].d = 1;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "a result has the wrong type");
    program = sound(at, types, inputs);
    at[0].d = 1;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "a register is written twice");
    program = sound(at, types, inputs);
    at[0].op = HZ_OP_COUNT;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an instruction is none");
    program = sound(at, types, inputs);
    at[2].op = HZ_OP_ADD;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "the last instruction is not the end");
    program = sound(at, types, inputs);
    inputs[1].value = 9;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an input is no register");
    program = sound(at, types, inputs);
    inputs[1].absent = 1;
    HZ_CHECK_STR(hz_program_verify(&program, 2, 0, scratch), "an absence is no bit");
}
