package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.http.socket.ConnectionPool;
import dev.patchbay.internal.http.socket.HostLookup;
import dev.patchbay.internal.http.socket.PeerAddress;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to providers, shared by all that want the same of them. Safe for use by several threads. Made once for the
 * life of an application; {@link #close} ends every exchange that is open.
 *
 * <p>Requests go in HTTP/1.1 over blocking sockets, and through the JDK's client where a host speaks HTTP/2 alone
 * (docs/design/architecture.md).
 */
public final class HttpClients implements AutoCloseable {

    /** How a host says that it does not speak HTTP/1.1 (RFC 7301, section 3.2); the JDK tells it in words only. */
    private static final String NO_APPLICATION_PROTOCOL = "no_application_protocol";

    private final HostLookup hosts = new HostLookup(Threads.platformFactory("patchbay-lookup"));

    /** Timed waits of virtual threads take two platform threads more. */
    private final ConnectionPool pool = new ConnectionPool(Threads.platformFactory("patchbay-http"), hosts);

    private final Map<TlsSettings, SSLContext> contexts = new ConcurrentHashMap<>();
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();
    private final Set<Origin> http2Only = ConcurrentHashMap.newKeySet();
    private final Proxies proxies;
    private @Nullable JdkClients jdk;
    private volatile boolean closed;

    private HttpClients(Proxies proxies) {
        this.proxies = proxies;
    }

    /** Through the proxies that are set for the JVM. Opens nothing before the first request. */
    public static HttpClients create() {
        return create(Proxies.ofJvm());
    }

    /** Where a provider names no proxy, through these. Opens nothing before the first request. */
    public static HttpClients create(Proxies inherited) {
        return new HttpClients(requireNonNull(inherited, "inherited is null"));
    }

    /** Which proxy a request goes through. */
    Proxies proxies() {
        return proxies;
    }

    /**
     * Begins an exchange with an origin.
     *
     * @param proxy through which it goes; null: directly
     * @param pooled whether a connection may be used that served another one
     * @throws dev.patchbay.spi.ProviderException of kind {@code CANCELLED} if this is closed, of kind {@code NETWORK} if
     *     the certificates to be trusted cannot be read
     */
    HttpExchange begin(
            OutgoingRequest request,
            HttpSettings settings,
            Origin origin,
            @Nullable ProxyServer proxy,
            boolean pooled) {
        if (closed) {
            throw NetworkFailures.closed();
        }
        HttpExchange exchange = http2Only.contains(origin)
                ? jdk().send(request, settings, origin, proxy, open::remove)
                : new SocketExchange(pool, destination(settings, origin, proxy), request, pooled, open::remove);
        open.add(exchange);
        if (closed) {
            exchange.cancel();
        }
        return exchange;
    }

    /** Whether a failure says that the origin speaks HTTP/2 alone; the next exchange with it does so too then. */
    boolean isForHttp2(Origin origin, IOException failure) {
        return failure instanceof SSLException
                && String.valueOf(failure.getMessage()).contains(NO_APPLICATION_PROTOCOL)
                && speaksHttp2Only(origin);
    }

    /** Goes through the JDK's client from now on; false if it did already. */
    boolean speaksHttp2Only(Origin origin) {
        return http2Only.add(origin);
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(HttpExchange::cancel);
        pool.close();
        synchronized (this) {
            if (jdk != null) {
                jdk.close();
            }
        }
    }

    private synchronized JdkClients jdk() {
        if (jdk == null) {
            jdk = new JdkClients(hosts);
        }
        return jdk;
    }

    private PeerAddress destination(HttpSettings settings, Origin origin, @Nullable ProxyServer proxy) {
        boolean secure = origin.scheme().equals("https");
        return new PeerAddress(
                SocketHosts.bare(origin.host()),
                origin.port(),
                secure ? contexts.computeIfAbsent(settings.tls(), TrustSettings::contextOrDefault) : null,
                proxy == null
                        ? null
                        : new PeerAddress.Proxy(
                                SocketHosts.bare(proxy.host()),
                                proxy.port(),
                                proxy.credential().map(SecretValue::toString).orElse("")));
    }
}
