/* test_api_packages.c - packages in columns through the public headers: plain pointers with a batch for each part, Arrow with
 * columns named by parts; against the claim alone, with counters given and carried; what is refused; memory. The rules are
 * those of the golden packages (tests/golden/packages).
 */
#include "arrow_case.h"

#define MINI   HZ_TEST_ROOT "/tests/golden/packages/rules"
#define SHARED HZ_TEST_ROOT "/tests/golden/packages/shared"

enum { MANY = 120, COLUMNS = 14, DAYS_PAID = 12, COVER_ENDED };
enum { PART_STAY, PART_WOMENS, PART_DEATH, PARTS };

/* Inputs of the package basic, then the counters of its parts. */
static const char *const names[COLUMNS] = {"cover_start", "sex",       "women_units", "admitted",  "icd10",      "died",      "member",
                                           "cover",       "cover_end", "discharged",  "diagnosed", "had_before", "days_paid", "womens.cover_ended"};
static const char *const formats[COLUMNS] = {"tdD", "i:u", "l", "tdD", "u", "tdD", "u", "u", "tdD", "tdD", "tdD", "b", "l", "b"};
static const char *const values[COLUMNS][4] = {{"2020-01-01", "2020-02-01", "2019-06-01", "2018-12-31"},
                                               {"female", "female", "male", "female"},
                                               {"2", "2", "2", "3"},
                                               {"2020-03-01", "2020-05-05", "2020-03-01", "2021-03-01"},
                                               {"C50", "C99", "C50", "C50"},
                                               {"2020-08-01", "2020-08-01", "2019-08-01", "2021-08-01"},
                                               {"M-1", "M-2", "M-3", "M-1"},
                                               {"C-1", "C-2", "C-1", "C-1"},
                                               {"2020-12-31", "2020-12-31", "2020-12-31", "2020-06-30"},
                                               {"2020-03-11", "2020-06-11", "2020-05-30", "2020-02-01"},
                                               {"2020-03-05", "2020-06-05", "2020-01-05", "2020-04-05"},
                                               {"true", "false", "false", "false"},
                                               {"0", "171", "179", "9"},
                                               {"false", "false", "true", "false"}};
static const bool often_absent[COLUMNS] = {[3] = true, [4] = true, [5] = true, [12] = true, [13] = true};

static const char *rows_of[COLUMNS][MANY];
static int32_t codes[MANY];
static frame data;

static void fill(int64_t offset)
{
    uint64_t seed = 20190101;
    for (int r = 0; r < MANY; r++)
        for (int i = 0; i < COLUMNS; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint32_t random = (uint32_t)(seed >> 33);
            rows_of[i][r] = random % (often_absent[i] ? 2 : 20) == 0 ? NULL : values[i][random / 64 % 4];
        }
    for (int i = 0; i < COLUMNS; i++) make(&data.columns[i], names[i], formats[i], rows_of[i], MANY, offset > 0 ? offset + i : 0);
    for (int r = 0; r < MANY; r++) codes[r] = rows_of[1][r] != NULL && strcmp(rows_of[1][r], "male") == 0;
    join(&data, COLUMNS, MANY);
}

typedef struct pack {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_ledger *ledger; /* NULL: counters are not carried */
} pack;

static bool begin(pack *self, bool carried)
{
    *self = (pack){0};
    return HZ_CHECK_EQ_INT(huzhu_ruleset_load(MINI, NULL, NULL, &self->ruleset), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self->ruleset, "basic", HUZHU_NUL, &self->plan), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_claim_new(self->plan, &self->claim), HUZHU_OK) && HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &self->decision), HUZHU_OK) &&
           (!carried || HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &self->ledger), HUZHU_OK));
}

static void end(pack *self)
{
    huzhu_ledger_free(self->ledger);
    huzhu_decision_free(self->decision);
    huzhu_claim_free(self->claim);
    huzhu_ruleset_release(self->ruleset);
}

/* Row r as a claim; its counters are those of the parts that have them. */
static void decide(pack *self, int64_t r)
{
    huzhu_claim *part;
    huzhu_claim_reset(self->claim);
    for (size_t i = 0; i < DAYS_PAID; i++)
        if (rows_of[i][r] != NULL) huzhu_claim_set_value(self->claim, i, rows_of[i][r], HUZHU_NUL);
    for (int i = DAYS_PAID; i < COLUMNS; i++) {
        HZ_CHECK_EQ_INT(huzhu_claim_part_at(self->claim, i == DAYS_PAID ? PART_STAY : PART_WOMENS, &part), HUZHU_OK);
        if (rows_of[i][r] != NULL) huzhu_claim_set_counter_text(part, 0, rows_of[i][r], HUZHU_NUL);
    }
    if (self->ledger != NULL) HZ_CHECK_EQ_INT(huzhu_ledger_fill(self->ledger, self->claim), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self->claim, self->decision), HUZHU_OK);
    if (self->ledger != NULL) HZ_CHECK_EQ_INT(huzhu_ledger_apply(self->ledger, self->decision), HUZHU_OK);
}

/* The part of the last decision; NULL: there is none. */
static huzhu_decision *part_of(const pack *self, size_t index)
{
    huzhu_decision *part = NULL;
    if (huzhu_decision_part_count(self->decision) > 0) HZ_CHECK_EQ_INT(huzhu_decision_part_at(self->decision, index, &part), HUZHU_OK);
    return part;
}

static const char *reason_of(huzhu_decision *decision)
{
    huzhu_reason_view reason = {.struct_size = sizeof reason};
    bool any = decision != NULL && huzhu_decision_reason_count(decision) > 0 && huzhu_decision_reason_at(decision, 0, &reason) == HUZHU_OK;
    return any ? api_str(reason.code) : "";
}

/* Its only counter after, or INT64_MIN: it does not move one. */
static int64_t after_of(const huzhu_decision *decision)
{
    huzhu_counter_change change = {.struct_size = sizeof change};
    bool any = decision != NULL && huzhu_decision_counter_count(decision) > 0 && huzhu_decision_counter_change_at(decision, 0, &change) == HUZHU_OK;
    return any ? change.after : INT64_MIN;
}

/* ---- plain pointers ---- */

typedef struct got {
    int32_t outcome[MANY], reason[MANY], bad[MANY];
    int64_t total[MANY], net[MANY], after[MANY];
    uint8_t total_valid[MANY / 8 + 1], after_valid[MANY / 8 + 1];
} got;

static got whole_got, parts_got[PARTS];

static bool bit(const uint8_t *bits, int64_t at)
{
    return (bits[at / 8] >> (at % 8) & 1) != 0;
}

static huzhu_status set_batch(huzhu_batch *batch)
{
    huzhu_status status = HUZHU_OK;
    for (size_t i = 0; i < COLUMNS && status == HUZHU_OK; i++) {
        const made *m = &data.columns[i];
        huzhu_column column = {.struct_size = sizeof column, .layout = HUZHU_COLUMN_INT32, .values = m->bytes, .valid = (const uint8_t *)m->valid};
        if (formats[i][0] == 'l') column.layout = HUZHU_COLUMN_INT64;
        if (formats[i][0] == 'b') column.layout = HUZHU_COLUMN_BITS;
        if (formats[i][0] == 'u') column.layout = HUZHU_COLUMN_TEXT;
        if (i == 1) column.values = codes;
        column.bytes = (const char *)m->text;
        column.byte_count = sizeof m->text;
        huzhu_batch *part = batch;
        if (i >= DAYS_PAID) status = huzhu_batch_part_at(batch, i == DAYS_PAID ? PART_STAY : PART_WOMENS, &part);
        if (status == HUZHU_OK) status = i < DAYS_PAID ? huzhu_batch_set_input(batch, i, &column) : huzhu_batch_set_counter(part, 0, &column);
    }
    return status;
}

static huzhu_status set_results(huzhu_batch *batch, got *to)
{
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = to->outcome, .reason = to->reason, .total = to->total,
                                         .bad_input = to->bad, .total_valid = to->total_valid};
    memset(to, 0, sizeof *to);
    return huzhu_batch_set_results(batch, &results);
}

static huzhu_status set_all(huzhu_batch *batch)
{
    huzhu_status status = set_batch(batch);
    if (status == HUZHU_OK) status = set_results(batch, &whole_got);
    for (size_t p = 0; p < PARTS && status == HUZHU_OK; p++) {
        huzhu_batch *part;
        status = huzhu_batch_part_at(batch, p, &part);
        if (status == HUZHU_OK) status = set_results(part, &parts_got[p]);
        if (status == HUZHU_OK) status = huzhu_batch_set_benefit(part, 0, NULL, parts_got[p].net);
        if (status == HUZHU_OK && p < PART_DEATH) status = huzhu_batch_set_counter_after(part, 0, parts_got[p].after, parts_got[p].after_valid);
    }
    return status;
}

static void compare_node(const got *a, const huzhu_plan *plan, huzhu_decision *decision, int64_t r)
{
    int64_t total = 0;
    bool has = decision != NULL && huzhu_decision_total(decision, &total) == HUZHU_OK;
    HZ_CHECK_EQ_INT(a->outcome[r], decision != NULL ? (int)huzhu_decision_outcome(decision) : 0);
    HZ_CHECK_EQ_INT(bit(a->total_valid, r), has);
    HZ_CHECK_EQ_INT(a->total[r], has ? total : 0);
    HZ_CHECK_STR(api_str(huzhu_plan_reason_code(plan, (size_t)a->reason[r])), reason_of(decision));
}

static void compare_pointers(pack *self, int64_t first, int64_t rows)
{
    for (int64_t r = first; r < first + rows; r++) {
        decide(self, r);
        compare_node(&whole_got, self->plan, self->decision, r);
        for (size_t p = 0; p < PARTS; p++) {
            huzhu_decision *part = part_of(self, p);
            compare_node(&parts_got[p], huzhu_plan_part_at(self->plan, p), part, r);
            if (p == PART_DEATH) continue;
            if (after_of(part) != INT64_MIN) HZ_CHECK_EQ_INT(parts_got[p].after[r], after_of(part));
            const char *given = rows_of[p == PART_STAY ? DAYS_PAID : COVER_ENDED][r];
            if (part == NULL || huzhu_decision_outcome(part) == HUZHU_NOT_ASKED) HZ_CHECK_EQ_INT(bit(parts_got[p].after_valid, r), given != NULL);
        }
    }
}

HZ_TEST(package_batches_equal_claims)
{
    for (uint32_t counters = HUZHU_COUNTERS_GIVEN; counters <= HUZHU_COUNTERS_CARRIED; counters += 2) {
        pack self;
        huzhu_batch *batch = NULL;
        fill(0);
        if (begin(&self, counters == HUZHU_COUNTERS_CARRIED)) {
            HZ_CHECK_EQ_INT(huzhu_batch_new(self.plan, &batch), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_batch_part_count(batch), PARTS);
            HZ_CHECK_EQ_INT(huzhu_batch_set_counters(batch, counters), HUZHU_OK);
            HZ_CHECK_EQ_INT(set_all(batch), HUZHU_OK);
            for (size_t first = 0; first < MANY; first += 24) HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, first, 24), HUZHU_OK);
            compare_pointers(&self, 0, MANY);
        }
        huzhu_batch_free(batch);
        end(&self);
    }
}

HZ_TEST(package_batches_are_used_rightly)
{
    pack self;
    huzhu_batch *batch = NULL, *part = NULL;
    size_t ends[2];
    fill(0);
    if (begin(&self, false) && HZ_CHECK_EQ_INT(huzhu_batch_new(self.plan, &batch), HUZHU_OK)) {
        const huzhu_column dates = {.struct_size = sizeof dates, .layout = HUZHU_COLUMN_INT32, .values = codes};
        HZ_CHECK_EQ_INT(huzhu_batch_part_at(batch, PARTS, &part), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_batch_part_at(batch, 0, NULL), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_batch_part_count(NULL), 0);
        HZ_CHECK_EQ_INT(huzhu_batch_set_counter(batch, 0, &dates), HUZHU_INVALID_ARGUMENT); /* a package has none */
        HZ_CHECK_EQ_INT(huzhu_batch_part_at(batch, PART_STAY, &part), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_batch_part_count(part), 0);
        HZ_CHECK_EQ_INT(huzhu_batch_set_input(part, 0, &dates), HUZHU_INVALID_ARGUMENT); /* the package gives it its inputs */
        HZ_CHECK_EQ_INT(huzhu_batch_set_counters(part, HUZHU_COUNTERS_FRESH), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_batch_evaluate(part, 0, 1), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_batch_partition(part, 0, 1, 2, ends), HUZHU_INVALID_ARGUMENT);
        huzhu_batch_free(part); /* it is the batch's */
        HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, 1), HUZHU_OK); /* nothing is wanted */
    }
    huzhu_batch_free(batch);
    end(&self);
}

/* ---- Arrow ---- */

static const char *const wanted[] = {"outcome",      "reason",           "error",          "total",           "reasons",          "stay.outcome",
                                     "stay.total",   "stay.reason",      "stay.reasons",   "stay.error",      "stay.allowance.net", "stay.days_paid.after",
                                     "womens.outcome", "womens.reason", "womens.cover_ended.after", "death.death.gross", "caps", "stay.caps"};
enum { WANTED = sizeof wanted / sizeof *wanted };

static const char *entry(const struct ArrowArray *array, int64_t row, char out[64])
{
    const uint8_t *valid = array->buffers[0];
    int32_t index = ((const int32_t *)array->buffers[1])[row];
    const int32_t *offsets = (const int32_t *)array->dictionary->buffers[1] + index;
    out[0] = '\0';
    if (bit(valid, row)) snprintf(out, 64, "%.*s", offsets[1] - offsets[0], (const char *)array->dictionary->buffers[2] + offsets[0]);
    return out;
}

static void compare_total(const struct ArrowArray *column, const huzhu_decision *decision, int64_t r)
{
    int64_t total = 0;
    bool has = decision != NULL && huzhu_decision_total(decision, &total) == HUZHU_OK;
    HZ_CHECK_EQ_INT(bit(column->buffers[0], r), has);
    if (has) HZ_CHECK_EQ_INT(((const int64_t *)column->buffers[1])[2 * r], total);
}

static void compare_list(const struct ArrowArray *column, const huzhu_decision *decision, int64_t r)
{
    const int32_t *offsets = (const int32_t *)column->buffers[1] + r;
    HZ_CHECK_EQ_INT(offsets[1] - offsets[0], decision != NULL ? (int)huzhu_decision_reason_count(decision) : 0);
    for (int32_t i = offsets[0]; i < offsets[1]; i++) {
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        const struct ArrowArray *items = column->children[0], *dictionary = items->dictionary;
        const int32_t *text = (const int32_t *)dictionary->buffers[1] + ((const int32_t *)items->buffers[1])[i];
        HZ_CHECK_EQ_INT(huzhu_decision_reason_at(decision, (size_t)(i - offsets[0]), &reason), HUZHU_OK);
        HZ_CHECK(reason.code.size == (size_t)(text[1] - text[0]) && memcmp(reason.code.data, (const char *)dictionary->buffers[2] + text[0], reason.code.size) == 0);
    }
}

static void compare_arrow_row(pack *self, const struct ArrowArray *out, int64_t r, int64_t row)
{
    huzhu_error_view error = {.struct_size = sizeof error};
    char text[64];
    decide(self, row);
    huzhu_decision *stay = part_of(self, PART_STAY), *womens = part_of(self, PART_WOMENS);
    HZ_CHECK_STR(entry(out->children[0], r, text), api_str(huzhu_outcome_name(huzhu_decision_outcome(self->decision))));
    HZ_CHECK_STR(entry(out->children[1], r, text), reason_of(self->decision));
    HZ_CHECK_STR(entry(out->children[2], r, text), huzhu_decision_error(self->decision, &error) == HUZHU_OK ? api_str(error.code) : "");
    compare_total(out->children[3], self->decision, r);
    compare_list(out->children[4], self->decision, r);
    HZ_CHECK_STR(entry(out->children[5], r, text), stay != NULL ? api_str(huzhu_outcome_name(huzhu_decision_outcome(stay))) : "");
    compare_total(out->children[6], stay, r);
    HZ_CHECK_STR(entry(out->children[7], r, text), reason_of(stay));
    compare_list(out->children[8], stay, r);
    HZ_CHECK_STR(entry(out->children[9], r, text), stay != NULL && huzhu_decision_error(stay, &error) == HUZHU_OK ? api_str(error.code) : "");
    compare_total(out->children[10], stay, r); /* its only benefit */
    if (after_of(stay) != INT64_MIN) HZ_CHECK_EQ_INT(((const int64_t *)out->children[11]->buffers[1])[r], after_of(stay));
    HZ_CHECK_STR(entry(out->children[12], r, text), womens != NULL ? api_str(huzhu_outcome_name(huzhu_decision_outcome(womens))) : "");
    HZ_CHECK_STR(entry(out->children[13], r, text), reason_of(womens));
    if (after_of(womens) != INT64_MIN) HZ_CHECK_EQ_INT(bit(out->children[14]->buffers[1], r), after_of(womens));
}

static huzhu_status bind(const huzhu_plan *plan, uint32_t counters, huzhu_diagnostics *diagnostics, huzhu_arrow **out)
{
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = counters, .wanted = wanted, .wanted_count = WANTED};
    return huzhu_arrow_bind(plan, &data.schema, &options, diagnostics, out);
}

HZ_TEST(package_arrow_equals_claims)
{
    for (uint32_t counters = HUZHU_COUNTERS_GIVEN; counters <= HUZHU_COUNTERS_CARRIED; counters += 2) {
        pack self;
        huzhu_arrow *arrow = NULL;
        fill(3);
        if (begin(&self, counters == HUZHU_COUNTERS_CARRIED) && HZ_CHECK_EQ_INT(bind(self.plan, counters, NULL, &arrow), HUZHU_OK)) {
            static const int64_t cuts[] = {0, 1, 8, 71, MANY};
            HZ_CHECK_EQ_INT(huzhu_arrow_ignored_count(arrow), 0);
            for (int k = 0; k < 4; k++) {
                struct ArrowArray out;
                data.array.offset = cuts[k];
                data.array.length = cuts[k + 1] - cuts[k];
                if (!HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &data.array, NULL, &out), HUZHU_OK)) break;
                for (int64_t r = 0; r < out.length; r++) compare_arrow_row(&self, &out, r, cuts[k] + r);
                out.release(&out);
            }
        }
        huzhu_arrow_free(arrow);
        end(&self);
    }
}

static void refused(const huzhu_plan *plan, const char *name, const char *format, const char *message)
{
    huzhu_arrow *arrow = NULL;
    huzhu_diagnostics *diagnostics;
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    fill(0);
    make(&data.columns[COVER_ENDED], name, format, rows_of[DAYS_PAID], 1, 0);
    huzhu_status status = bind(plan, HUZHU_COUNTERS_GIVEN, diagnostics, &arrow);
    HZ_CHECK_EQ_INT(status, HUZHU_DATA);
    if (!HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), message) != NULL)) printf("%s", huzhu_diagnostics_text(diagnostics).data);
    huzhu_arrow_free(arrow);
    huzhu_diagnostics_free(diagnostics);
}

static bool binds(const huzhu_plan *plan, const char *name, const char *format)
{
    huzhu_arrow *arrow = NULL;
    fill(0);
    make(&data.columns[COVER_ENDED], name, format, rows_of[DAYS_PAID], MANY, 0);
    bool well = bind(plan, HUZHU_COUNTERS_GIVEN, NULL, &arrow) == HUZHU_OK;
    huzhu_arrow_free(arrow);
    return well;
}

HZ_TEST(package_arrow_names)
{
    pack self;
    if (begin(&self, false)) {
        huzhu_arrow *arrow = NULL;
        huzhu_diagnostics *diagnostics;
        refused(self.plan, "womens.cover_endd", "b", "column `womens.cover_endd` is no input of the plan, and nearly `womens.cover_ended`");
        refused(self.plan, "day_paid", "l", "column `day_paid` is no input of the plan, and nearly `days_paid`");
        refused(self.plan, "days_paid", "l", "two columns are named `days_paid`");
        refused(self.plan, "stay.days_paid", "tdD", "column `stay.days_paid` has dates");
        HZ_CHECK(binds(self.plan, "stay.days_paid", "l"));
        HZ_CHECK(binds(self.plan, "womens.total", "l"));   /* a result, which is not looked at */
        static const char *const unknown[] = {"stay.allowance.nett"};
        const huzhu_arrow_options options = {.struct_size = sizeof options, .wanted = unknown, .wanted_count = 1};
        fill(0);
        HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &data.schema, &options, diagnostics, &arrow), HUZHU_DATA);
        HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), "the plan has no result `stay.allowance.nett`\nhint: did you mean `stay.allowance.net`?") != NULL);
        huzhu_diagnostics_free(diagnostics);
    }
    end(&self);
}

/* A counter by its name alone and behind its part's: row by row the second counts more, where it has a value. */
HZ_TEST(package_arrow_counters_named_twice)
{
    static const char *const given[] = {"member", "cover", "cover_start", "cover_end", "sex", "admitted", "discharged", "stay.days_paid", "days_paid"};
    static const char *const kinds[] = {"u", "u", "tdD", "tdD", "u", "tdD", "tdD", "d:20,2", "s"};
    static const char *const rows[9][4] = {{"M", "M", "M", "M"}, {"C", "C", "C", "C"}, {"2020-01-01", "2020-01-01", "2020-01-01", "2020-01-01"},
                                           {"2020-12-31", "2020-12-31", "2020-12-31", "2020-12-31"}, {"female", "male", "male", "male"},
                                           {"2020-03-01", "2020-03-01", "2020-03-01", "2020-03-01"}, {"2020-03-11", "2020-03-11", "2020-03-11", "2020-03-11"},
                                           {"175", NULL, NULL, "0.50"}, {"3", "4", NULL, "5"}};
    static const char *const asked[] = {"stay.days_paid.after", "outcome", "stay.error", "reasons"};
    static const char *const outcomes[] = {"paid", "paid", "incomplete", "error"};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .wanted = asked, .wanted_count = 4};
    pack self;
    huzhu_arrow *arrow = NULL;
    struct ArrowArray out;
    char text[64];
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < 9; i++) {
            int at = turn == 0 ? i : 8 - i;
            make(&data.columns[i], given[at], kinds[at], rows[at], 4, i);
        }
        join(&data, 9, 4);
        if (begin(&self, false) && HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &data.schema, &options, NULL, &arrow), HUZHU_OK) &&
            HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &data.array, NULL, &out), HUZHU_OK)) {
            const int64_t *after = out.children[0]->buffers[1];
            HZ_CHECK_EQ_INT(after[0], 180);
            HZ_CHECK_EQ_INT(after[1], 13);
            HZ_CHECK(!bit(out.children[0]->buffers[0], 2));
            for (int r = 0; r < 4; r++) HZ_CHECK_STR(entry(out.children[1], r, text), outcomes[r]);
            HZ_CHECK_STR(entry(out.children[2], 3, text), "R_SCALE");
            out.release(&out);
            data.arrays[turn == 0 ? 8 : 0]->length = 3;
            HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &data.array, NULL, &out), HUZHU_DATA);
        }
        huzhu_arrow_free(arrow);
        end(&self);
    }
}

/* ---- counters that parts share, as tables ---- */

HZ_TEST(package_arrow_shares_tables)
{
    static const char *const shared[] = {"member", "happened", "drugs_cost", "care_cost"}, *const kinds[] = {"u", "tdD", "l", "l"};
    static const char *const rows[4][3] = {{"M", "M", "N"}, {"2020-05-01", "2020-06-01", "2020-05-01"}, {"700", "50", "10"}, {"200", "900", "20"}};
    static const char *const asked[] = {"total", "care.total"};
    static const int64_t expected[2][3] = {{90000, 10000, 3000}, {20000, 5000, 2000}};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED, .wanted = asked, .wanted_count = 2};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_arrow *arrow = NULL, *again = NULL;
    struct ArrowArray out, table;
    struct ArrowSchema schema;
    for (int i = 0; i < 4; i++) make(&data.columns[i], shared[i], kinds[i], rows[i], 3, i);
    join(&data, 4, 3);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(SHARED, NULL, NULL, &ruleset), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "both", HUZHU_NUL, &plan), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &data.schema, &options, NULL, &arrow), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &data.schema, &options, NULL, &again), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_counter_count(arrow), 2);
    HZ_CHECK_STR(api_str(huzhu_arrow_counter_name(arrow, 1)), "care.paid_in_year");
    HZ_CHECK_STR(api_str(huzhu_arrow_counter_name(arrow, 2)), "");
    data.array.length = 1;
    HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &data.array, NULL, &out), HUZHU_OK);
    HZ_CHECK_EQ_INT(((const int64_t *)out.children[0]->buffers[1])[0], expected[0][0]);
    HZ_CHECK_EQ_INT(((const int64_t *)out.children[1]->buffers[1])[0], expected[1][0]);
    out.release(&out);
    HZ_CHECK_EQ_INT(huzhu_arrow_counter_schema(arrow, 1, &schema), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(arrow, 1, &table), HUZHU_OK);
    HZ_CHECK_EQ_INT(table.length, 1);
    HZ_CHECK_EQ_INT(huzhu_arrow_set_counter(again, 0, &schema, &table, NULL), HUZHU_OK); /* by the other part */
    table.release(&table);
    schema.release(&schema);
    data.array.offset = 1;
    data.array.length = 2;
    HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(again, &data.array, NULL, &out), HUZHU_OK);
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 2; c++) HZ_CHECK_EQ_INT(((const int64_t *)out.children[c]->buffers[1])[2 * r], expected[c][1 + r]);
    out.release(&out);
    huzhu_arrow_free(arrow);
    huzhu_arrow_free(again);
    huzhu_ruleset_release(ruleset);
}

/* ---- memory ---- */

static huzhu_status once(const huzhu_allocator *allocator, void *context)
{
    uint32_t counters = *(const uint32_t *)context;
    const huzhu_load_options load = {.struct_size = sizeof load, .allocator = allocator};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_arrow *arrow = NULL;
    huzhu_batch *batch = NULL;
    struct ArrowArray out = {0};
    huzhu_status status = huzhu_ruleset_load(MINI, &load, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "basic", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = bind(plan, counters, NULL, &arrow);
    if (status == HUZHU_OK) status = huzhu_arrow_evaluate(arrow, &data.array, NULL, &out);
    if (out.release != NULL) out.release(&out);
    if (status == HUZHU_OK) status = huzhu_batch_new(plan, &batch);
    if (status == HUZHU_OK) status = huzhu_batch_set_counters(batch, counters);
    if (status == HUZHU_OK) status = set_all(batch);
    if (status == HUZHU_OK) status = huzhu_batch_evaluate(batch, 0, 20);
    huzhu_batch_free(batch);
    huzhu_arrow_free(arrow);
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(package_columns_memory)
{
    fill(0);
    data.array.length = 20;
    for (uint32_t counters = HUZHU_COUNTERS_FRESH; counters <= HUZHU_COUNTERS_CARRIED; counters++)
        hz_each_allocation_fails(once, &counters);
}
