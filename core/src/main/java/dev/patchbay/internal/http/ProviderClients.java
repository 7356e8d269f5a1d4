package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.internal.plugin.PluginCalls;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes the client for a route, be its dialect the core's own or a plugin's. Safe for use by several threads.
 */
public final class ProviderClients {

    private final HttpClients http;
    private final Function<String, Optional<Dialect>> dialects;
    private final RequestPreparation outgoing;
    private final Function<SecretRef, Secret> secrets;
    private final Clock clock;
    private final Map<String, PluginCalls> calls = new ConcurrentHashMap<>();

    private ProviderClients(Builder builder) {
        this.http = builder.http;
        this.dialects = builder.dialects;
        this.secrets = builder.secrets;
        this.clock = builder.clock;
        this.outgoing = new RequestPreparation(builder.authenticators, this::context, builder.http.proxies());
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
        UsedSecrets log = new UsedSecrets();
        ChatClient client = new RedactingChatClient(single(route, log), new Redaction(log));
        return new RetryingChatClient(client, route.http().retries(), listener);
    }

    /** What is lent to whoever fetches keys itself: a transport that adds none, secrets, the clock. */
    public ProviderContext context(HttpSettings settings) {
        return new HostContext(new UncredentialedTransport(http, settings), secrets, clock);
    }

    /** Makes calls ready to be sent, as those of these clients are. */
    public RequestPreparation preparation() {
        return outgoing;
    }

    /** The transport of a route, as its dialect sees it. */
    public HttpTransport transport(Route route) {
        return new RouteTransport(http, route, outgoing, new UsedSecrets());
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
    public Optional<RequestPreview> preview(Route route, ChatRequest request, SecretPlaceholders gaps) {
        return builtIn(route, new UsedSecrets()).map(client -> client.preview(request, gaps));
    }

    /**
     * Gets a document of a provider, such as its list of models: one attempt, with the credential of the target.
     *
     * @param most bytes that are read
     * @throws ProviderException as a conversation fails, no secret in it; of kind {@code SERVER} also if it is longer
     */
    public byte[] get(Route route, OperationTarget target, int most) {
        UsedSecrets log = new UsedSecrets();
        return DocumentRequest.get(route, target, new RouteTransport(http, route, outgoing, log), log)
                .read(most);
    }

    /**
     * Asks a provider a question that is no conversation, again where the route's {@code retries} allow it.
     *
     * @param most bytes of the answer that are read
     * @throws ProviderException as a conversation fails, no secret in it; of kind {@code NOT_FOUND} if the provider does not offer the
     *     operation
     */
    public byte[] post(Route route, Operation operation, ObjectNode body, int most) {
        OperationTarget target =
                route.target(operation, false).orElseThrow(() -> HttpChatClient.notOffered(route, operation));
        RetrySchedule schedule = new RetrySchedule(
                route.http().retries(), () -> ThreadLocalRandom.current().nextDouble());
        while (true) {
            UsedSecrets log = new UsedSecrets();
            RouteTransport transport = new RouteTransport(http, route, outgoing, log);
            try {
                return DocumentRequest.post(route, target, operation, body, transport, log)
                        .read(most);
            } catch (ProviderException failure) {
                pause(schedule.after(failure).orElseThrow(() -> failure));
            }
        }
    }

    private static void pause(Duration wait) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NetworkFailures.cancelled();
        }
    }

    /**
     * The proxy that requests of a route to an origin go through; empty: they go directly.
     *
     * @throws ProviderException of kind {@code NETWORK} if a variable names a proxy that cannot be used
     */
    public Optional<ProxyServer> proxy(Route route, Origin target) {
        return http.proxies().find(route.http(), target);
    }

    private ChatClient single(Route route, UsedSecrets log) {
        Optional<HttpChatClient> builtIn = builtIn(route, log);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        PluginSilence silence = new PluginSilence(route.http(), route.dialect());
        HttpTransport transport = new WatchedTransport(new RouteTransport(http, route, outgoing, log), silence);
        Dialect dialect = dialects.apply(route.dialect()).orElseThrow(() -> noDialect(route));
        CallSecrets asked = new CallSecrets(reference -> log.add(secrets.apply(reference)));
        HostContext context = new HostContext(transport, asked, clock);
        ChatClient client = PluginChatClient.connect(
                calls.computeIfAbsent(route.dialect(), id -> new PluginCalls("the dialect '" + id + "'")),
                silence,
                asked,
                () -> dialect.connect(route.definition(), context));
        return new CarryingChatClient(client, dialect);
    }

    private Optional<HttpChatClient> builtIn(Route route, UsedSecrets log) {
        return route.wire()
                .map(dialect ->
                        new HttpChatClient(route, dialect, new RouteTransport(http, route, outgoing, log), log));
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
