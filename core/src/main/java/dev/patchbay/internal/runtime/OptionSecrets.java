package dev.patchbay.internal.runtime;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Looks up the secrets among a plugin dialect's options, each time it asks. */
final class OptionSecrets implements Function<SecretRef, Secret> {

    private static final int MOST_KNOWN = 1_000;
    private static final Location OPTIONS = Location.of("options");

    private final RegistrySnapshot registry;
    private final Environment environment;
    /** Those with a lifetime are kept. */
    private final Map<SecretRef, SecretValue> known = new ConcurrentHashMap<>();

    OptionSecrets(RegistrySnapshot registry, Environment environment) {
        this.registry = registry;
        this.environment = environment;
    }

    @Override
    public Secret apply(SecretRef reference) {
        if (reference.source().equals("env")) {
            return Secrets.variable(reference.reference(), environment, OPTIONS).resolve();
        }
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(reference, this::ofPlugin).resolve();
    }

    private SecretValue ofPlugin(SecretRef reference) {
        SecretSource source = registry.secretSource(reference.source())
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.AUTH, "no plugin brings the secret form of " + reference));
        Options none = Options.of(source.options(), Map.of());
        return Secrets.from(source, reference.reference(), none, OPTIONS);
    }
}
