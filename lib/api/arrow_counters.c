/* arrow_counters.c - counters that a batch carries, as tables of Arrow: out at the end of a month, in at the start of the
 * next. Keys are bytes inside (run/carry_key.c); here they become columns and are made of columns.
 */
#include "api/arrow.h"

#include "base/utf8.h"
#include "run/carry_key.h"
#include "run/turns.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- What a part of a key is ---- */

static const hz_counter *rule_of(const huzhu_arrow *arrow, size_t counter)
{
    return arrow->counter[counter].rule;
}

/* Where the counter's values are: *place of each account that has it. */
static hz_accounts *accounts_of(const huzhu_arrow *arrow, size_t counter, uint32_t *place)
{
    return hz_carry_accounts(arrow->carry, arrow->counter[counter].part, arrow->counter[counter].index, place);
}

static const hz_type *type_of_part(const huzhu_arrow *arrow, size_t counter, uint32_t part)
{
    const hz_plan *plan = arrow->counter[counter].plan;
    return &plan->symbols[hz_map_find(&plan->rules->symbol_map, rule_of(arrow, counter)->per.at[part].name)].type;
}

/* The format of a value; room: for "d:18,…". */
static const char *format_of(const hz_type *type, bool money, char room[16])
{
    switch (type->kind) {
    case HZ_KIND_STRING:
    case HZ_KIND_CODE: return "u";
    case HZ_KIND_BOOLEAN: return "b";
    case HZ_KIND_DATE: return "tdD";
    default:
        if (type->scale == 0 && !money) return "l";
        snprintf(room, 16, "d:18,%d", type->scale);
        return room;
    }
}

static bool is_money(const huzhu_arrow *arrow, size_t counter)
{
    return hz_str_eq(rule_of(arrow, counter)->unit, arrow->plan->core->ruleset->currency);
}

/* Column `part` of the table: a part of the key, or behind them the value. */
static const hz_type *type_of(const huzhu_arrow *arrow, size_t counter, uint32_t part, hz_str *name)
{
    const hz_counter *rule = rule_of(arrow, counter);
    bool key = part < rule->per.count;
    *name = key ? rule->per.at[part].name : HZ_STR("value");
    return key ? type_of_part(arrow, counter, part) : &rule->type;
}

/* ---- Out ---- */

static huzhu_status check(const huzhu_arrow *arrow, size_t counter, const void *out)
{
    if (arrow == NULL || out == NULL || counter >= arrow->counter_count) return HUZHU_INVALID_ARGUMENT;
    return arrow->counters == HUZHU_COUNTERS_CARRIED ? HUZHU_OK : HUZHU_STATE;
}

size_t huzhu_arrow_counter_count(const huzhu_arrow *arrow)
{
    return arrow != NULL ? arrow->counter_count : 0;
}

huzhu_text huzhu_arrow_counter_name(const huzhu_arrow *arrow, size_t counter)
{
    return counter < huzhu_arrow_counter_count(arrow) ? hz_api_text(arrow->counter[counter].name) : hz_api_empty();
}

huzhu_status huzhu_arrow_counter_schema(const huzhu_arrow *arrow, size_t counter, struct ArrowSchema *out)
{
    huzhu_status status = check(arrow, counter, out);
    if (status != HUZHU_OK) return status;
    uint32_t parts = rule_of(arrow, counter)->per.count;
    bool made = hz_arrow_make_schema(&arrow->alloc, "+s", HZ_STR(""), 0, parts + 1, false, out);
    if (!made) return HUZHU_NO_MEMORY;
    for (uint32_t i = 0; i <= parts && made; i++) {
        char room[16];
        hz_str name;
        const hz_type *type = type_of(arrow, counter, i, &name);
        const char *format = format_of(type, i == parts && is_money(arrow, counter), room);
        made = hz_arrow_make_schema(&arrow->alloc, format, name, ARROW_FLAG_NULLABLE, 0, false, out->children[i]);
    }
    if (made) return HUZHU_OK;
    out->release(out);
    return HUZHU_NO_MEMORY;
}

static void put_value(const char *format, struct ArrowArray *column, int64_t row, int64_t value)
{
    void *to = hz_arrow_buffer(column, 1);
    if (format[0] == 'd') hz_arrow_put_wide(to, row, value);
    else if (format[0] == 'l') ((int64_t *)to)[row] = value;
    else if (format[0] == 't') ((int32_t *)to)[row] = (int32_t)value;
    else ((uint8_t *)to)[row / 8] = (uint8_t)((row % 8 == 0 ? 0 : ((uint8_t *)to)[row / 8]) | (value == 1) << (row % 8));
}

static bool put_text(struct ArrowArray *column, int64_t row, hz_str text, size_t *used, size_t *room)
{
    if (text.len > INT32_MAX - *used) return false;
    if (*used + text.len + 1 > *room) {
        *room = 2 * (*used + text.len) + 256;
        if (!hz_arrow_resize(column, 2, *room)) return false;
    }
    if (text.len > 0) memcpy((char *)hz_arrow_buffer(column, 2) + *used, text.at, text.len);
    *used += text.len;
    ((int32_t *)hz_arrow_buffer(column, 1))[row + 1] = (int32_t)*used;
    return true;
}

/* The next part of a key. False: it is null. */
static bool read_part(const hz_type *type, const char **at, hz_str *text, int64_t *value)
{
    bool is = hz_key_read(at, type->kind == HZ_KIND_STRING, text, value);
    if (is && type->kind == HZ_KIND_CODE) *text = type->codes->at[*value].id;
    return is;
}

/* One column of all keys; part: of the key, or behind it the value. */
static bool put_column(const huzhu_arrow *arrow, size_t counter, uint32_t part, struct ArrowArray *column)
{
    uint32_t place;
    const hz_accounts *accounts = accounts_of(arrow, counter, &place);
    const hz_counter *rule = rule_of(arrow, counter);
    size_t used = 0, room = 1;
    int64_t row = 0;
    char format_room[16];
    hz_str name, text = HZ_STR("");
    const hz_type *type = type_of(arrow, counter, part, &name);
    const char *format = format_of(type, part == rule->per.count && is_money(arrow, counter), format_room);
    for (uint32_t i = 0; i < accounts->count; i++) {
        const hz_account *account = hz_account_at(accounts, i);
        if ((account->seen >> place & 1) == 0) continue;
        const char *at = hz_account_key(accounts, account).at;
        bool known = (account->known >> place & 1) != 0;
        int64_t value = known ? account->value[place] : 0;
        bool is = known && !(type->kind == HZ_KIND_DATE && value == HZ_NO_DATE);
        for (uint32_t k = 0; part < rule->per.count && k <= part; k++) is = read_part(type_of_part(arrow, counter, k), &at, &text, &value);
        if (!is) hz_arrow_put_null(column, row);
        if (format[0] != 'u') put_value(format, column, row, value);
        else if (!put_text(column, row, text, &used, &room)) return false;
        row++;
    }
    return true;
}

static int64_t count_keys(const hz_accounts *accounts, uint32_t place)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < accounts->count; i++) count += hz_account_at(accounts, i)->seen >> place & 1;
    return count;
}

huzhu_status huzhu_arrow_counter_array(const huzhu_arrow *arrow, size_t counter, struct ArrowArray *out)
{
    huzhu_status status = check(arrow, counter, out);
    if (status != HUZHU_OK) return status;
    uint32_t place;
    const hz_accounts *accounts = accounts_of(arrow, counter, &place);
    const int64_t rows = count_keys(accounts, place);
    uint32_t parts = rule_of(arrow, counter)->per.count;
    const size_t none[1] = {0};
    bool made = hz_arrow_make_array(&arrow->alloc, rows, 1, none, parts + 1, false, out);
    if (!made) return HUZHU_NO_MEMORY;
    for (uint32_t i = 0; i <= parts && made; i++) {
        char room[16];
        hz_str name;
        const hz_type *type = type_of(arrow, counter, i, &name);
        const char *format = format_of(type, i == parts && is_money(arrow, counter), room);
        made = hz_arrow_make_column(&arrow->alloc, format, rows, out->children[i]) && put_column(arrow, counter, i, out->children[i]);
    }
    if (made) return HUZHU_OK;
    out->release(out);
    return HUZHU_NO_MEMORY;
}

/* ---- In ---- */

/* A name as part of a message of 200 bytes. */
#define NAME(name) (int)((name).len < 64 ? (name).len : 64), (name).at

typedef struct incoming {
    hz_arrow_column columns[9]; /* parts of the key, then the value */
    const struct ArrowArray *arrays[9];
    char message[200];
} incoming;

static HZ_PRINTF(2, 3) huzhu_status refuse(incoming *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(in->message, sizeof in->message, format, args);
    va_end(args);
    return HUZHU_DATA;
}

/* The first column of that name from `child` on; behind the last: there is none. */
static int64_t next_named(const struct ArrowSchema *schema, int64_t child, hz_str name)
{
    for (; child < schema->n_children; child++) {
        const char *own = schema->children[child]->name;
        if (own != NULL && hz_str_eq(hz_str_from(own), name)) break;
    }
    return child;
}

static huzhu_status find_columns(const huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema, const struct ArrowArray *array,
                                 incoming *in)
{
    uint32_t parts = rule_of(arrow, counter)->per.count;
    const char *wrong = !hz_arrow_is_struct(schema) ? "is no struct of columns" : hz_arrow_check_struct(array, schema->n_children);
    const char *within;
    if (wrong != NULL) return refuse(in, "the table %s", wrong);
    for (uint32_t i = 0; i <= parts; i++) {
        hz_str name;
        const hz_type *type = type_of(arrow, counter, i, &name);
        int64_t child = next_named(schema, 0, name);
        if (child == schema->n_children) return refuse(in, "the table has no column `%.*s`", NAME(name));
        if (next_named(schema, child + 1, name) < schema->n_children) return refuse(in, "two columns are named `%.*s`", NAME(name));
        in->columns[i] = (hz_arrow_column){.type = hz_arrow_type_of(schema->children[child]), .of = type, .key = true};
        in->arrays[i] = array->children[child];
        if (in->columns[i].type.kind != HZ_ARROW_NULL && !hz_arrow_takes(&in->columns[i], arrow->floats))
            return refuse(in, "column `%.*s` has %s", NAME(name), hz_arrow_type_name(&in->columns[i].type));
        wrong = hz_arrow_check(&in->columns[i].type, in->arrays[i], array->offset + array->length, &within);
        if (wrong != NULL) return refuse(in, "column `%.*s` %s%s", NAME(name), within, wrong);
    }
    if (hz_arrow_has_null_rows(array)) return refuse(in, "the table has rows that are null as a whole");
    return HUZHU_OK;
}

static void spell_part(const hz_given *given, const hz_type *type, hz_str text, hz_buf *key)
{
    if (given->state != HZ_GIVEN) hz_key_add_null(key);
    else if (type->kind == HZ_KIND_STRING) hz_key_add_text(key, text);
    else hz_key_add_value(key, given->value);
}

/* Sets the counter at `place` under a key; once: where no row before did. */
static huzhu_status set_account(hz_accounts *accounts, uint32_t place, hz_str bytes, int64_t value, bool once, incoming *in)
{
    hz_key key = hz_key_of(bytes);
    uint32_t number;
    if (!hz_accounts_find(accounts, &key, bytes.at, 1, &number)) return HUZHU_NO_MEMORY;
    hz_account *account = hz_account_at(accounts, number);
    const uint16_t bit = (uint16_t)(1u << place);
    if (once && (account->known & bit) != 0) return refuse(in, "two rows of the table have the same key");
    account->seen |= bit;
    account->known |= bit;
    account->value[place] = value;
    return HUZHU_OK;
}

/* Reads a row and sets its counter; once: where no row before it did. Called for all rows with accounts that are let go of,
 * then with those that count. */
static huzhu_status take_row(const huzhu_arrow *arrow, size_t counter, incoming *in, int64_t row, hz_accounts *accounts, uint32_t place, bool once, hz_buf *key)
{
    uint32_t parts = rule_of(arrow, counter)->per.count;
    hz_given given = {.state = HZ_ABSENT};
    char digits[HZ_DECIMAL_TEXT];
    hz_buf_reset(key);
    for (uint32_t i = 0; i <= parts; i++) {
        const hz_arrow_column *column = &in->columns[i];
        hz_str name, text = HZ_STR("");
        const hz_type *type = type_of(arrow, counter, i, &name);
        given = (hz_given){.state = HZ_ABSENT};
        if (!hz_arrow_is_null(&column->type, in->arrays[i], row)) hz_arrow_cell(column, in->arrays[i], row, arrow->floats, &given, &text, digits);
        bool fits = given.state != HZ_BAD && (type->kind != HZ_KIND_STRING || (text.len <= HZ_GIVEN_TEXT_MOST && hz_utf8_check(text) == text.len));
        if (!fits) return refuse(in, "column `%.*s` has a value that does not fit", NAME(name));
        if (i < parts) spell_part(&given, type, text, key);
    }
    if (key->failed) return HUZHU_NO_MEMORY;
    if (given.state != HZ_GIVEN) return HUZHU_OK;
    return set_account(accounts, place, hz_buf_text(key), given.value, once, in);
}

static huzhu_status begin_table(const huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema, const struct ArrowArray *in,
                                huzhu_diagnostics *diagnostics, incoming *found)
{
    huzhu_status status = check(arrow, counter, in);
    if (status != HUZHU_OK) return status;
    if (schema == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_api_diagnostics_clear(diagnostics);
    return find_columns(arrow, counter, schema, in, found);
}

static huzhu_status end_table(huzhu_status status, const incoming *found, huzhu_diagnostics *diagnostics)
{
    if (status != HUZHU_DATA) return status;
    return hz_arrow_tell(diagnostics, hz_str_from(found->message), HZ_STR("give the table that huzhu_arrow_counter_array made"));
}

huzhu_status huzhu_arrow_set_counter(huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema, const struct ArrowArray *in,
                                     huzhu_diagnostics *diagnostics)
{
    incoming found = {.message = ""};
    huzhu_status status = begin_table(arrow, counter, schema, in, diagnostics, &found);
    if (status != HUZHU_OK) return end_table(status, &found, diagnostics);
    hz_buf key;
    hz_accounts seen;
    uint32_t place;
    hz_accounts *accounts = accounts_of(arrow, counter, &place);
    hz_buf_begin(&key, &arrow->alloc);
    hz_accounts_begin(&seen, &arrow->alloc);
    hz_accounts_add_counter(&seen);
    for (int64_t r = 0; r < in->length && status == HUZHU_OK; r++) status = take_row(arrow, counter, &found, in->offset + r, &seen, 0, true, &key);
    for (int64_t r = 0; r < in->length && status == HUZHU_OK; r++) status = take_row(arrow, counter, &found, in->offset + r, accounts, place, false, &key);
    hz_buf_end(&key);
    hz_accounts_end(&seen);
    return end_table(status, &found, diagnostics);
}

huzhu_status huzhu_arrow_assign_counter(huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema, const struct ArrowArray *in,
                                        size_t parts, huzhu_diagnostics *diagnostics, uint32_t *part)
{
    incoming found = {.message = ""};
    if (part == NULL || parts == 0 || parts > HZ_ARROW_PARTS) return HUZHU_INVALID_ARGUMENT;
    huzhu_status status = begin_table(arrow, counter, schema, in, diagnostics, &found);
    if (status != HUZHU_OK) return end_table(status, &found, diagnostics);
    const hz_counter *rule = rule_of(arrow, counter);
    uint32_t turn = 0;
    const hz_str name = hz_turn_name(arrow->counter[counter].plan);
    while (turn < rule->per.count && !hz_str_eq(rule->per.at[turn].name, name)) turn++;
    if (turn == rule->per.count) return HUZHU_UNSUPPORTED;
    for (int64_t r = 0; r < in->length; r++) {
        hz_given given = {.state = HZ_ABSENT};
        char digits[HZ_DECIMAL_TEXT];
        hz_str text = HZ_STR("");
        const hz_arrow_column *column = &found.columns[turn];
        if (!hz_arrow_is_null(&column->type, found.arrays[turn], in->offset + r))
            hz_arrow_cell(column, found.arrays[turn], in->offset + r, arrow->floats, &given, &text, digits);
        part[r] = given.state == HZ_GIVEN ? hz_turn_part(hz_turn_of(text), (uint32_t)parts) : 0;
    }
    return HUZHU_OK;
}
