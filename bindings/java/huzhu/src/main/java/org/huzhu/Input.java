package org.huzhu;

import java.util.List;

/**
 * An input of a plan.
 *
 * @param name as in claims
 * @param type what it takes
 * @param need when it is needed
 * @param scale most decimals, for numbers
 * @param zh its label in Chinese
 * @param en in English
 * @param unit or empty
 * @param fallback its default as text, or empty
 * @param range such as {@code [1..3]}, or empty when only the type's range holds
 * @param codes of a code
 * @param forClaim whether a claim can read it
 * @param forEnrolment whether an enrolment can read it
 * @param condition under which it is required, of {@link Need#CONDITIONAL}; else empty
 */
public record Input(String name, Type type, Need need, int scale, String zh, String en, String unit, String fallback, String range,
                    List<Code> codes, boolean forClaim, boolean forEnrolment, String condition) {
    /** Types of inputs. */
    public enum Type {
        /** Text that identifies. */
        KEY,
        /** A day. */
        DATE,
        /** True or false. */
        BOOLEAN,
        /** One of a list. */
        CODE,
        /** Any text. */
        TEXT,
        /** A whole number, 0 or more. */
        COUNT,
        /** Two decimals, 0 or more. */
        MONEY,
        /** A rate. */
        RATE,
        /** A number. */
        NUMBER
    }

    /** When an input is needed. */
    public enum Need {
        /** Absent: the decision is incomplete if it matters. */
        REQUIRED,
        /** Absent means that there is none. */
        OPTIONAL,
        /** Absent means the default. */
        DEFAULT,
        /** Required when a condition holds, ignored otherwise. */
        CONDITIONAL
    }

    /**
     * One value of a code.
     *
     * @param id as in claims
     * @param zh its label in Chinese
     * @param en in English
     */
    public record Code(String id, String zh, String en) {}
}
