package dev.patchbay.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One event loop with a server and connections to upstreams of its own: what begins on it stays on it. */
final class Lane extends VerticleBase {

    private static final int LONGEST_HEADERS = 64 * 1024;
    private static final int BACKLOG = 4096;

    /** One free port for all lanes. */
    private static final int ANY_PORT = -1;

    private final GatewaySettings settings;
    private final Meters meters;
    private final Function<Lane, Front> fronts;
    private Optional<UpstreamPool> pool = Optional.empty();
    private Optional<ConnectionWatch> watch = Optional.empty();
    private Optional<Intake> intake = Optional.empty();
    private Optional<HttpServer> server = Optional.empty();

    /** @param fronts makes what answers on a lane that has begun */
    Lane(GatewaySettings settings, Meters meters, Function<Lane, Front> fronts) {
        this.settings = settings;
        this.meters = meters;
        this.fronts = fronts;
    }

    @Override
    public Future<?> start() {
        ConnectionWatch watching = new ConnectionWatch(vertx, settings.clientTimeout());
        Intake letting = new Intake(vertx, meters);
        pool = Optional.of(new UpstreamPool(vertx, settings.proxies()));
        watch = Optional.of(watching);
        intake = Optional.of(letting);
        HttpServer http = vertx.createHttpServer(options())
                .connectionHandler(connection -> {
                    watching.opened(connection);
                    letting.connection(connection);
                })
                .requestHandler(fronts.apply(this));
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

    Intake intake() {
        return intake.orElseThrow();
    }

    int port() {
        return server.orElseThrow().actualPort();
    }

    /** Takes no more connections, and lets what runs come to its end. */
    Future<Void> shutDown(Duration grace) {
        return server.orElseThrow().shutdown(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_PORT : settings.port())
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxChunkSize(LONGEST_HEADERS)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                // There are no web sockets; their compression would see every chunk.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setDecompressionSupported(true);
    }
}
