package org.huzhu;

/** A value that a claim cannot have, an argument that is null, or a decision that is an error ({@link Decision#orThrow}). */
public final class BadValueException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /**
     * An exception.
     *
     * @param code {@code R_…} of a decision, or a word such as {@code FLOAT} or {@code NULL}
     * @param place the input, counter or argument
     * @param message one line; never the value
     * @param hint what to give instead
     */
    public BadValueException(String code, String place, String message, String hint) {
        super(code, place, message, hint);
    }
}
