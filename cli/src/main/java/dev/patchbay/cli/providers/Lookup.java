package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.List;

/** Finds what an argument names, or says what there is instead. */
final class Lookup {

    private static final Location ARGUMENT = Location.of("command line");

    private Lookup() {}

    /** @throws ConfigurationException if no provider has that id; it names the nearest ones */
    static Provider provider(RegistrySnapshot registry, String id) {
        return registry.find(id).orElseThrow(() -> {
            String near = Nearest.question(
                    id,
                    registry.providers().stream().map(Provider::id).distinct().toList());
            boolean preset = near.isEmpty() && registry.presets().contains(id);
            return problem(
                    Code.UNKNOWN_PROVIDER,
                    "no provider is named '" + id + "'" + near,
                    preset
                            ? "there is a preset: `patchbay providers new " + id + " --from preset:" + id + "` adds it"
                            : "`patchbay providers list` shows what there is");
        });
    }

    static ConfigurationException problem(Code code, String message, String help) {
        return new ConfigurationException(
                List.of(Diagnostic.error(code, ARGUMENT, message).help(help).build()));
    }
}
