/* origin.c - what names of a plan are made of, as far as it says what they can be; and why something may be null, as a
 * hint. Facts (feel/facts.h) ask the one, check_plan.c and check_items.c the other.
 */
#include "program/check_plan.h"

#include "feel/print.h"

static bool is_checked(const hz_checker *checker, uint32_t symbol)
{
    return checker->plan->symbols[symbol].type.kind != HZ_KIND_NONE && hz_check_is_done(checker, symbol);
}

/* The versions of a name that is made of formulas; NULL: it is not. */
static const hz_history *formulas_of(const hz_plan_model *rules, const hz_symbol *symbol)
{
    if (symbol->kind == HZ_SYMBOL_VALUE) return &rules->values.at[symbol->index].history;
    if (symbol->kind == HZ_SYMBOL_OUTPUT) return &rules->outputs.at[symbol->index].history;
    return NULL;
}

/* Every version is a formula, or unknown, which is no null. */
static bool is_made_of_formulas(const hz_history *history)
{
    bool made = history->entries.count > 0;
    for (uint32_t i = 0; i < history->entries.count && made; i++) {
        const hz_entry *entry = &history->entries.at[i];
        made = entry->state == HZ_ENTRY_UNKNOWN || (entry->state != HZ_ENTRY_NONE && entry->formula != NULL);
    }
    return made;
}

static bool ends(const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++)
        if (history->entries.at[i].state == HZ_ENTRY_NONE) return true;
    return false;
}

hz_origin hz_origin_of(void *context, uint32_t symbol)
{
    const hz_checker *checker = context;
    const hz_plan_model *rules = checker->plan->rules;
    const hz_symbol *of = &rules->symbols.at[symbol];
    const hz_history *formulas = formulas_of(rules, of);
    if (!is_checked(checker, symbol)) return HZ_ORIGIN_OPEN;
    if (of->kind == HZ_SYMBOL_INPUT) {
        const hz_input *input = &rules->inputs.at[of->index];
        return input->when != NULL && !input->optional && !input->has_default ? HZ_ORIGIN_EXISTS : HZ_ORIGIN_OPEN;
    }
    if (checker->none_allowed) return HZ_ORIGIN_OPEN; /* a limit is null too where it is not in force */
    if (of->kind == HZ_SYMBOL_SCALE) return ends(&rules->scales.at[of->index].history) ? HZ_ORIGIN_OPEN : HZ_ORIGIN_STRICT;
    return formulas != NULL && is_made_of_formulas(formulas) ? HZ_ORIGIN_GIVES : HZ_ORIGIN_OPEN;
}

/* A version that there is on the days that count. */
static bool counts(const hz_checker *checker, const hz_history *history, uint32_t version)
{
    const hz_entry *entry = &history->entries.at[version];
    int32_t until = version + 1 < history->entries.count ? history->entries.at[version + 1].since.day : HZ_DATE_MAX + 1;
    bool steps = history->dated && history->dated_by.len == 0;
    hz_window window = hz_window_overlap(checker->within, (hz_window){version == 0 ? HZ_DATE_MIN : entry->since.day, until});
    return entry->formula != NULL && (!steps || window.from < window.until);
}

const hz_ast *hz_origin_formula(void *context, uint32_t symbol, uint32_t index)
{
    const hz_plan_model *rules = ((const hz_checker *)context)->plan->rules;
    const hz_symbol *of = &rules->symbols.at[symbol];
    const hz_history *formulas = formulas_of(rules, of);
    if (of->kind == HZ_SYMBOL_INPUT) return index == 0 ? rules->inputs.at[of->index].when : NULL;
    if (of->kind == HZ_SYMBOL_SCALE) return index == 0 ? rules->scales.at[of->index].of : NULL;
    for (uint32_t i = 0; formulas != NULL && i < formulas->entries.count; i++)
        if (counts(context, formulas, i) && index-- == 0) return formulas->entries.at[i].formula;
    return NULL;
}

/* ---- Why something may be null ---- */

#define WHEN_MOST 200 /* bytes of a `when` that a hint repeats */

static void *take(void *arena, size_t size)
{
    return hz_arena_try(arena, size);
}

static void *take_more(void *arena, void *memory, size_t old_size, size_t new_size)
{
    unsigned char *more = hz_arena_try(arena, new_size);
    if (more != NULL && memory != NULL) memcpy(more, memory, old_size);
    return more;
}

static void keep(void *arena, void *memory, size_t size)
{
    (void)arena;
    (void)memory;
    (void)size;
}

/* An expression as text in the arena; empty: it is too long for a hint. */
static hz_str printed(const hz_checker *checker, const hz_ast *ast)
{
    const hz_alloc alloc = {take, take_more, keep, checker->arena};
    hz_buf text;
    hz_buf_begin(&text, &alloc);
    hz_feel_print(ast, NULL, &text);
    return text.failed || text.len > WHEN_MOST ? HZ_STR("") : hz_buf_text(&text);
}

/* The first name of which an expression may be null, by what is known here; HZ_MAP_NONE: none is. Items of a list may be
 * null where the list is not. */
static uint32_t null_name(hz_checker *checker, const hz_ast *ast)
{
    uint32_t name = HZ_MAP_NONE;
    if (ast->op != HZ_AST_LIST && (ast->type.absent & HZ_MAY_NULL) == 0) return name;
    if (ast->op == HZ_AST_NAME) return hz_facts_of_name(&checker->env.facts, ast->symbol, &ast->type).null ? ast->symbol : name;
    for (uint32_t i = ast->op == HZ_AST_IF ? 1 : 0; i < ast->children && name == HZ_MAP_NONE; i++) name = null_name(checker, ast->child[i]);
    return name;
}

/* The same of what a name is made of. */
static uint32_t next_name(hz_checker *checker, uint32_t symbol)
{
    void *context = checker;
    uint32_t name = HZ_MAP_NONE;
    if (checker->plan->rules->symbols.at[symbol].kind == HZ_SYMBOL_INPUT || hz_origin_of(context, symbol) == HZ_ORIGIN_OPEN) return HZ_MAP_NONE;
    for (uint32_t i = 0; name == HZ_MAP_NONE; i++) {
        const hz_ast *formula = hz_origin_formula(context, symbol, i);
        if (formula == NULL) break;
        name = null_name(checker, formula);
    }
    return name;
}

void hz_hint_null(hz_checker *checker, hz_diag *diag, const hz_ast *ast, bool before)
{
    const hz_plan_model *rules = checker->plan->rules;
    uint32_t root = null_name(checker, ast);
    if (root == HZ_MAP_NONE) {
        hz_diag_hint(checker->diags, diag, before ? "write another value for `null`" : "write another value for `null`, or say when this is asked: `when: x != null`");
        return;
    }
    hz_str name = rules->symbols.at[root].name;
    for (uint32_t next = next_name(checker, root); next != HZ_MAP_NONE; next = next_name(checker, next)) root = next;
    const hz_symbol *symbol = &rules->symbols.at[root];
    const char *made = hz_str_eq(symbol->name, name) ? ": " : hz_arena_printf(checker->arena, ", and `%.*s` is made of it: ", HZ_ARG(name)).at;
    const hz_ast *when = symbol->kind == HZ_SYMBOL_INPUT && hz_origin_of(checker, root) == HZ_ORIGIN_EXISTS ? rules->inputs.at[symbol->index].when : NULL;
    hz_str text = when != NULL ? printed(checker, when) : HZ_STR("");
    if (text.len > 0) {
        hz_diag_hint(checker->diags, diag, "`%.*s` is there only when %.*s%s%s: `when: %.*s`", HZ_ARG(symbol->name), HZ_ARG(text), made,
                     before ? "consider this only then" : "ask for this only then", HZ_ARG(text));
    } else if (before) {
        hz_diag_hint(checker->diags, diag, "`%.*s` may be absent%stest it first, %.*s != null and …", HZ_ARG(symbol->name), made, HZ_ARG(symbol->name));
    } else {
        hz_diag_hint(checker->diags, diag, "`%.*s` may be absent%ssay when this is asked, `when: %.*s != null`, or give it a default", HZ_ARG(symbol->name),
                     made, HZ_ARG(symbol->name));
    }
}
