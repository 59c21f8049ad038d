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
    HZ_VEC(hz_arrow_wanted) results;    /* all that there are */
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

static bool is_result(const binder *b, hz_str name)
{
    for (uint32_t i = 0; i < b->results.count; i++)
        if (hz_str_eq(b->results.at[i].name, name)) return true;
    return false;
}

/* A column of another name: fine, unless it looks like a slip. Names with a point are those of results, or of a part's
 * counters. */
static void leave(binder *b, hz_str name)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    bool point = name.len > 0 && memchr(name.at, '.', name.len) != NULL;
    for (uint32_t i = 0; !point && i < b->rules->inputs.count; i++) hz_suggest_offer(&suggest, b->rules->inputs.at[i].name);
    for (uint32_t i = 0; i < b->arrow->counter_count; i++) {
        const hz_arrow_counter *counter = &b->arrow->counter[i];
        bool part = counter->name.len != counter->rule->name.len;
        if (!point) hz_suggest_offer(&suggest, counter->rule->name);
        else if (part && !is_result(b, name)) hz_suggest_offer(&suggest, counter->name);
    }
    if (suggest.best.at != NULL && !is_listed(b->options, name)) {
        const hz_str shown = quoted(b, name);
        hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "column `%.*s` is no input of the plan, and nearly `%.*s`",
                                 HZ_ARG(shown), HZ_ARG(suggest.best));
        hz_diag_hint(b->diags, diag, "rename it to `%.*s`, or list it among the columns to be ignored", HZ_ARG(suggest.best));
        return;
    }
    *HZ_PUSH(&b->arrow->arena, &b->arrow->ignored) = name;
}

/* The column's place among inputs; NULL: the name is none of theirs. */
static hz_arrow_column *find(binder *b, hz_str name)
{
    huzhu_arrow *arrow = b->arrow;
    if (hz_str_is(name, "id")) return &arrow->id;
    uint32_t symbol = hz_map_find(&b->rules->symbol_map, name);
    bool input = symbol != HZ_MAP_NONE && b->rules->symbols.at[symbol].kind == HZ_SYMBOL_INPUT;
    return input ? &arrow->columns[b->rules->symbols.at[symbol].index] : NULL;
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

/* False: told. */
static bool bind_column(binder *b, hz_arrow_column *column, const struct ArrowSchema *schema, int64_t child, hz_str name)
{
    if (column->child >= 0) {
        hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "two columns are named `%.*s`", HZ_ARG(name));
        hz_diag_hint(b->diags, diag, "keep one of them");
        return false;
    }
    column->child = child;
    column->name = name;
    column->type = hz_arrow_type_of(schema);
    if (column == &b->arrow->id) {
        bind_id(b, schema);
        return true;
    }
    bool takes = column->type.kind == HZ_ARROW_NULL || hz_arrow_takes(column, b->arrow->floats);
    if (!takes) refuse_type(b, name, column);
    return takes;
}

/* To an input, or to the counters that the name means: of a package those of all parts which have it, or `PART.COUNTER`. */
static void bind_child(binder *b, const struct ArrowSchema *schema, int64_t child)
{
    huzhu_arrow *arrow = b->arrow;
    const hz_str name = hz_arena_copy(&arrow->arena, hz_str_from(schema->name != NULL ? schema->name : ""));
    hz_arrow_column *input = find(b, name);
    bool found = input != NULL;
    if (found) bind_column(b, input, schema, child, name);
    for (uint32_t i = 0; input == NULL && i < arrow->counter_count; i++) {
        const hz_arrow_counter *counter = &arrow->counter[i];
        bool plain = hz_str_eq(counter->rule->name, name);
        if (!plain && !hz_str_eq(counter->name, name)) continue;
        found = true;
        if (!bind_column(b, plain ? &arrow->plain[i] : &arrow->columns[arrow->input_count + i], schema, child, name)) return;
    }
    if (!found) leave(b, name);
}

/* Of a counter that two columns name, the one that names its part counts more where it has a value. */
static void join_columns(huzhu_arrow *arrow)
{
    for (uint32_t i = 0; i < arrow->counter_count; i++) {
        hz_arrow_column *column = &arrow->columns[arrow->input_count + i], *plain = &arrow->plain[i];
        if (column->child < 0) *column = *plain;
        else if (plain->child >= 0) column->plain = plain;
    }
}

/* ---- Results ---- */

static const struct {
    const char *name;
    hz_arrow_result result;
} plain[] = {{"id", HZ_ARROW_ID},           {"outcome", HZ_ARROW_OUTCOME}, {"reason", HZ_ARROW_REASON}, {"error", HZ_ARROW_ERROR},
             {"reasons", HZ_ARROW_REASONS}, {"caps", HZ_ARROW_CAPS},       {"total", HZ_ARROW_TOTAL}};

enum { PLAIN = sizeof plain / sizeof *plain };

static void add_result(binder *b, hz_arrow_result result, uint32_t node, uint32_t index, hz_str of, const char *name)
{
    hz_arena *arena = &b->arrow->arena;
    hz_str whole = of.len > 0 ? hz_arena_printf(arena, "%.*s.%s", HZ_ARG(of), name) : hz_str_from(name);
    if (node > 0) whole = hz_arena_printf(arena, "%.*s.%.*s", HZ_ARG(b->arrow->nodes[node].plan->rules->id), HZ_ARG(whole));
    *HZ_PUSH(arena, &b->results) = (hz_arrow_wanted){.result = (uint8_t)result, .node = node, .index = index, .name = whole};
}

/* Every result there is: of the plan, then of each part of it under its name. */
static void list_results(binder *b)
{
    for (uint32_t n = 0; n < b->arrow->node_count; n++) {
        const hz_plan_model *rules = b->arrow->nodes[n].plan->rules;
        for (uint32_t i = n > 0 ? 1 : 0; i < PLAIN; i++) add_result(b, plain[i].result, n, 0, HZ_STR(""), plain[i].name);
        for (uint32_t i = 0; i < rules->benefits.count; i++) {
            add_result(b, HZ_ARROW_GROSS, n, i, rules->benefits.at[i].name, "gross");
            add_result(b, HZ_ARROW_NET, n, i, rules->benefits.at[i].name, "net");
        }
        for (uint32_t i = 0; i < rules->counters.count; i++) add_result(b, HZ_ARROW_AFTER, n, i, rules->counters.at[i].name, "after");
    }
}

static void want_usual(binder *b)
{
    for (uint32_t i = 0; i < b->results.count; i++) {
        uint8_t result = b->results.at[i].result;
        bool usual = result != HZ_ARROW_REASONS && result != HZ_ARROW_CAPS && result != HZ_ARROW_GROSS;
        if (result == HZ_ARROW_ID) usual = b->arrow->id.child >= 0;
        if (usual) *HZ_PUSH(&b->arrow->arena, &b->arrow->wanted) = b->results.at[i];
    }
}

static void want_named(binder *b, hz_str name)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < b->arrow->wanted.count; i++)
        if (hz_str_eq(b->arrow->wanted.at[i].name, name)) {
            hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the result `%.*s` is wanted twice", HZ_ARG(name));
            return;
        }
    for (uint32_t i = 0; i < b->results.count; i++) {
        const hz_arrow_wanted *found = &b->results.at[i];
        if (hz_str_eq(found->name, name)) {
            *HZ_PUSH(&b->arrow->arena, &b->arrow->wanted) = *found;
            if (found->result == HZ_ARROW_ID && b->arrow->id.child < 0)
                hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "`id` is wanted, and there is no column of that name");
            return;
        }
        hz_suggest_offer(&suggest, found->name);
    }
    const hz_str shown = quoted(b, name);
    hz_diag *diag = hz_error(b->diags, HZ_E_COLUMN, HZ_NO_SPAN, "the plan has no result `%.*s`", HZ_ARG(shown));
    if (suggest.best.at != NULL) hz_diag_hint(b->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(b->diags, diag, "results are outcome, reason, error, total, BENEFIT.net, COUNTER.after and the like%s",
                      b->arrow->node_count > 1 ? "; those of a part are PART.outcome, PART.BENEFIT.net and so on" : "");
}

/* ---- All of it ---- */

/* The plan, and behind it its parts. */
static void begin_nodes(huzhu_arrow *arrow)
{
    const hz_plan *plan = arrow->plan->core;
    arrow->node_count = 1 + plan->part_count;
    arrow->nodes = HZ_NEW_MANY(&arrow->arena, hz_arrow_node, arrow->node_count);
    arrow->parts = HZ_NEW_MANY(&arrow->arena, hz_columns, plan->part_count);
    arrow->part_results = HZ_NEW_MANY(&arrow->arena, hz_results, plan->part_count);
    arrow->nodes[0].plan = plan;
    for (uint32_t i = 0; i < plan->part_count; i++) arrow->nodes[1 + i].plan = plan->parts[i].plan;
    for (uint32_t i = 0; i < arrow->node_count; i++) arrow->counter_count += arrow->nodes[i].plan->rules->counters.count;
}

/* A package has none of its own. */
static void list_counters(huzhu_arrow *arrow)
{
    uint32_t count = 0;
    arrow->counter = HZ_NEW_MANY(&arrow->arena, hz_arrow_counter, arrow->counter_count);
    for (uint32_t n = 0; n < arrow->node_count; n++) {
        const hz_plan *plan = arrow->nodes[n].plan;
        for (uint32_t i = 0; i < plan->rules->counters.count; i++) {
            const hz_counter *rule = &plan->rules->counters.at[i];
            hz_str name = n > 0 ? hz_arena_printf(&arrow->arena, "%.*s.%.*s", HZ_ARG(plan->rules->id), HZ_ARG(rule->name)) : rule->name;
            arrow->counter[count++] = (hz_arrow_counter){.plan = plan, .part = n > 0 ? n - 1 : 0, .index = i, .rule = rule, .name = name};
        }
    }
}

static void begin_columns(binder *b)
{
    huzhu_arrow *arrow = b->arrow;
    uint32_t inputs = arrow->input_count = b->rules->inputs.count, count = inputs + arrow->counter_count;
    arrow->columns = HZ_NEW_MANY(&arrow->arena, hz_arrow_column, count);
    arrow->feeds = HZ_NEW_MANY(&arrow->arena, hz_column, count);
    arrow->plain = HZ_NEW_MANY(&arrow->arena, hz_arrow_column, arrow->counter_count);
    arrow->column_count = count;
    for (uint32_t i = 0; i < inputs; i++) {
        const hz_input *input = &b->rules->inputs.at[i];
        arrow->columns[i] = (hz_arrow_column){.child = -1, .of = &input->type, .input = input, .key = input->input_type == HZ_INPUT_KEY};
    }
    for (uint32_t i = 0; i < arrow->counter_count; i++) {
        const hz_arrow_counter *counter = &arrow->counter[i];
        arrow->columns[inputs + i] = arrow->plain[i] = (hz_arrow_column){.child = -1, .of = &counter->rule->type};
        if (counter->index == 0 && arrow->node_count > 1) arrow->parts[counter->part].counters = arrow->feeds + inputs + i;
    }
    arrow->id.child = -1;
}

/* Room for a block of what may have to be converted. */
static void give_room(huzhu_arrow *arrow, hz_arrow_column *column)
{
    if (column->plain == NULL && (column->child < 0 || column->type.kind == HZ_ARROW_NULL)) return;
    column->staged = (unsigned char *)HZ_NEW_MANY(&arrow->arena, hz_str, HZ_ARROW_BLOCK);
    column->valid = (unsigned char *)HZ_NEW_MANY(&arrow->arena, uint64_t, HZ_ARROW_BLOCK / 64 + 1);
    if (column->of->kind == HZ_KIND_STRING && column->type.kind == HZ_ARROW_INTEGER)
        column->digits = (char(*)[HZ_DECIMAL_TEXT])HZ_NEW_MANY(&arrow->arena, char, (size_t)HZ_ARROW_BLOCK * HZ_DECIMAL_TEXT);
}

/* Memory for what is carried: as the rows of the block found it. */
static void give_before(huzhu_arrow *arrow, hz_arrow_node *node)
{
    hz_arena *arena = &arrow->arena;
    uint32_t counters = node->plan->rules->counters.count;
    node->before = HZ_NEW_MANY(arena, int64_t *, counters);
    node->before_valid = HZ_NEW_MANY(arena, uint8_t *, counters);
    for (uint32_t i = 0; i < counters; i++) {
        node->before[i] = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK);
        node->before_valid[i] = HZ_NEW_MANY(arena, uint8_t, HZ_ARROW_BLOCK / 8);
    }
}

static void give_node(huzhu_arrow *arrow, hz_arrow_node *node)
{
    const hz_plan_model *rules = node->plan->rules;
    hz_arena *arena = &arrow->arena;
    node->outcome = HZ_NEW_MANY(arena, int32_t, HZ_ARROW_BLOCK);
    node->benefits = HZ_NEW_MANY(arena, hz_result_benefit, rules->benefits.count);
    node->after = HZ_NEW_MANY(arena, int64_t *, rules->counters.count);
    node->after_valid = HZ_NEW_MANY(arena, uint8_t *, rules->counters.count);
    if (arrow->counters == HUZHU_COUNTERS_CARRIED) give_before(arrow, node);
}

static void give_wanted(huzhu_arrow *arrow, const hz_arrow_wanted *wanted)
{
    hz_arena *arena = &arrow->arena;
    hz_arrow_node *node = &arrow->nodes[wanted->node];
    bool package = node->plan->part_count > 0;
    switch (wanted->result) {
    case HZ_ARROW_REASON: node->reason = HZ_NEW_MANY(arena, int32_t, HZ_ARROW_BLOCK); return;
    case HZ_ARROW_TOTAL:
        node->total = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK);
        if (package) node->has_total = HZ_NEW_MANY(arena, uint8_t, HZ_ARROW_BLOCK / 8);
        return;
    case HZ_ARROW_GROSS: node->benefits[wanted->index].gross = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK); return;
    case HZ_ARROW_NET: node->benefits[wanted->index].net = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK); return;
    case HZ_ARROW_AFTER: node->after[wanted->index] = HZ_NEW_MANY(arena, int64_t, HZ_ARROW_BLOCK); return;
    default: return;
    }
}

static void give_listed(huzhu_arrow *arrow)
{
    uint32_t reasons = arrow->plan->core->columns.listed_count;
    arrow->listed = HZ_NEW_MANY(&arrow->arena, uint8_t *, reasons);
    for (uint32_t i = 1; i < reasons; i++) arrow->listed[i] = HZ_NEW_MANY(&arrow->arena, uint8_t, HZ_ARROW_BLOCK / 8);
    for (uint32_t i = 0; i < arrow->plan->core->rules->benefits.count; i++)
        arrow->nodes[0].benefits[i].not_offered = HZ_NEW_MANY(&arrow->arena, uint8_t, HZ_ARROW_BLOCK / 8);
}

static void give_results(huzhu_arrow *arrow)
{
    for (uint32_t i = 0; i < arrow->node_count; i++) give_node(arrow, &arrow->nodes[i]);
    bool lists = false;
    for (uint32_t i = 0; i < arrow->wanted.count; i++) {
        give_wanted(arrow, &arrow->wanted.at[i]);
        lists |= arrow->wanted.at[i].result == HZ_ARROW_REASONS || arrow->wanted.at[i].result == HZ_ARROW_CAPS;
    }
    if (lists && arrow->node_count == 1) give_listed(arrow);
    arrow->errors = HZ_NEW_MANY(&arrow->arena, hz_code, HZ_CODE_COUNT);
    for (hz_code code = 0; code < HZ_CODE_COUNT; code++)
        if (strcmp(hz_code_phase(code), "row") == 0) arrow->errors[arrow->error_count++] = code;
}

void hz_arrow_find(huzhu_arrow *arrow, hz_diags *diags, const struct ArrowSchema *schema, const huzhu_arrow_options *options)
{
    binder b = {.arrow = arrow, .diags = diags, .rules = arrow->plan->core->rules, .options = options};
    begin_nodes(arrow);
    list_counters(arrow);
    begin_columns(&b);
    list_results(&b);
    arrow->children = schema->n_children;
    for (int64_t i = 0; i < schema->n_children; i++) bind_child(&b, schema->children[i], i);
    join_columns(arrow);
    if (options == NULL || options->wanted == NULL) want_usual(&b);
    else for (size_t i = 0; i < options->wanted_count; i++) want_named(&b, hz_arena_copy(&arrow->arena, hz_str_from(options->wanted[i])));
    for (uint32_t i = 0; i < arrow->column_count; i++) give_room(arrow, &arrow->columns[i]);
    give_results(arrow);
}
