package dev.patchbay.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.route.BuiltInDialect;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the client for a route, be its dialect the core's own or a plugin's. Safe for use by several threads.
 */
public final class ProviderClients {

    private final HttpClients http;
    private final Function<String, Optional<Dialect>> dialects;
    private final OutgoingCalls outgoing;
    private final Function<SecretRef, Secret> secrets;
    private final Clock clock;

    private ProviderClients(Builder builder) {
        this.http = builder.http;
        this.dialects = builder.dialects;
        this.outgoing = new OutgoingCalls(builder.authenticators);
        this.secrets = builder.secrets;
        this.clock = builder.clock;
    }

    /** Over connections that the caller closes. */
    public static Builder over(HttpClients http) {
        return new Builder(requireNonNull(http, "http is null"));
    }

    /**
     * A client for a route; opens no connection yet. Its streams send with the first {@code next}, again where the route's
     * {@code retries} allow it, and end at once when closed by any thread.
     *
     * @throws ProviderException if the dialect cannot serve the route
     * @throws dev.patchbay.diagnostic.ConfigurationException if a quirk has a value that it cannot have
     */
    public ChatClient connect(Route route, RetryListener listener) {
        SecretLog log = new SecretLog();
        ChatClient client = new RedactingChatClient(single(route, log), new Redaction(log));
        return new RetryingChatClient(client, route.http().retries(), listener);
    }

    /** The transport of a route, as its dialect sees it. */
    public HttpTransport transport(Route route) {
        return new RouteTransport(http, route, outgoing, new SecretLog());
    }

    /**
     * The exact request that a conversation would begin with: method, URL, headers and body, with a gap in the place of
     * each secret. Sends nothing and looks no secret up.
     *
     * @param gaps those that the definition of the route was marked with
     * @return empty for a dialect that a plugin brings
     * @throws ProviderException if the provider does not offer the operation
     * @throws dev.patchbay.diagnostic.ConfigurationException if a quirk has a value that it cannot have
     */
    public Optional<RequestPreview> preview(Route route, ChatRequest request, Gaps gaps) {
        return builtIn(route, new SecretLog()).map(client -> client.preview(request, gaps));
    }

    /**
     * Gets a document of a provider, such as its list of models: one attempt, with the credential of the target.
     *
     * @param most bytes that are read
     * @throws ProviderException as a conversation fails, no secret in it; of kind {@code SERVER} also if it is longer
     */
    public byte[] get(Route route, Target target, int most) {
        SecretLog log = new SecretLog();
        return new DocumentRequest(route, target, new RouteTransport(http, route, outgoing, log), log).read(most);
    }

    /**
     * The proxy that requests of a route to an origin go through; empty: they go directly.
     *
     * @throws ProviderException of kind {@code NETWORK} if a variable names a proxy that cannot be used
     */
    public Optional<ProxyServer> proxy(Route route, Origin target) {
        return http.proxies().find(route.http(), target);
    }

    private ChatClient single(Route route, SecretLog log) {
        Optional<HttpChatClient> builtIn = builtIn(route, log);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        HttpTransport transport = new RouteTransport(http, route, outgoing, log);
        Dialect dialect = dialects.apply(route.dialect()).orElseThrow(() -> noDialect(route));
        return dialect.connect(
                route.definition(), new HostContext(transport, reference -> log.add(secrets.apply(reference)), clock));
    }

    private Optional<HttpChatClient> builtIn(Route route, SecretLog log) {
        return BuiltInDialect.of(route.dialect())
                .map(dialect -> new HttpChatClient(
                        route, dialect.operation(), wire(dialect), new RouteTransport(http, route, outgoing, log)));
    }

    private static WireDialect wire(BuiltInDialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> new ChatDialect();
            case ANTHROPIC_MESSAGES -> new MessagesDialect();
        };
    }

    private static ProviderException noDialect(Route route) {
        return new ProviderException(
                ProviderException.Kind.INVALID_REQUEST,
                "no plugin brings the dialect '" + route.dialect() + "' of provider '" + route.provider() + "'");
    }

    /** Collects what plugins bring. Not safe for use by several threads. */
    public static final class Builder {

        private final HttpClients http;
        private Function<String, Optional<Dialect>> dialects = id -> Optional.empty();
        private Function<String, Optional<Authenticator>> authenticators = type -> Optional.empty();
        private Function<SecretRef, Secret> secrets = Builder::noSecrets;
        private Clock clock = Clock.systemUTC();

        private Builder(HttpClients http) {
            this.http = http;
        }

        /** Finds a plugin's dialect by its id. Default: there are none. */
        public Builder dialects(Function<String, Optional<Dialect>> lookup) {
            this.dialects = requireNonNull(lookup, "lookup is null");
            return this;
        }

        /** Finds a plugin's authenticator by its type. Default: there are none. */
        public Builder authenticators(Function<String, Optional<Authenticator>> lookup) {
            this.authenticators = requireNonNull(lookup, "lookup is null");
            return this;
        }

        /** Resolves the secrets among a plugin's options. Default: none can be. */
        public Builder secrets(Function<SecretRef, Secret> lookup) {
            this.secrets = requireNonNull(lookup, "lookup is null");
            return this;
        }

        /** Default: the system's, in UTC. */
        public Builder clock(Clock given) {
            this.clock = requireNonNull(given, "given is null");
            return this;
        }

        public ProviderClients build() {
            return new ProviderClients(this);
        }

        private static Secret noSecrets(SecretRef reference) {
            throw new ProviderException(ProviderException.Kind.AUTH, reference + " cannot be looked up here");
        }
    }
}
