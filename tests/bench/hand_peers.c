/* hand_peers.c - the plans that bench_columns measures, each beside its hand-written loop. */
#include "hand_accident_and_property.h"
#include "hand_additional_death.h"
#include "hand_carried.h"
#include "hand_child_accident.h"
#include "hand_critical_illness.h"
#include "hand_group_accident.h"
#include "hand_inpatient_allowance.h"
#include "hand_inpatient_medical.h"
#include "hand_medical_reimbursement.h"
#include "hand_startup_loan.h"
#include "hand_womens_diseases.h"
#include "peer.h"

/* ---- inpatient-allowance: its peer is older than this table of columns ---- */

static void allowance_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    hand_claim claim;
    hand_random(seed, &claim);
    peer_text(t, HAND_MEMBER, row, PEER_KEY);
    peer_text(t, HAND_COVER, row, PEER_KEY);
    peer_days(t, HAND_COVER_START, row, claim.cover_start);
    peer_days(t, HAND_COVER_END, row, claim.cover_end);
    peer_days(t, HAND_ADMITTED, row, claim.admitted);
    peer_days(t, HAND_DISCHARGED, row, claim.discharged);
    peer_number(t, HAND_LEVEL, row, claim.hospital_level);
    peer_days(t, HAND_CAUSE, row, claim.cause);
    peer_number(t, HAND_DAYS, row, claim.days_before);
    peer_number(t, HAND_PAID, row, claim.paid_before);
    for (size_t field = 0; field < HAND_FIELDS; field++)
        if ((claim.given >> field & 1) == 0)
            t->valid[field][row / 64] &= ~(UINT64_C(1) << (row % 64));
}

static hand_columns allowance_columns(const peer_table *t)
{
    void *const *v = t->values;
    hand_columns columns = {.cover_start = v[HAND_COVER_START], .cover_end = v[HAND_COVER_END], .admitted = v[HAND_ADMITTED],
                            .discharged = v[HAND_DISCHARGED], .cause = v[HAND_CAUSE], .hospital_level = v[HAND_LEVEL],
                            .days_before = v[HAND_DAYS], .paid_before = v[HAND_PAID]};
    for (int i = 0; i < HAND_FIELDS; i++)
        columns.valid[i] = t->valid[i];
    return columns;
}

static void allowance_run(const peer_table *t, const peer_results *out)
{
    const hand_columns columns = allowance_columns(t);
    const hand_results results = {out->outcome, out->reason, out->total, out->after[0], out->after[1]};
    hand_rows(&columns, t->rows, &results);
}

static void allowance_carry(const peer_table *t, const peer_results *out, void *ledger, size_t keys)
{
    const hand_columns columns = allowance_columns(t);
    const hand_results results = {out->outcome, out->reason, out->total, out->after[0], out->after[1]};
    hand_carried(t, &columns, &results, ledger, keys);
}

/* ---- the list ---- */

const peer hand_peers[] = {
    {.plan = "inpatient-allowance", .inputs = 8, .counters = 2,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_NUMBERS, PEER_DAYS, PEER_NUMBERS, PEER_NUMBERS},
     .fill = allowance_fill, .loops = {{"blocks of 64", allowance_run}},
     .carry = allowance_carry, .ledger_bytes = HAND_CARRIED_BYTES},
    {.plan = "medical-reimbursement", .inputs = 17, .counters = 4,
     .kinds = {PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS,
               PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_DAYS, PEER_NUMBERS,
               PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS},
     .fill = hand_medical_fill, .loops = {{"blocks of 64", hand_medical_run}}},
    {.plan = "womens-diseases", .inputs = 15, .counters = 2,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_TEXTS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS, PEER_FLAGS,
               PEER_FLAGS, PEER_FLAGS, PEER_FLAGS, PEER_NUMBERS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS},
     .fill = hand_womens_fill, .loops = {{"row by row", hand_womens_run}}},
    {.plan = "critical-illness", .inputs = 15, .counters = 2,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_TEXTS, PEER_NUMBERS, PEER_FLAGS,
               PEER_NUMBERS, PEER_NUMBERS, PEER_DAYS, PEER_NUMBERS, PEER_NUMBERS, PEER_FLAGS, PEER_FLAGS},
     .fill = hand_critical_illness_fill, .loops = {{"row by row", hand_critical_illness_run}}},
    {.plan = "additional-death", .inputs = 5, .counters = 0,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS},
     .fill = hand_additional_death_fill, .loops = {{"blocks of 64", hand_additional_death_run}}},
    {.plan = "group-accident", .inputs = 13, .counters = 1,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_NUMBERS, PEER_DAYS, PEER_DAYS,
               PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS},
     .fill = hand_group_accident_fill, .loops = {{"blocks of 64", hand_group_accident_run}}},
    {.plan = "child-accident", .inputs = 13, .counters = 3,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_NUMBERS, PEER_NUMBERS,
               PEER_DAYS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS},
     .fill = hand_child_accident_fill, .loops = {{"row by row", hand_child_accident_run}}},
    {.plan = "inpatient-medical", .inputs = 15, .counters = 4,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_FLAGS, PEER_DAYS, PEER_NUMBERS, PEER_NUMBERS,
               PEER_NUMBERS, PEER_FLAGS, PEER_NUMBERS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS, PEER_NUMBERS},
     .fill = hand_inpatient_medical_fill, .loops = {{"row by row", hand_inpatient_medical_run}}},
    {.plan = "accident-and-property", .inputs = 23, .counters = 2,
     .kinds = {PEER_TEXTS, PEER_TEXTS, PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS, PEER_DAYS,
               PEER_NUMBERS, PEER_DAYS, PEER_NUMBERS, PEER_FLAGS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS, PEER_FLAGS, PEER_FLAGS, PEER_FLAGS,
               PEER_FLAGS, PEER_FLAGS, PEER_NUMBERS, PEER_FLAGS},
     .fill = hand_accident_and_property_fill, .loops = {{"row by row", hand_accident_and_property_run}}},
    {.plan = "startup-loan-subsidy", .inputs = 15, .counters = 1,
     .kinds = {PEER_TEXTS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_DAYS, PEER_FLAGS, PEER_NUMBERS, PEER_NUMBERS, PEER_DAYS,
               PEER_NUMBERS, PEER_FLAGS, PEER_FLAGS, PEER_DAYS, PEER_DAYS, PEER_NUMBERS},
     .fill = hand_startup_loan_fill, .loops = {{"row by row", hand_startup_loan_run}}},
};

const size_t hand_peer_count = sizeof hand_peers / sizeof *hand_peers;
const size_t hand_peer_bytes = sizeof(peer);
