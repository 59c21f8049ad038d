/* hand_critical_illness.c - the rules of rulesets/beijing/critical-illness.yaml written out by hand in C, for bench_columns: see
 * hand_inpatient_allowance.h for what that is and is not. Row by row: most of it is choosing.
 */
#include "hand_critical_illness.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, REFUSED = 3, INCOMPLETE, UNDETERMINED, FAILED };

/* The deciding reason, numbered as columns do. */
enum {
    NO_REASON, DISEASE_AND_CODE, NOT_IN_FORCE, NOT_IN_COVER, NOT_COVERED, HOSPITAL, IN_SITU_EXCLUDED, HAD_BEFORE_COVER,
    PAID_BEFORE, ENDED, EXEMPT, UNITS_CUT = 15, MISSING = 17, UNKNOWN
};

/* The plan's inputs in their order, then its counters. */
enum {
    MEMBER, COVER, COVER_START, COVER_END, PREVIOUS, DIAGNOSED, DISEASE, ICD10, HOSPITAL_LEVEL, HAD_BEFORE, UNITS, AGE, SEX, STAFF,
    ENROLLED, ALREADY_PAID, COVER_ENDED, FIELDS
};

/* Diseases, numbered as their codes. */
enum {
    CANCER, IN_SITU, KIDNEY_FAILURE, APLASTIC_ANAEMIA, LIVER_FAILURE, STROKE, INFARCT, VALVE, BYPASS, BRAIN_TUMOUR, TRANSPLANT, AORTA,
    OTHER, NO_CODE
};

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    FROM_2005 = 12996, FROM_2012 = 15645, FROM_2019 = 17897, FULL = 1000000, HALF = 500000, REDUCED = 100000, EXEMPT_DAYS = 30,
    REDUCED_DAYS = 60, CLASS_B = 1 << VALVE | 1 << BYPASS | 1 << BRAIN_TUMOUR | 1 << TRANSPLANT | 1 << AORTA
};

static inline bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a code stands for, or NO_CODE for what is not written as one. */
static uint32_t look_up(const char *at, size_t length)
{
    if (length < 3 || length == 4 || length > 6 || at[0] < 'A' || at[0] > 'Z' || !digit(at[1]) || !digit(at[2]) ||
        (length > 4 && (at[3] != '.' || !digit(at[4]))) || (length == 6 && !digit(at[5])))
        return NO_CODE;
    int number = (at[1] - '0') * 10 + at[2] - '0';
    switch (at[0]) {
    case 'C': return number == 44 ? IN_SITU : number <= 97 ? CANCER : OTHER;
    case 'D':
        if (number == 32 || number == 33) return BRAIN_TUMOUR;
        return number <= 9 && number != 8 ? IN_SITU : number == 61 ? APLASTIC_ANAEMIA : OTHER;
    case 'I':
        if (number == 21 || number == 22) return INFARCT;
        return (number >= 60 && number <= 63) || number == 69 ? STROKE : OTHER;
    case 'K': return number == 72 ? LIVER_FAILURE : OTHER;
    case 'N': return number == 18 && length > 4 && at[4] == '5' ? KIDNEY_FAILURE : OTHER;
    case 'Z': return number == 94 ? TRANSPLANT : number == 99 && length > 4 && at[4] == '2' ? KIDNEY_FAILURE : OTHER;
    default: return OTHER;
    }
}

/* One row; given by field (MEMBER: the cover and the counters too). */
typedef struct row {
    uint32_t given;
    int32_t start, end, previous, diagnosed;
    uint32_t disease, code;
    int64_t level, units;
    bool had_before, already_paid, ended;
} row;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total;
} answer;

static inline bool has(const row *r, uint32_t field)
{
    return (r->given >> field & 1) != 0;
}

static answer pay(const row *r, bool renewed, int32_t day)
{
    bool newest = r->start >= FROM_2019;
    int64_t limit = newest ? 4 : 2, units = r->units < limit ? r->units : limit, each = FULL;
    if (newest)
        each = !renewed && day <= REDUCED_DAYS ? REDUCED : FULL;
    else if (r->had_before || r->disease == IN_SITU)
        each = HALF;
    return (answer){PAID, units < r->units ? UNITS_CUT : NO_REASON, each * units};
}

static answer decide(const row *r)
{
    static const uint32_t asked = 1u << MEMBER | 1u << COVER_END | 1u << DIAGNOSED | 1u << DISEASE | 1u << UNITS;
    if (r->code == NO_CODE || (has(r, UNITS) && (r->units < 1 || r->units > 99)) || (has(r, HOSPITAL_LEVEL) && (r->level < 1 || r->level > 3)))
        return (answer){FAILED, NO_REASON, 0};
    if (!has(r, COVER_START))
        return (answer){INCOMPLETE, MISSING, 0};
    if (r->start < FROM_2005)
        return (answer){REFUSED, NOT_IN_FORCE, 0};
    bool disease = has(r, DISEASE), class_b = disease && (CLASS_B >> r->disease & 1) != 0, newest = r->start >= FROM_2019;
    if (disease && r->code != OTHER && !class_b && r->code != r->disease)
        return (answer){FAILED, DISEASE_AND_CODE, 0};
    bool diagnosed = has(r, DIAGNOSED), renewed = newest && has(r, PREVIOUS) && r->start - r->previous <= 1;
    int32_t day = r->diagnosed - r->start + 1, reason = NO_REASON;
    if (diagnosed && (day < 1 || (has(r, COVER_END) && r->diagnosed > r->end)))
        reason = NOT_IN_COVER;
    else if (disease && r->disease == OTHER)
        reason = NOT_COVERED;
    else if (r->start < FROM_2012 && has(r, HOSPITAL_LEVEL) && r->level < 2)
        reason = HOSPITAL;
    else if (newest && disease && r->disease == IN_SITU)
        reason = IN_SITU_EXCLUDED;
    else if (r->had_before && (newest || (disease && !class_b)))
        reason = HAD_BEFORE_COVER;
    else if (r->already_paid)
        reason = PAID_BEFORE;
    else if (r->ended)
        reason = ENDED;
    else if (newest && diagnosed && has(r, COVER_END) && !renewed && day <= EXEMPT_DAYS)
        reason = EXEMPT;
    if (reason != NO_REASON)
        return (answer){REFUSED, reason, 0};
    if ((~r->given & asked) != 0)
        return (answer){INCOMPLETE, MISSING, 0};
    if (r->start >= FROM_2012 && !newest)
        return (answer){UNDETERMINED, UNKNOWN, 0};
    return pay(r, renewed, day);
}

/* A row's bit of each word, in a field's place. */
#define TAKE(field) ((uint32_t)(valid[field] >> at & 1) << (field))
#define FLAG(field) ((((const uint64_t *)t->values[field])[word] >> at & 1) != 0)

void hand_critical_illness_run(const peer_table *t, const peer_results *out)
{
    const int32_t *restrict start = t->values[COVER_START], *restrict end = t->values[COVER_END], *restrict previous = t->values[PREVIOUS];
    const int32_t *restrict diagnosed = t->values[DIAGNOSED], *restrict disease = t->values[DISEASE], *restrict icd10 = t->values[ICD10];
    const int64_t *restrict level = t->values[HOSPITAL_LEVEL], *restrict units = t->values[UNITS];
    for (size_t word = 0; word * 64 < t->rows; word++) {
        size_t begin = word * 64, last = t->rows - begin < 64 ? t->rows : begin + 64;
        uint64_t valid[FIELDS];
        for (size_t field = 0; field < FIELDS; field++)
            valid[field] = t->valid[field][word];
        valid[MEMBER] &= valid[COVER] & valid[ALREADY_PAID] & valid[COVER_ENDED];
        for (size_t i = begin; i < last; i++) {
            size_t at = i - begin;
            row r = {.start = start[i], .end = end[i], .previous = previous[i], .diagnosed = diagnosed[i], .disease = (uint32_t)disease[i],
                     .level = level[i], .units = units[i], .had_before = FLAG(HAD_BEFORE), .already_paid = FLAG(ALREADY_PAID), .ended = FLAG(COVER_ENDED)};
            r.given = TAKE(MEMBER) | TAKE(COVER_START) | TAKE(COVER_END) | TAKE(PREVIOUS) | TAKE(DIAGNOSED) | TAKE(DISEASE) | TAKE(HOSPITAL_LEVEL) | TAKE(UNITS);
            r.code = (valid[ICD10] >> at & 1) != 0 ? look_up(t->bytes[ICD10] + icd10[i], (size_t)(icd10[i + 1] - icd10[i])) : OTHER;
            answer a = decide(&r);
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = r.already_paid || a.outcome == PAID;
            out->after[1][i] = r.ended || a.outcome == PAID;
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

/* Mostly payments of the newest version, with some of everything that can go wrong. */
void hand_critical_illness_fill(uint64_t *seed, const peer_table *t, size_t at)
{
    static const char *const codes[] = {"C22.0", "D05.1", "N18.5", "D61.9", "K72.0", "I63.9", "I21.4", "I35.0", "I25.1", "D32.0", "Z94.0", "I71.0", "M54"};
    bool spoilt = one_in(seed, 64);
    int32_t start = one_in(seed, 4) ? FROM_2005 - 60 + peer_below(seed, 4900) : FROM_2019 + peer_below(seed, 1800);
    int32_t disease = one_in(seed, 4) ? peer_below(seed, 13) : CANCER, length = start >= FROM_2019 ? 365 : 1095;
    int32_t day = one_in(seed, 6) ? peer_below(seed, 80) - 8 : peer_below(seed, (uint32_t)length);
    if (!(spoilt && one_in(seed, 8))) peer_text(t, MEMBER, at, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_text(t, COVER, at, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_START, at, start);
    if (!(spoilt && one_in(seed, 4))) peer_days(t, COVER_END, at, start + length - 1);
    if (one_in(seed, 3)) peer_days(t, PREVIOUS, at, start - 1 - (one_in(seed, 4) ? peer_below(seed, 40) : 0));
    if (!(spoilt && one_in(seed, 4))) peer_days(t, DIAGNOSED, at, start + day);
    if (!(spoilt && one_in(seed, 4))) peer_days(t, DISEASE, at, disease);
    if (one_in(seed, 2)) {
        const char *code = one_in(seed, 128) ? "C2" : codes[one_in(seed, 64) ? peer_below(seed, 13) : disease];
        hz_str text = {code, 2};
        while (text.at[text.len] != '\0') text.len++;
        peer_text(t, ICD10, at, text);
    }
    if (one_in(seed, 2)) peer_number(t, HOSPITAL_LEVEL, at, one_in(seed, 64) ? peer_below(seed, 5) : 2 + peer_below(seed, 2));
    if (one_in(seed, 32)) peer_flag(t, HAD_BEFORE, at, one_in(seed, 2));
    if (!(spoilt && one_in(seed, 4))) peer_number(t, UNITS, at, 1 + peer_below(seed, one_in(seed, 16) ? 6 : 2));
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, ALREADY_PAID, at, one_in(seed, 64));
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, COVER_ENDED, at, one_in(seed, 64));
}
