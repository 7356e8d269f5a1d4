package dev.patchbay.cli.gateway;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a gateway is not started without: better said now than to each client. */
final class StartChecks {

    private static final Location GATEWAY = Location.of("gateway");

    private StartChecks() {}

    /**
     * Checks that there is a provider to go to.
     *
     * @param only the provider of {@code --provider}
     * @throws ConfigurationException if it, or none at all, is ready
     */
    static void require(RegistrySnapshot registry, Optional<String> only) {
        Optional<Provider> one = only.flatMap(registry::find);
        if (one.isPresent() && !one.get().isReady()) {
            throw new ConfigurationException(one.get().problems());
        }
        if (registry.providers().stream().noneMatch(Provider::isReady)) {
            throw new ConfigurationException(nobody(registry));
        }
    }

    /** What is said where requests that name no provider go to one that cannot be used; empty where they do not. */
    static Optional<String> warning(RegistrySnapshot registry) {
        Optional<Provider> main = registry.find(registry.defaultProvider());
        if (main.filter(Provider::isReady).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                "the default provider, " + registry.defaultProvider() + ", cannot be used: "
                        + main.flatMap(Provider::reason).orElse("there is no provider of that id")
                        + ". Requests that name no provider will fail; `defaultProvider: ID` in a provider file chooses another one");
    }

    private static List<Diagnostic> nobody(RegistrySnapshot registry) {
        List<Diagnostic> all = new ArrayList<>(
                registry.diagnostics().stream().filter(Diagnostic::isError).toList());
        StringBuilder reasons = new StringBuilder();
        for (Provider provider : registry.providers()) {
            if (provider.state() != ProviderState.SHADOWED) {
                reasons.append("; ")
                        .append(provider.id())
                        .append(": ")
                        .append(provider.reason().orElse("not ready"));
            }
        }
        all.add(Diagnostic.error(
                        Code.UNKNOWN_PROVIDER, GATEWAY, "no provider is ready, so there is nowhere to go" + reasons)
                .help("set the variable of one of them, or write a provider file: `patchbay providers new`")
                .build());
        return all;
    }
}
