/* arrow_results.c - the columns of results: their schema, and their arrays, filled block by block from run/columns.h; what
 * columns do not say (all reasons, what exactly is wrong with a row) is asked of the row as a single claim. Called by
 * arrow.c.
 */
#include "api/arrow.h"

#include "base/status.h"

/* ---- Schema ---- */

static const hz_counter *counter_of(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted)
{
    return &arrow->nodes[wanted->node].plan->rules->counters.at[wanted->index];
}

static bool is_money(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted)
{
    return hz_str_eq(counter_of(arrow, wanted)->unit, arrow->plan->core->ruleset->currency);
}

static const char *format_of(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted)
{
    const hz_type *type = wanted->result == HZ_ARROW_AFTER ? &counter_of(arrow, wanted)->type : NULL;
    switch (wanted->result) {
    case HZ_ARROW_ID: return arrow->id_format;
    case HZ_ARROW_OUTCOME:
    case HZ_ARROW_REASON:
    case HZ_ARROW_ERROR: return "i";
    case HZ_ARROW_REASONS:
    case HZ_ARROW_CAPS: return "+l";
    case HZ_ARROW_AFTER:
        if (type->kind == HZ_KIND_BOOLEAN) return "b";
        if (type->kind == HZ_KIND_DATE) return "tdD";
        return type->scale == 0 && !is_money(arrow, wanted) ? "l" : "d:18,2";
    default: return "d:18,2";
    }
}

static bool is_list(const hz_arrow_wanted *wanted)
{
    return wanted->result == HZ_ARROW_REASONS || wanted->result == HZ_ARROW_CAPS;
}

static bool has_dictionary(const hz_arrow_wanted *wanted)
{
    return wanted->result == HZ_ARROW_OUTCOME || wanted->result == HZ_ARROW_REASON || wanted->result == HZ_ARROW_ERROR;
}

static bool make_field(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted, struct ArrowSchema *out)
{
    const hz_alloc *alloc = &arrow->alloc;
    bool nulls = (wanted->result != HZ_ARROW_OUTCOME || wanted->node > 0) && !is_list(wanted), dictionary = has_dictionary(wanted), list = is_list(wanted);
    if (!hz_arrow_make_schema(alloc, format_of(arrow, wanted), wanted->name, nulls ? ARROW_FLAG_NULLABLE : 0, list ? 1 : 0, dictionary, out))
        return false;
    if (list && !hz_arrow_make_schema(alloc, "i", HZ_STR("item"), 0, 0, true, out->children[0])) return false;
    struct ArrowSchema *codes = list ? out->children[0]->dictionary : out->dictionary;
    return codes == NULL || hz_arrow_make_schema(alloc, "u", HZ_STR(""), 0, 0, false, codes);
}

int32_t hz_arrow_results_schema(const huzhu_arrow *arrow, struct ArrowSchema *out)
{
    bool made = hz_arrow_make_schema(&arrow->alloc, "+s", HZ_STR(""), 0, arrow->wanted.count, false, out);
    if (!made) return HZ_NO_MEMORY;
    for (uint32_t i = 0; i < arrow->wanted.count && made; i++) made = make_field(arrow, &arrow->wanted.at[i], out->children[i]);
    if (made) return HZ_OK;
    out->release(out);
    return HZ_NO_MEMORY;
}

/* ---- Dictionaries ---- */

static hz_str dictionary_text(const huzhu_arrow *arrow, uint32_t node, uint8_t result, uint32_t place)
{
    if (result == HZ_ARROW_OUTCOME) return hz_outcome_name((uint8_t)(place + 1));
    if (result == HZ_ARROW_ERROR) return hz_str_from(hz_code_name(arrow->errors[place]));
    return hz_plan_reason(arrow->nodes[node].plan, (int32_t)place + 1);
}

static uint32_t dictionary_size(const huzhu_arrow *arrow, uint32_t node, uint8_t result)
{
    if (result == HZ_ARROW_OUTCOME) return node > 0 ? HZ_NOT_ASKED : HZ_FAILED;
    return result == HZ_ARROW_ERROR ? arrow->error_count : (uint32_t)hz_plan_reason_count(arrow->nodes[node].plan);
}

static bool make_dictionary(const huzhu_arrow *arrow, uint32_t node, uint8_t result, struct ArrowArray *out)
{
    uint32_t count = dictionary_size(arrow, node, result);
    size_t bytes = 1;
    for (uint32_t i = 0; i < count; i++) bytes += dictionary_text(arrow, node, result, i).len;
    const size_t sizes[3] = {0, (count + 1) * sizeof(int32_t), bytes};
    if (!hz_arrow_make_array(&arrow->alloc, count, 3, sizes, 0, false, out)) return false;
    int32_t *offsets = hz_arrow_buffer(out, 1), end = 0;
    char *texts = hz_arrow_buffer(out, 2);
    offsets[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        hz_str text = dictionary_text(arrow, node, result, i);
        if (text.len > 0) memcpy(texts + end, text.at, text.len);
        offsets[i + 1] = end += (int32_t)text.len;
    }
    return true;
}

/* ---- Arrays ---- */

static size_t width_of(const char *format, int64_t rows)
{
    size_t count = (size_t)rows;
    switch (format[0]) {
    case 'b': return (count + 63) / 64 * 8;
    case 'd': return 16 * count;
    case 'i':
    case 'I':
    case 't': return 4 * count;
    case 's':
    case 'S': return 2 * count;
    case 'c':
    case 'C': return count;
    case 'u': return 4 * (count + 1);
    case '+': return 4 * (count + 1);
    default: return format[0] == 'U' ? 8 * (count + 1) : 8 * count;
    }
}

static bool make_plain(const hz_alloc *alloc, const char *format, int64_t rows, bool dictionary, struct ArrowArray *out)
{
    bool list = format[0] == '+', text = format[0] == 'u' || format[0] == 'U';
    size_t bits = ((size_t)rows + 63) / 64 * 8;
    const size_t sizes[3] = {list || bits == 0 ? 0 : bits, width_of(format, rows) + 1, text ? 1 : 0};
    if (!hz_arrow_make_array(alloc, rows, text ? 3 : 2, sizes, list ? 1 : 0, dictionary, out)) return false;
    if (sizes[0] > 0) memset(hz_arrow_buffer(out, 0), 0xff, bits);
    if (list || text) memset(hz_arrow_buffer(out, 1), 0, list || format[0] == 'u' ? 4 : 8);
    return true;
}

bool hz_arrow_make_column(const hz_alloc *alloc, const char *format, int64_t rows, struct ArrowArray *out)
{
    return make_plain(alloc, format, rows, false, out);
}

static bool make_column(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted, int64_t rows, struct ArrowArray *out)
{
    if (!make_plain(&arrow->alloc, format_of(arrow, wanted), rows, has_dictionary(wanted), out)) return false;
    if (is_list(wanted)) {
        const size_t none[2] = {0, sizeof(int32_t)};
        return hz_arrow_make_array(&arrow->alloc, 0, 2, none, 0, true, out->children[0]) &&
               make_dictionary(arrow, wanted->node, HZ_ARROW_REASON, out->children[0]->dictionary);
    }
    return out->dictionary == NULL || make_dictionary(arrow, wanted->node, wanted->result, out->dictionary);
}

/* Row is null: its bit goes, once. */
void hz_arrow_put_null(struct ArrowArray *array, int64_t row)
{
    ((uint8_t *)hz_arrow_buffer(array, 0))[row / 8] &= (uint8_t) ~(1u << (row % 8));
    array->null_count++;
}

/* ---- Ids ---- */

static int32_t copy_text_ids(const huzhu_arrow *arrow, const struct ArrowArray *in, int64_t base, int64_t rows, struct ArrowArray *out)
{
    const hz_arrow_column *id = &arrow->id;
    hz_arrow_column texts = *id;
    const hz_type any = {.kind = HZ_KIND_STRING};
    size_t size = 0, room = 64;
    bool small = arrow->id_format[0] == 'u';
    texts.of = &any;
    for (int64_t r = 0; r < rows; r++) {
        hz_given given = {.state = HZ_ABSENT};
        hz_str text = HZ_STR("");
        if (!hz_arrow_is_null(&id->type, in, base + r)) hz_arrow_cell(&texts, in, base + r, 0, &given, &text, NULL);
        if (given.state != HZ_GIVEN) {
            text = HZ_STR("");
            hz_arrow_put_null(out, r);
        }
        if (small) ((int32_t *)hz_arrow_buffer(out, 1))[r] = (int32_t)size;
        else ((int64_t *)hz_arrow_buffer(out, 1))[r] = (int64_t)size;
        if (small && text.len > INT32_MAX - size) return HZ_LIMIT;
        if (size + text.len + 1 > room || r == 0) {
            while (size + text.len + 1 > room) room *= 2;
            if (!hz_arrow_resize(out, 2, room)) return HZ_NO_MEMORY;
        }
        if (text.len > 0) memcpy((char *)hz_arrow_buffer(out, 2) + size, text.at, text.len);
        size += text.len;
    }
    if (small) ((int32_t *)hz_arrow_buffer(out, 1))[rows] = (int32_t)size;
    else ((int64_t *)hz_arrow_buffer(out, 1))[rows] = (int64_t)size;
    return HZ_OK;
}

static int32_t copy_ids(const huzhu_arrow *arrow, const struct ArrowArray *in, int64_t base, int64_t rows, struct ArrowArray *out)
{
    const hz_arrow_type *type = &arrow->id.type;
    if (type->kind != HZ_ARROW_INTEGER) return copy_text_ids(arrow, in, base, rows, out);
    const char *from = (const char *)in->buffers[1] + (size_t)type->bytes * (size_t)(in->offset + base);
    if (rows > 0) memcpy(hz_arrow_buffer(out, 1), from, (size_t)type->bytes * (size_t)rows);
    for (int64_t r = 0; r < rows; r++)
        if (hz_arrow_is_null(type, in, base + r)) hz_arrow_put_null(out, r);
    return HZ_OK;
}

/* ---- A block of results ---- */

/* There are no amounts. */
static bool is_open(int32_t outcome)
{
    return outcome == HZ_OUTCOME_NONE || outcome == HZ_INCOMPLETE || outcome == HZ_UNDETERMINED || outcome == HZ_FAILED;
}

void hz_arrow_put_wide(void *to, int64_t row, int64_t value)
{
    int64_t *at = (int64_t *)to + 2 * row;
    at[0] = value;
    at[1] = value >> 63;
}

/* has: bits of rows that have one; NULL: the outcome says it. */
static void put_amounts(const hz_arrow_node *node, const int64_t *amounts, const uint8_t *has, int64_t first, size_t rows, struct ArrowArray *out)
{
    void *to = hz_arrow_buffer(out, 1);
    for (size_t r = 0; r < rows; r++) hz_arrow_put_wide(to, first + (int64_t)r, amounts[r]);
    for (size_t r = 0; r < rows; r++)
        if (has != NULL ? (has[r / 8] >> (r % 8) & 1) == 0 : is_open(node->outcome[r])) hz_arrow_put_null(out, first + (int64_t)r);
}

static void put_codes(const int32_t *numbers, int64_t first, size_t rows, struct ArrowArray *out)
{
    int32_t *to = (int32_t *)hz_arrow_buffer(out, 1) + first;
    for (size_t r = 0; r < rows; r++) to[r] = numbers[r] > 0 ? numbers[r] - 1 : 0;
    for (size_t r = 0; r < rows; r++)
        if (numbers[r] == 0) hz_arrow_put_null(out, first + (int64_t)r);
}

/* The executor wrote the validity bits themselves. */
static void put_after(const huzhu_arrow *arrow, const hz_arrow_wanted *wanted, int64_t first, size_t rows, struct ArrowArray *out)
{
    const char *format = format_of(arrow, wanted);
    const hz_type *type = &counter_of(arrow, wanted)->type;
    const int64_t *values = arrow->nodes[wanted->node].after[wanted->index];
    const uint8_t *valid = hz_arrow_buffer(out, 0);
    uint8_t *bits = hz_arrow_buffer(out, 1);
    for (size_t r = 0; r < rows; r++) {
        int64_t at = first + (int64_t)r;
        bool is = (valid[at / 8] >> (at % 8) & 1) != 0;
        bool fits = format[0] == 'b' ? (uint64_t)values[r] <= 1 : values[r] >= type->lo && values[r] <= type->hi;
        if (is && !fits) { /* a date that is none yet, or what a row gave does not fit */
            hz_arrow_put_null(out, at);
            is = false;
        } else if (!is) out->null_count++;
        if (format[0] == 'b' && at % 8 == 0) bits[at / 8] = 0;
        int64_t value = is ? values[r] : 0;
        if (format[0] == 'd') hz_arrow_put_wide(bits, at, value);
        else if (format[0] == 'l') ((int64_t *)(void *)bits)[at] = value;
        else if (format[0] == 't') ((int32_t *)(void *)bits)[at] = (int32_t)value;
        else bits[at / 8] = (uint8_t)(bits[at / 8] | (value == 1) << (at % 8));
    }
}

static void put_block(const huzhu_arrow *arrow, int64_t first, size_t rows, struct ArrowArray *out)
{
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        const hz_arrow_wanted *wanted = &arrow->wanted.at[i];
        const hz_arrow_node *node = &arrow->nodes[wanted->node];
        struct ArrowArray *column = out->children[i];
        switch (wanted->result) {
        case HZ_ARROW_OUTCOME: put_codes(node->outcome, first, rows, column); break;
        case HZ_ARROW_REASON: put_codes(node->reason, first, rows, column); break;
        case HZ_ARROW_TOTAL: put_amounts(node, node->total, node->has_total, first, rows, column); break;
        case HZ_ARROW_GROSS: put_amounts(node, node->benefits[wanted->index].gross, NULL, first, rows, column); break;
        case HZ_ARROW_NET: put_amounts(node, node->benefits[wanted->index].net, NULL, first, rows, column); break;
        case HZ_ARROW_AFTER: put_after(arrow, wanted, first, rows, column); break;
        default: break;
        }
    }
}

/* ---- Rows as single claims ---- */

typedef struct asking {
    huzhu_arrow *arrow;
    const struct ArrowArray *in;
    struct ArrowArray *out;
    int64_t base;            /* of row 0, behind the children's own offsets */
    hz_arrow_lists lists;
} asking;

/* The claim that a counter is one of. */
static hz_claim *claim_of(const asking *a, const hz_arrow_counter *counter)
{
    hz_claim *claim = a->arrow->claim->core;
    return claim->part_count > 0 ? claim->parts[counter->part] : claim;
}

/* Counters as the row found them, of a block: a row's own cells were there before all else. */
static void set_carried(const asking *a, size_t row)
{
    const huzhu_arrow *arrow = a->arrow;
    for (uint32_t i = 0; i < arrow->counter_count; i++) {
        const hz_arrow_counter *counter = &arrow->counter[i];
        const hz_arrow_node *node = &arrow->nodes[arrow->node_count > 1 ? 1 + counter->part : 0];
        hz_claim *claim = claim_of(a, counter);
        bool is = (node->before_valid[counter->index][row / 8] >> (row % 8) & 1) != 0;
        if (claim->counters[counter->index].state == HZ_ABSENT && is) hz_claim_set_counter(claim, counter->index, node->before[counter->index][row]);
    }
}

static int32_t set_row(const asking *a, int64_t row, size_t in_block)
{
    huzhu_arrow *arrow = a->arrow;
    hz_claim *claim = arrow->claim->core;
    hz_claim_reset(claim);
    claim->fresh = arrow->counters != HUZHU_COUNTERS_GIVEN;
    for (uint32_t i = 0; i < arrow->column_count; i++) {
        const hz_arrow_column *column = &arrow->columns[i];
        hz_given given;
        hz_str text;
        char digits[HZ_DECIMAL_TEXT];
        hz_arrow_read(arrow, column, a->in->children, a->base + row, &given, &text, digits);
        if (given.state == HZ_ABSENT) continue;
        const hz_arrow_counter *counter = i >= arrow->input_count ? &arrow->counter[i - arrow->input_count] : NULL;
        if (counter != NULL) claim_of(a, counter)->counters[counter->index] = given;
        else if (column->of->kind != HZ_KIND_STRING || given.state == HZ_BAD) claim->inputs[i] = given;
        else if (hz_claim_set_text(claim, i, text) == HZ_NO_MEMORY) return HZ_NO_MEMORY;
    }
    if (arrow->counters == HUZHU_COUNTERS_CARRIED) set_carried(a, in_block);
    return huzhu_claim_evaluate(arrow->claim, arrow->decision);
}

/* What was decided of a node; NULL: nothing, its package was decided without it. */
static const hz_decision *decision_of(const asking *a, uint32_t node)
{
    const hz_decision *whole = a->arrow->decision->core;
    if (node == 0) return whole;
    return whole->part_count > 0 ? whole->parts[node - 1] : NULL;
}

static void put_error(const asking *a, int64_t row, const hz_fault *error, struct ArrowArray *column)
{
    int32_t *places = hz_arrow_buffer(column, 1);
    places[row] = 0;
    for (uint32_t i = 0; i < a->arrow->error_count; i++)
        if (a->arrow->errors[i] == error->code) places[row] = (int32_t)i;
}

static int32_t ask_row(asking *a, int64_t row, size_t in_block)
{
    int32_t status = set_row(a, row, in_block);
    bool package = a->arrow->node_count > 1;
    for (uint32_t i = 0; i < a->arrow->wanted.count && status == HZ_OK; i++) {
        const hz_arrow_wanted *wanted = &a->arrow->wanted.at[i];
        const hz_decision *decision = decision_of(a, wanted->node);
        bool failed = a->arrow->nodes[wanted->node].outcome[in_block] == HZ_FAILED;
        if (wanted->result == HZ_ARROW_ERROR && failed) put_error(a, row, &decision->error, a->out->children[i]);
        if (package && is_list(wanted)) status = hz_arrow_lists_decided(a->out->children[i], wanted->result == HZ_ARROW_CAPS, decision, row);
    }
    return status;
}

static bool wants(const huzhu_arrow *arrow, hz_arrow_result result)
{
    for (uint32_t i = 0; i < arrow->wanted.count; i++)
        if (arrow->wanted.at[i].result == result) return true;
    return false;
}

/* Rows that have no error there; marks the others in ask, bits of a block. */
static void put_no_errors(const int32_t *outcome, struct ArrowArray *column, int64_t first, size_t rows, uint64_t *ask)
{
    int32_t *places = (int32_t *)hz_arrow_buffer(column, 1) + first;
    for (size_t r = 0; r < rows; r++) {
        places[r] = 0;
        if (outcome[r] == HZ_FAILED) ask[r / 64] |= UINT64_C(1) << (r % 64);
        else hz_arrow_put_null(column, first + (int64_t)r);
    }
}

/* What exactly is wrong with rows in error, and all reasons of the rows of a package, of a block. */
static int32_t ask_rows(asking *a, int64_t first, size_t rows)
{
    const huzhu_arrow *arrow = a->arrow;
    bool lists = arrow->node_count > 1 && (wants(arrow, HZ_ARROW_REASONS) || wants(arrow, HZ_ARROW_CAPS));
    uint64_t ask[HZ_ARROW_BLOCK / 64] = {0};
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        const hz_arrow_wanted *wanted = &arrow->wanted.at[i];
        if (wanted->result == HZ_ARROW_ERROR) put_no_errors(arrow->nodes[wanted->node].outcome, a->out->children[i], first, rows, ask);
    }
    for (size_t r = 0; r < rows; r++) {
        if (!lists && ask[r / 64] == 0) r |= 63; /* none of these */
        else if (lists || (ask[r / 64] >> (r % 64) & 1) != 0) {
            int32_t status = ask_row(a, first + (int64_t)r, r);
            if (status != HZ_OK) return status;
        }
    }
    return HZ_OK;
}

/* Lists of a block. */
static int32_t put_lists(asking *a, int64_t first, size_t rows)
{
    hz_arrow_listed listed = {.arrow = a->arrow};
    for (size_t r = 0; r < rows; r++) {
        if (r % 64 == 0) hz_arrow_lists_collect(&listed, r / 64);
        bool ask = a->lists.column[0] != NULL && hz_arrow_lists_repeats(&listed, r % 64);
        int32_t status = ask ? set_row(a, first + (int64_t)r, r) : HZ_OK;
        if (status == HZ_OK) status = hz_arrow_lists_put(&a->lists, &listed, r % 64, ask ? a->arrow->decision->core : NULL, first + (int64_t)r);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}

/* What the executor's columns do not say as it is, of a block. */
static int32_t ask_block(asking *a, int64_t first, size_t rows)
{
    int32_t status = ask_rows(a, first, rows);
    return status == HZ_OK && a->arrow->listed != NULL ? put_lists(a, first, rows) : status;
}

/* ---- All rows ---- */

static hz_results results_of(const hz_arrow_node *node)
{
    return (hz_results){.outcome = node->outcome,
                        .reason = node->reason,
                        .total = node->total,
                        .has_total = node->has_total,
                        .after = node->after,
                        .after_valid = node->after_valid,
                        .before = node->before,
                        .before_valid = node->before_valid,
                        .benefits = node->benefits};
}

static int32_t run_block(asking *a, int64_t first, size_t rows)
{
    huzhu_arrow *arrow = a->arrow;
    for (uint32_t i = 0; i < arrow->column_count; i++) {
        hz_arrow_column *column = &arrow->columns[i];
        arrow->feeds[i] = (hz_column){0};
        if (column->staged != NULL) hz_arrow_feed_either(arrow, column, a->in->children, a->base + first, rows, &arrow->feeds[i]);
    }
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        const hz_arrow_wanted *wanted = &arrow->wanted.at[i];
        uint8_t *valid = hz_arrow_buffer(a->out->children[i], 0);
        if (wanted->result == HZ_ARROW_AFTER) arrow->nodes[wanted->node].after_valid[wanted->index] = valid + first / 8;
    }
    hz_results results = results_of(&arrow->nodes[0]);
    results.listed = arrow->listed;
    for (uint32_t i = 1; i < arrow->node_count; i++) arrow->part_results[i - 1] = results_of(&arrow->nodes[i]);
    if (arrow->node_count > 1) results.parts = arrow->part_results;
    const hz_columns in = {.inputs = arrow->feeds, .counters = arrow->feeds + arrow->input_count, .parts = arrow->node_count > 1 ? arrow->parts : NULL};
    int32_t status = arrow->carry != NULL ? hz_carry_range(arrow->carry, &in, 0, rows, &results)
                                          : hz_batch_run(&arrow->batch, in.inputs, in.counters, rows, &results);
    if (status != HZ_OK) return status;
    put_block(arrow, first, rows, a->out);
    return ask_block(a, first, rows);
}

static int32_t run_all(asking *a)
{
    huzhu_arrow *arrow = a->arrow;
    int64_t rows = a->in->length;
    arrow->batch.fresh = arrow->counters == HUZHU_COUNTERS_FRESH;
    for (uint32_t i = 0; i < arrow->column_count; i++) {
        hz_arrow_column *column = &arrow->columns[i];
        bool codes = column->staged != NULL && column->type.index_bytes > 0 && column->of->kind == HZ_KIND_CODE;
        if (codes && !hz_arrow_map(arrow, column, a->in->children[column->child])) return HZ_NO_MEMORY;
    }
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        int32_t status = HZ_OK;
        if (arrow->wanted.at[i].result == HZ_ARROW_ID)
            status = copy_ids(arrow, a->in->children[arrow->id.child], a->base, rows, a->out->children[i]);
        if (status != HZ_OK) return status;
    }
    for (int64_t first = 0; first < rows; first += HZ_ARROW_BLOCK) {
        int32_t status = run_block(a, first, (size_t)(rows - first < HZ_ARROW_BLOCK ? rows - first : HZ_ARROW_BLOCK));
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}

int32_t hz_arrow_results(huzhu_arrow *arrow, const struct ArrowArray *in, struct ArrowArray *out)
{
    asking a = {.arrow = arrow, .in = in, .out = out, .base = in->offset};
    const size_t none[1] = {0};
    if (!hz_arrow_make_array(&arrow->alloc, in->length, 1, none, arrow->wanted.count, false, out)) return HZ_NO_MEMORY;
    bool made = true;
    for (uint32_t i = 0; i < arrow->wanted.count && made; i++)
        made = make_column(arrow, &arrow->wanted.at[i], in->length, out->children[i]);
    for (uint32_t i = 0; i < arrow->wanted.count && made; i++) {
        if (arrow->wanted.at[i].result == HZ_ARROW_REASONS) a.lists.column[0] = out->children[i];
        if (arrow->wanted.at[i].result == HZ_ARROW_CAPS) a.lists.column[1] = out->children[i];
    }
    int32_t status = made ? run_all(&a) : HZ_NO_MEMORY;
    if (status != HZ_OK) out->release(out);
    return status;
}
