package org.huzhu;

/** What went wrong, where, and how to go on. All exceptions of this library are of this family, and none is checked. */
public class HuzhuException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** For programs. */
    private final String code;
    /** Where it went wrong. */
    private final String place;
    /** The remedy. */
    private final String hint;

    /**
     * An exception.
     *
     * @param code for programs, such as {@code E_UNKNOWN_KEY}, {@code R_NUMBER} or {@code CLOSED}
     * @param place where: {@code file:line:column}, the name of an input, a path; or empty
     * @param message one line
     * @param hint the remedy, or empty
     */
    public HuzhuException(String code, String place, String message, String hint) {
        this(code, place, message, hint, null);
    }

    /**
     * An exception with a cause.
     *
     * @param code for programs
     * @param place where, or empty
     * @param message one line
     * @param hint the remedy, or empty
     * @param cause may be null
     */
    public HuzhuException(String code, String place, String message, String hint, Throwable cause) {
        super((place.isEmpty() ? "" : place + ": ") + message + " [" + code + "]" + (hint.isEmpty() ? "" : " (" + hint + ")"), cause);
        this.code = code;
        this.place = place;
        this.hint = hint;
    }

    /**
     * For programs: {@code E_…} of rule files, {@code R_…} of claims (docs/errors.md), or a word such as {@code CLOSED}.
     *
     * @return never null
     */
    public String code() {
        return code;
    }

    /**
     * Where it went wrong.
     *
     * @return {@code file:line:column}, the name of an input, a path; or empty
     */
    public String place() {
        return place;
    }

    /**
     * How to go on.
     *
     * @return the remedy, or empty
     */
    public String hint() {
        return hint;
    }
}
