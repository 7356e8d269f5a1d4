package dev.patchbay.diagnostic;

import dev.patchbay.spi.PatchbayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration cannot be used; carries everything that is wrong with it. */
public final class ConfigurationException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Diagnostic> diagnostics;

    /**
     * An exception with everything that is wrong.
     *
     * @param diagnostics all problems, warnings too; at least one error
     */
    public ConfigurationException(List<Diagnostic> diagnostics) {
        super(TextRenderer.render(diagnostics), null);
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** All problems, sorted by place. Empty where the exception was serialised: then the message alone has them. */
    public List<Diagnostic> diagnostics() {
        return diagnostics == null ? List.of() : diagnostics;
    }
}
