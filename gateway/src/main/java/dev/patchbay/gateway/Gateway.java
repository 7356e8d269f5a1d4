package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.ProcessEnvironment;
import dev.patchbay.config.template.Environment;
import dev.patchbay.http.HttpClients;
import dev.patchbay.http.OutgoingCalls;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.http.Proxies;
import dev.patchbay.http.Threads;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Secret;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One local address where clients of Anthropic Messages, OpenAI chat and OpenAI Responses reach every provider of a registry
 * (sessions.md, section 4).
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.builder(patchbay::registry).port(7777).start()) {
 *     System.out.println(gateway.url());
 *     …
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Holds threads and connections: close it.
 */
public final class Gateway implements AutoCloseable {

    private static final String IN_USE = "in use";
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final GatewaySettings settings;
    private final Vertx vertx;
    private final ExecutorService workers = Threads.executor("patchbay-gateway");
    private final HttpClients http;
    private final Meters meters = new Meters();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.http = HttpClients.create(settings.proxies());
        this.vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(LOOPS)
                // Plugins run on threads of their own; here nobody asks for a context class loader.
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /** A gateway to the providers of a registry, which is asked for each request anew. */
    public static Builder builder(Supplier<RegistrySnapshot> registry) {
        return new Builder(requireNonNull(registry, "registry is null"));
    }

    /** The port on which it listens. */
    public int port() {
        return lanes.get(0).port();
    }

    /** {@code http://host:port}, without a path. */
    public URI url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + port());
    }

    /** Takes no more requests, lets those that run come to an end within the grace, and releases everything. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration grace = settings.grace();
        await(Future.join(lanes.stream().map(lane -> lane.shutDown(grace)).toList()), grace.plusSeconds(2));
        await(vertx.close(), Duration.ofSeconds(10));
        workers.shutdownNow();
        http.close();
        meters.close();
    }

    private Gateway start() {
        Planner planner =
                new Planner(new OutgoingCalls(type -> settings.registry().get().authenticator(type)));
        try {
            vertx.deployVerticle(() -> newLane(planner), new DeploymentOptions().setInstances(LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return this;
        } catch (ExecutionException e) {
            close();
            throw new GatewayException(
                    "the gateway cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new GatewayException("the start of the gateway was interrupted", e);
        }
    }

    private Lane newLane(Planner planner) {
        Lane lane = new Lane(
                settings, meters, begun -> new Front(begun, settings, planner, workers, this::connect, meters));
        lanes.add(lane);
        return lane;
    }

    private ChatClient connect(Plan.Plugged plan) {
        RegistrySnapshot registry = settings.registry().get();
        return ProviderClients.over(http)
                .dialects(registry::dialect)
                .authenticators(registry::authenticator)
                .build()
                .connect(plan.route(), (attempt, wait, why) -> {});
    }

    /** Without the system call that failed, which the native transport names. */
    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String reason = String.valueOf(cause.getMessage()).replaceFirst("^.* failed with error\\(-?\\d+\\): ", "");
        return reason.endsWith(IN_USE)
                ? reason + "; stop the program that listens there, or take another port"
                : reason;
    }

    private static void await(Future<?> future, Duration limit) {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException ignored) {
            // What could not end in order ends with the process.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says how a gateway is to be. Not safe for use by several threads. */
    public static final class Builder {

        private final Supplier<RegistrySnapshot> registry;
        private final Set<String> hosts = new HashSet<>();
        private Environment environment = new ProcessEnvironment();
        private String host = "127.0.0.1";
        private int port = 7777;
        private @Nullable String provider;
        private @Nullable String model;
        private @Nullable Secret token;
        private int maxRequestBytes = 64 << 20;
        private Duration clientTimeout = Duration.ofSeconds(60);
        private Duration pingAfter = Duration.ofSeconds(15);
        private Duration grace = Duration.ofSeconds(10);
        private Consumer<AccessRecord> accessLog = record -> {};
        private Function<String, Optional<GatewayAddress>> addresses = path -> Optional.empty();
        private Handler<HttpServerRequest> otherwise = NotFound::answer;

        private Builder(Supplier<RegistrySnapshot> registry) {
            this.registry = registry;
        }

        /** Where {@code HTTPS_PROXY} and the like are looked up, once for each origin. Default: in this process. */
        public Builder environment(Environment variables) {
            this.environment = requireNonNull(variables, "variables is null");
            return this;
        }

        /** The address to bind. Default: 127.0.0.1. */
        public Builder host(String address) {
            this.host = requireNonNull(address, "address is null");
            return this;
        }

        /** The port; 0 for any that is free. Default: 7777. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** Sends every request to one provider. Default: the model's name decides. */
        public Builder provider(String id) {
            this.provider = requireNonNull(id, "id is null");
            return this;
        }

        /** Asks every request for one model, whatever the client names. Default: what it names. */
        public Builder model(String name) {
            this.model = requireNonNull(name, "name is null");
            return this;
        }

        /** What clients have to send, as {@code Authorization: Bearer} or as {@code x-api-key}. Default: nothing. */
        public Builder token(Secret value) {
            this.token = requireNonNull(value, "value is null");
            return this;
        }

        /** One more name in {@code Host} that is accepted, besides {@code localhost} and addresses. */
        public Builder allowedHost(String name) {
            hosts.add(requireNonNull(name, "name is null").toLowerCase(Locale.ROOT));
            return this;
        }

        /** The longest body of a request, in bytes. Default: 64 MiB. */
        public Builder maxRequestBytes(int bytes) {
            this.maxRequestBytes = bytes;
            return this;
        }

        /** How long a client may take for the head of a request, or between two pieces of it. Default: 60 s. */
        public Builder clientTimeout(Duration limit) {
            this.clientTimeout = requireNonNull(limit, "limit is null");
            return this;
        }

        /** After how long a silence a Messages client gets a ping. Default: 15 s. */
        public Builder pingAfter(Duration silence) {
            this.pingAfter = requireNonNull(silence, "silence is null");
            return this;
        }

        /** How long {@link Gateway#close} lets requests run. Default: 10 s. */
        public Builder grace(Duration limit) {
            this.grace = requireNonNull(limit, "limit is null");
            return this;
        }

        /** Told of every request when it is over; on an event loop, so it must not wait. Default: nobody. */
        public Builder accessLog(Consumer<AccessRecord> log) {
            this.accessLog = requireNonNull(log, "log is null");
            return this;
        }

        /**
         * Finds further addresses by the path of a request, such as one for each session. Asked for each request, on an event
         * loop, so it must not wait. Default: there are none.
         */
        public Builder addresses(Function<String, Optional<GatewayAddress>> lookup) {
            this.addresses = requireNonNull(lookup, "lookup is null");
            return this;
        }

        /** Answers requests whose path is not the gateway's; on an event loop. Default: with 404. */
        public Builder otherwise(Handler<HttpServerRequest> handler) {
            this.otherwise = requireNonNull(handler, "handler is null");
            return this;
        }

        /** Where the requests will go. */
        public ModelRouting routing() {
            return new RegistryRouting(registry, Optional.ofNullable(provider), Optional.ofNullable(model));
        }

        /**
         * Starts the gateway; it listens when this returns.
         *
         * @throws GatewayException if it cannot listen
         */
        public Gateway start() {
            ModelRouting routing = routing();
            GatewayAddress main =
                    token == null ? GatewayAddress.open("", routing) : GatewayAddress.guarded("", routing, token);
            GatewaySettings settings = new GatewaySettings(
                    registry,
                    Proxies.of(environment),
                    host,
                    port,
                    main,
                    addresses,
                    Set.copyOf(hosts),
                    maxRequestBytes,
                    clientTimeout,
                    pingAfter,
                    grace,
                    accessLog,
                    otherwise);
            return new Gateway(settings).start();
        }
    }
}
