package org.huzhu.examples.settlement;

import java.math.BigDecimal;

/**
 * What a clerk is told.
 *
 * @param id of the claim
 * @param status what became of the request
 * @param outcome of the decision
 * @param amount of the decision; null where it has none
 * @param decision as JSON
 */
public record Answer(String id, Status status, String outcome, BigDecimal amount, String decision) {
    /** What became of a request. */
    public enum Status {
        /** Written, now. */
        SETTLED,
        /** It was written before: nothing was paid again. */
        KNOWN,
        /** Nothing was written: incomplete, undetermined or an error. Send it again when that is mended. */
        OPEN,
        /** Taken back, its counters as they were. */
        TAKEN_BACK,
        /** Settled again under other rules. */
        RESETTLED
    }
}
