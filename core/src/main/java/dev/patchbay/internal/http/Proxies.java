package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxyUrl;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides through which proxy a request goes (provider-files.md, section 2.2): the one place that does, for every HTTP
 * client. What a provider inherits is looked up each time. Safe for use by several threads.
 *
 * <p>Of the variables the one in lower case wins. A proxy that is set for the JVM as a whole ({@code -Dhttps.proxyHost})
 * counts where the environment names none.
 */
public final class Proxies {

    private static final String JVM = "the settings of the JVM";

    private final Environment environment;

    private Proxies(Environment environment) {
        this.environment = environment;
    }

    /** Those that the variables of an environment name. */
    public static Proxies of(Environment environment) {
        return new Proxies(requireNonNull(environment, "environment is null"));
    }

    /** Those that are set for the JVM as a whole. */
    public static Proxies ofJvm() {
        return new Proxies(name -> Optional.empty());
    }

    /**
     * The proxy for a request; empty: it goes directly.
     *
     * @param settings those of the provider
     * @param target where the request goes
     * @throws ProviderException of kind {@code NETWORK}, not to be tried again, if a variable names a proxy that cannot be
     *     used: going directly would not be what its user wants
     */
    public Optional<ProxyServer> find(HttpSettings settings, Origin target) {
        if (!settings.proxy().isInherited()) {
            return settings.proxy().server();
        }
        if (target.isLoopback() || isExcepted(target)) {
            return Optional.empty();
        }
        return named(target.scheme() + "_proxy").or(() -> named("all_proxy")).or(() -> ofJvm(target));
    }

    private boolean isExcepted(Origin target) {
        return variable("no_proxy")
                .map(set -> new NoProxy(set.value()).covers(target))
                .orElse(false);
    }

    private Optional<ProxyServer> named(String name) {
        return variable(name).map(Proxies::server);
    }

    private static ProxyServer server(Variable set) {
        try {
            ProxyUrl url = ProxyUrl.parse(set.value());
            Optional<SecretValue> credential = url.userInfo()
                    .map(userInfo -> Secrets.given(Secret.of(userInfo), Location.of("the variable " + set.name())));
            return new ProxyServer(url.host(), url.port(), credential, set.name());
        } catch (IllegalArgumentException e) {
            throw ProviderException.builder(
                            ProviderException.Kind.NETWORK,
                            "the proxy in " + set.name() + " cannot be used: " + e.getMessage() + "; nothing was sent")
                    .help("set " + set.name() + " to http://host:port, or write http: {proxy: none} into the provider's"
                            + " file to go without")
                    .retryable(false)
                    .build();
        }
    }

    private Optional<Variable> variable(String name) {
        return set(name).or(() -> set(name.toUpperCase(Locale.ROOT)));
    }

    private Optional<Variable> set(String name) {
        return environment
                .get(name)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Variable(name, value));
    }

    private static Optional<ProxyServer> ofJvm(Origin target) {
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(URI.create(target.toString()));
        for (Proxy proxy : proxies) {
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return Optional.of(new ProxyServer(address.getHostString(), address.getPort(), Optional.empty(), JVM));
            }
        }
        return Optional.empty();
    }

    /** A variable that is set; prints nothing of its value, which may hold a password. */
    private record Variable(String name, String value) {

        @Override
        public String toString() {
            return name;
        }
    }
}
