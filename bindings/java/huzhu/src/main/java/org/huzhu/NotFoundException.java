package org.huzhu;

/** There is no plan, input, counter or claim of that name. */
public final class NotFoundException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /**
     * An exception of code {@code NOT_FOUND}.
     *
     * @param place the name that is not there
     * @param message one line
     * @param hint the nearest names, or empty
     */
    public NotFoundException(String place, String message, String hint) {
        super("NOT_FOUND", place, message, hint);
    }
}
