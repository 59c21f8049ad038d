package org.huzhu;

import java.util.List;

/** Columns of claims, or of a table of counters, do not fit the plan. Code and hint are those of the first fault. */
public final class ColumnsException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /** All that was found. */
    private final transient List<Diagnostic> diagnostics;

    /**
     * An exception.
     *
     * @param diagnostics what does not fit; at least one
     */
    public ColumnsException(List<Diagnostic> diagnostics) {
        super(diagnostics.get(0).code(), "",
                diagnostics.get(0).message() + (diagnostics.size() > 1 ? " (and " + (diagnostics.size() - 1) + " more: diagnostics())" : ""),
                diagnostics.get(0).hint());
        this.diagnostics = List.copyOf(diagnostics);
    }

    /**
     * All that was found.
     *
     * @return one for each column that does not fit
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics == null ? List.of() : diagnostics;
    }
}
