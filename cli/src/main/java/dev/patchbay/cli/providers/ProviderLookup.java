package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.List;

/** Finds what an argument names, or says what there is instead. */
public final class ProviderLookup {

    private static final Location ARGUMENT = Location.of("command line");

    private ProviderLookup() {}

    /**
     * The provider that an argument names.
     *
     * @throws ConfigurationException if no provider has that id; it names the nearest ones
     */
    public static Provider provider(RegistrySnapshot registry, String id) {
        return registry.findNamed(id).orElseThrow(() -> {
            List<String> near = registry.suggestions(id);
            return problem(
                    Code.UNKNOWN_PROVIDER,
                    "no provider is named '" + id + "'"
                            + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"),
                    "`patchbay providers list --all` shows what there is");
        });
    }

    /** A problem of what was typed. */
    public static ConfigurationException problem(Code code, String message, String help) {
        return new ConfigurationException(
                List.of(Diagnostic.error(code, ARGUMENT, message).help(help).build()));
    }
}
