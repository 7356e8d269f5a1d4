package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What whoever has configured nothing yet can do, told in the place of the variable of the one provider that is asked otherwise. */
public final class FirstProvider {

    private FirstProvider() {}

    /**
     * For a command that names no provider.
     *
     * @throws ConfigurationException if no file names the default one, and none is ready to be asked
     */
    public static void require(RegistrySnapshot registry, Invocation invocation) {
        boolean isBroken = registry.diagnostics().stream()
                .anyMatch(problem -> problem.isError() && problem.code() != Code.UNSET_VARIABLE);
        boolean hasOwn = registry.providers().stream().anyMatch(provider -> provider.layer() != Layer.BUILT_IN);
        if (registry.isDefaultNamed() || !registry.readyToChoose().isEmpty() || isBroken || hasOwn) {
            return;
        }
        String keys = registry.providers().stream()
                .map(FirstProvider::keyOf)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        String help = PresetKeys.sentence(registry, invocation.environment()).orElse("set the key of one: " + keys)
                + "; `patchbay providers presets` lists more with their variables, `patchbay providers new` writes a file"
                + " for any other, and --provider demo answers without a key";
        throw new ConfigurationException(List.of(Diagnostic.error(
                        Code.UNSET_VARIABLE,
                        Location.of("launch"),
                        "no provider was named, and none has a key yet; nothing was sent")
                .help(invocation.globals().withCommands(help))
                .build()));
    }

    private static Optional<String> keyOf(Provider provider) {
        return PresetKeys.variable(provider).map(name -> name + " (" + provider.id() + ")");
    }
}
