package org.huzhu;

/** The native library, or something else that the jar carries, cannot be used. */
public final class NativeLibraryException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /**
     * An exception of code {@code NATIVE}.
     *
     * @param place what and where: os, arch, libc, path
     * @param message one line
     * @param hint the remedy
     * @param cause may be null
     */
    public NativeLibraryException(String place, String message, String hint, Throwable cause) {
        super("NATIVE", place, message, hint, cause);
    }
}
