package dev.patchbay.internal.gateway.upstream;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.http.Proxies;
import dev.patchbay.internal.http.TrustSettings;
import dev.patchbay.provider.TlsSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The connections of one event loop to upstreams, kept alive per origin and per whom they trust. */
public final class UpstreamPool {

    private static final int CHUNK = 64 * 1024;

    /** As for a launch. */
    static final int LONGEST_HEADERS = 256 * 1024;

    private final Vertx vertx;
    private final UpstreamProxies ways;
    private final int connections;
    private final HttpClientAgent usual;
    private final TlsClients others;
    private final Set<HttpConnection> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdleConnections idle;

    /**
     * @param proxies for providers that name none
     * @param connections to one origin at a time, what is above waits; takes eight bytes for each of them and each origin
     */
    public UpstreamPool(Vertx vertx, Proxies proxies, int connections) {
        this.vertx = vertx;
        this.connections = connections;
        this.ways = new UpstreamProxies(vertx, proxies);
        this.idle = new IdleConnections(vertx);
        this.usual = newClient(options());
        this.others = new TlsClients(vertx);
    }

    UpstreamProxies ways() {
        return ways;
    }

    /** A request on a connection that may have been used before. */
    Future<HttpClientRequest> pooled(RequestOptions options, TlsSettings tls) {
        return isDefault(tls) ? usual.request(options) : trusting(tls).compose(client -> client.request(options));
    }

    /** A request on a connection of its own; whoever asks for it has to close it. */
    Future<HttpClientRequest> fresh(RequestOptions options, TlsSettings tls) {
        HttpConnectOptions where = new HttpConnectOptions()
                .setHost(options.getHost())
                .setPort(options.getPort())
                .setSsl(options.isSsl())
                .setServer(options.getServer())
                .setProxyOptions(options.getProxyOptions())
                .setConnectTimeout(options.getConnectTimeout());
        Future<HttpClientAgent> client = isDefault(tls) ? Future.succeededFuture(usual) : trusting(tls);
        return client.compose(found -> found.connect(where)).compose(connection -> connection.request(options));
    }

    /** Mostly it is that very one: to compare records takes ten milliseconds the first time. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isDefault(TlsSettings tls) {
        return tls == TlsSettings.DEFAULT || tls.equals(TlsSettings.DEFAULT);
    }

    /** Off the event loop where it is new, since a file of certificates has to be read. */
    private Future<HttpClientAgent> trusting(TlsSettings tls) {
        return others.find(tls)
                .map(Future::succeededFuture)
                .orElseGet(() -> vertx.executeBlocking(() -> options(tls), false)
                        .map(options -> others.add(tls, () -> newClient(requireNonNull(options)))));
    }

    private static HttpClientOptions options(TlsSettings tls) {
        HttpClientOptions options = options();
        TrustSettings.of(tls).ifPresent(trust -> options.setTrustOptions(new TrustOf(trust)));
        TrustSettings.identity(tls).ifPresent(identity -> options.setKeyCertOptions(new IdentityOf(identity)));
        return options;
    }

    private static HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxChunkSize(CHUNK)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setDecompressionSupported(false)
                .setMaxRedirects(0);
        options.setTcpNoDelay(true).setSslHandshakeTimeout(1).setSslHandshakeTimeoutUnit(TimeUnit.DAYS);
        return options;
    }

    private HttpClientAgent newClient(HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections))
                .build();
    }

    /** Whether a connection has carried an exchange before; from now on it has. */
    boolean isReused(HttpConnection connection) {
        idle.remove(connection);
        if (!used.add(connection)) {
            return true;
        }
        connection.closeHandler(ignored -> {
            used.remove(connection);
            idle.remove(connection);
        });
        // Each exchange hears of it; without a handler it would be logged as well.
        connection.exceptionHandler(ignored -> {});
        return false;
    }

    /** An exchange on a connection has come to its end, and another may follow. */
    void release(HttpConnection connection) {
        if (used.contains(connection)) {
            idle.add(connection);
        }
    }
}
