/* check_scale.c - bracket scales: what they work on is a number, and their result is proved to fit. It is null where that
 * number is.
 *
 * The sum of a marginal scale is linear inside each bracket, so it is largest and smallest at the ends of brackets and of
 * the range of what it works on: there it is worked out exactly. Called by check_plan.c; the number of decimals that a
 * scale compares with is lower_scale.c's too.
 */
#include "program/check_plan.h"

#include "rules/read.h"

#define DECIMALS_MOST 18

int32_t hz_scale_places(const hz_scale *scale)
{
    int32_t places = scale->of->type.scale;
    if (scale->start.type.scale > places) places = scale->start.type.scale;
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        const hz_brackets *brackets = &scale->history.entries.at[i].brackets;
        for (uint32_t k = 0; k < brackets->count; k++)
            if (!brackets->at[k].open && brackets->at[k].end.type.scale > places) places = brackets->at[k].end.type.scale;
    }
    return places;
}

/* ---- Ranges ---- */

/* What a scale works with, at its common number of decimals. */
typedef struct measure {
    const hz_scale *scale;
    int32_t places;
    hz_i128 lo, hi, start; /* the range of `of` from the start on */
    bool narrow;           /* all of it fits */
} measure;

static hz_i128 at_places(measure *m, hz_i128 coefficient, int32_t places)
{
    hz_i128 out = 0;
    m->narrow = m->narrow && hz_decimal_rescale(coefficient, places, m->places, &out) &&
                hz_type_fits64(&(hz_type){.kind = HZ_KIND_NUMBER, .lo = out, .hi = out});
    return out;
}

/* rate × slice, over the brackets up to x. */
static hz_i128 sum_at(measure *m, const hz_brackets *brackets, hz_i128 x)
{
    hz_i128 sum = 0, from = m->start;
    for (uint32_t i = 0; i < brackets->count && x > from; i++) {
        const hz_bracket *bracket = &brackets->at[i];
        hz_i128 end = bracket->open ? x : at_places(m, bracket->end.coefficient, bracket->end.type.scale), part;
        if (end > x) end = x;
        m->narrow = m->narrow && hz_i128_mul(end - from, bracket->value.coefficient, &part) && hz_i128_add(sum, part, &sum);
        from = end;
    }
    return sum;
}

static void widen(hz_type *type, hz_i128 value, bool *first)
{
    if (*first || value < type->lo) type->lo = value;
    if (*first || value > type->hi) type->hi = value;
    *first = false;
}

static void span_sums(measure *m, hz_type *out)
{
    bool first = true;
    for (uint32_t i = 0; i < m->scale->history.entries.count; i++) {
        const hz_brackets *brackets = &m->scale->history.entries.at[i].brackets;
        if (brackets->count == 0) continue;
        widen(out, sum_at(m, brackets, m->lo), &first);
        widen(out, sum_at(m, brackets, m->hi), &first);
        for (uint32_t k = 0; k + 1 < brackets->count; k++) {
            hz_i128 end = at_places(m, brackets->at[k].end.coefficient, brackets->at[k].end.type.scale);
            if (end > m->lo && end < m->hi) widen(out, sum_at(m, brackets, end), &first);
        }
    }
}

static measure measure_of(const hz_scale *scale, const hz_type *of)
{
    measure m = {.scale = scale, .places = hz_scale_places(scale), .narrow = true};
    m.start = at_places(&m, scale->start.coefficient, scale->start.type.scale);
    m.lo = at_places(&m, of->lo, of->scale);
    m.hi = at_places(&m, of->hi, of->scale);
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        const hz_brackets *brackets = &scale->history.entries.at[i].brackets;
        for (uint32_t k = 0; k + 1 < brackets->count; k++)
            at_places(&m, brackets->at[k].end.coefficient, brackets->at[k].end.type.scale);
    }
    return m;
}

static bool set_type(hz_checker *checker, const hz_scale *scale, const hz_type *of, hz_type *out)
{
    measure m = measure_of(scale, of);
    bool below = m.lo < m.start;
    if (m.narrow && m.hi < m.start) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_BRACKET, scale->of->span, "`%.*s` is always below the first bracket of scale `%.*s`",
                                 HZ_ARG(scale->of_name), HZ_ARG(scale->name));
        hz_diag_hint(checker->diags, diag, "say where the scale starts with `starts at: …`");
        return false;
    }
    if (below) m.lo = m.start;
    *out = scale->type;
    if (scale->marginal) {
        out->scale += m.places;
        out->lo = out->hi = 0;
        span_sums(&m, out);
    }
    if (below) out->absent |= HZ_MAY_ERR;
    if (m.narrow && out->scale <= DECIMALS_MOST && (out->kind != HZ_KIND_NUMBER || hz_type_fits64(out))) return true;
    hz_diag *diag = hz_error(checker->diags, HZ_E_WIDE, scale->of->span, "scale `%.*s` may need more than 64 bits", HZ_ARG(scale->name));
    hz_diag_hint(checker->diags, diag, "give `%.*s` a `range`, or its brackets fewer decimals", HZ_ARG(scale->of_name));
    return false;
}

/* ---- Statements ---- */

/* Money of money: 40 would be forty times each yuan. Of a number of days it is an amount a day. */
static bool check_rates(hz_checker *checker, const hz_scale *scale, const hz_type *of)
{
    int32_t money = checker->model->currency_scale;
    bool ok = true;
    if (!scale->marginal || of->scale != money || hz_unit_scale(scale->unit, checker->model->currency) != money) return true;
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        const hz_brackets *brackets = &scale->history.entries.at[i].brackets;
        for (uint32_t k = 0; k < brackets->count; k++) {
            const hz_literal *rate = &brackets->at[k].value;
            bool percent = rate->text.len > 0 && rate->text.at[rate->text.len - 1] == '%';
            if (rate->type.kind != HZ_KIND_NUMBER || percent || rate->coefficient <= hz_power10(rate->type.scale)) continue;
            hz_diag *diag = hz_error(checker->diags, HZ_E_PERCENT, brackets->at[k].span, "`%.*s` without `%%` is that many times the whole slice",
                                     HZ_ARG(rate->text));
            hz_diag_hint(checker->diags, diag, "write `%.*s%%`, or the share as a number, as 0.2 for 20%%", HZ_ARG(rate->text));
            ok = false;
        }
    }
    return ok;
}

static bool check_of(hz_checker *checker, const hz_scale *scale, const hz_type *of)
{
    hz_diag *diag;
    if (of->kind != HZ_KIND_NUMBER) {
        diag = hz_error(checker->diags, HZ_E_TYPE, scale->of->span, "scale `%.*s` works on a number, and `%.*s` is a %s", HZ_ARG(scale->name),
                        HZ_ARG(scale->of_name), hz_kind_name((hz_kind)of->kind));
        hz_diag_hint(checker->diags, diag, "days between two dates are a number: (b - a).days, in a value with a name");
        return false;
    }
    if (of->wide) {
        diag = hz_error(checker->diags, HZ_E_WIDE, scale->of->span, "scale `%.*s` works on `%.*s`, which %s", HZ_ARG(scale->name), HZ_ARG(scale->of_name),
                        of->ragged ? "may have any number of decimals" : "may need more than 64 bits");
        hz_diag_hint(checker->diags, diag, of->ragged ? "round it where it is computed: round half up(…, 2)" : "give an input a narrower `range`");
        return false;
    }
    return true;
}

void hz_check_scale(hz_checker *checker, const hz_scale *scale, hz_symbol_info *info)
{
    const hz_history *history = &scale->history;
    uint8_t absent = 0;
    bool own = history->dated_by.len > 0;
    info->type = (hz_type){.kind = HZ_KIND_NONE};
    checker->found = HZ_ALL_DAYS;
    checker->reads_dated = true;
    bool dated = hz_check_own_date(checker, history, &absent);
    const hz_type *of = scale->of != NULL ? hz_check_formula(checker, scale->of, NULL) : NULL;
    if (of == NULL || of->kind == HZ_KIND_NONE || !check_of(checker, scale, of) || !check_rates(checker, scale, of) || !dated) return;
    hz_type type;
    if (!set_type(checker, scale, of, &type)) return;
    type.absent |= absent | of->absent;
    for (uint32_t i = 0; i < history->entries.count; i++)
        if (history->entries.at[i].state == HZ_ENTRY_NONE && own) type.absent |= HZ_MAY_NULL;
    info->type = type;
    hz_window window = hz_window_overlap(own ? HZ_ALL_DAYS : hz_history_window(history), checker->found);
    info->from = window.from;
    info->until = window.until;
}
