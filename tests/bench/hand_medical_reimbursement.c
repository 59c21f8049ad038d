/* hand_medical_reimbursement.c - see the header. Rows of plain claims (a quarter of out-patient care, a stay, or both, by
 * someone entitled, with all that it takes) are decided without a branch, in a loop that compilers vectorise; the rest
 * row by row. */
#include "hand_medical_reimbursement.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, FAILED = 6 };

static inline int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* 20 % or 25 % of an amount, half up. 20 % of whole 分 never lies half way. */
static inline int64_t share(int64_t amount, bool ordinary)
{
    return ordinary ? (amount + 2) / 5 : (amount + 2) / 4;
}

static inline int64_t stay_deductible(int64_t stays, bool hardship)
{
    return (stays == 0 ? MEDICAL_FIRST_DEDUCTIBLE : MEDICAL_LATER_DEDUCTIBLE) >> hardship;
}

/* ---- one row ---- */

typedef struct one {
    const medical_columns *in;
    size_t at;
} one;

static inline bool given(one r, size_t field)
{
    return (r.in->valid[field][r.at / 64] >> (r.at % 64) & 1) != 0;
}

static inline bool flag(one r, size_t field)
{
    return (r.in->flag[field - MEDICAL_IN_SERVICE][r.at / 64] >> (r.at % 64) & 1) != 0;
}

/* The first of April of the year after the year of a day. */
static int32_t deadline(int32_t day)
{
    int32_t z = day + 719468, era = z / 146097, of_era = z % 146097; /* from 2012 on */
    int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100); /* from the 1st of March */
    int32_t year = year_of_era + era * 400 + (day_of_year >= 306); /* January and February belong to the year after */
    int32_t next = year + 1, e = next / 400, y = next % 400;
    return e * 146097 + y * 365 + y / 4 - y / 100 + 31 - 719468;
}

static void stop(one r, const peer_results *out, int32_t outcome, int32_t reason)
{
    out->outcome[r.at] = outcome;
    out->reason[r.at] = reason;
    out->total[r.at] = 0;
    out->after[0][r.at] = r.in->paid[r.at];
    out->after[1][r.at] = r.in->outpatient_paid[r.at];
    out->after[2][r.at] = r.in->over_cap_paid[r.at];
    out->after[3][r.at] = r.in->stays[r.at];
}

static int64_t above_the_cap(one r)
{
    const medical_columns *in = r.in;
    int64_t rest = most(0, in->over_cap[r.at] - in->deduction[0][r.at] - in->deduction[1][r.at] - in->deduction[2][r.at]);
    int64_t hundredths = 40 * least(rest, MEDICAL_SLICE);
    hundredths += 60 * least(most(0, rest - MEDICAL_SLICE), MEDICAL_SLICE);
    hundredths += 80 * least(most(0, rest - 2 * MEDICAL_SLICE), MEDICAL_SLICE);
    if (in->served[r.at] >= MEDICAL_RAISED_FROM)
        hundredths += 90 * most(0, rest - 3 * MEDICAL_SLICE);
    return most(0, (hundredths + 50) / 100 - in->over_cap_paid[r.at]);
}

/* The amounts, cut in their order. */
static void pay(one r, const peer_results *out, bool late)
{
    const medical_columns *in = r.in;
    size_t i = r.at;
    bool ordinary = in->member_class[i] == MEDICAL_ORDINARY, stay = given(r, MEDICAL_STAY);
    int64_t gross[3] = {0, 0, 0};
    int64_t room = most(0, (in->served[i] >= MEDICAL_RAISED_FROM ? MEDICAL_RAISED_MAXIMUM : MEDICAL_MAXIMUM) - in->paid[i]);
    if (given(r, MEDICAL_OUTPATIENT))
        gross[0] = most(0, share(most(0, in->outpatient[i] - MEDICAL_OUTPATIENT_DEDUCTIBLE), ordinary) - in->outpatient_paid[i]);
    if (stay)
        gross[1] = share(most(0, in->stay[i] - stay_deductible(in->stays[i], in->member_class[i] == MEDICAL_IN_HARDSHIP)), ordinary);
    if (given(r, MEDICAL_OVER_CAP) && !late)
        gross[2] = above_the_cap(r);
    int64_t total = 0, due = gross[0] + gross[1] + gross[2];
    for (int benefit = 0; benefit < 3; benefit++) {
        gross[benefit] = least(gross[benefit], room - total);
        total += gross[benefit];
    }
    int32_t reason = total == 0 ? MEDICAL_ZERO_AMOUNT : MEDICAL_NO_REASON;
    if (given(r, MEDICAL_OUTPATIENT) && in->served[i] >= MEDICAL_NO_CAP_FROM) reason = MEDICAL_NO_INSURANCE_CAP;
    if (stay && in->stay[i] <= stay_deductible(in->stays[i], in->member_class[i] == MEDICAL_IN_HARDSHIP)) reason = MEDICAL_BELOW_STAY;
    if (given(r, MEDICAL_OUTPATIENT) && in->outpatient[i] <= MEDICAL_OUTPATIENT_DEDUCTIBLE) reason = MEDICAL_BELOW_OUTPATIENT;
    if (due > total) reason = MEDICAL_YEARLY_MAXIMUM;
    out->outcome[i] = total > 0 ? PAID : NOTHING_DUE;
    out->reason[i] = late ? MEDICAL_LATE : reason;
    out->total[i] = total;
    out->after[0][i] = in->paid[i] + total;
    out->after[1][i] = in->outpatient_paid[i] + gross[0];
    out->after[2][i] = in->over_cap_paid[i] + gross[2];
    out->after[3][i] = in->stays[i] + stay;
}

/* Whether an amount lies outside what an input of money takes. What is not given is 0. */
static inline bool misfit(int64_t amount)
{
    return (uint64_t)amount > MEDICAL_MOST_MONEY;
}

static void decide(one r, const peer_results *out)
{
    const medical_columns *in = r.in;
    if (misfit(in->outpatient[r.at]) || misfit(in->stay[r.at]) || misfit(in->over_cap[r.at]) || misfit(in->deduction[0][r.at]) ||
        misfit(in->deduction[1][r.at]) || misfit(in->deduction[2][r.at]) || in->stay_days[r.at] < 0) {
        stop(r, out, FAILED, MEDICAL_NO_REASON);
        return;
    }
    bool outpatient = given(r, MEDICAL_OUTPATIENT), stay = given(r, MEDICAL_STAY), over_cap = given(r, MEDICAL_OVER_CAP);
    if (!given(r, MEDICAL_SERVED)) {
        stop(r, out, INCOMPLETE, MEDICAL_MISSING);
        return;
    }
    if (in->served[r.at] < MEDICAL_IN_FORCE) {
        stop(r, out, REFUSED, MEDICAL_NOT_IN_FORCE);
        return;
    }
    bool nothing = !outpatient && !stay && !over_cap;
    if (nothing || (given(r, MEDICAL_STAY_DAYS) && in->stay_days[r.at] > MEDICAL_SETTLEMENT_DAYS)) {
        stop(r, out, FAILED, nothing ? MEDICAL_NOTHING_CLAIMED : MEDICAL_SPLIT_SETTLEMENT);
        return;
    }
    bool missing = !given(r, MEDICAL_MEMBER) || !given(r, MEDICAL_PAID);
    for (size_t field = MEDICAL_IN_SERVICE; field <= MEDICAL_CARD; field++) {
        if (given(r, field) && !flag(r, field)) {
            stop(r, out, REFUSED, MEDICAL_NOT_IN_SERVICE + (int32_t)(field - MEDICAL_IN_SERVICE));
            return;
        }
        missing |= !given(r, field);
    }
    bool late = over_cap && given(r, MEDICAL_CLAIMED) && in->claimed[r.at] >= deadline(in->served[r.at]);
    if (late && !outpatient && !stay) {
        stop(r, out, REFUSED, MEDICAL_LATE);
        return;
    }
    missing |= over_cap && !late && (!given(r, MEDICAL_CLAIMED) || !given(r, MEDICAL_OVER_CAP_PAID));
    missing |= (outpatient || stay) && !given(r, MEDICAL_CLASS);
    missing |= (outpatient && !given(r, MEDICAL_OUTPATIENT_PAID)) || (stay && !given(r, MEDICAL_STAYS));
    if (missing)
        stop(r, out, INCOMPLETE, MEDICAL_MISSING);
    else
        pay(r, out, late);
}

/* ---- rows ---- */

/* Bits of one word as 0 or -1, each 32 rows by masks that are known: compilers vectorise that everywhere. */
static inline void spread(uint64_t word, int32_t *restrict out)
{
    static const uint32_t bits[32] = {1u << 0, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7, 1u << 8, 1u << 9, 1u << 10,
                                      1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15, 1u << 16, 1u << 17, 1u << 18, 1u << 19, 1u << 20,
                                      1u << 21, 1u << 22, 1u << 23, 1u << 24, 1u << 25, 1u << 26, 1u << 27, 1u << 28, 1u << 29, 1u << 30, 1u << 31};
    uint32_t low = (uint32_t)word, high = (uint32_t)(word >> 32);
    for (size_t i = 0; i < 32; i++) {
        out[i] = (low & bits[i]) == bits[i] ? -1 : 0;
        out[32 + i] = (high & bits[i]) == bits[i] ? -1 : 0;
    }
}

/* What is plain fits 31 bits: amounts as they are, what was paid and the room of the year cut down to that. */
typedef struct narrow {
    int32_t outpatient[64], stay[64], paid_before[64], room[64], later[64];
} narrow;

static inline void narrow_rows(const medical_columns *in, size_t begin, size_t count, narrow *restrict to)
{
    const int64_t *restrict outpatient = in->outpatient + begin, *restrict stay = in->stay + begin, *restrict stays = in->stays + begin;
    const int64_t *restrict paid = in->paid + begin, *restrict outpatient_paid = in->outpatient_paid + begin;
    const int32_t *restrict served = in->served + begin;
    for (size_t i = 0; i < count; i++) {
        to->outpatient[i] = (int32_t)outpatient[i];
        to->stay[i] = (int32_t)stay[i];
        to->later[i] = stays[i] == 0 ? 0 : -1;
        to->paid_before[i] = (int32_t)outpatient_paid[i];
    }
    for (size_t i = 0; i < count; i++) {
        int64_t most_of_all = served[i] >= MEDICAL_RAISED_FROM ? MEDICAL_RAISED_MAXIMUM : MEDICAL_MAXIMUM;
        to->room[i] = (int32_t)most(0, most_of_all - paid[i]);
    }
}

/* Rows of one word of which each is plain, or whose answer does not count yet. */
static inline void plain_rows(const medical_columns *in, size_t begin, size_t count, const peer_results *out)
{
    const int32_t *restrict served = in->served + begin, *restrict member_class = in->member_class + begin;
    const int64_t *restrict paid = in->paid + begin, *restrict outpatient_paid = in->outpatient_paid + begin;
    const int64_t *restrict over_cap_paid = in->over_cap_paid + begin, *restrict stays = in->stays + begin;
    int32_t *restrict outcome = out->outcome + begin, *restrict reason = out->reason + begin;
    int64_t *restrict total = out->total + begin, *restrict paid_after = out->after[0] + begin;
    int64_t *restrict outpatient_after = out->after[1] + begin, *restrict over_cap_after = out->after[2] + begin;
    int64_t *restrict stays_after = out->after[3] + begin;
    int32_t out_asked[64], stay_asked[64], clinics[64], wards[64];
    narrow of;
    spread(in->valid[MEDICAL_OUTPATIENT][begin / 64], out_asked);
    spread(in->valid[MEDICAL_STAY][begin / 64], stay_asked);
    narrow_rows(in, begin, count, &of);
    for (size_t i = 0; i < count; i++) {
        int32_t ordinary = member_class[i] == MEDICAL_ORDINARY ? -1 : 0;
        int32_t floor = of.later[i] != 0 ? MEDICAL_LATER_DEDUCTIBLE : MEDICAL_FIRST_DEDUCTIBLE;
        floor = member_class[i] == MEDICAL_IN_HARDSHIP ? floor / 2 : floor;
        int32_t clinic = of.outpatient[i] - MEDICAL_OUTPATIENT_DEDUCTIBLE, ward = of.stay[i] - floor;
        clinic = clinic > 0 ? clinic : 0;
        ward = ward > 0 ? ward : 0;
        int32_t below = (clinic == 0 ? MEDICAL_BELOW_OUTPATIENT : 0) & out_asked[i], below_stay = (ward == 0 ? MEDICAL_BELOW_STAY : 0) & stay_asked[i];
        uint32_t fifth = ((uint32_t)clinic + 2) / 5, quarter = ((uint32_t)clinic + 2) / 4;
        clinic = (int32_t)(ordinary != 0 ? fifth : quarter) - of.paid_before[i];
        clinic = (clinic > 0 ? clinic : 0) & out_asked[i];
        fifth = ((uint32_t)ward + 2) / 5;
        quarter = ((uint32_t)ward + 2) / 4;
        ward = (int32_t)(ordinary != 0 ? fifth : quarter) & stay_asked[i];
        int32_t due = clinic + ward, room = of.room[i];
        clinic = clinic < room ? clinic : room;
        ward = ward < room - clinic ? ward : room - clinic;
        int32_t why = clinic + ward > 0 ? MEDICAL_NO_REASON : MEDICAL_ZERO_AMOUNT;
        int32_t uncapped = (served[i] >= MEDICAL_NO_CAP_FROM ? -1 : 0) & out_asked[i];
        why = uncapped != 0 ? MEDICAL_NO_INSURANCE_CAP : why;
        why = below_stay != 0 ? below_stay : why;
        why = below != 0 ? below : why;
        clinics[i] = clinic;
        wards[i] = ward;
        outcome[i] = clinic + ward > 0 ? PAID : NOTHING_DUE;
        reason[i] = due > room ? MEDICAL_YEARLY_MAXIMUM : why;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t clinic = clinics[i], both = clinic + wards[i];
        total[i] = both;
        paid_after[i] = paid[i] + both;
        outpatient_after[i] = outpatient_paid[i] + clinic;
    }
    for (size_t i = 0; i < count; i++) {
        over_cap_after[i] = over_cap_paid[i];
        stays_after[i] = stays[i] - stay_asked[i];
    }
}

/* Bits of rows that are not plain by a value: a day before the plan, a long stay, an amount that does not fit 31 bits. */
static inline uint64_t odd_rows(const medical_columns *in, size_t begin, size_t count)
{
    const int32_t *restrict served = in->served + begin;
    const int64_t *restrict outpatient = in->outpatient + begin, *restrict stay = in->stay + begin, *restrict stay_days = in->stay_days + begin;
    const int64_t *restrict outpatient_paid = in->outpatient_paid + begin, *restrict paid = in->paid + begin;
    uint64_t any = 0, odd = 0;
    for (size_t i = 0; i < count; i++) {
        any |= (uint64_t)(served[i] < MEDICAL_IN_FORCE) | (uint64_t)outpatient[i] >> 31 | (uint64_t)stay[i] >> 31 | (uint64_t)outpatient_paid[i] >> 31;
        any |= (uint64_t)(MEDICAL_SETTLEMENT_DAYS - stay_days[i]) >> 63 | (uint64_t)stay_days[i] >> 63 | (uint64_t)paid[i] >> 63;
    }
    if (any == 0) return 0;
    for (size_t i = 0; i < count; i++) {
        bool early = served[i] < MEDICAL_IN_FORCE, long_stay = (uint64_t)stay_days[i] > MEDICAL_SETTLEMENT_DAYS;
        bool unfit = ((uint64_t)outpatient[i] | (uint64_t)stay[i] | (uint64_t)outpatient_paid[i]) >> 31 != 0;
        odd |= (uint64_t)(early | long_stay | unfit | (paid[i] < 0)) << i;
    }
    return odd;
}

void hand_medical_rows(const medical_columns *in, size_t rows, const peer_results *out)
{
    static const size_t needed[] = {MEDICAL_MEMBER, MEDICAL_SERVED, MEDICAL_CLASS, MEDICAL_PAID};
    for (size_t begin = 0; begin < rows; begin += 64) {
        size_t word = begin / 64, end = rows - begin < 64 ? rows : begin + 64;
        uint64_t outpatient = in->valid[MEDICAL_OUTPATIENT][word], stay = in->valid[MEDICAL_STAY][word];
        uint64_t plain = (outpatient | stay) & ~in->valid[MEDICAL_OVER_CAP][word];
        plain &= (in->valid[MEDICAL_OUTPATIENT_PAID][word] | ~outpatient) & (in->valid[MEDICAL_STAYS][word] | ~stay);
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
            plain &= in->valid[needed[i]][word];
        for (size_t i = 0; i < 5; i++)
            plain &= in->valid[MEDICAL_IN_SERVICE + i][word] & in->flag[i][word];
        if (end - begin == 64) {
            plain &= ~odd_rows(in, begin, 64);
            plain_rows(in, begin, 64, out);
        } else {
            plain &= ~odd_rows(in, begin, end - begin);
            plain_rows(in, begin, end - begin, out);
        }
        for (uint64_t rest = ~plain; rest != 0; rest &= rest - 1) {
            size_t i = begin + (size_t)__builtin_ctzll(rest);
            if (i < end)
                decide((one){in, i}, out);
        }
    }
}

void hand_medical_run(const peer_table *t, const peer_results *results)
{
    void *const *v = t->values;
    const medical_columns columns = {
        .served = v[MEDICAL_SERVED], .member_class = v[MEDICAL_CLASS], .claimed = v[MEDICAL_CLAIMED],
        .flag = {v[MEDICAL_IN_SERVICE], v[MEDICAL_INSURED], v[MEDICAL_DUES_PAID], v[MEDICAL_MANAGED], v[MEDICAL_CARD]},
        .outpatient = v[MEDICAL_OUTPATIENT], .stay = v[MEDICAL_STAY], .stay_days = v[MEDICAL_STAY_DAYS],
        .over_cap = v[MEDICAL_OVER_CAP], .deduction = {v[MEDICAL_SUPPLEMENT], v[MEDICAL_SOCIAL], v[MEDICAL_HARDSHIP]},
        .paid = v[MEDICAL_PAID], .outpatient_paid = v[MEDICAL_OUTPATIENT_PAID], .over_cap_paid = v[MEDICAL_OVER_CAP_PAID],
        .stays = v[MEDICAL_STAYS], .valid = (const uint64_t *const *)t->valid};
    hand_medical_rows(&columns, t->rows, results);
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

static void fill_costs(uint64_t *seed, const peer_table *t, size_t row, int32_t served)
{
    int32_t kind = peer_below(seed, 100);
    if (kind < 62 || kind >= 98)
        peer_number(t, MEDICAL_OUTPATIENT, row, peer_below(seed, one_in(seed, 8) ? 4000000 : 600000) - (one_in(seed, 512) ? 600001 : 0));
    if ((kind >= 62 && kind < 92) || kind >= 99) {
        peer_number(t, MEDICAL_STAY, row, peer_below(seed, one_in(seed, 8) ? 10000000 : 1500000));
        if (!one_in(seed, 4))
            peer_number(t, MEDICAL_STAY_DAYS, row, 1 + peer_below(seed, one_in(seed, 64) ? 100 : 40));
    }
    if (kind >= 92 && kind < 99 && !one_in(seed, 32)) {
        peer_number(t, MEDICAL_OVER_CAP, row, peer_below(seed, one_in(seed, 4) ? 60000000 : 16000000));
        for (size_t field = MEDICAL_SUPPLEMENT; field <= MEDICAL_MAJOR; field++)
            if (one_in(seed, 5))
                peer_number(t, field, row, peer_below(seed, 6000000));
        if (!one_in(seed, 32))
            peer_days(t, MEDICAL_CLAIMED, row, served + peer_below(seed, one_in(seed, 8) ? 600 : 90));
    }
}

/* Mostly plain quarters and stays of members entitled, with some of everything that can go wrong. */
void hand_medical_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    int32_t served = MEDICAL_IN_FORCE - 30 + peer_below(seed, 5000);
    bool spoilt = one_in(seed, 64);
    if (!(spoilt && one_in(seed, 8))) peer_text(t, MEDICAL_MEMBER, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, MEDICAL_SERVED, row, served);
    if (!(spoilt && one_in(seed, 4)))
        peer_days(t, MEDICAL_CLASS, row, one_in(seed, 16) ? 1 + peer_below(seed, 2) : MEDICAL_ORDINARY);
    for (size_t field = MEDICAL_IN_SERVICE; field <= MEDICAL_CARD; field++)
        if (!(spoilt && one_in(seed, 8)))
            peer_flag(t, field, row, !one_in(seed, 256));
    fill_costs(seed, t, row, served);
    int32_t paid = peer_below(seed, one_in(seed, 32) ? 20100000 : 500000);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, MEDICAL_PAID, row, paid);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, MEDICAL_OUTPATIENT_PAID, row, one_in(seed, 2) ? 0 : peer_below(seed, 60000));
    if (!(spoilt && one_in(seed, 8))) peer_number(t, MEDICAL_OVER_CAP_PAID, row, one_in(seed, 16) ? peer_below(seed, 4000000) : 0);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, MEDICAL_STAYS, row, one_in(seed, 2) ? 0 : peer_below(seed, 5));
}
