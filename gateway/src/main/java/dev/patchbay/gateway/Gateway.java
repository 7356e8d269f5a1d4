package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.accept.ConnectionLimit;
import dev.patchbay.internal.gateway.accept.GatewaySettings;
import dev.patchbay.internal.gateway.accept.LimitedTransport;
import dev.patchbay.internal.gateway.accept.Meters;
import dev.patchbay.internal.gateway.accept.OpenFiles;
import dev.patchbay.internal.gateway.accept.RequestGuard;
import dev.patchbay.internal.gateway.plan.Planner;
import dev.patchbay.internal.gateway.serve.EventLoopServer;
import dev.patchbay.internal.gateway.serve.RequestHandler;
import dev.patchbay.internal.http.Threads;
import dev.patchbay.internal.runtime.ProviderRuntime;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One local address where clients of Anthropic Messages, OpenAI chat and OpenAI Responses reach every provider of a registry
 * (sessions.md, section 4).
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.builder(patchbay).port(7777).start()) {
 *     System.out.println(gateway.url());
 *     …
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Holds threads and connections: close it.
 */
public final class Gateway implements AutoCloseable {

    private static final String IN_USE = "in use";
    /** To tell clients that their answers end early. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final Duration RELEASE = Duration.ofSeconds(1);
    /** On a busy machine an event loop is late by seconds, above all while it is started; what takes longer is a fault. */
    private static final long TURN_SECONDS = 30;

    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final ProviderRuntime runtime;
    private final Planner planner;
    private final GatewaySettings settings;
    private final Vertx vertx;
    private final ExecutorService workers = Threads.executor("patchbay-gateway");
    private final Meters meters = new Meters();
    private final OpenFiles files;
    private final ConnectionLimit connectionLimit;
    private final BufferBudget budget;
    private final List<EventLoopServer> servers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    Gateway(ProviderRuntime runtime, GatewaySettings settings) {
        this.runtime = runtime;
        this.planner = new Planner(runtime.preparation());
        this.settings = settings;
        RequestGuard.prepare();
        this.budget = new BufferBudget(settings.maxBufferedBytes());
        this.files = OpenFiles.now();
        this.connectionLimit =
                new ConnectionLimit(files.connections(settings.limits().connections()));
        meters.watch(budget, connectionLimit);
        settings.meters().forEach(meters::add);
        this.vertx = Vertx.builder()
                .with(options())
                .withTransport(new LimitedTransport(connectionLimit.most()))
                .build();
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(LOOPS)
                // Vert.x would write about every two seconds without a turn, on a terminal that may be an agent's.
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setMaxEventLoopExecuteTime(TURN_SECONDS)
                // Plugins run on threads of their own; here nobody asks for a context class loader.
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** A gateway to the providers of a Patchbay, which has to be closed after it. */
    public static GatewayBuilder builder(Patchbay patchbay) {
        return builder(requireNonNull(patchbay, "patchbay is null").runtime());
    }

    /** The same, where there is no facade. */
    static GatewayBuilder builder(ProviderRuntime runtime) {
        return new GatewayBuilder(runtime);
    }

    /** The port on which it listens. */
    public int port() {
        return servers.get(0).port();
    }

    /**
     * What whoever started it should be told: that clients may not have half of the connections that it was built for; empty if all is
     * well.
     */
    public Optional<String> warning() {
        return connectionLimit.most() < settings.limits().connections() / 2
                ? Optional.of("the process may open " + files.most() + " files, so clients may have "
                        + connectionLimit.most() + " connections at a time, and not "
                        + settings.limits().connections() + "; ulimit -n says how many")
                : Optional.empty();
    }

    /** {@code http://host:port}, without a path. */
    public URI url() {
        return url(settings.host(), port());
    }

    static URI url(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /**
     * Takes no more requests, lets those that run come to an end, and releases everything. What still runs a second before
     * the grace is over gets an error in its client's dialect, a stream as its last event. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration free = settings.grace().minus(FAREWELL).toMillis() > FAREWELL.toMillis()
                ? settings.grace().minus(FAREWELL)
                : settings.grace().dividedBy(2);
        Duration last = settings.grace().minus(free);
        Future<?> done = Future.join(servers.stream()
                .map(server -> server.shutDown(settings.grace()))
                .toList());
        if (!await(done, free)) {
            servers.forEach(server -> server.cut(GatewayFailures.shuttingDown()));
            await(done, last);
            servers.forEach(EventLoopServer::closeAll);
        }
        await(vertx.close(), RELEASE);
        workers.shutdownNow();
        meters.close();
    }

    Gateway start(Optional<WatchedToken> token) {
        token.ifPresent(watched -> vertx.setPeriodic(WatchedToken.PERIOD_MILLIS, id -> look(watched)));
        try {
            vertx.deployVerticle(this::newServer, new DeploymentOptions().setInstances(LOOPS))
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

    private void look(WatchedToken token) {
        // What ends takes no more work.
        if (!closed.get()) {
            vertx.executeBlocking(
                    () -> {
                        token.look();
                        return true;
                    },
                    true);
        }
    }

    private EventLoopServer newServer() {
        EventLoopServer server = new EventLoopServer(
                runtime.proxies(),
                settings,
                meters,
                connectionLimit,
                budget,
                begun -> new RequestHandler(begun, runtime, planner, settings, workers, meters, budget));
        servers.add(server);
        return server;
    }

    /** Without the system call that failed, which the native transport names. */
    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String reason = String.valueOf(cause.getMessage()).replaceFirst("^.* failed with error\\(-?\\d+\\): ", "");
        return reason.endsWith(IN_USE)
                ? reason + "; stop the program that listens there, or take another port"
                : reason;
    }

    /** Whether it came to its end in time. */
    private static boolean await(Future<?> future, Duration limit) {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException ignored) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
