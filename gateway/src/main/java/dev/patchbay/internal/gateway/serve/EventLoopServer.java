package dev.patchbay.internal.gateway.serve;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.accept.ConnectionLimit;
import dev.patchbay.internal.gateway.accept.ConnectionWatch;
import dev.patchbay.internal.gateway.accept.GatewaySettings;
import dev.patchbay.internal.gateway.accept.LoadThrottle;
import dev.patchbay.internal.gateway.accept.Meters;
import dev.patchbay.internal.gateway.accept.RequestGuard;
import dev.patchbay.internal.gateway.upstream.UpstreamPool;
import dev.patchbay.internal.http.Proxies;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One event loop with a server and connections to upstreams of its own: what begins on it stays on it. */
public final class EventLoopServer extends VerticleBase {

    /** A body in a request is read in pieces of at most this. */
    private static final int LARGEST_PIECE = 64 * 1024;

    private static final int LONGEST_TARGET = 16 * 1024;

    private static final int BACKLOG = 4096;

    /** One free port for all event loops. */
    private static final int ANY_PORT = -1;

    private final Proxies proxies;
    private final GatewaySettings settings;
    private final Meters meters;
    private final ConnectionLimit connectionLimit;
    private final BufferBudget budget;
    private final Function<EventLoopServer, RequestHandler> handlers;
    private Optional<UpstreamPool> pool = Optional.empty();
    private Optional<ConnectionWatch> watch = Optional.empty();
    private Optional<LoadThrottle> throttle = Optional.empty();
    private Optional<RequestHandler> handler = Optional.empty();
    private Optional<HttpServer> server = Optional.empty();

    /**
     * Not yet begun.
     *
     * @param proxies through which providers are reached
     * @param handlers makes what answers on a server that has begun
     */
    public EventLoopServer(
            Proxies proxies,
            GatewaySettings settings,
            Meters meters,
            ConnectionLimit connectionLimit,
            BufferBudget budget,
            Function<EventLoopServer, RequestHandler> handlers) {
        this.proxies = proxies;
        this.settings = settings;
        this.meters = meters;
        this.connectionLimit = connectionLimit;
        this.budget = budget;
        this.handlers = handlers;
    }

    @Override
    public Future<?> start() {
        RequestGuard guard = new RequestGuard(settings.fatal());
        vertx.getOrCreateContext().exceptionHandler(guard);
        ConnectionWatch watching = new ConnectionWatch(
                vertx, settings.limits(), connectionLimit, budget, options(), meters, guard::connectionFailed);
        LoadThrottle admitting = new LoadThrottle(vertx, meters);
        pool = Optional.of(new UpstreamPool(vertx, proxies, connectionLimit.most()));
        watch = Optional.of(watching);
        throttle = Optional.of(admitting);
        RequestHandler answering = handlers.apply(this);
        handler = Optional.of(answering);
        HttpServer http = vertx.createHttpServer(options())
                .connectionHandler(connection -> {
                    watching.opened(connection);
                    admitting.connection(connection);
                })
                .invalidRequestHandler(answering::invalid)
                .requestHandler(answering);
        server = Optional.of(http);
        return http.listen();
    }

    io.vertx.core.Vertx vertx() {
        return vertx;
    }

    UpstreamPool pool() {
        return pool.orElseThrow();
    }

    ConnectionWatch watch() {
        return watch.orElseThrow();
    }

    LoadThrottle throttle() {
        return throttle.orElseThrow();
    }

    public int port() {
        return server.orElseThrow().actualPort();
    }

    /** Takes no more connections, and lets what runs come to its end; a server that never began is at its end. */
    public Future<Void> shutDown(Duration grace) {
        return server.map(http -> http.shutdown(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS))
                .orElseGet(Future::succeededFuture);
    }

    /** Ends what still runs, with an error that its clients can read. */
    public void cut(ProviderException why) {
        context.runOnContext(ignored -> handler.ifPresent(running -> running.cutAll(why)));
    }

    /** Closes what is still open, whatever is to be sent there. */
    public void closeAll() {
        context.runOnContext(ignored -> watch.ifPresent(ConnectionWatch::closeAll));
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_PORT : settings.port())
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setMaxInitialLineLength(LONGEST_TARGET)
                .setMaxHeaderSize(settings.limits().headBytes())
                .setMaxChunkSize(LARGEST_PIECE)
                .setHttp2ClearTextEnabled(false)
                // There are no web sockets; their compression would see every chunk.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
