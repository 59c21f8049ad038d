package org.huzhu;

import java.util.List;

/** The rule files, or settings, are wrong. Code, place and hint are those of the first error. */
public final class RulesException extends HuzhuException {
    private static final long serialVersionUID = 1;

    /** All that was found. */
    private final transient List<Diagnostic> diagnostics;

    /**
     * An exception.
     *
     * @param diagnostics what is wrong, errors first; at least one
     */
    public RulesException(List<Diagnostic> diagnostics) {
        super(diagnostics.get(0).code(), diagnostics.get(0).place(),
                diagnostics.get(0).message() + (diagnostics.size() > 1 ? " (and " + (diagnostics.size() - 1) + " more: diagnostics())" : ""),
                diagnostics.get(0).hint());
        this.diagnostics = List.copyOf(diagnostics);
    }

    /**
     * All that was found.
     *
     * @return errors first
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics == null ? List.of() : diagnostics;
    }
}
