package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.Definition;
import java.util.List;
import java.util.Optional;

/**
 * What became of a merged definition.
 *
 * @param definition present unless something other than a credential is wrong or missing
 * @param problems what is wrong, warnings too
 * @param enabled what {@code enabled} says
 * @param invalid whether it must be quarantined, rather than merely lacking something
 */
public record DecodedDefinition(
        Optional<Definition> definition, List<Diagnostic> problems, boolean enabled, boolean invalid) {

    public DecodedDefinition {
        problems = List.copyOf(problems);
    }
}
