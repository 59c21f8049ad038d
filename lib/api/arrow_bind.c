/* arrow_bind.c - which column of a schema goes to which input or counter of a plan, which are left, and which columns of
 * results are wanted. Everything that does not fit is told at once. Called by arrow.c.
 */
#include "api/arrow.h"

#include "base/utf8.h"
#include "source/suggest.h"

typedef struct binder {
    huzhu_arrow *arrow;
    hz_diags *diags;
    const hz_plan_model *rules;
    const huzhu_arrow_options *options; /* or NULL */
} binder;

/* ---- Types ---- */

bool hz_arrow_takes(const hz_arrow_column *column, uint32_t floats)
{
    uint8_t kind = column->type.kind;
    if (kind == HZ_ARROW_TEXT || kind == HZ_ARROW_VIEW) return true;
    switch (column->of->kind) {
    case HZ_KIND_STRING: return column->key && kind == HZ_ARROW_INTEGER;
    case HZ_KIND_DATE: return kind == HZ_ARROW_TIME && !column->type.zoned;
    case HZ_KIND_BOOLEAN: return kind == HZ_ARROW_BOOLEAN || kind == HZ_ARROW_INTEGER;
    case HZ_KIND_NUMBER:
        return kind == HZ_ARROW_INTEGER || kind == HZ_ARROW_DECIMAL || (kind == HZ_ARROW_FLOAT && floats != HUZHU_FLOATS_REFUSED);
    default: return false;
    }
}

static const char *what_takes(const hz_arrow_column *column)
{
    switch (column->of->kind) {
    case HZ_KIND_STRING: return column->key ? "texts or whole numbers" : "texts";
    case HZ_KIND_DATE: return "dates, or timestamps without a zone";
    case HZ_KIND_BOOLEAN: return "booleans";
    case HZ_KIND_NUMBER: return "whole numbers or decimals";
    default: return "texts: its codes";
    }
}

static void refuse_type(binder *b, hz_str name, const hz_arrow_column *column)
{
    hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "column `%.*s` has %s, and `%.*s` takes %s", HZ_ARG(name),
                             hz_arrow_type_name(&column->type), HZ_ARG(name), what_takes(column));
    if (column->type.kind == HZ_ARROW_FLOAT && column->of->kind == HZ_KIND_NUMBER)
        hz_diag_hint(b->diags, diag, "floats are not exact: cast it to decimals, or say in the options how floats are rounded");
    else if (column->type.kind == HZ_ARROW_TIME && column->type.zoned)
        hz_diag_hint(b->diags, diag, "take the day in Beijing first: midnight there is 16:00 of the day before in UTC");
    else
        hz_diag_hint(b->diags, diag, "cast it before, or leave the column out");
}

/* ---- Names ---- */

/* A name that the host made up, as part of a message: on one line, and UTF-8. */
static hz_str quoted(binder *b, hz_str name)
{
    char *out = hz_arena_take(&b->arrow->arena, 64);
    bool text = hz_utf8_check(name) == name.len;
    hz_fault_quote(name, out);
    for (char *at = out; !text && *at != '\0'; at++)
        if ((unsigned char)*at >= 0x80) *at = '?';
    return hz_str_from(out);
}

static bool is_listed(const huzhu_arrow_options *options, hz_str name)
{
    for (size_t i = 0; options != NULL && i < options->ignored_count; i++)
        if (hz_str_eq(name, hz_str_from(options->ignored[i]))) return true;
    return false;
}

/* A column of another name: fine, unless it looks like a slip. Names with a point are those of results. */
static void leave(binder *b, hz_str name)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < b->rules->inputs.count; i++) hz_suggest_offer(&suggest, b->rules->inputs.at[i].name);
    for (uint32_t i = 0; i < b->rules->counters.count; i++) hz_suggest_offer(&suggest, b->rules->counters.at[i].name);
    bool point = name.len > 0 && memchr(name.at, '.', name.len) != NULL;
    if (suggest.best.at != NULL && !point && !is_listed(b->options, name)) {
        const hz_str shown = quoted(b, name);
        hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "column `%.*s` is no input of the plan, and nearly `%.*s`",
                                 HZ_ARG(shown), HZ_ARG(suggest.best));
        hz_diag_hint(b->diags, diag, "rename it to `%.*s`, or list it among the columns to be ignored", HZ_ARG(suggest.best));
        return;
    }
    *HZ_PUSH(&b->arrow->arena, &b->arrow->ignored) = name;
}

/* The column's place; NULL: the name is none of the plan's. */
static hz_arrow_column *find(binder *b, hz_str name)
{
    huzhu_arrow *arrow = b->arrow;
    if (hz_str_is(name, "id")) return &arrow->id;
    uint32_t symbol = hz_map_find(&b->rules->symbol_map, name);
    if (symbol == HZ_MAP_NONE) return NULL;
    const hz_symbol *found = &b->rules->symbols.at[symbol];
    if (found->kind == HZ_SYMBOL_INPUT) return &arrow->columns[found->index];
    return found->kind == HZ_SYMBOL_COUNTER ? &arrow->columns[b->rules->inputs.count + found->index] : NULL;
}

/* Ids of rows are given back as they came. */
static void bind_id(binder *b, const struct ArrowSchema *schema)
{
    huzhu_arrow *arrow = b->arrow;
    const hz_arrow_type *type = &arrow->id.type;
    bool text = type->kind == HZ_ARROW_TEXT || type->kind == HZ_ARROW_VIEW, number = type->kind == HZ_ARROW_INTEGER;
    if (!text && (!number || type->index_bytes > 0)) {
        hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "column `id` has %s, and ids are texts or whole numbers",
                                 hz_arrow_type_name(type));
        hz_diag_hint(b->diags, diag, "cast it before, or give it another name");
    }
    arrow->id_format[0] = number ? schema->format[0] : type->kind == HZ_ARROW_TEXT && type->bytes == 4 ? 'u' : 'U';
}

static void bind_column(binder *b, const struct ArrowSchema *schema, int64_t child)
{
    const hz_str name = hz_arena_copy(&b->arrow->arena, hz_str_from(schema->name != NULL ? schema->name : ""));
    hz_arrow_column *column = find(b, name);
    if (column == NULL) {
        leave(b, name);
        return;
    }
    if (column->child >= 0) {
        hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "two columns are named `%.*s`", HZ_ARG(name));
        hz_diag_hint(b->diags, diag, "keep one of them");
        return;
    }
    column->child = child;
    column->type = hz_arrow_type_of(schema);
    if (column == &b->arrow->id) bind_id(b, schema);
    else if (column->type.kind != HZ_ARROW_NULL && !hz_arrow_takes(column, b->arrow->floats)) refuse_type(b, name, column);
}

/* ---- Results ---- */

static void want(binder *b, hz_arrow_result result, uint32_t index, hz_str name)
{
    *HZ_PUSH(&b->arrow->arena, &b->arrow->wanted) = (hz_arrow_wanted){.result = (uint8_t)result, .index = index, .name = name};
}

static const struct {
    const char *name;
    hz_arrow_result result;
} plain[] = {{"id", HZ_ARROW_ID},           {"outcome", HZ_ARROW_OUTCOME}, {"reason", HZ_ARROW_REASON}, {"error", HZ_ARROW_ERROR},
             {"reasons", HZ_ARROW_REASONS}, {"caps", HZ_ARROW_CAPS},       {"total", HZ_ARROW_TOTAL}};

enum { PLAIN = sizeof plain / sizeof *plain };

typedef struct named_result {
    hz_arrow_result result;
    uint32_t index;
    hz_str name;
} named_result;

/* Every result there is, by number; false: no more. */
static bool result_at(binder *b, uint32_t number, named_result *out)
{
    hz_arena *arena = &b->arrow->arena;
    uint32_t benefits = b->rules->benefits.count;
    if (number < PLAIN) {
        *out = (named_result){plain[number].result, 0, hz_str_from(plain[number].name)};
        return true;
    }
    number -= PLAIN;
    if (number < 2 * benefits) {
        bool gross = number % 2 == 0;
        hz_str name = b->rules->benefits.at[number / 2].name;
        *out = (named_result){gross ? HZ_ARROW_GROSS : HZ_ARROW_NET, number / 2, hz_arena_printf(arena, "%.*s.%s", HZ_ARG(name), gross ? "gross" : "net")};
        return true;
    }
    number -= 2 * benefits;
    if (number >= b->rules->counters.count) return false;
    *out = (named_result){HZ_ARROW_AFTER, number, hz_arena_printf(arena, "%.*s.after", HZ_ARG(b->rules->counters.at[number].name))};
    return true;
}

static void want_usual(binder *b)
{
    named_result found;
    for (uint32_t i = 0; result_at(b, i, &found); i++) {
        bool usual = found.result != HZ_ARROW_REASONS && found.result != HZ_ARROW_CAPS && found.result != HZ_ARROW_GROSS;
        if (found.result == HZ_ARROW_ID) usual = b->arrow->id.child >= 0;
        if (usual) want(b, found.result, found.index, found.name);
    }
}

static void want_named(binder *b, hz_str name)
{
    hz_suggest suggest;
    named_result found;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < b->arrow->wanted.count; i++)
        if (hz_str_eq(b->arrow->wanted.at[i].name, name)) {
            hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the result `%.*s` is wanted twice", HZ_ARG(name));
            return;
        }
    for (uint32_t i = 0; result_at(b, i, &found); i++) {
        if (hz_str_eq(found.name, name)) {
            want(b, found.result, found.index, found.name);
            if (found.result == HZ_ARROW_ID && b->arrow->id.child < 0)
                hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "`id` is wanted, and there is no column of that name");
            return;
        }
        hz_suggest_offer(&suggest, found.name);
    }
    const hz_str shown = quoted(b, name);
    hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the plan has no result `%.*s`", HZ_ARG(shown));
    if (suggest.best.at != NULL) hz_diag_hint(b->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(b->diags, diag, "results are outcome, reason, error, total, BENEFIT.net, COUNTER.after and the like");
}

/* ---- All of it ---- */

static void begin_columns(binder *b)
{
    huzhu_arrow *arrow = b->arrow;
    uint32_t inputs = b->rules->inputs.count, counters = b->rules->counters.count;
    arrow->columns = HZ_NEW_MANY(&arrow->arena, hz_arrow_column, inputs + counters);
    arrow->feeds = HZ_NEW_MANY(&arrow->arena, hz_column, inputs + counters);
    for (uint32_t i = 0; i < inputs; i++) {
        const hz_input *input = &b->rules->inputs.at[i];
        arrow->columns[i] = (hz_arrow_column){.child = -1, .of = &input->type, .input = input, .key = input->input_type == HZ_INPUT_KEY};
    }
    for (uint32_t i = 0; i < counters; i++)
        arrow->columns[inputs + i] = (hz_arrow_column){.child = -1, .of = &b->rules->counters.at[i].type};
    arrow->id.child = -1;
}

/* Room for a block of what may have to be converted. */
static void give_room(huzhu_arrow *arrow, hz_arrow_column *column)
{
    if (column->child < 0 || column->type.kind == HZ_ARROW_NULL) return;
    column->staged = (unsigned char *)HZ_NEW_MANY(&arrow->arena, hz_str, HZ_ARROW_BLOCK);
    column->valid = (unsigned char *)HZ_NEW_MANY(&arrow->arena, uint64_t, HZ_ARROW_BLOCK / 64 + 1);
    if (column->of->kind == HZ_KIND_STRING && column->type.kind == HZ_ARROW_INTEGER)
        column->digits = (char(*)[HZ_DECIMAL_TEXT])HZ_NEW_MANY(&arrow->arena, char, (size_t)HZ_ARROW_BLOCK * HZ_DECIMAL_TEXT);
}

static void give_results(huzhu_arrow *arrow)
{
    const hz_plan_model *rules = arrow->plan->core->rules;
    hz_arena *arena = &arrow->arena;
    arrow->outcome = HZ_NEW_MANY(arena, int32_t, HZ_ARROW_BLOCK);
    arrow->reason = HZ_NEW_MANY(arena, int32_t, HZ_ARROW_BLOCK);
    arrow->amounts = HZ_NEW_MANY(arena, int64_t, (size_t)HZ_ARROW_BLOCK * (1 + 2 * rules->benefits.count + rules->counters.count));
    arrow->benefits = HZ_NEW_MANY(arena, hz_result_benefit, rules->benefits.count);
    arrow->after = HZ_NEW_MANY(arena, int64_t *, rules->counters.count);
    arrow->after_valid = HZ_NEW_MANY(arena, uint8_t *, rules->counters.count);
    if (arrow->counters == HUZHU_COUNTERS_CARRIED) {
        arrow->before = HZ_NEW_MANY(arena, int64_t *, rules->counters.count);
        arrow->before_valid = HZ_NEW_MANY(arena, uint8_t *, rules->counters.count);
        for (uint32_t i = 0; i < rules->counters.count; i++) {
            arrow->before[i] = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK);
            arrow->before_valid[i] = HZ_NEW_MANY(arena, uint8_t, HZ_ARROW_BLOCK / 8);
        }
    }
    bool lists = false;
    for (uint32_t i = 0; i < arrow->wanted.count; i++)
        lists |= arrow->wanted.at[i].result == HZ_ARROW_REASONS || arrow->wanted.at[i].result == HZ_ARROW_CAPS;
    uint32_t reasons = arrow->plan->core->columns.listed_count;
    if (lists) arrow->listed = HZ_NEW_MANY(arena, uint8_t *, reasons);
    for (uint32_t i = 1; lists && i < reasons; i++) arrow->listed[i] = HZ_NEW_MANY(arena, uint8_t, HZ_ARROW_BLOCK / 8);
    arrow->errors = HZ_NEW_MANY(arena, hz_code, HZ_CODE_COUNT);
    for (hz_code code = 0; code < HZ_CODE_COUNT; code++)
        if (strcmp(hz_code_phase(code), "row") == 0) arrow->errors[arrow->error_count++] = code;
    int64_t *amounts = arrow->amounts + HZ_ARROW_BLOCK; /* behind the total */
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        const hz_arrow_wanted *wanted = &arrow->wanted.at[i];
        uint32_t benefits = 2 * rules->benefits.count;
        if (wanted->result == HZ_ARROW_GROSS) arrow->benefits[wanted->index].gross = amounts + (size_t)HZ_ARROW_BLOCK * 2 * wanted->index;
        if (wanted->result == HZ_ARROW_NET) arrow->benefits[wanted->index].net = amounts + (size_t)HZ_ARROW_BLOCK * (2 * wanted->index + 1);
        if (wanted->result == HZ_ARROW_AFTER) arrow->after[wanted->index] = amounts + (size_t)HZ_ARROW_BLOCK * (benefits + wanted->index);
    }
}

void hz_arrow_find(huzhu_arrow *arrow, hz_diags *diags, const struct ArrowSchema *schema, const huzhu_arrow_options *options)
{
    const hz_plan_model *rules = arrow->plan->core->rules;
    binder b = {.arrow = arrow, .diags = diags, .rules = rules, .options = options};
    begin_columns(&b);
    arrow->children = schema->n_children;
    for (int64_t i = 0; i < schema->n_children; i++) bind_column(&b, schema->children[i], i);
    if (options == NULL || options->wanted == NULL) want_usual(&b);
    else for (size_t i = 0; i < options->wanted_count; i++) want_named(&b, hz_arena_copy(&arrow->arena, hz_str_from(options->wanted[i])));
    for (uint32_t i = 0; i < rules->inputs.count + rules->counters.count; i++) give_room(arrow, &arrow->columns[i]);
    give_results(arrow);
}
