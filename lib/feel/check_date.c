/* check_date.c - date(), duration() and @-literals. Called through check_call.c and by check.c. */
#include "feel/check_call.h"

/* date("…") of a literal, date(y, m, d) of numbers. */
void hz_check_fn_date(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1 && ast->child[0]->op == HZ_AST_STRING) {
        int32_t day;
        hz_check_node(env, ast->child[0]);
        if (hz_date_parse(ast->child[0]->text, &day)) {
            ast->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
            return;
        }
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->child[0]->span, "this is no date");
        hz_diag_hint(env->diags, diag, "dates are written date(\"2015-07-01\")");
        return;
    }
    if (ast->children == 1) {
        hz_check_node(env, ast->child[0]);
        if (ast->child[0]->type.kind == HZ_KIND_DATE) ast->type = ast->child[0]->type;
        else hz_check_need(env, ast->child[0], false, "date", "a text written out, a date, or year, month and day");
        return;
    }
    if (ast->children != 3) {
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "`date` takes a text, or year, month and day");
        return;
    }
    uint8_t absent = 0;
    for (uint32_t i = 0; i < 3; i++) {
        hz_ast *n = ast->child[i];
        hz_check_node(env, n);
        if (!hz_check_need(env, n, n->type.kind == HZ_KIND_NUMBER && n->type.scale == 0, "date", "a whole number")) return;
        absent |= n->type.absent;
    }
    const hz_type *y = &ast->child[0]->type, *m = &ast->child[1]->type, *d = &ast->child[2]->type;
    bool sure = y->lo >= 1 && y->hi <= 9999 && m->lo >= 1 && m->hi <= 12 && d->lo >= 1 && d->hi <= 28;
    if (!sure) absent |= HZ_MAY_ERR;
    ast->type = (hz_type){.kind = HZ_KIND_DATE, .absent = absent, .lo = HZ_DATE_MIN, .hi = HZ_DATE_MAX};
    if (!sure) return;
    ast->type.lo = hz_date_from_civil((hz_civil){(int32_t)y->lo, 1, 1});
    ast->type.hi = hz_date_from_civil((hz_civil){(int32_t)y->hi, 12, 31});
}

static void set_duration(hz_env *env, hz_ast *ast, hz_str text, hz_span span)
{
    hz_duration value;
    if (!hz_duration_parse(text, &value)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, span, "this is no duration");
        hz_diag_hint(env->diags, diag, "durations are written P1Y3M (years, months) or P15D (days)");
        return;
    }
    ast->type = (hz_type){.kind = value.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, .scale = value.months ? 0 : value.scale,
                          .lo = value.amount, .hi = value.amount};
    if (value.amount != INT64_MIN) ast->type.step = value.amount < 0 ? -value.amount : value.amount;
}

void hz_check_fn_duration(hz_env *env, hz_ast *ast)
{
    hz_ast *text = ast->child[0];
    hz_check_node(env, text);
    if (hz_check_failed(text)) return;
    if (text->op == HZ_AST_STRING) set_duration(env, ast, text->text, text->span);
    else if (text->type.kind == HZ_KIND_STRING) hz_error(env->diags, HZ_E_UNSUPPORTED, text->span, "this version needs the text of a duration written out");
    else hz_check_need(env, text, false, "duration", "a text written out");
}

void hz_check_fn_months_duration(hz_env *env, hz_ast *ast)
{
    for (int i = 0; i < 2; i++) {
        hz_check_node(env, ast->child[i]);
        if (!hz_check_need(env, ast->child[i], ast->child[i]->type.kind == HZ_KIND_DATE, "years and months duration", "a date")) return;
    }
    const hz_type *a = &ast->child[0]->type, *b = &ast->child[1]->type;
    ast->type = (hz_type){.kind = HZ_KIND_MONTHS, .absent = (uint8_t)(a->absent | b->absent)};
    ast->type.lo = (b->lo - a->hi) / 28 - 1;
    ast->type.hi = (b->hi - a->lo) / 28 + 1;
}

void hz_check_at_literal(hz_env *env, hz_ast *ast)
{
    int32_t day;
    hz_check_fail(ast);
    if (hz_date_parse(ast->text, &day)) {
        ast->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
    } else if (ast->text.len > 0 && (ast->text.at[0] == 'P' || ast->text.at[0] == '-')) {
        set_duration(env, ast, ast->text, ast->span);
    } else if (memchr(ast->text.at, ':', ast->text.len) != NULL) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->span, "this version does not read times yet");
    } else {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->span, "this is no date and no duration");
        hz_diag_hint(env->diags, diag, "write @\"2015-07-01\", @\"P1Y3M\" or @\"P15D\"");
    }
}
