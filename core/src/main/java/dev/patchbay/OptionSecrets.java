package dev.patchbay;

import dev.patchbay.config.secret.Secrets;
import dev.patchbay.config.template.Environment;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.function.Function;

/** Looks up the secrets among a plugin dialect's options, each time it asks. */
final class OptionSecrets implements Function<SecretRef, Secret> {

    private static final Location OPTIONS = Location.of("options");

    private final RegistrySnapshot registry;
    private final Environment environment;

    OptionSecrets(RegistrySnapshot registry, Environment environment) {
        this.registry = registry;
        this.environment = environment;
    }

    @Override
    public Secret apply(SecretRef reference) {
        if (reference.source().equals("env")) {
            return Secrets.variable(reference.reference(), environment, OPTIONS).resolve();
        }
        return registry.secretSource(reference.source())
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.AUTH, "no plugin brings the secret form of " + reference))
                .resolve(reference.reference());
    }
}
