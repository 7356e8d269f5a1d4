package dev.patchbay.config.secret;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.template.Environment;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;

/** Secrets that do not come from a file. */
public final class Secrets {

    private Secrets() {}

    /**
     * A variable, looked up each time.
     *
     * @param location where it was named, such as {@code --api-key-env} on the command line
     */
    public static SecretValue variable(String name, Environment environment, Location location) {
        throw new UnsupportedOperationException(name + environment + location);
    }

    /**
     * A secret that the caller holds already.
     *
     * @param location where it came from, such as {@code proxyApiKey}
     */
    public static SecretValue given(Secret secret, Location location) {
        return new Given(requireNonNull(secret, "secret is null"), requireNonNull(location, "location is null"));
    }

    private record Given(Secret secret, Location location) implements SecretValue {

        @Override
        public SecretRef reference() {
            return new SecretRef("given", location.source());
        }

        @Override
        public Secret resolve() {
            return secret;
        }

        @Override
        public String toString() {
            return "secret given by " + location;
        }
    }
}
