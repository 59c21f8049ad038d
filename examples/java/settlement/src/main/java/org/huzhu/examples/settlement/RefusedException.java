package org.huzhu.examples.settlement;

/** A request that cannot be done as things stand. Nothing was written. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
