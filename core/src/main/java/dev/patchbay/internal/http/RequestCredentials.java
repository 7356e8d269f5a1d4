package dev.patchbay.internal.http;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Adds what proves the caller to a request. Keys are looked up for each request and kept nowhere. */
final class RequestCredentials {

    private static final Map<String, Authenticator> BUILT_IN =
            Map.of("bearer", new KeyAuthenticator("bearer"), "header", new KeyAuthenticator("header"));

    private final Function<String, Optional<Authenticator>> plugins;
    private final Function<HttpSettings, ProviderContext> lent;

    /**
     * @param plugins finds the authenticator of a plugin by its type
     * @param lent makes what an authenticator is lent, by the settings of its provider
     */
    RequestCredentials(
            Function<String, Optional<Authenticator>> plugins, Function<HttpSettings, ProviderContext> lent) {
        this.plugins = plugins;
        this.lent = lent;
    }

    /**
     * Adds the credential.
     *
     * @param options what the authenticator may see of them
     * @param lookup finds the key
     * @throws ProviderException of kind {@code AUTH} if the key is not there or nothing knows the type
     */
    void add(
            Auth auth,
            Options options,
            HttpSettings settings,
            OutgoingRequest request,
            Function<SecretValue, Secret> lookup) {
        if (auth.isNone()) {
            return;
        }
        Authenticator authenticator = Optional.ofNullable(BUILT_IN.get(auth.type()))
                .or(() -> plugins.apply(auth.type()))
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.AUTH,
                        "no plugin brings a way to authenticate named '" + auth.type() + "'; nothing was sent"));
        authenticator.authenticate(request, new Resolved(auth, options, settings, lookup, lent));
    }

    private record Resolved(
            Auth auth,
            Options options,
            HttpSettings settings,
            Function<SecretValue, Secret> lookup,
            Function<HttpSettings, ProviderContext> lent)
            implements Authenticator.Credential {

        @Override
        public ProviderContext context() {
            return lent.apply(settings);
        }

        @Override
        public Optional<Secret> key() {
            return auth.key().map(lookup);
        }

        @Override
        public Optional<String> header() {
            return auth.header();
        }

        @Override
        public Optional<String> prefix() {
            return auth.prefix();
        }
    }
}
