package org.huzhu;

import java.util.List;

/**
 * A counter of a plan: what the host keeps between claims.
 *
 * @param name as in claims
 * @param type of its values
 * @param scale decimals, for numbers
 * @param unit such as CNY or days, or empty
 * @param per names of the parts of its key
 */
public record Counter(String name, Type type, int scale, String unit, List<String> per) {
    /** Types of counters. */
    public enum Type {
        /** {@code BigDecimal}. */
        NUMBER,
        /** {@code Boolean}. */
        BOOLEAN,
        /** {@code LocalDate}. */
        DATE
    }
}
