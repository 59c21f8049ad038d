package org.huzhu;

/**
 * What is wrong in a rule file, where, and how to mend it.
 *
 * @param code as in docs/errors.md
 * @param error true: an error; false: a warning
 * @param file relative to the ruleset's folder, or empty
 * @param line from 1; 0: no place
 * @param column from 1, in code points
 * @param message one line
 * @param hint the remedy, or empty
 */
public record Diagnostic(String code, boolean error, String file, int line, int column, String message, String hint) {
    /**
     * Where it is.
     *
     * @return {@code file:line:column}, or what there is of it
     */
    public String place() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }

    @Override
    public String toString() {
        return (place().isEmpty() ? "" : place() + ": ") + (error ? "error" : "warning") + "[" + code + "]: " + message
                + (hint.isEmpty() ? "" : "\n  hint: " + hint);
    }
}
