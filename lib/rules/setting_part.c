/* setting_part.c - settings of a part of a scale or table: what a bracket counts at or gives, what a row gives.
 *
 *     plan.scale[2].rate = 0.5        plan.scale[id].gives = "full"
 *     plan.table[row].output = 60     tables.NAME[row].output = "breast": in every plan that uses it
 *
 * Versions that a setting's dates cut are split in two; a version without such a bracket or row stays as it is, and where
 * none has it, that is an error. Called by scenario.c.
 */
#include "rules/setting.h"

#include "source/suggest.h"

#include <stdio.h>

/* A path in its pieces: whose, [which], .what. */
typedef struct part_path {
    hz_str plan, name; /* plan is empty for a shared table */
    hz_str which, what;
} part_path;

static bool split_path(hz_str path, part_path *out)
{
    const hz_str shared = HZ_STR("tables.");
    const char *open = path.len > 0 ? memchr(path.at, '[', path.len) : NULL;
    const char *close = path.len > 0 ? memchr(path.at, ']', path.len) : NULL;
    *out = (part_path){.what = HZ_STR("")};
    if (open == NULL || close == NULL || close < open) return false;
    hz_str owner = hz_str_part(path, 0, (size_t)(open - path.at));
    hz_str rest = hz_str_part(path, (size_t)(close - path.at) + 1, path.len);
    if (hz_setting_owner(owner).len == 0) return false;
    out->plan = hz_str_starts(path, shared) ? HZ_STR("") : hz_setting_owner(owner);
    out->name = hz_setting_name(owner);
    out->which = hz_str_part(path, (size_t)(open - path.at) + 1, (size_t)(close - path.at));
    if (rest.len > 0 && rest.at[0] == '.') out->what = hz_str_part(rest, 1, rest.len);
    return true;
}

bool hz_setting_is_part(const hz_setting *setting)
{
    return setting->path.len > 0 && memchr(setting->path.at, '[', setting->path.len) != NULL;
}

/* ---- Messages ---- */

static hz_diag *refuse(hz_reader *reader, const hz_setting *setting, const char *what)
{
    return hz_error(reader->diags, HZ_E_SCENARIO_PATH, setting->path_span, "there is no `%.*s`: %s", HZ_BRIEF(setting->path), what);
}

static void offer(hz_suggest *suggest, hz_reader *reader, hz_str *list, hz_str word)
{
    hz_suggest_offer(suggest, word);
    if (list->len < 80) *list = hz_arena_printf(reader->arena, "%.*s%s%.*s", HZ_ARG(*list), list->len > 0 ? ", " : "", HZ_ARG(word));
}

static void hint(hz_reader *reader, hz_diag *diag, const hz_suggest *suggest, const char *what, hz_str list)
{
    if (suggest->best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest->best));
    else if (list.len > 0) hz_diag_hint(reader->diags, diag, "%s: %.*s", what, HZ_ARG(list));
}

/* ---- Versions ---- */

/* Puts a copy of version `number`, from `since` on; changed: within the setting's days. */
typedef void put_version(void *context, uint32_t number, hz_since since, bool changed);

static void put_piece(const hz_setting *setting, put_version *put, void *context, uint32_t number, hz_since since)
{
    bool begun = !setting->has_from || since.day >= setting->from.day;
    put(context, number, since, begun && !(setting->has_until && since.day >= setting->until.day));
}

/* All versions again, cut where the setting begins and ends. */
static void put_all(const hz_history *old, const hz_setting *setting, put_version *put, void *context)
{
    for (uint32_t i = 0; i < old->entries.count; i++) {
        int32_t begin = old->entries.at[i].since.day;
        int32_t end = i + 1 < old->entries.count ? old->entries.at[i + 1].since.day : INT32_MAX;
        put_piece(setting, put, context, i, old->entries.at[i].since);
        if (setting->has_from && setting->from.day > begin && setting->from.day < end) put_piece(setting, put, context, i, setting->from);
        if (setting->has_until && setting->until.day > begin && setting->until.day < end) put_piece(setting, put, context, i, setting->until);
    }
}

static void empty(hz_history *history, const hz_setting *setting)
{
    history->entries.at = NULL;
    history->entries.count = history->entries.room = 0;
    if (setting->has_from) history->dated = true;
}

static bool is_number(hz_str which, uint32_t index)
{
    char text[12];
    int len = snprintf(text, sizeof text, "%u", (unsigned)index + 1);
    return hz_str_eq(which, (hz_str){text, (size_t)len});
}

/* ---- Brackets ---- */

typedef struct bracket_setting {
    hz_reader *reader;
    const hz_setting *setting;
    hz_scale *scale;
    const hz_history *old;
    hz_str which;
    hz_literal value;
    uint32_t found;
} bracket_setting;

static void put_scale(void *context, uint32_t number, hz_since since, bool changed)
{
    bracket_setting *b = context;
    hz_entry *entry = HZ_PUSH(b->reader->arena, &b->scale->history.entries);
    *entry = b->old->entries.at[number];
    entry->since = since;
    hz_brackets brackets = entry->brackets;
    entry->brackets = (hz_brackets){0};
    for (uint32_t i = 0; i < brackets.count; i++) {
        hz_bracket *bracket = HZ_PUSH(b->reader->arena, &entry->brackets);
        *bracket = brackets.at[i];
        if (!changed || !(hz_str_eq(bracket->id, b->which) || is_number(b->which, i))) continue;
        bracket->state = HZ_ENTRY_VALUE;
        bracket->value = b->value;
        bracket->from = hz_setting_provenance(b->setting);
        bracket->span = b->setting->value_span;
        b->found++;
    }
}

static bool refuse_bracket(bracket_setting *b)
{
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    hz_suggest_begin(&suggest, b->which);
    for (uint32_t i = 0; i < b->old->entries.count; i++)
        for (uint32_t k = 0; k < b->old->entries.at[i].brackets.count; k++) {
            const hz_bracket *bracket = &b->old->entries.at[i].brackets.at[k];
            if (bracket->id.len > 0) offer(&suggest, b->reader, &list, bracket->id);
        }
    hz_diag *diag = refuse(b->reader, b->setting, "no version in these days has such a bracket");
    hint(b->reader, diag, &suggest, "brackets count from 1, and have these ids", list);
    return false;
}

static bool set_bracket(hz_reader *reader, const hz_setting *setting, hz_scale *scale, const part_path *path, hz_literal *literal)
{
    const char *key = scale->marginal ? "rate" : "gives";
    hz_history old = scale->history;
    hz_parameter like = {.name = scale->name, .unit = scale->marginal ? HZ_STR("%") : scale->unit, .type = scale->type};
    if (scale->marginal) like.type = (hz_type){.kind = HZ_KIND_NUMBER};
    if (!hz_str_is(path->what, key)) {
        hz_diag *diag = refuse(reader, setting, "of a bracket one thing can be set");
        hz_diag_hint(reader->diags, diag, "write %.*s.%.*s[%.*s].%s", HZ_ARG(path->plan), HZ_ARG(path->name), HZ_BRIEF(path->which), key);
        return false;
    }
    if (!hz_setting_literal(reader, (hz_item){"scale", scale->name, setting->path_span}, setting, &like, literal)) return false;
    bracket_setting b = {reader, setting, scale, &old, path->which, *literal, 0};
    empty(&scale->history, setting);
    put_all(&old, setting, put_scale, &b);
    if (b.found == 0) return refuse_bracket(&b);
    hz_span_brackets(scale);
    return true;
}

/* ---- Rows ---- */

typedef struct row_setting {
    hz_reader *reader;
    const hz_setting *setting;
    hz_table *table;
    hz_history old;
    const hz_table_version *versions;
    hz_str which;
    uint32_t output; /* of the table */
    hz_literal value;
    uint32_t found;
} row_setting;

static hz_ast *ast_of(const row_setting *r)
{
    static const uint8_t ops[] = {[HZ_KIND_BOOLEAN] = HZ_AST_BOOLEAN, [HZ_KIND_NUMBER] = HZ_AST_NUMBER, [HZ_KIND_CODE] = HZ_AST_STRING,
                                  [HZ_KIND_STRING] = HZ_AST_STRING, [HZ_KIND_DATE] = HZ_AST_AT, [HZ_KIND_DAYS] = HZ_AST_AT, [HZ_KIND_MONTHS] = HZ_AST_AT};
    const hz_literal *value = &r->value;
    char text[64];
    hz_ast *ast = HZ_NEW(r->reader->arena, hz_ast);
    ast->op = ops[value->type.kind];
    ast->span = ast->at = r->setting->value_span;
    ast->truth = value->type.kind == HZ_KIND_BOOLEAN && value->coefficient != 0;
    ast->number = (hz_decimal){value->coefficient, value->type.scale};
    size_t len = 0;
    if (value->type.kind == HZ_KIND_CODE) ast->text = r->reader->plan->outputs.at[r->table->first_output + r->output].type.codes->at[value->coefficient].id;
    if (value->type.kind == HZ_KIND_STRING) ast->text = value->text;
    if (value->type.kind == HZ_KIND_DATE) len = hz_date_format((int32_t)value->coefficient, text);
    if (value->type.kind == HZ_KIND_DAYS || value->type.kind == HZ_KIND_MONTHS)
        len = hz_duration_format((hz_duration){value->type.kind == HZ_KIND_MONTHS, (int64_t)value->coefficient, value->type.scale}, text);
    if (len > 0) ast->text = hz_arena_copy(r->reader->arena, (hz_str){text, len});
    return ast;
}

static hz_row copy_row(row_setting *r, const hz_row *row, const hz_table_version *of, bool set)
{
    hz_row copy = hz_copy_row(r->reader->arena, row, of);
    if (!set) return copy;
    copy.gives[r->output] = ast_of(r);
    copy.from = hz_setting_provenance(r->setting);
    r->found++;
    return copy;
}

static void put_table(void *context, uint32_t number, hz_since since, bool changed)
{
    row_setting *r = context;
    const hz_table_version *from = &r->versions[number];
    hz_entry *entry = HZ_PUSH(r->reader->arena, &r->table->history.entries);
    *entry = r->old.entries.at[number];
    entry->since = since;
    hz_table_version version = {.columns = from->columns, .outputs = from->outputs, .has_otherwise = from->has_otherwise};
    for (uint32_t i = 0; i < from->rows.count; i++) {
        const hz_row *row = &from->rows.at[i];
        bool set = changed && (hz_str_eq(row->id, r->which) || is_number(r->which, i));
        *HZ_PUSH(r->reader->arena, &version.rows) = copy_row(r, row, from, set);
    }
    if (from->has_otherwise) version.otherwise = copy_row(r, &from->otherwise, from, changed && hz_str_is(r->which, "otherwise"));
    *HZ_PUSH(r->reader->arena, &r->table->versions) = version;
}

static bool refuse_row(row_setting *r)
{
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    hz_suggest_begin(&suggest, r->which);
    for (uint32_t i = 0; i < r->old.entries.count; i++)
        for (uint32_t k = 0; k < r->versions[i].rows.count; k++)
            if (r->versions[i].rows.at[k].id.len > 0) offer(&suggest, r->reader, &list, r->versions[i].rows.at[k].id);
    hz_diag *diag = refuse(r->reader, r->setting, "no version in these days has such a row");
    hint(r->reader, diag, &suggest, "rows count from 1, and have these ids", list);
    return false;
}

/* The table's output of a name; output_count: none, reported. */
static uint32_t find_output(hz_reader *reader, const hz_setting *setting, const hz_table *table, hz_str what)
{
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    uint32_t k = 0;
    hz_suggest_begin(&suggest, what);
    for (; k < table->output_count; k++) {
        hz_str name = reader->plan->outputs.at[table->first_output + k].name;
        if (hz_str_eq(name, what)) return k;
        offer(&suggest, reader, &list, name);
    }
    hz_diag *diag = refuse(reader, setting, what.len > 0 ? "the table gives nothing of that name" : "which of its outputs is not said");
    hint(reader, diag, &suggest, "its rows give", list);
    return k;
}

/* Unit, type, decimals and sign as the rows have them. */
static hz_parameter like_output(const row_setting *r, const hz_output *output)
{
    hz_parameter like = {.name = output->name, .unit = output->unit, .type = output->type};
    like.type.lo = 0;
    for (uint32_t v = 0; v < r->old.entries.count; v++)
        for (uint32_t i = 0; i < r->versions[v].rows.count; i++) {
            const hz_ast *gives = r->versions[v].rows.at[i].gives[r->output];
            if (gives == NULL || gives->op != HZ_AST_NUMBER) continue;
            if (gives->number.scale > like.type.scale) like.type.scale = gives->number.scale;
            if (gives->number.coefficient < 0) like.type.lo = -1;
        }
    return like;
}

static bool set_row(hz_reader *reader, const hz_setting *setting, hz_table *table, const part_path *path, hz_literal *literal)
{
    row_setting r = {.reader = reader, .setting = setting, .table = table, .old = table->history, .versions = table->versions.at, .which = path->which};
    r.output = find_output(reader, setting, table, path->what);
    if (r.output == table->output_count) return false;
    const hz_output *output = &reader->plan->outputs.at[table->first_output + r.output];
    hz_parameter like = like_output(&r, output);
    for (uint32_t v = 0; v < table->versions.count; v++)
        if (table->versions.at[v].many != NULL) {
            hz_diag *diag = refuse(reader, setting, "of more than 1,000 rows of a table none is set alone");
            hz_diag_hint(reader->diags, diag, "set what its rows give where that has a name, a parameter, or load a folder with other rows");
            return false;
        }
    if (table->hit == HZ_HIT_COUNT) {
        refuse(reader, setting, "`collect count` counts rows, which give nothing");
        return false;
    }
    if (!hz_setting_literal(reader, (hz_item){"output", output->name, setting->path_span}, setting, &like, literal)) return false;
    literal->type.codes = output->type.codes;
    r.value = *literal;
    empty(&table->history, setting);
    table->versions.at = NULL;
    table->versions.count = table->versions.room = 0;
    put_all(&r.old, setting, put_table, &r);
    return r.found > 0 || refuse_row(&r);
}

/* ---- Whose ---- */

static hz_table *find_table(const hz_plan_model *plan, const part_path *path)
{
    for (uint32_t i = 0; i < plan->tables.count; i++) {
        hz_table *table = &plan->tables.at[i];
        if (hz_str_eq(path->plan.len > 0 ? table->name : table->shared, path->name)) return table;
    }
    return NULL;
}

static hz_scale *find_scale(const hz_plan_model *plan, const part_path *path)
{
    for (uint32_t i = 0; i < plan->scales.count && path->plan.len > 0; i++)
        if (hz_str_eq(plan->scales.at[i].name, path->name)) return &plan->scales.at[i];
    return NULL;
}

static bool refuse_owner(hz_reader *reader, const hz_setting *setting, const part_path *path)
{
    const hz_model *model = reader->model;
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    hz_str asked = path->plan.len > 0 ? hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(path->plan), HZ_ARG(path->name))
                                      : hz_arena_printf(reader->arena, "tables.%.*s", HZ_ARG(path->name));
    hz_suggest_begin(&suggest, asked);
    for (uint32_t p = 0; p < model->plans.count; p++) {
        const hz_plan_model *plan = &model->plans.at[p];
        for (uint32_t i = 0; i < plan->scales.count; i++)
            offer(&suggest, reader, &list, hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(plan->id), HZ_ARG(plan->scales.at[i].name)));
        for (uint32_t i = 0; i < plan->tables.count; i++) {
            const hz_table *table = &plan->tables.at[i];
            hz_str plain = hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(plan->id), HZ_ARG(table->name));
            offer(&suggest, reader, &list, table->shared.len > 0 ? table->path : plain);
        }
    }
    hz_diag *diag = refuse(reader, setting, "no scale or table has this path");
    hint(reader, diag, &suggest, "scales and tables are", list);
    return false;
}

bool hz_setting_apply_part(hz_reader *reader, const hz_setting *setting, hz_literal *literal)
{
    part_path path;
    bool good = true, any = false;
    if (!split_path(setting->path, &path)) {
        hz_diag *diag = refuse(reader, setting, "it is no path");
        hz_diag_hint(reader->diags, diag, "a bracket is plan.scale[2].rate, a row plan.table[2].output");
        return false;
    }
    hz_plan_model *plan;
    for (uint32_t i = 0; (plan = hz_setting_plan_at(reader->model, i)) != NULL; i++) {
        if (path.plan.len > 0 && !hz_setting_reaches(plan, path.plan, path.name)) continue;
        hz_table *table = find_table(plan, &path);
        hz_scale *scale = table == NULL ? find_scale(plan, &path) : NULL;
        reader->plan = plan;
        if (scale != NULL) good = set_bracket(reader, setting, scale, &path, literal);
        else if (table != NULL) good = set_row(reader, setting, table, &path, literal);
        any = any || scale != NULL || table != NULL;
        reader->plan = NULL;
        if (!good) return false;
    }
    return any || refuse_owner(reader, setting, &path);
}
