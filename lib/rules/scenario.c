/* scenario.c - settings replace dated values before the program is made: "what if the daily amount were 60?"
 *
 * A setting is held to the type, unit, decimals and sign of what it replaces, as the file itself would be. The model is
 * changed in place. Called by api/ between hz_rules_read and hz_compile.
 */
#include "rules/setting.h"

#include "base/sha256.h"
#include "feel/parse.h"
#include "source/suggest.h"

#define PERCENT_SCALE 6 /* decimals that a share may be set to, as a `rate` has */

/* ---- What a path leads to ---------------------------------------------------------------------------------------- */

static bool can_be_set(const hz_symbol *symbol)
{
    return symbol->kind == HZ_SYMBOL_PARAMETER || symbol->kind == HZ_SYMBOL_VALUE;
}

/* The path nearest to the one written; or, when none is near, that of the nearest name. Empty: none. */
static hz_str nearest_path(hz_reader *reader, hz_str written)
{
    const hz_model *model = reader->model;
    const hz_plan_model *named = NULL;
    hz_suggest whole, name;
    size_t tail = written.len;
    while (tail > 0 && written.at[tail - 1] != '.') tail--;
    hz_suggest_begin(&whole, written);
    hz_suggest_begin(&name, hz_str_part(written, tail, written.len));
    for (uint32_t i = 0; i < model->plans.count; i++) {
        const hz_plan_model *plan = &model->plans.at[i];
        for (uint32_t j = 0; j < plan->symbols.count; j++) {
            const hz_symbol *symbol = &plan->symbols.at[j];
            const char *best = name.best.at;
            if (!can_be_set(symbol)) continue;
            hz_suggest_offer(&whole,
                             hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(plan->id), HZ_ARG(symbol->name)));
            if (hz_str_eq(symbol->name, name.asked))
                return hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(plan->id), HZ_ARG(symbol->name));
            hz_suggest_offer(&name, symbol->name);
            named = name.best.at != best ? plan : named;
        }
    }
    if (whole.best.at != NULL || named == NULL) return whole.best;
    return hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(named->id), HZ_ARG(name.best));
}

static void refuse_path(hz_reader *reader, const hz_setting *setting, const hz_symbol *symbol)
{
    hz_str nearest = symbol == NULL ? nearest_path(reader, setting->path) : HZ_STR("");
    uint8_t kind = symbol != NULL ? symbol->kind : HZ_SYMBOL_TOTAL;
    hz_diag *diag = symbol != NULL
                        ? hz_error(reader->diags, HZ_E_SCENARIO_PATH, setting->path_span,
                                   "`%.*s` cannot be set: only parameters and values can, and parts of scales and tables",
                                   HZ_BRIEF(setting->path))
                        : hz_error(reader->diags, HZ_E_SCENARIO_PATH, setting->path_span, "there is no `%.*s`",
                                   HZ_BRIEF(setting->path));
    if (nearest.len != 0) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(nearest));
    else if (kind == HZ_SYMBOL_SCALE)
        hz_diag_hint(reader->diags, diag, "name a bracket by its number or id: %.*s[1].rate, or .gives", HZ_BRIEF(setting->path));
    else if (kind == HZ_SYMBOL_OUTPUT)
        hz_diag_hint(reader->diags, diag, "name a row of its table by its number or id: plan.table[1].%.*s", HZ_BRIEF(symbol->name));
    else if (symbol != NULL)
        hz_diag_hint(reader->diags, diag,
                     "inputs come with the claim; formulas of other kinds are changed in the file");
    else hz_diag_hint(reader->diags, diag, "a path is the plan's id, a point, and the name of a parameter or value");
}

/* ---- The literal --------------------------------------------------------------------------------------------------
 */

static hz_ast *parse_value(hz_reader *reader, const hz_setting *setting)
{
    hz_feel_text text = {setting->value, setting->value_span, NULL};
    return hz_feel_parse(reader->arena, reader->diags, text, NULL);
}

static bool refuse_value(hz_reader *reader, hz_item item, const hz_setting *setting, hz_kind kind)
{
    static const char *const forms[] = {[HZ_KIND_SET] = "a list of codes: [\"breast\", \"cervix\"]",
                                        [HZ_KIND_CODE] = "a code in double quotes: \"full\"",
                                        [HZ_KIND_DATE] = "a date: @\"2026-01-01\"",
                                        [HZ_KIND_DAYS] = "a number of days: @\"P15D\"",
                                        [HZ_KIND_MONTHS] = "years and months: @\"P1Y3M\""};
    hz_diag *diag = hz_error(reader->diags, HZ_E_SCENARIO_VALUE, setting->value_span,
                             "`%.*s` is not of the type of %s `%.*s`", HZ_BRIEF(setting->value), HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write %s", forms[kind]);
    return false;
}

static bool has_version(const hz_parameter *parameter)
{
    for (uint32_t i = 0; i < parameter->history.entries.count; i++)
        if (parameter->history.entries.at[i].state == HZ_ENTRY_VALUE) return true;
    return false;
}

static bool read_number(hz_reader *reader, hz_item item, const hz_setting *setting, const hz_parameter *parameter,
                        hz_literal *out)
{
    bool percent = hz_str_is(parameter->unit, "%");
    hz_wanted wanted = {.kind = HZ_KIND_NUMBER, .percent = percent, .unit = parameter->unit};
    int32_t scale = percent ? PERCENT_SCALE : hz_unit_scale(parameter->unit, reader->model->currency);
    if (!hz_literal_of_text(reader, item, setting->value, setting->value_span, &wanted, out)) return false;
    if (scale < parameter->type.scale) scale = parameter->type.scale;
    hz_decimal plain = hz_decimal_trim((hz_decimal){out->coefficient, out->type.scale});
    if (!hz_literal_rescale(reader, item, setting->value_span, scale, out)) return false;
    hz_literal_set(out, HZ_KIND_NUMBER, plain.scale, plain.coefficient);
    if (plain.coefficient >= 0 || parameter->type.lo < 0) return true;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_OUT_OF_RANGE, setting->value_span, "%s `%.*s` is never negative", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "set it to 0 or more");
    return false;
}

/* ["breast", "cervix"]; bare words will do. */
static bool read_set(hz_reader *reader, hz_item item, const hz_setting *setting, hz_parameter *parameter, hz_literal *out)
{
    const hz_ast *ast = parse_value(reader, setting);
    if (ast->op == HZ_AST_ERROR) return false;
    if (ast->op != HZ_AST_LIST) return refuse_value(reader, item, setting, HZ_KIND_SET);
    hz_set_word *words = HZ_NEW_MANY(reader->arena, hz_set_word, ast->children);
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_ast *word = ast->child[i];
        if (word->op != HZ_AST_STRING && word->op != HZ_AST_NAME) return refuse_value(reader, item, setting, HZ_KIND_SET);
        words[i] = (hz_set_word){word->text, word->span};
    }
    return hz_make_set(reader, parameter, words, ast->children, setting->value_span, out);
}

bool hz_setting_literal(hz_reader *reader, hz_item item, const hz_setting *setting, hz_parameter *parameter,
                        hz_literal *out)
{
    const hz_type *type = &parameter->type;
    hz_wanted wanted = {.kind = (hz_kind)type->kind, .codes = type->codes};
    if (wanted.kind == HZ_KIND_NUMBER) return read_number(reader, item, setting, parameter, out);
    if (wanted.kind == HZ_KIND_SET) return read_set(reader, item, setting, parameter, out);
    if (wanted.kind == HZ_KIND_BOOLEAN)
        return hz_literal_of_text(reader, item, setting->value, setting->value_span, &wanted, out);
    const hz_ast *ast = parse_value(reader, setting);
    if (ast->op == HZ_AST_ERROR || wanted.kind == HZ_KIND_NONE) return false;
    bool good = hz_literal_of_ast(ast, out);
    if (good && wanted.kind == HZ_KIND_CODE && out->type.kind == HZ_KIND_STRING)
        return hz_literal_of_text(reader, item, ast->text, ast->span, &wanted, out);
    bool period = type->kind == HZ_KIND_DAYS || type->kind == HZ_KIND_MONTHS;
    bool either = period && !has_version(parameter);
    if (good && either && (out->type.kind == HZ_KIND_DAYS || out->type.kind == HZ_KIND_MONTHS)) return true;
    return (good && out->type.kind == type->kind) || refuse_value(reader, item, setting, wanted.kind);
}

/* ---- Replacing versions -------------------------------------------------------------------------------------------
 */

hz_ast *hz_setting_copy(hz_arena *arena, const hz_ast *ast)
{
    if (ast == NULL) return NULL;
    hz_ast *copy = HZ_NEW(arena, hz_ast);
    *copy = *ast;
    copy->child = HZ_NEW_MANY(arena, hz_ast *, ast->children);
    for (uint32_t i = 0; i < ast->children; i++) copy->child[i] = hz_setting_copy(arena, ast->child[i]);
    return copy;
}

static void put(hz_arena *arena, hz_history *history, const hz_entry *entry, hz_since since)
{
    hz_entry copy = *entry;
    copy.since = since;
    copy.formula = hz_setting_copy(arena, entry->formula);
    *HZ_PUSH(arena, &history->entries) = copy;
}

/* The version in force on the first day without the setting comes back; before the first one nothing was. */
static void put_resumed(hz_arena *arena, hz_history *history, const hz_history *old, hz_since until)
{
    const hz_entry none = {.state = HZ_ENTRY_NONE, .scenario = true, .from = {.span = HZ_NO_SPAN}, .span = until.span};
    const hz_entry *before = &none;
    for (uint32_t i = 0; i < old->entries.count && old->entries.at[i].since.day <= until.day; i++)
        before = &old->entries.at[i];
    if (before == &none || before->since.day < until.day) put(arena, history, before, until);
}

static bool has_any(const hz_history *history)
{
    bool any = false;
    for (uint32_t i = 0; i < history->entries.count; i++) any = any || history->entries.at[i].state != HZ_ENTRY_NONE;
    return any;
}

/* Without days every version is replaced. `none` stays, and with it the life of the thing, unless there is nothing else. */
static void replace(hz_arena *arena, hz_history *history, const hz_setting *setting, const hz_entry *entry)
{
    bool lives = has_any(history);
    hz_history old = *history;
    history->entries.at = NULL;
    history->entries.count = history->entries.room = 0;
    for (uint32_t i = 0; i < old.entries.count; i++) {
        const hz_entry *version = &old.entries.at[i];
        bool stays = lives && version->state == HZ_ENTRY_NONE;
        if (!setting->has_from) put(arena, history, stays ? version : entry, version->since);
        else if (version->since.day < setting->from.day) put(arena, history, version, version->since);
    }
    if (!setting->has_from) return;
    history->dated = true;
    put(arena, history, entry, setting->from);
    if (!setting->has_until) return;
    put_resumed(arena, history, &old, setting->until);
    for (uint32_t i = 0; i < old.entries.count; i++)
        if (old.entries.at[i].since.day >= setting->until.day)
            put(arena, history, &old.entries.at[i], old.entries.at[i].since);
}

/* ---- Applying -----------------------------------------------------------------------------------------------------
 */

static bool set_value(hz_reader *reader, hz_item item, const hz_setting *setting, hz_entry *entry, hz_literal *literal)
{
    entry->formula = parse_value(reader, setting);
    if (entry->formula->op == HZ_AST_ERROR) return false;
    if (hz_literal_of_ast(entry->formula, literal)) {
        if (literal->type.kind == HZ_KIND_STRING) literal->text = setting->value;
        return true;
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_SCENARIO_VALUE, setting->value_span,
                             "%s `%.*s` can be set to a literal, not to an expression", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write a number, true, false, \"text\", @\"2026-01-01\" or @\"P1Y\"");
    return false;
}

static void remember(hz_reader *reader, const hz_setting *setting, const hz_literal *literal)
{
    hz_model *model = reader->model;
    hz_str line = hz_setting_canonical(reader->arena, setting, literal);
    model->scenario = model->scenario.len == 0
                          ? line
                          : hz_arena_printf(reader->arena, "%.*s\n%.*s", HZ_ARG(model->scenario), HZ_ARG(line));
}

hz_provenance hz_setting_provenance(const hz_setting *setting)
{
    return (hz_provenance){.given = true,
                           .grounded = true,
                           .standing = HZ_ASSUMED,
                           .assumed = HZ_STR("set by a scenario"),
                           .span = hz_span_join(setting->path_span, setting->value_span)};
}

static bool apply_to(hz_reader *reader, const hz_setting *setting, hz_plan_model *plan, const hz_symbol *symbol, hz_literal *literal)
{
    hz_entry entry = {.state = HZ_ENTRY_VALUE, .scenario = true, .from = hz_setting_provenance(setting), .span = setting->value_span};
    if (symbol->kind == HZ_SYMBOL_PARAMETER) {
        hz_parameter *parameter = &plan->parameters.at[symbol->index];
        hz_item item = {"parameter", parameter->name, setting->path_span};
        if (!hz_setting_literal(reader, item, setting, parameter, literal)) return false;
        entry.value = *literal;
        replace(reader->arena, &parameter->history, setting, &entry);
        hz_span_versions(parameter);
    } else {
        hz_value *value = &plan->values.at[symbol->index];
        if (!set_value(reader, (hz_item){"value", value->name, setting->path_span}, setting, &entry, literal)) return false;
        replace(reader->arena, &value->history, setting, &entry);
    }
    return true;
}

static void apply(hz_reader *reader, const hz_setting *setting)
{
    hz_str owner = hz_setting_owner(setting->path), name = hz_setting_name(setting->path);
    const hz_symbol *found = NULL;
    hz_plan_model *plan;
    hz_literal literal;
    if (setting->reading) {
        if (hz_setting_apply_reading(reader, setting)) remember(reader, setting, NULL);
        return;
    }
    if (hz_setting_is_part(setting)) {
        if (hz_setting_apply_part(reader, setting, &literal)) remember(reader, setting, &literal);
        return;
    }
    for (uint32_t i = 0; (plan = hz_setting_plan_at(reader->model, i)) != NULL; i++) {
        uint32_t known = hz_setting_reaches(plan, owner, name) ? hz_map_find(&plan->symbol_map, name) : HZ_MAP_NONE;
        if (known == HZ_MAP_NONE) continue;
        found = &plan->symbols.at[known];
        if (!can_be_set(found)) break;
        if (!apply_to(reader, setting, plan, found, &literal)) return;
    }
    if (found != NULL && can_be_set(found)) remember(reader, setting, &literal);
    else refuse_path(reader, setting, found);
}


/* Where a comment begins: at a # that stands first or behind a blank, and not in quotes. */
static size_t comment_of(hz_str line)
{
    bool quoted = false;
    for (size_t i = 0; i < line.len; i++) {
        char before = i > 0 ? line.at[i - 1] : ' ';
        if (line.at[i] == '"') quoted = !quoted;
        if (line.at[i] == '#' && !quoted && (before == ' ' || before == '\t')) return i;
    }
    return line.len;
}

typedef struct settings {
    hz_setting *at;
    uint32_t count, room;
} settings;

static void parse_lines(hz_reader *reader, uint32_t file, settings *out)
{
    hz_str text = reader->model->texts.files.at[file].bytes;
    for (size_t begin = 0, end; begin <= text.len; begin = end + 1) {
        for (end = begin; end < text.len && text.at[end] != '\n';) end++;
        hz_str line = hz_str_part(text, begin, end);
        hz_str said = hz_str_trim(hz_str_part(line, 0, comment_of(line)));
        hz_setting setting;
        bool alone = text.len == line.len; /* a setting by itself says something */
        if (said.len == 0 && !alone) continue;
        size_t at = said.len > 0 ? (size_t)(said.at - text.at) : 0;
        if (hz_setting_parse(reader, file, at, at + said.len, &setting)) *HZ_PUSH(reader->arena, out) = setting;
    }
}

/* Readings first: one taken later would bring its values back where others have been set. */
static void apply_all(hz_reader *reader, const settings *all)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (all->at[i].reading) apply(reader, &all->at[i]);
    for (uint32_t i = 0; i < all->count; i++)
        if (!all->at[i].reading) apply(reader, &all->at[i]);
}

void hz_rules_apply(hz_arena *arena, hz_diags *diags, hz_model *model, const hz_file *files, uint32_t count)
{
    hz_reader reader = {.arena = arena, .diags = diags, .model = model};
    settings all = {.at = NULL};
    for (uint32_t i = 0; i < count; i++) {
        hz_str name = files[i].path.len > 0 ? files[i].path : HZ_STR("--set");
        parse_lines(&reader, hz_sources_add(arena, &model->texts, name, hz_arena_copy(arena, files[i].bytes)), &all);
    }
    apply_all(&reader, &all);
    if (model->scenario.len != 0) {
        hz_sha256 hash;
        hz_sha256_begin(&hash);
        hz_sha256_add(&hash, model->scenario);
        hz_sha256_end(&hash, model->scenario_sha256);
    }
}
