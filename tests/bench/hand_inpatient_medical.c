/* hand_inpatient_medical.c - the rules of rulesets/beijing/inpatient-medical.yaml written out by hand in C, for bench_columns:
 * see hand_inpatient_allowance.h for what that is and is not. Row by row.
 */
#include "hand_inpatient_medical.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, UNDETERMINED, FAILED };

/* The deciding reason, numbered as columns do. */
enum {
    NO_REASON, NEEDS_FORM, NO_STAY_BEFORE, NOT_IN_FORCE, NOT_IN_COVER, WAITING, BELOW_DEDUCTIBLE = 8, ONE_STAY, OBSERVATION_TOO_LONG, ZERO_AMOUNT,
    MISSING, UNKNOWN
};

/* The plan's inputs in their order, then its counters. */
enum {
    MEMBER, COVER, COVER_START, COVER_END, PREVIOUS_END, CARE, CAUSE, FORM, TREATED, SELF_PAID, OBSERVED_DAYS, OBSERVED_SELF_PAID, SAME_HOSPITAL, HOURS,
    SLIP, STAYS, CHAIN, CHAIN_PAID, PERIOD_PAID, FIELDS
};

enum { STAY, SPECIAL_STAY, CLINIC };
enum { ILLNESS, ACCIDENT };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分, hours in hundredths, rates in percent. */
enum {
    FROM_2008 = 14153, FROM_2012 = 15461, WAITING_DAYS = 30, RENEWAL_GAP = 15, OBSERVATION_LIMIT = 7, TRANSFER_HOURS = 2400, MOST_HOURS = 1000000,
    FIRST_DEDUCTIBLE = 130000, LATER_DEDUCTIBLE = 65000, FIRST_RATE = 60, LATER_RATE = 50, CLINIC_RATE = 50
};

#define MOST_MONEY UINT64_C(999999999999)
#define MOST_COUNT UINT64_C(1000000000)

#define NEEDED (1u << MEMBER | 1u << COVER_START | 1u << COVER_END | 1u << CARE | 1u << CAUSE | 1u << TREATED | 1u << SELF_PAID | 1u << STAYS | \
                1u << CHAIN | 1u << CHAIN_PAID | 1u << PERIOD_PAID)

/* One row; given by field (MEMBER: both keys). */
typedef struct claim {
    uint32_t given;
    int32_t start, end, previous_end, care, cause, treated;
    int64_t self_paid, observed_days, observed, hours, stays, chain, chain_paid, period_paid;
    bool form, elsewhere, slip;
} claim;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total, stays, chain, chain_paid;
} answer;

static inline bool has(const claim *c, uint32_t field)
{
    return (c->given >> field & 1) != 0;
}

static inline answer no_money(const claim *c, int32_t outcome, int32_t reason)
{
    return (answer){outcome, reason, 0, c->stays, c->chain, c->chain_paid};
}

static bool out_of_range(const claim *c)
{
    return (uint64_t)c->self_paid > MOST_MONEY || (uint64_t)c->observed > MOST_MONEY || (uint64_t)c->observed_days > MOST_COUNT ||
           (uint64_t)c->hours > MOST_HOURS;
}

static answer pay(const claim *c, bool later, bool continues)
{
    bool clinic = c->care == CLINIC, special = c->care == SPECIAL_STAY && c->form;
    int64_t joined = later && !clinic && !c->elsewhere && c->observed_days <= OBSERVATION_LIMIT ? c->observed : 0;
    int64_t chain = c->self_paid + joined + (continues ? c->chain : 0), paid = continues ? c->chain_paid : 0, stays = continues ? c->stays : c->stays + 1;
    int64_t rate, deductible = 0;
    if (!later) {
        rate = stays == 1 ? 70 : stays == 2 ? 60 : 50;
    } else {
        bool first = stays == 1;
        rate = clinic ? CLINIC_RATE : first ? FIRST_RATE : LATER_RATE;
        deductible = first ? FIRST_DEDUCTIBLE : clinic || special ? 0 : LATER_DEDUCTIBLE;
    }
    int64_t above = chain > deductible ? chain - deductible : 0, due = rate * above - 100 * paid, total = due > 0 ? (due + 50) / 100 : 0;
    int32_t reason = total > 0 ? NO_REASON : ZERO_AMOUNT;
    if (later && !clinic && c->observed_days > OBSERVATION_LIMIT) reason = OBSERVATION_TOO_LONG;
    if (continues) reason = ONE_STAY;
    if (deductible > 0 && chain <= deductible) reason = BELOW_DEDUCTIBLE;
    return (answer){total > 0 ? PAID : NOTHING_DUE, reason, total, stays, chain, paid + total};
}

/* Whether the row lacks something that its answer hangs on; treated is given and lies in the cover. */
static bool incomplete(const claim *c, bool continues)
{
    static const uint32_t asked = 1u << MEMBER | 1u << COVER_END | 1u << CARE | 1u << SELF_PAID | 1u << STAYS;
    return (~c->given & asked) != 0 || (continues && (!has(c, CHAIN) || !has(c, CHAIN_PAID)));
}

static answer decide(const claim *c)
{
    if (out_of_range(c)) return no_money(c, FAILED, NO_REASON);
    if (!has(c, COVER_START)) return no_money(c, INCOMPLETE, MISSING);
    if (c->start < FROM_2008) return no_money(c, REFUSED, NOT_IN_FORCE);
    bool later = c->start >= FROM_2012, clinic = has(c, CARE) && c->care == CLINIC;
    bool continues = later && c->slip && has(c, HOURS) && c->hours <= TRANSFER_HOURS && has(c, CARE) && !clinic;
    if (clinic && !c->form) return no_money(c, FAILED, NEEDS_FORM);
    if (continues && has(c, STAYS) && c->stays < 1) return no_money(c, FAILED, NO_STAY_BEFORE);
    if (has(c, TREATED) && (c->treated < c->start || (has(c, COVER_END) && c->treated > c->end))) return no_money(c, REFUSED, NOT_IN_COVER);
    if (!has(c, TREATED)) return no_money(c, INCOMPLETE, MISSING);
    bool renewed = has(c, PREVIOUS_END) && c->start - c->previous_end <= RENEWAL_GAP;
    if (!renewed && c->treated - c->start < WAITING_DAYS) {
        if (has(c, CAUSE) && c->cause == ILLNESS && has(c, COVER_END)) return no_money(c, REFUSED, WAITING);
        if (!has(c, CAUSE)) return no_money(c, INCOMPLETE, MISSING);
    }
    if (incomplete(c, continues)) return no_money(c, INCOMPLETE, MISSING);
    if (clinic && !later) return has(c, PERIOD_PAID) ? no_money(c, UNDETERMINED, UNKNOWN) : no_money(c, INCOMPLETE, MISSING);
    answer a = pay(c, later, continues);
    return a.total > 0 && !has(c, PERIOD_PAID) ? no_money(c, INCOMPLETE, MISSING) : a;
}

/* A row's bit of each word, in a field's place. */
#define TAKE(field) ((uint32_t)(valid[field] >> at & 1) << (field))
#define FLAG(field) ((((const uint64_t *)t->values[field])[word] >> at & 1) != 0)

static inline int32_t days_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int32_t *)t->values[column])[i];
}

static inline int64_t number_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int64_t *)t->values[column])[i];
}

/* whole: which rows of the word have all that most answers need. */
static inline claim row_of(const peer_table *t, const uint64_t *valid, uint64_t whole, size_t word, size_t at)
{
    size_t i = word * 64 + at;
    claim c = {.start = days_at(t, COVER_START, i), .end = days_at(t, COVER_END, i), .previous_end = days_at(t, PREVIOUS_END, i), .care = days_at(t, CARE, i),
               .cause = days_at(t, CAUSE, i), .treated = days_at(t, TREATED, i), .self_paid = number_at(t, SELF_PAID, i),
               .observed_days = number_at(t, OBSERVED_DAYS, i), .observed = number_at(t, OBSERVED_SELF_PAID, i), .hours = number_at(t, HOURS, i),
               .stays = number_at(t, STAYS, i), .chain = number_at(t, CHAIN, i), .chain_paid = number_at(t, CHAIN_PAID, i),
               .period_paid = number_at(t, PERIOD_PAID, i), .form = FLAG(FORM), .slip = FLAG(SLIP)};
    c.given = NEEDED | TAKE(PREVIOUS_END) | TAKE(HOURS);
    if ((whole >> at & 1) == 0)
        for (uint32_t field = 0; field < FIELDS; field++)
            c.given = (c.given & ~(1u << field)) | TAKE(field);
    c.elsewhere = (valid[SAME_HOSPITAL] >> at & 1) != 0 && !FLAG(SAME_HOSPITAL);
    return c;
}

void hand_inpatient_medical_run(const peer_table *t, const peer_results *out)
{
    for (size_t word = 0; word * 64 < t->rows; word++) {
        size_t begin = word * 64, last = t->rows - begin < 64 ? t->rows : begin + 64;
        uint64_t valid[FIELDS];
        for (size_t field = 0; field < FIELDS; field++)
            valid[field] = t->valid[field][word];
        valid[MEMBER] &= valid[COVER];
        uint64_t whole = ~UINT64_C(0);
        for (size_t field = 0; field < FIELDS; field++)
            if ((NEEDED >> field & 1) != 0) whole &= valid[field];
        for (size_t i = begin; i < last; i++) {
            claim c = row_of(t, valid, whole, word, i - begin);
            answer a = decide(&c);
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = a.stays;
            out->after[1][i] = a.chain;
            out->after[2][i] = a.chain_paid;
            out->after[3][i] = c.period_paid + a.total;
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

static void fill_before(uint64_t *seed, const peer_table *t, size_t row, bool spoilt)
{
    int64_t stays = one_in(seed, 2) ? 0 : peer_below(seed, 4), chain = stays > 0 ? peer_below(seed, 3000000) : 0;
    if (!(spoilt && one_in(seed, 8))) peer_number(t, STAYS, row, stays);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, CHAIN, row, chain);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, CHAIN_PAID, row, chain / 2);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, PERIOD_PAID, row, stays * chain / 2);
}

/* Mostly stays since 2012, with some of everything that can go wrong. */
void hand_inpatient_medical_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    bool spoilt = one_in(seed, 64);
    int32_t start = one_in(seed, 8) ? FROM_2008 - 30 + peer_below(seed, 1300) : FROM_2012 + peer_below(seed, 3200);
    int32_t care = one_in(seed, 4) ? 1 + peer_below(seed, 2) : STAY, treated = start + peer_below(seed, 365);
    if (one_in(seed, 32)) treated += peer_below(seed, 40) - 20;
    for (size_t key = MEMBER; key <= COVER; key++)
        if (!(spoilt && one_in(seed, 8))) peer_text(t, key, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_START, row, start);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_END, row, start + 364);
    if (!one_in(seed, 4)) peer_days(t, PREVIOUS_END, row, start - 1 - (one_in(seed, 8) ? peer_below(seed, 40) : 0));
    if (!(spoilt && one_in(seed, 8))) peer_days(t, CARE, row, care);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, CAUSE, row, one_in(seed, 8) ? ACCIDENT : ILLNESS);
    if (care != STAY) peer_flag(t, FORM, row, !one_in(seed, 16));
    if (!(spoilt && one_in(seed, 8))) peer_days(t, TREATED, row, treated);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, SELF_PAID, row, peer_below(seed, one_in(seed, 8) ? 130001 : 2500000));
    if (one_in(seed, 8)) {
        peer_number(t, OBSERVED_DAYS, row, peer_below(seed, 10));
        peer_number(t, OBSERVED_SELF_PAID, row, peer_below(seed, 200000));
        if (one_in(seed, 4)) peer_flag(t, SAME_HOSPITAL, row, one_in(seed, 2));
    }
    if (one_in(seed, 8)) {
        peer_number(t, HOURS, row, peer_below(seed, 4000));
        peer_flag(t, SLIP, row, !one_in(seed, 8));
    }
    fill_before(seed, t, row, spoilt);
}
