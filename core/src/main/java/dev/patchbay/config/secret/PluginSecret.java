package dev.patchbay.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;

/** A secret that a plugin's source looks up each time it is used. */
record PluginSecret(SecretSource source, SecretRef reference, Location location) implements SecretValue {

    @Override
    public Secret resolve() {
        return source.resolve(reference.reference());
    }

    @Override
    public String toString() {
        return "secret " + reference + " at " + location;
    }
}
