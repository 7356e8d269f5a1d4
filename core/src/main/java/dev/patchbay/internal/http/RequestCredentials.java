package dev.patchbay.internal.http;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.schema.CredentialNames;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.List;
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
        Resolved credential = new Resolved(auth, options, settings, lookup, lent);
        Authenticator builtIn = BUILT_IN.get(auth.type());
        if (builtIn != null) {
            builtIn.authenticate(request, credential);
            return;
        }
        List<Map.Entry<String, String>> before = request.call().headers();
        plugins.apply(auth.type())
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.AUTH,
                        "no plugin brings a way to authenticate named '" + auth.type() + "'; nothing was sent"))
                .authenticate(request, credential);
        for (Map.Entry<String, String> header : request.call().headers()) {
            boolean holdsKey = CredentialNames.isHeader(header.getKey()) || KeyRules.looksLikeKey(header.getValue());
            if (holdsKey && !before.contains(header)) {
                Secret unused = lookup.apply(new MintedSecret(auth.type(), header.getKey(), header.getValue()));
            }
        }
    }

    /** What a plugin's authenticator got from somewhere by itself and put into a header: no answer may repeat it either. */
    private record MintedSecret(String type, String header, String text) implements SecretValue {

        @Override
        public SecretRef reference() {
            return new SecretRef(type, header);
        }

        @Override
        public Location location() {
            return Location.of("the authenticator " + type);
        }

        @Override
        public Secret resolve() {
            return Secret.of(text);
        }

        /** The token without the scheme before it, which somebody may repeat alone. */
        @Override
        public List<SecretValue> parts() {
            int scheme = text.lastIndexOf(' ');
            return scheme < 0 ? List.of() : List.of(new MintedSecret(type, header, text.substring(scheme + 1)));
        }

        @Override
        public String toString() {
            return "secret " + reference();
        }
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
