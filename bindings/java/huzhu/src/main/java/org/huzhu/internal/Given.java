package org.huzhu.internal;

import org.huzhu.BadValueException;

/** Refuses null where something has to be given. */
public final class Given {
    private Given() {}

    /** The value; {@code name} names it in the exception. */
    public static <T> T given(T value, String name) {
        if (value != null) return value;
        throw new BadValueException("NULL", name, "it is null", "null stands for an input that a claim does not give, and for nothing else");
    }
}
