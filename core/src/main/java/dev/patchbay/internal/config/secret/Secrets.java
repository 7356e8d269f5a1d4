package dev.patchbay.internal.config.secret;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.TemplateSecret.Use;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Options;
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
        return new TemplateSecret(template, environment, location, Use.KEY);
    }

    /** The value of a header or a query parameter, secret as a whole because a variable is part of it. */
    public static SecretValue value(Template template, Environment environment, Location location) {
        return new TemplateSecret(template, environment, location, Use.VALUE);
    }

    /**
     * A value of a body, secret as a whole because a variable is part of it; may be empty.
     *
     * @param bare whether the body holds it as something else than a text
     */
    public static SecretValue inBody(Template template, Environment environment, Location location, boolean bare) {
        return new TemplateSecret(template, environment, location, bare ? Use.BARE_IN_BODY : Use.IN_BODY);
    }

    /** User name and password, as {@code user:password}, of a proxy whose URL the template becomes. */
    public static SecretValue ofProxy(Template url, Environment environment, Location location) {
        return new ProxyUrlSecret(url, environment, location);
    }

    /**
     * Looks a secret up whose use follows at once; a plugin's source is not asked again for that.
     *
     * @throws dev.patchbay.spi.ProviderException if it is not there
     */
    public static void require(SecretValue secret) {
        if (secret instanceof PluginSecret ofPlugin) {
            ofPlugin.resolveAhead();
        } else {
            Secret unused = secret.resolve();
        }
    }

    /** A secret in a file of its own, read at each use. */
    public static FileSecret file(Path file, Location location) {
        return new FileSecret(file, location, false);
    }

    /** A secret of several lines in a file of its own, such as a private key. */
    public static FileSecret document(Path file, Location location) {
        return new FileSecret(file, location, true);
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

    /**
     * A secret that a plugin's source finds.
     *
     * @param options what stands beside the reference
     */
    public static SecretValue from(SecretSource source, String reference, Options options, Location location) {
        return new PluginSecret(source, new SecretRef(source.scheme(), reference), options, location);
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
