package org.huzhu;

/** The object was closed before this call. */
public final class ClosedException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /**
     * An exception of code {@code CLOSED}.
     *
     * @param what the object
     */
    public ClosedException(String what) {
        super("CLOSED", what, "it is closed", "decisions outlive their ruleset; every other call comes before close()");
    }
}
