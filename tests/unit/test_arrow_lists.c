/* test_arrow_lists.c - lists of reasons in which a code stands more than once, against those of claims. */
#include "api_case.h"

#include <huzhu/arrow.h>

enum { ROWS = 300, COLUMNS = 4, BEGINS = 16801 /* 2016-01-01 */ };

static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\ntitle: {zh: 小, en: small}\nsources:\n  s: {gives: published}\n";
static const char rules[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "  more: {type: boolean, zh: 又}\n  first: {type: boolean, zh: 首}\n"
                            "benefits:\n"
                            "  a: {zh: 甲, when: first, amount: loss, source: s}\n"
                            "  b: {zh: 乙, from: 2016-01, amount: loss, source: s}\n"
                            "  c: {zh: 丙, from: 2016-01, when: more, amount: 2 * loss, source: s}\n"
                            "caps:\n  - {code: MOST, over: [a, b, c], limit: 900, source: s, zh: 限}\n";

static const char *const names[COLUMNS] = {"day", "loss", "more", "first"};

static struct frame {
    int32_t day[ROWS];
    int64_t loss[ROWS];
    uint8_t more[ROWS / 8 + 1], first[ROWS / 8 + 1], loss_valid[ROWS / 8 + 1];
    const void *buffers[COLUMNS][2], *none[1];
    struct ArrowArray array, columns[COLUMNS], *children[COLUMNS];
    struct ArrowSchema schema, fields[COLUMNS], *field[COLUMNS];
} f;

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void add_column(int c, const char *format, const void *valid, const void *values)
{
    f.buffers[c][0] = valid;
    f.buffers[c][1] = values;
    f.columns[c] = (struct ArrowArray){.length = ROWS, .null_count = -1, .n_buffers = 2, .buffers = f.buffers[c], .release = let_go};
    f.fields[c] = (struct ArrowSchema){.format = format, .name = names[c], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
    f.children[c] = &f.columns[c];
    f.field[c] = &f.fields[c];
}

static bool bit_at(const uint8_t *bits, int row)
{
    return (bits[row / 8] >> (row % 8) & 1) != 0;
}

/* Every mix of what is offered, asked for, cut and absent. */
static void make_frame(void)
{
    memset(&f, 0, sizeof f);
    for (int r = 0; r < ROWS; r++) {
        f.day[r] = BEGINS + (r % 3 == 0 ? 0 : -1);
        f.loss[r] = r % 7 == 0 ? 500 : 10;
        f.more[r / 8] = (uint8_t)(f.more[r / 8] | (r / 3 % 2) << (r % 8));
        f.first[r / 8] = (uint8_t)(f.first[r / 8] | (r / 6 % 2) << (r % 8));
        f.loss_valid[r / 8] = (uint8_t)(f.loss_valid[r / 8] | (r % 11 != 0) << (r % 8));
    }
    add_column(0, "tdD", NULL, f.day);
    add_column(1, "l", f.loss_valid, f.loss);
    add_column(2, "b", NULL, f.more);
    add_column(3, "b", NULL, f.first);
    f.schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = COLUMNS, .children = f.field, .release = let_schema_go};
    f.array = (struct ArrowArray){.length = ROWS, .n_buffers = 1, .n_children = COLUMNS, .buffers = f.none, .children = f.children, .release = let_go};
}

static void set_claim(huzhu_claim *claim, int r)
{
    huzhu_claim_reset(claim);
    HZ_CHECK_EQ_INT(huzhu_claim_set_days(claim, 0, f.day[r]), HUZHU_OK);
    if (bit_at(f.loss_valid, r)) HZ_CHECK_EQ_INT(huzhu_claim_set_minor(claim, 1, 100 * f.loss[r]), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_boolean(claim, 2, bit_at(f.more, r)), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set_boolean(claim, 3, bit_at(f.first, r)), HUZHU_OK);
}

static bool is_code(const struct ArrowArray *codes, int32_t at, const char *code)
{
    const int32_t *ends = codes->buffers[1];
    size_t size = (size_t)(ends[at + 1] - ends[at]);
    return size == strlen(code) && memcmp((const char *)codes->buffers[2] + ends[at], code, size) == 0;
}

/* Returns how often NOT_OFFERED stands in the list. */
static int compare(const huzhu_decision *decision, const struct ArrowArray *lists, int r)
{
    const int32_t *ends = lists->buffers[1], *items = lists->children[0]->buffers[1];
    int count = 0;
    HZ_CHECK_EQ_INT(ends[r + 1] - ends[r], huzhu_decision_reason_count(decision));
    for (int32_t i = ends[r]; i < ends[r + 1]; i++) {
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        if (!HZ_CHECK_EQ_INT(huzhu_decision_reason_at(decision, (size_t)(i - ends[r]), &reason), HUZHU_OK)) return count;
        HZ_CHECK(is_code(lists->children[0]->dictionary, items[i], api_str(reason.code)));
        count += is_code(lists->children[0]->dictionary, items[i], "NOT_OFFERED");
    }
    return count;
}

static void check(const huzhu_plan *plan, uint32_t counters)
{
    static const char *const wanted[] = {"reasons"};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = counters, .wanted = wanted, .wanted_count = 1};
    huzhu_arrow *arrow = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    struct ArrowArray out = {0};
    int found[3] = {0};
    make_frame();
    HZ_CHECK_EQ_INT(huzhu_claim_new(plan, &claim), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &f.schema, &options, NULL, &arrow), HUZHU_OK);
    if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &f.array, NULL, &out), HUZHU_OK)) {
        for (int r = 0; r < ROWS; r++) {
            set_claim(claim, r);
            HZ_CHECK_EQ_INT(huzhu_claim_evaluate(claim, decision), HUZHU_OK);
            int count = compare(decision, out.children[0], r);
            if (HZ_CHECK(count < 3)) found[count]++;
        }
        out.release(&out);
    }
    HZ_CHECK(found[0] > 50 && found[1] > 50 && found[2] > 50);
    huzhu_arrow_free(arrow);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
}

HZ_TEST(arrow_lists_of_benefits_not_offered)
{
    const huzhu_file files[2] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1}, {.path = "p.yaml", .data = rules, .size = sizeof rules - 1}};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    if (!HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 2, NULL, NULL, &ruleset), HUZHU_OK)) return;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "p", HUZHU_NUL, &plan), HUZHU_OK);
    check(plan, HUZHU_COUNTERS_FRESH);
    check(plan, HUZHU_COUNTERS_CARRIED);
    huzhu_ruleset_release(ruleset);
}
