package dev.patchbay.internal.runtime;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.HttpClients;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.http.Proxies;
import dev.patchbay.internal.http.RequestPreparation;
import dev.patchbay.internal.http.Threads;
import dev.patchbay.internal.models.KnownModels;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.models.UpstreamModels;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.registry.RegistrySnapshot;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that calls to providers need, wired once for facade, client and gateway: the registry of the moment, HTTP
 * clients, the preparation of requests, secrets, authenticators and the clock. Safe for use by several threads.
 *
 * <p>Connections are made ready when a client is asked for first, so that a mere look at the registry is quick.
 */
public final class ProviderRuntime implements AutoCloseable {

    /** The most platform threads that read answers, where the JDK has no virtual ones. */
    private static final int MOST_THREADS = 1_000;

    private final Supplier<RegistrySnapshot> current;
    private final Environment environment;
    private final Clock clock;
    private final Proxies proxies;
    private final ModelNames names;
    private final KnownModels models;
    private final Executor answerThreads = Threads.bounded("patchbay-answer", MOST_THREADS);
    private @Nullable Connections connections;
    private boolean closed;

    /**
     * A runtime over a registry.
     *
     * @param current asked by each {@link #registry}; every snapshot has the same plugins
     * @param environment where variables of secret options and of proxies are looked up
     */
    public ProviderRuntime(Supplier<RegistrySnapshot> current, Environment environment, Clock clock) {
        this(current, environment, clock, ProviderCatalog.NONE);
    }

    /** @param catalog what fills in what neither files nor providers say */
    public ProviderRuntime(
            Supplier<RegistrySnapshot> current, Environment environment, Clock clock, ProviderCatalog catalog) {
        this.current = requireNonNull(current, "current is null");
        this.environment = requireNonNull(environment, "environment is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.proxies = Proxies.of(environment);
        UpstreamModels upstream = new UpstreamModels(this::clients);
        this.names = new ModelNames(upstream);
        this.models = new KnownModels(upstream, catalog);
    }

    /** The registry of the moment. A launch or a request asks once, and keeps what it was given to its end. */
    public RegistrySnapshot registry() {
        return current.get();
    }

    public Clock clock() {
        return clock;
    }

    /** Which proxy a request goes through, whatever client sends it. */
    public Proxies proxies() {
        return proxies;
    }

    /** What the names of models mean. */
    public ModelNames names() {
        return names;
    }

    /** Which models there are, and what is known of them. */
    public KnownModels models() {
        return models;
    }

    /** Threads for whoever may not wait for an answer on the caller's; virtual where the JDK has them. */
    public Executor answerThreads() {
        return answerThreads;
    }

    /** Makes clients for routes. */
    public ProviderClients clients() {
        return connections().clients;
    }

    /** Makes calls ready to be sent, for whoever has connections of its own. */
    public RequestPreparation preparation() {
        return clients().preparation();
    }

    /** Ends every exchange that is open; what is asked for afterwards is cancelled. */
    @Override
    public synchronized void close() {
        closed = true;
        if (connections != null) {
            connections.http.close();
        }
    }

    private synchronized Connections connections() {
        if (connections == null) {
            connections = connect();
            if (closed) {
                connections.http.close();
            }
        }
        return connections;
    }

    private Connections connect() {
        RegistrySnapshot plugged = current.get();
        HttpClients http = HttpClients.create(proxies);
        ProviderClients clients = ProviderClients.over(http)
                .dialects(plugged::dialect)
                .authenticators(plugged::authenticator)
                .secrets(new OptionSecrets(plugged, environment))
                .clock(clock)
                .build();
        return new Connections(http, clients);
    }

    private record Connections(HttpClients http, ProviderClients clients) {}
}
