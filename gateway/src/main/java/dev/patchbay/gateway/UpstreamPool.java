package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.http.Proxies;
import dev.patchbay.http.Trust;
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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;

/** The connections of one event loop to upstreams, kept alive per origin and per whom they trust. */
final class UpstreamPool {

    /** So many exchanges can be open at a time with one origin; what is above waits. */
    private static final int MOST_CONNECTIONS = 20_000;

    /** Below the minute after which many load balancers forget a connection. */
    private static final int KEEP_ALIVE_SECONDS = 50;

    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_HEADERS = 256 * 1024;

    private final Vertx vertx;
    private final Ways ways;
    private final HttpClientAgent usual;
    private final Map<TlsSettings, HttpClientAgent> others = new HashMap<>();
    private final Set<HttpConnection> used = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param proxies for providers that name none */
    UpstreamPool(Vertx vertx, Proxies proxies) {
        this.vertx = vertx;
        this.ways = new Ways(vertx, proxies);
        this.usual = newClient(options());
    }

    Ways ways() {
        return ways;
    }

    /** A request on a connection that may have been used before. */
    Future<HttpClientRequest> pooled(RequestOptions options, TlsSettings tls) {
        return tls.equals(TlsSettings.DEFAULT)
                ? usual.request(options)
                : trusting(tls).compose(client -> client.request(options));
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
        Future<HttpClientAgent> client =
                tls.equals(TlsSettings.DEFAULT) ? Future.succeededFuture(usual) : trusting(tls);
        return client.compose(found -> found.connect(where)).compose(connection -> connection.request(options));
    }

    /** Off the event loop where it is new, since a file of certificates has to be read. */
    private Future<HttpClientAgent> trusting(TlsSettings tls) {
        HttpClientAgent known = others.get(tls);
        return known != null
                ? Future.succeededFuture(known)
                : vertx.executeBlocking(() -> Trust.of(tls).orElseThrow(), false)
                        .map(trust ->
                                others.computeIfAbsent(tls, absent -> newClient(trusting(requireNonNull(trust)))));
    }

    private static HttpClientOptions trusting(X509TrustManager trust) {
        HttpClientOptions options = options();
        options.setTrustOptions(new TrustOf(trust));
        return options;
    }

    private static HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
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
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS))
                .build();
    }

    /** Whether a connection has carried an exchange before; from now on it has. */
    boolean isReused(HttpConnection connection) {
        if (!used.add(connection)) {
            return true;
        }
        connection.closeHandler(ignored -> used.remove(connection));
        // Each exchange hears of it; without a handler it would be logged as well.
        connection.exceptionHandler(ignored -> {});
        return false;
    }
}
