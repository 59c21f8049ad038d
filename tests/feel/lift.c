/* lift.c - see lift.h. A case is parsed and checked again for each literal that is tried: they are small. */
#include "lift.h"

#include "feel/check.h"

#include <stdio.h>

#define YEARS_100 (INT64_C(36525) * 86400)

/* ---- Types of columns ---- */

/* The type of a column that holds this value and many others: nothing follows from it that follows from the value. */
static void widen(hz_type *type)
{
    hz_i128 size = type->hi < 0 ? -type->hi : type->hi, most;
    type->absent = HZ_MAY_NULL;
    type->step = 0;
    switch (type->kind) {
    case HZ_KIND_NUMBER: most = 1000 * hz_power10(type->scale); break;
    case HZ_KIND_DAYS: most = YEARS_100 * hz_power10(type->scale); break;
    case HZ_KIND_MONTHS: most = 1200; break;
    case HZ_KIND_DATE:
        type->lo = HZ_DATE_MIN;
        type->hi = HZ_DATE_MAX;
        return;
    case HZ_KIND_TIME:
        type->lo = 0;
        type->hi = 86400 * hz_power10(type->scale) - 1;
        return;
    case HZ_KIND_DATE_TIME:
        type->lo -= YEARS_100 * hz_power10(type->scale);
        type->hi += YEARS_100 * hz_power10(type->scale);
        return;
    case HZ_KIND_BOOLEAN:
        type->lo = 0;
        type->hi = 1;
        return;
    default: return;
    }
    if (size > most) most = size;
    type->lo = -most;
    type->hi = most;
}

static void put_in_column(lift *l, hz_feel_value *value, bool null)
{
    l->empty[l->columns] = null;
    l->column[l->columns++] = value;
    value->column = l->columns;
    widen(&value->type);
}

/* A column of 64 bits, or of texts, can hold the value. */
static bool fits_column(const hz_type *type)
{
    return !type->wide && hz_type_fits64(type) && type->scale >= 0 && type->scale <= 18;
}

/* Every single value of an input stands in a column of its own. */
static void lift_input(lift *l, hz_feel_value *value)
{
    if (value->later || value->type.kind == HZ_KIND_NULL || !fits_column(&value->type)) return;
    if (value->type.kind != HZ_KIND_LIST) {
        put_in_column(l, value, false);
        return;
    }
    hz_type *item = HZ_NEW(&l->arena, hz_type);
    item->kind = HZ_KIND_NULL;
    for (uint32_t i = 0; i < value->type.count; i++) {
        lift_input(l, &value->item[i]);
        hz_check_join(&l->arena, i == 0 ? &value->item[i].type : item, &value->item[i].type, item);
    }
    value->type.item = item;
}

/* The next site of this parse, made when the case is parsed for the first time. */
static lift_site *next_site(lift *l, hz_ast *node, const char *where)
{
    lift_site *site = &l->site[l->seen++];
    if (l->seen <= l->sites) return site;
    *site = (lift_site){.node = node, .constructor = node != NULL && node->op == HZ_AST_CALL};
    snprintf(site->where, sizeof site->where, "%s", where);
    l->sites = l->seen;
    return site;
}

static void lift_inputs(lift *l)
{
    for (uint32_t i = 0; i < l->run.given.bindings.count; i++) {
        hz_feel_binding *b = &l->run.given.bindings.at[i];
        if (b->let != NULL) continue;
        lift_site *site = next_site(l, NULL, "input");
        if (!site->lifted) site->value = b->given;
        site->null = site->lifted ? site->null : b->given.type.kind == HZ_KIND_NULL;
        if (!fits_column(&b->given.type)) site->value.type.kind = HZ_KIND_NONE;
        if (!site->lifted) continue;
        if (site->null) {
            b->given = site->value;
            put_in_column(l, &b->given, true);
        } else {
            lift_input(l, &b->given);
        }
        b->type = b->given.type;
    }
}

/* ---- Literals ---- */

static bool is_constructor(const hz_ast *ast)
{
    static const char *const names[] = {"date", "time", "date and time", "duration"};
    if (ast->op != HZ_AST_CALL || ast->children != 1 || ast->child[0]->op != HZ_AST_STRING) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hz_str_is(ast->text, names[i])) return true;
    return false;
}

static bool is_site(const hz_ast *ast)
{
    return (ast->op >= HZ_AST_NUMBER && ast->op <= HZ_AST_AT) || is_constructor(ast);
}

static void say_where(const hz_ast *parent, uint32_t child, char where[64])
{
    if (parent->op == HZ_AST_CALL) snprintf(where, 64, "%.*s %u", HZ_ARG(parent->text), (unsigned)child + 1);
    if (parent->op == HZ_AST_CALL && parent->argument != NULL) snprintf(where, 64, "%.*s %.*s", HZ_ARG(parent->text), HZ_ARG(parent->argument[child]));
    if (parent->op == HZ_AST_POW) snprintf(where, 64, "** %u", (unsigned)child + 1);
    if (parent->op == HZ_AST_DIV) snprintf(where, 64, "/ %u", (unsigned)child + 1);
    if (parent->op == HZ_AST_MUL) snprintf(where, 64, "*");
}

/* The literal becomes a name. */
static void replace(lift *l, hz_ast *ast, lift_site *site)
{
    hz_feel_binding *binding = HZ_PUSH(&l->arena, &l->run.given.bindings);
    memset(binding, 0, sizeof *binding);
    binding->name = hz_arena_printf(&l->arena, "(%u)", (unsigned)(site - l->site));
    binding->given = site->value;
    hz_feel_value *value = HZ_NEW(&l->arena, hz_feel_value);
    *value = site->value;
    put_in_column(l, value, site->null);
    binding->given = *value;
    binding->type = value->type;
    ast->op = HZ_AST_NAME;
    ast->text = binding->name;
    ast->children = 0;
}

static void walk(lift *l, hz_ast *ast, const char *where)
{
    if (is_site(ast) && l->seen < LIFT_MOST) {
        lift_site *site = next_site(l, ast, where);
        if (site->lifted) {
            l->seen += site->constructor;
            replace(l, ast, site);
            return;
        }
    }
    for (uint32_t i = 0; i < ast->children; i++) {
        char here[64] = "";
        say_where(ast, i, here);
        bool through = ast->op == HZ_AST_NEGATE || ast->op == HZ_AST_LIST;
        walk(l, ast->child[i], through ? where : here);
    }
}

static void parsed(hz_feel_run *run, hz_ast *tree)
{
    walk((lift *)((char *)run - offsetof(lift, run)), tree, "");
}

/* Values of literals, once the checker knows their types. */
static void read_sites(lift *l)
{
    for (uint32_t i = 0; i < l->sites; i++) {
        lift_site *site = &l->site[i];
        const hz_ast *ast = site->node;
        if (ast == NULL) continue;
        site->null = ast->op == HZ_AST_NULL;
        if (ast->type.kind == HZ_KIND_NONE) hz_check_node(&l->run.env, site->node); /* not looked at after an error */
        const hz_type *type = &ast->type;
        bool fits = fits_column(type) && type->absent == 0;
        site->value = (hz_feel_value){.type = *type, .value = ast->op == HZ_AST_BOOLEAN ? (hz_i128)ast->truth : type->lo};
        if (ast->op == HZ_AST_STRING) site->value.text = hz_arena_copy(&l->keep, ast->text);
        if (!site->null && (!fits || type->lo != type->hi)) site->value.type.kind = HZ_KIND_NONE;
    }
}

/* ---- Trying ---- */

/* The columns that a null is tried in. */
static const hz_type null_types[] = {
    {.kind = HZ_KIND_NUMBER}, {.kind = HZ_KIND_STRING}, {.kind = HZ_KIND_BOOLEAN}, {.kind = HZ_KIND_DATE},
    {.kind = HZ_KIND_TIME},   {.kind = HZ_KIND_DAYS},   {.kind = HZ_KIND_MONTHS},  {.kind = HZ_KIND_DATE_TIME},
};
#define NULL_TYPES (sizeof null_types / sizeof *null_types)

static bool try_case(lift *l, hz_str json)
{
    hz_arena_end(&l->arena);
    hz_arena_begin(&l->arena, &hz_alloc_libc, (size_t)256 << 20);
    l->arena.escape = &l->escape;
    l->diags = (hz_diags){.arena = &l->arena};
    hz_feel_run_begin(&l->run, &l->arena, &l->diags);
    l->run.parsed = parsed;
    l->seen = l->columns = 0;
    if (!hz_feel_case_read(&l->run.given, json)) return false;
    lift_inputs(l);
    return hz_feel_run_check(&l->run);
}

static bool try_each(lift *l, hz_str json)
{
    for (uint32_t i = l->sites; i-- > 0;) {
        lift_site *site = &l->site[i];
        bool taken = site->constructor && l->site[i + 1].lifted;
        if (taken || site->value.type.kind == HZ_KIND_NONE) continue;
        for (uint32_t k = 0; k < (site->null ? NULL_TYPES : 1) && !site->lifted; k++) {
            site->lifted = true;
            if (site->null) site->value.type = null_types[k];
            if (!try_case(l, json)) site->lifted = false;
        }
    }
    return try_case(l, json);
}

/* ---- What is refused as written ---- */

static bool can_lift(const lift *l, uint32_t i)
{
    bool text = i > 0 && l->site[i - 1].constructor && l->site[i - 1].value.type.kind != HZ_KIND_NONE;
    return !text && (l->site[i].null || l->site[i].value.type.kind != HZ_KIND_NONE);
}

/* Everything in columns, but for two sites (the number of sites: none); nulls in columns of the types that the digits of
 * `types` say. */
static bool try_all(lift *l, hz_str json, uint32_t a, uint32_t b, uint64_t types)
{
    for (uint32_t i = 0; i < l->sites; i++) {
        l->site[i].lifted = can_lift(l, i) && i != a && i != b;
        if (!l->site[i].null) continue;
        l->site[i].value.type = null_types[types % NULL_TYPES];
        types /= NULL_TYPES;
    }
    return try_case(l, json);
}

static bool search(lift *l, hz_str json)
{
    uint64_t kinds = 1;
    read_sites(l);
    for (uint32_t i = 0; i < l->sites; i++)
        if (l->site[i].null && kinds < 4096) kinds *= NULL_TYPES;
    for (uint32_t a = l->sites + 1; a-- > 0;)
        for (uint32_t b = l->sites + 1; b-- > a;)
            for (uint64_t types = 0; types < kinds; types++)
                if (try_all(l, json, a, b, types)) return true;
    return false;
}

bool lift_refused(lift *l, hz_str json)
{
    return setjmp(l->escape.to) == 0 && search(l, json);
}

bool lift_case(lift *l, hz_str json)
{
    memset(l, 0, sizeof *l);
    hz_arena_begin(&l->arena, &hz_alloc_libc, 1 << 20);
    hz_arena_begin(&l->keep, &hz_alloc_libc, (size_t)64 << 20);
    l->keep.escape = &l->escape;
    if (setjmp(l->escape.to) != 0) return false;
    if (!try_case(l, json)) return false;
    read_sites(l);
    return try_each(l, json);
}

void lift_end(lift *l)
{
    hz_arena_end(&l->arena);
    hz_arena_end(&l->keep);
}
