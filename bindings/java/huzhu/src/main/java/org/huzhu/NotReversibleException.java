package org.huzhu;

/** The claim cannot be taken back: a later claim was settled by what it left. */
public final class NotReversibleException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /**
     * An exception of code {@code NOT_REVERSIBLE}.
     *
     * @param message one line
     * @param hint the remedy
     */
    public NotReversibleException(String message, String hint) {
        super("NOT_REVERSIBLE", "", message, hint);
    }
}
