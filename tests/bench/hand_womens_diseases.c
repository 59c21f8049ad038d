/* hand_womens_diseases.c - see the header. Row by row: a code to look up and a calendar leave little to vectorise. */
#include "hand_womens_diseases.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, REFUSED = 3, INCOMPLETE, UNDETERMINED, FAILED };

enum { BIT_IN_SITU = 0x10, NO_CODE = 0xff };

/* Sites, as bits of the lists below. */
enum {
    BREAST, CERVIX, ENDOMETRIUM, BODY, SARCOMA, OVARY, TUBE, VULVA, VAGINA, CHORION, MOLE, LIGAMENTS, OTHER, NOT_LISTED
};

#define SITE(site) (1u << (site))

enum { REVISION_1997, REVISION_2007, REVISION_2014, REVISION_2018 };

/* What each revision covers, and how. */
static const struct revision {
    uint32_t sites;
    int32_t years, reduced_days;
    int64_t full, reduced;
} revisions[] = {
    {SITE(BREAST) | SITE(CERVIX) | SITE(OVARY) | SITE(ENDOMETRIUM) | SITE(BODY), 0, 0, 0, 0},
    {SITE(CERVIX) | SITE(TUBE) | SITE(OVARY) | SITE(ENDOMETRIUM) | SITE(CHORION) | SITE(MOLE) | SITE(BREAST), 2, 90, 1000000, 0},
    {SITE(CERVIX) | SITE(TUBE) | SITE(ENDOMETRIUM) | SITE(CHORION) | SITE(MOLE) | SITE(BREAST) | SITE(VULVA) | SITE(VAGINA) |
         SITE(SARCOMA) | SITE(OVARY), 2, 90, 1000000, 500000},
    {SITE(BREAST) | SITE(CERVIX) | SITE(ENDOMETRIUM) | SITE(SARCOMA) | SITE(OVARY) | SITE(TUBE) | SITE(VULVA) | SITE(VAGINA) |
         SITE(CHORION) | SITE(MOLE) | SITE(LIGAMENTS) | SITE(OTHER), 1, 60, 1500000, 50000}};

static const int64_t in_situ_amount = 200000;

/* ---- codes ---- */

/* C50 to C59, without sarcoma. C54 and C57 hang on the next digit. */
static const uint8_t invasive[10] = {BREAST, VULVA, VAGINA, CERVIX, BODY, BODY, OVARY, NOT_LISTED, CHORION, NOT_LISTED};
static const uint8_t of_c57[10] = {TUBE, LIGAMENTS, LIGAMENTS, LIGAMENTS, NOT_LISTED, NOT_LISTED, NOT_LISTED, OTHER, OTHER, OTHER};
static const uint8_t of_d07[10] = {ENDOMETRIUM | BIT_IN_SITU, VULVA | BIT_IN_SITU, VAGINA | BIT_IN_SITU, OVARY | BIT_IN_SITU, NOT_LISTED,
                                   NOT_LISTED, NOT_LISTED, NOT_LISTED, NOT_LISTED, NOT_LISTED};

static inline bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Site and whether in situ, or NO_CODE for what is not written as a code. */
static uint8_t look_up(hz_str code, bool sarcoma)
{
    const char *at = code.at;
    bool finer = code.len > 4;
    if (code.len < 3 || code.len == 4 || code.len > 6 || at[0] < 'A' || at[0] > 'Z' || !digit(at[1]) || !digit(at[2]) ||
        (finer && (at[3] != '.' || !digit(at[4]))) || (code.len == 6 && !digit(at[5])))
        return NO_CODE;
    int next = finer ? at[4] - '0' : -1;
    if (at[0] == 'C' && at[1] == '5') {
        int third = at[2] - '0';
        if (third == 4 || third == 5)
            return sarcoma ? SARCOMA : third == 4 && next == 1 ? ENDOMETRIUM : BODY;
        return third == 7 && next >= 0 ? of_c57[next] : invasive[third];
    }
    if (at[0] == 'D' && at[1] == '0') {
        if (at[2] == '5') return BREAST | BIT_IN_SITU;
        if (at[2] == '6') return CERVIX | BIT_IN_SITU;
        return at[2] == '7' && next >= 0 ? of_d07[next] : NOT_LISTED;
    }
    return at[0] == 'D' && at[1] == '3' && at[2] == '9' && next == 2 ? MOLE : NOT_LISTED;
}

/* ---- rows ---- */

/* Bits of one row: given by field (WOMEN_MEMBER: the keys and counters too), flags by field (WOMEN_CONCEALED: any of what
 * excludes like it). */
typedef struct row {
    uint32_t given, flags;
    int32_t start, previous, diagnosed;
    hz_str icd10;
    int64_t stay_days, units;
} row;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total;
} answer;

static inline bool has(uint32_t bits, uint32_t field)
{
    return (bits >> field & 1) != 0;
}

static answer pay(const row *r, uint32_t revision, bool reduced, bool in_situ, bool renewed)
{
    const struct revision *rules = &revisions[revision];
    int32_t reason = reduced ? WOMEN_REDUCED : renewed ? WOMEN_WAIVED : WOMEN_NO_REASON;
    int64_t each = reduced ? rules->reduced : in_situ ? in_situ_amount : rules->full;
    if (revision == REVISION_2007) {
        int64_t days = r->stay_days < WOMEN_LIVING_AID_DAYS ? r->stay_days : WOMEN_LIVING_AID_DAYS;
        if (r->stay_days > 0)
            each += WOMEN_RECUPERATION + WOMEN_LIVING_AID * days;
        return (answer){PAID, days < r->stay_days ? WOMEN_DAYS_CUT : reason, each};
    }
    int64_t units = r->units < WOMEN_UNITS_LIMIT ? r->units : WOMEN_UNITS_LIMIT;
    if (units < r->units) reason = WOMEN_UNITS_CUT;
    if (r->stay_days > 0 && !reduced) reason = WOMEN_NOT_OFFERED; /* what 2007 paid for a stay */
    return (answer){PAID, reason, each * units};
}

static answer decide(const row *r)
{
    static const uint32_t asked = 1u << WOMEN_MEMBER | 1u << WOMEN_DIAGNOSED | 1u << WOMEN_ICD10;
    uint8_t code = has(r->given, WOMEN_ICD10) ? look_up(r->icd10, has(r->flags, WOMEN_SARCOMA)) : NOT_LISTED;
    if (code == NO_CODE || (has(r->given, WOMEN_UNITS) && (r->units < 1 || r->units > 99)))
        return (answer){FAILED, WOMEN_NO_REASON, 0};
    if (!has(r->given, WOMEN_COVER_START))
        return (answer){INCOMPLETE, WOMEN_MISSING, 0};
    if (r->start < WOMEN_FROM_1997)
        return (answer){REFUSED, WOMEN_NOT_IN_FORCE, 0};
    uint32_t revision = (uint32_t)(r->start >= WOMEN_FROM_2007) + (uint32_t)(r->start >= WOMEN_FROM_2014) + (uint32_t)(r->start >= WOMEN_FROM_2018);
    const struct revision *rules = &revisions[revision];
    bool in_situ = (code & BIT_IN_SITU) != 0, diagnosed = has(r->given, WOMEN_DIAGNOSED);
    bool renewed = has(r->given, WOMEN_PREVIOUS) && r->start - r->previous <= WOMEN_RENEWAL_GAP;
    int32_t day = r->diagnosed - r->start + 1;
    bool outside = day < 1 || (revision != REVISION_1997 && r->diagnosed > peer_anniversary(r->start, rules->years) - 1);
    bool exempt = revision != REVISION_1997 && !renewed && day <= WOMEN_EXEMPT_DAYS;
    bool reduced = revision != REVISION_1997 && !renewed && day <= rules->reduced_days;
    int32_t reason = WOMEN_NO_REASON;
    if (diagnosed && outside)
        reason = WOMEN_NOT_IN_COVER;
    else if (has(r->given, WOMEN_ICD10) && (rules->sites >> (code & 0xf) & 1) == 0)
        reason = WOMEN_NOT_COVERED;
    else if (in_situ && (revision == REVISION_2007 || revision == REVISION_2014))
        reason = WOMEN_IN_SITU;
    else if (has(r->flags, WOMEN_HAD_BEFORE))
        reason = WOMEN_BEFORE;
    else if (revision != REVISION_1997 && has(r->flags, WOMEN_CONCEALED))
        reason = WOMEN_EXCLUDED;
    else if (has(r->flags, WOMEN_COVER_ENDED))
        reason = WOMEN_ENDED;
    else if (has(r->flags, WOMEN_ALREADY_PAID))
        reason = WOMEN_PAID_BEFORE;
    else if (diagnosed && exempt)
        reason = WOMEN_EXEMPT;
    if (reason != WOMEN_NO_REASON)
        return (answer){REFUSED, reason, 0};
    if ((~r->given & asked) != 0 || (revision >= REVISION_2014 && !has(r->given, WOMEN_UNITS)))
        return (answer){INCOMPLETE, WOMEN_MISSING, 0};
    if (revision == REVISION_1997 || (revision == REVISION_2007 && reduced))
        return (answer){UNDETERMINED, WOMEN_UNKNOWN, 0};
    return pay(r, revision, reduced, in_situ, renewed);
}

/* A row's bit of each word, in a field's place. */
#define TAKE(word, field) ((uint32_t)((word) >> at & 1) << (field))

void hand_womens_run(const peer_table *t, const peer_results *out)
{
    const int32_t *restrict start = t->values[WOMEN_COVER_START], *restrict previous = t->values[WOMEN_PREVIOUS];
    const int32_t *restrict diagnosed = t->values[WOMEN_DIAGNOSED], *restrict icd10 = t->values[WOMEN_ICD10];
    const int64_t *restrict stay_days = t->values[WOMEN_STAY_DAYS], *restrict units = t->values[WOMEN_UNITS];
    const char *codes = t->bytes[WOMEN_ICD10];
    for (size_t word = 0; word * 64 < t->rows; word++) {
        uint64_t valid[WOMEN_FIELDS], set[WOMEN_FIELDS];
        size_t begin = word * 64, end = t->rows - begin < 64 ? t->rows : begin + 64;
        for (size_t field = 0; field < WOMEN_FIELDS; field++)
            valid[field] = t->valid[field][word];
        for (size_t field = WOMEN_SARCOMA; field < WOMEN_FIELDS; field++)
            set[field] = t->kind[field] == PEER_FLAGS ? ((const uint64_t *)t->values[field])[word] : 0;
        uint64_t whole = valid[WOMEN_MEMBER] & valid[WOMEN_COVER] & valid[WOMEN_ALREADY_PAID] & valid[WOMEN_COVER_ENDED];
        uint64_t excluded = set[WOMEN_CONCEALED] | set[WOMEN_MISDIAGNOSED] | set[WOMEN_SECONDARY];
        for (size_t i = begin; i < end; i++) {
            size_t at = i - begin;
            row r = {0, 0, start[i], previous[i], diagnosed[i], {codes + icd10[i], (size_t)(icd10[i + 1] - icd10[i])}, stay_days[i], units[i]};
            r.given = TAKE(whole, WOMEN_MEMBER) | TAKE(valid[WOMEN_COVER_START], WOMEN_COVER_START) | TAKE(valid[WOMEN_PREVIOUS], WOMEN_PREVIOUS) |
                      TAKE(valid[WOMEN_DIAGNOSED], WOMEN_DIAGNOSED) | TAKE(valid[WOMEN_ICD10], WOMEN_ICD10) | TAKE(valid[WOMEN_UNITS], WOMEN_UNITS);
            r.flags = TAKE(set[WOMEN_SARCOMA], WOMEN_SARCOMA) | TAKE(set[WOMEN_HAD_BEFORE], WOMEN_HAD_BEFORE) | TAKE(excluded, WOMEN_CONCEALED) |
                      TAKE(set[WOMEN_ALREADY_PAID], WOMEN_ALREADY_PAID) | TAKE(set[WOMEN_COVER_ENDED], WOMEN_COVER_ENDED);
            answer a = decide(&r);
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = has(r.flags, WOMEN_ALREADY_PAID) || a.outcome == PAID;
            out->after[1][i] = has(r.flags, WOMEN_COVER_ENDED) || a.outcome == PAID;
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

static hz_str some_code(uint64_t *seed)
{
    static const char *const usual[] = {"C50.9", "C50.4", "C50", "C53.9", "C56", "C54.1", "C50.1", "C53"};
    static const char *const others[] = {"D05.1", "D06.9", "C57.0", "C58", "D39.2", "C51.9", "C52", "C54.9", "C55", "D07.3", "C57.8", "C57.1",
                                         "D07.1", "C57.4", "D39.1", "C49.9", "N80.1", "D24", "C500", "C50."};
    const char *code = one_in(seed, 5) ? others[peer_below(seed, sizeof others / sizeof *others)]
                                       : usual[peer_below(seed, sizeof usual / sizeof *usual)];
    hz_str out = {code, 3};
    while (out.at[out.len] != '\0') out.len++;
    return out;
}

/* Mostly payments of the later revisions, with some of everything that can go wrong. */
void hand_womens_fill(uint64_t *seed, const peer_table *t, size_t at)
{
    bool spoilt = one_in(seed, 64);
    int32_t start = one_in(seed, 4) ? 9900 + peer_below(seed, 8000) : WOMEN_FROM_2014 + peer_below(seed, 4000);
    int32_t length = start >= WOMEN_FROM_2018 ? 365 : 730;
    int32_t day = one_in(seed, 8) ? peer_below(seed, 100) : one_in(seed, 32) ? length - 3 + peer_below(seed, 6) : 61 + peer_below(seed, (uint32_t)length - 62);
    if (one_in(seed, 64)) day = -peer_below(seed, 30);
    if (!(spoilt && one_in(seed, 8))) peer_text(t, WOMEN_MEMBER, at, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_text(t, WOMEN_COVER, at, HZ_STR("C-000123"));
    if (!(spoilt && one_in(seed, 8))) peer_days(t, WOMEN_COVER_START, at, start);
    if (one_in(seed, 3)) peer_days(t, WOMEN_PREVIOUS, at, start - 1 - (one_in(seed, 4) ? peer_below(seed, 40) : 0));
    if (!(spoilt && one_in(seed, 4))) peer_days(t, WOMEN_DIAGNOSED, at, start + day - 1);
    if (!(spoilt && one_in(seed, 4))) peer_text(t, WOMEN_ICD10, at, some_code(seed));
    if (one_in(seed, 32)) peer_flag(t, WOMEN_SARCOMA, at, one_in(seed, 2));
    if (one_in(seed, 2)) peer_number(t, WOMEN_STAY_DAYS, at, peer_below(seed, one_in(seed, 16) ? 300 : 40));
    if (!(spoilt && one_in(seed, 4))) peer_number(t, WOMEN_UNITS, at, 1 + peer_below(seed, one_in(seed, 16) ? 6 : 2));
    for (size_t field = WOMEN_HAD_BEFORE; field <= WOMEN_SECONDARY; field++)
        if (one_in(seed, 64)) peer_flag(t, field, at, one_in(seed, 2));
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, WOMEN_ALREADY_PAID, at, one_in(seed, 64));
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, WOMEN_COVER_ENDED, at, one_in(seed, 64));
}
