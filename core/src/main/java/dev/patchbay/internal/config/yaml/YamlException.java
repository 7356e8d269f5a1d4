package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Diagnostic;

/** Ends the reading of one file; never leaves this package. */
final class YamlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    YamlException(Diagnostic diagnostic) {
        super(diagnostic.code().id(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
