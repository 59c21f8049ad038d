package org.huzhu;

import java.util.Locale;

/** What became of a claim. In the order of the numbers of HUZHU_PAID and those behind it, from 1. */
public enum Outcome {
    /** Something is due. */
    PAID,
    /** Every condition holds and the amount is 0. */
    NOTHING_DUE,
    /** A condition does not hold. */
    REFUSED,
    /** An input or counter that matters was not given. */
    INCOMPLETE,
    /** A value that nobody published is needed. */
    UNDETERMINED,
    /** The claim itself is in error: {@link Decision#error()}. */
    ERROR,
    /** Of an enrolment: the member may join. */
    ACCEPTED,
    /** Of a part: it is not concerned. */
    NOT_ASKED,
    /** Of a reversal: the claim was taken back. */
    REVERSED;

    static Outcome of(String json) {
        return valueOf(json.toUpperCase(Locale.ROOT));
    }

    /**
     * Its name in JSON.
     *
     * @return such as {@code nothing_due}
     */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
