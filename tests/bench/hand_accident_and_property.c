/* hand_accident_and_property.c - the rules of rulesets/beijing/accident-and-property.yaml written out by hand in C, for
 * bench_columns: see hand_inpatient_allowance.h for what that is and is not. Row by row.
 */
#include "hand_accident_and_property.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, UNDETERMINED, FAILED };

/* The deciding reason, numbered as columns do. */
enum {
    NO_REASON, NOT_IN_FORCE, NOT_IN_SERVICE, NO_CARD, CLAIM_LATE, WORK_INJURY, EXCLUDED, NOT_A_MINOR, NO_FIRE_CERTIFICATE, NOT_CONFIRMED,
    NO_CERTIFICATE, NO_TITLE, NOT_IN_BEIJING, REROUTED, CONSTRUCTION, PROPERTY_ALREADY_PAID, NOT_OFFERED, PAID_FOR_ACCIDENT, FIRE_MAXIMUM = 19,
    PIPE_MAXIMUM, NOTIFIED_LATE, ZERO_AMOUNT, MISSING, UNKNOWN
};

/* The plan's inputs in their order, then its counters. */
enum {
    MEMBER, HOUSEHOLD, EVENT, HAPPENED, CLAIMED, NOTIFIED, KIND, IN_SERVICE, CARD, AT_WORK, EXCLUDED_CAUSE, GRADE, CHILD_BORN, FIRE_LOSS,
    FIRE_CERTIFICATE, UNION_CONFIRMED, ASSESSED_LOSS, DAMAGED_AREA, PIPE_CERTIFICATE, TITLE_PAPERS, IN_BEIJING, PIPES_REROUTED,
    CONSTRUCTION_OR_TEST, ACCIDENT_PAID, PROPERTY_PAID, FIELDS
};

enum { DEATH, DISABILITY, CHILD_DEATH, CHILD_DISABILITY, FIRE, PIPE, KINDS };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    FROM_2009 = 14457, FIRE_FROM_2011 = 14975, TEN_GRADES_FROM = 16087, PIPES_FROM_2015 = 16617, CHILDREN_FROM_2016 = 16801, CLAIM_YEARS = 2,
    ADULT_AGE = 18, NOTICE_DAYS = 10, DEATH_AMOUNT = 2000000, DISABILITY_MAXIMUM = 500000, FIRST_FIRE_MAXIMUM = 300000, MOST_FOR_FIRE = 1000000,
    MOST_FOR_PIPE = 1000000, SQUARE_METRE = 200, MOST_AREA = 1000000
};

#define MOST_MONEY UINT64_C(999999999999)
#define BIT(field) (1u << (field))

static const uint32_t asked_by_all = BIT(CLAIMED) | BIT(IN_SERVICE) | BIT(CARD);

static const uint32_t asked[KINDS] = {
    [DEATH] = BIT(MEMBER) | BIT(EVENT) | BIT(AT_WORK) | BIT(ACCIDENT_PAID),
    [DISABILITY] = BIT(MEMBER) | BIT(EVENT) | BIT(AT_WORK) | BIT(GRADE) | BIT(ACCIDENT_PAID),
    [CHILD_DEATH] = BIT(CHILD_BORN),
    [CHILD_DISABILITY] = BIT(CHILD_BORN) | BIT(GRADE),
    [FIRE] = BIT(HOUSEHOLD) | BIT(EVENT) | BIT(FIRE_LOSS) | BIT(FIRE_CERTIFICATE) | BIT(UNION_CONFIRMED) | BIT(PROPERTY_PAID),
    [PIPE] = BIT(HOUSEHOLD) | BIT(EVENT) | BIT(PIPE_CERTIFICATE) | BIT(TITLE_PAPERS) | BIT(IN_BEIJING) | BIT(PIPES_REROUTED) | BIT(PROPERTY_PAID),
};

/* Percent by grade. */
static const int8_t seven_grades[11] = {0, 100, 75, 50, 30, 20, 15, 10, 0, 0, 0};

/* One row; given and flags by field. */
typedef struct claim {
    uint32_t given, flags;
    int32_t happened, claimed, notified, kind, cause, born;
    int64_t grade, fire_loss, assessed, area, accident_paid;
} claim;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total;
} answer;

static inline bool has(const claim *c, uint32_t field)
{
    return (c->given >> field & 1) != 0;
}

/* Given, and not so; given, and so. */
static inline bool lacks(const claim *c, uint32_t field)
{
    return (c->given & ~c->flags & BIT(field)) != 0;
}

static inline bool is(const claim *c, uint32_t field)
{
    return (c->given & c->flags & BIT(field)) != 0;
}

static bool out_of_range(const claim *c)
{
    bool graded = c->kind == DISABILITY || c->kind == CHILD_DISABILITY;
    return (graded && has(c, GRADE) && (c->grade < 1 || c->grade > 10)) || (uint64_t)c->fire_loss > MOST_MONEY || (uint64_t)c->assessed > MOST_MONEY ||
           (uint64_t)c->area > MOST_AREA;
}

static int32_t refuse_fire(const claim *c)
{
    if (lacks(c, FIRE_CERTIFICATE)) return NO_FIRE_CERTIFICATE;
    return lacks(c, UNION_CONFIRMED) ? NOT_CONFIRMED : NO_REASON;
}

static int32_t refuse_pipe(const claim *c)
{
    if (c->happened < PIPES_FROM_2015) return NO_REASON;
    if (lacks(c, PIPE_CERTIFICATE)) return NO_CERTIFICATE;
    if (lacks(c, TITLE_PAPERS)) return NO_TITLE;
    if (lacks(c, IN_BEIJING)) return NOT_IN_BEIJING;
    if (is(c, PIPES_REROUTED)) return REROUTED;
    return is(c, CONSTRUCTION_OR_TEST) ? CONSTRUCTION : NO_REASON;
}

static int32_t refuse(const claim *c)
{
    int32_t reason = NO_REASON;
    if (lacks(c, IN_SERVICE)) return NOT_IN_SERVICE;
    if (lacks(c, CARD)) return NO_CARD;
    if (has(c, CLAIMED) && c->claimed > c->happened + 2 * 365 && c->claimed > peer_anniversary(c->happened, CLAIM_YEARS)) return CLAIM_LATE;
    if (c->kind <= DISABILITY && is(c, AT_WORK)) return WORK_INJURY;
    if (c->kind <= CHILD_DISABILITY && c->cause != 0) return EXCLUDED;
    if (c->kind == CHILD_DEATH || c->kind == CHILD_DISABILITY) {
        if (c->happened < CHILDREN_FROM_2016) return NOT_OFFERED;
        return has(c, CHILD_BORN) && c->happened >= peer_anniversary(c->born, ADULT_AGE) ? NOT_A_MINOR : NO_REASON;
    }
    if (c->kind >= FIRE) {
        reason = c->kind == FIRE ? refuse_fire(c) : refuse_pipe(c);
        if (reason == NO_REASON && is(c, PROPERTY_PAID)) reason = PROPERTY_ALREADY_PAID;
        if (reason == NO_REASON && c->kind == PIPE && c->happened < PIPES_FROM_2015) reason = NOT_OFFERED;
    }
    return reason;
}

static inline int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static answer pay(const claim *c)
{
    int64_t share = c->kind != DISABILITY && c->kind != CHILD_DISABILITY ? 0 : c->happened >= TEN_GRADES_FROM ? 110 - 10 * c->grade : seven_grades[c->grade];
    int64_t due = 0, net = 0;
    int32_t cut = NO_REASON;
    switch (c->kind) {
    case DEATH: case DISABILITY:
        due = c->kind == DEATH ? DEATH_AMOUNT : share * (DISABILITY_MAXIMUM / 100);
        net = due > c->accident_paid ? due - c->accident_paid : 0;
        cut = PAID_FOR_ACCIDENT;
        break;
    case CHILD_DISABILITY: due = net = share * (DISABILITY_MAXIMUM / 100); break;
    case FIRE:
        due = (c->fire_loss + 5) / 10;
        net = least(due, c->happened >= FIRE_FROM_2011 ? MOST_FOR_FIRE : FIRST_FIRE_MAXIMUM);
        cut = FIRE_MAXIMUM;
        break;
    default:
        due = has(c, ASSESSED_LOSS) ? c->assessed : c->area * SQUARE_METRE;
        net = least(due, MOST_FOR_PIPE);
        cut = PIPE_MAXIMUM;
    }
    int32_t reason = net > 0 ? NO_REASON : ZERO_AMOUNT;
    if (c->kind >= FIRE && has(c, NOTIFIED) && c->notified - c->happened > NOTICE_DAYS) reason = NOTIFIED_LATE;
    if (net < due) reason = cut;
    return (answer){net > 0 ? PAID : NOTHING_DUE, reason, net};
}

static answer decide(const claim *c)
{
    if (out_of_range(c)) return (answer){FAILED, NO_REASON, 0};
    if (!has(c, HAPPENED)) return (answer){INCOMPLETE, MISSING, 0};
    if (c->happened < FROM_2009) return (answer){REFUSED, NOT_IN_FORCE, 0};
    int32_t reason = refuse(c);
    if (reason != NO_REASON) return (answer){REFUSED, reason, 0};
    uint32_t needed = asked_by_all | asked[c->kind];
    if (c->kind == PIPE && !has(c, ASSESSED_LOSS)) needed |= BIT(DAMAGED_AREA);
    if ((~c->given & needed) != 0) return (answer){INCOMPLETE, MISSING, 0};
    if (c->kind == CHILD_DEATH) return (answer){UNDETERMINED, UNKNOWN, 0};
    return pay(c);
}

/* A row's bit of each word, in a field's place. */
#define TAKE(words, field) ((uint32_t)((words)[field] >> at & 1) << (field))

static inline int32_t days_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int32_t *)t->values[column])[i];
}

static inline int64_t number_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int64_t *)t->values[column])[i];
}

/* A word of each column's bits; flags 0 of what is no flag. */
typedef struct words {
    uint64_t valid[FIELDS], flags[FIELDS];
} words;

static void take_words(const peer_table *t, size_t word, words *out)
{
    static const uint8_t flags[] = {IN_SERVICE, CARD, AT_WORK, FIRE_CERTIFICATE, UNION_CONFIRMED, PIPE_CERTIFICATE, TITLE_PAPERS, IN_BEIJING,
                                    PIPES_REROUTED, CONSTRUCTION_OR_TEST, PROPERTY_PAID};
    for (size_t field = 0; field < FIELDS; field++)
        out->valid[field] = t->valid[field][word];
    for (size_t i = 0; i < sizeof flags; i++)
        out->flags[flags[i]] = ((const uint64_t *)t->values[flags[i]])[word];
}

static claim row_of(const peer_table *t, const words *bits, size_t word, size_t at)
{
    size_t i = word * 64 + at;
    claim c = {.happened = days_at(t, HAPPENED, i), .claimed = days_at(t, CLAIMED, i), .notified = days_at(t, NOTIFIED, i), .kind = days_at(t, KIND, i),
               .cause = days_at(t, EXCLUDED_CAUSE, i), .born = days_at(t, CHILD_BORN, i), .grade = number_at(t, GRADE, i),
               .fire_loss = number_at(t, FIRE_LOSS, i), .assessed = number_at(t, ASSESSED_LOSS, i), .area = number_at(t, DAMAGED_AREA, i),
               .accident_paid = number_at(t, ACCIDENT_PAID, i)};
    for (uint32_t field = 0; field < FIELDS; field++) {
        c.given |= TAKE(bits->valid, field);
        c.flags |= TAKE(bits->flags, field);
    }
    return c;
}

void hand_accident_and_property_run(const peer_table *t, const peer_results *out)
{
    words bits = {0};
    for (size_t word = 0; word * 64 < t->rows; word++) {
        size_t begin = word * 64, last = t->rows - begin < 64 ? t->rows : begin + 64;
        take_words(t, word, &bits);
        for (size_t i = begin; i < last; i++) {
            claim c = row_of(t, &bits, word, i - begin);
            answer a = decide(&c);
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = c.accident_paid + (c.kind <= DISABILITY ? a.total : 0);
            out->after[1][i] = is(&c, PROPERTY_PAID) || (c.kind >= FIRE && a.total > 0);
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

/* What one kind of event asks for. */
static void fill_kind(uint64_t *seed, const peer_table *t, size_t row, int32_t kind, bool spoilt)
{
    if (kind <= DISABILITY && !(spoilt && one_in(seed, 8))) peer_flag(t, AT_WORK, row, one_in(seed, 32));
    if ((kind == DISABILITY || kind == CHILD_DISABILITY) && !(spoilt && one_in(seed, 8))) peer_number(t, GRADE, row, 1 + peer_below(seed, one_in(seed, 64) ? 12 : 10));
    if ((kind == CHILD_DEATH || kind == CHILD_DISABILITY) && !(spoilt && one_in(seed, 8)))
        peer_days(t, CHILD_BORN, row, ((const int32_t *)t->values[HAPPENED])[row] - peer_below(seed, 6900));
    if (kind == FIRE) {
        if (!(spoilt && one_in(seed, 8))) peer_number(t, FIRE_LOSS, row, peer_below(seed, 20000000));
        for (size_t field = FIRE_CERTIFICATE; field <= UNION_CONFIRMED; field++)
            if (!(spoilt && one_in(seed, 8))) peer_flag(t, field, row, !one_in(seed, 32));
    }
    if (kind == PIPE) {
        if (one_in(seed, 2)) peer_number(t, ASSESSED_LOSS, row, peer_below(seed, 2000000));
        else if (!(spoilt && one_in(seed, 8))) peer_number(t, DAMAGED_AREA, row, peer_below(seed, 8000));
        for (size_t field = PIPE_CERTIFICATE; field <= IN_BEIJING; field++)
            if (!(spoilt && one_in(seed, 8))) peer_flag(t, field, row, !one_in(seed, 32));
        if (!(spoilt && one_in(seed, 8))) peer_flag(t, PIPES_REROUTED, row, one_in(seed, 32));
        if (one_in(seed, 16)) peer_flag(t, CONSTRUCTION_OR_TEST, row, one_in(seed, 2));
    }
}

/* Events of all kinds since 2009, with some of everything that can go wrong. What kind it was is always known. */
void hand_accident_and_property_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    bool spoilt = one_in(seed, 64);
    int32_t happened = FROM_2009 - 20 + peer_below(seed, 4500), kind = peer_below(seed, KINDS);
    for (size_t key = MEMBER; key <= EVENT; key++)
        if (!(spoilt && one_in(seed, 8))) peer_text(t, key, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, HAPPENED, row, happened);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, CLAIMED, row, happened + peer_below(seed, one_in(seed, 16) ? 1000 : 300));
    if (one_in(seed, 2)) peer_days(t, NOTIFIED, row, happened + peer_below(seed, 14));
    peer_days(t, KIND, row, kind);
    for (size_t field = IN_SERVICE; field <= CARD; field++)
        if (!(spoilt && one_in(seed, 8))) peer_flag(t, field, row, !one_in(seed, 64));
    if (one_in(seed, 4)) peer_days(t, EXCLUDED_CAUSE, row, one_in(seed, 8) ? 1 + peer_below(seed, 5) : 0);
    fill_kind(seed, t, row, kind, spoilt);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, ACCIDENT_PAID, row, one_in(seed, 8) ? 50000 * peer_below(seed, 44) : 0);
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, PROPERTY_PAID, row, one_in(seed, 16));
}
