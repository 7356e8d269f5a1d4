package dev.patchbay.config.secret;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Template;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes secrets that are looked up at the time of use. */
public final class Secrets {

    private Secrets() {}

    /**
     * A variable, looked up each time.
     *
     * @param name {@code [A-Za-z_][A-Za-z0-9_]*}; what is not a name is never set
     * @param location where it was named, such as {@code --api-key-env}
     */
    public static SecretValue variable(String name, Environment environment, Location location) {
        return key(Template.variable(requireNonNull(name, "name is null")), environment, location);
    }

    /** A key written as a template. */
    public static SecretValue key(Template template, Environment environment, Location location) {
        return new TemplateSecret(template, environment, location, true);
    }

    /** The value of a header or a query parameter, secret as a whole because a variable is part of it. */
    public static SecretValue value(Template template, Environment environment, Location location) {
        return new TemplateSecret(template, environment, location, false);
    }

    /** User name and password, as {@code user:password}, of a proxy whose URL the template becomes. */
    public static SecretValue ofProxy(Template url, Environment environment, Location location) {
        return new ProxyUrlSecret(url, environment, location);
    }

    /** A secret in a file of its own, read at each use. */
    public static FileSecret file(Path file, Location location) {
        return new FileSecret(file, location);
    }

    /**
     * A secret that a command prints, run when it is first needed.
     *
     * @param argv the program and its arguments, as they are: there is no shell
     * @param ttl how long what it printed is used before it runs again
     * @param timeout after which it is ended, with everything that it started
     */
    public static SecretValue command(List<String> argv, Duration ttl, Duration timeout, Location location) {
        return new CommandSecret(argv, ttl, timeout, location);
    }

    /** A secret that a plugin's source finds. */
    public static SecretValue from(SecretSource source, String reference, Location location) {
        return new PluginSecret(source, new SecretRef(source.scheme(), reference), location);
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
