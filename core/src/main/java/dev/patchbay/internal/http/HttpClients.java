package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.TlsSettings;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's clients and their connections, shared by all providers with the same settings. Safe for use by several
 * threads. Made once for the life of an application; {@link #close} ends every exchange that is open.
 */
public final class HttpClients implements AutoCloseable {

    private static final int FIRST_WITH_SHUTDOWN = 21;

    private final ExecutorService executor = Threads.executor("patchbay-http");
    private final Map<Reach, HttpClient> clients = new ConcurrentHashMap<>();
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();

    private final Set<Origin> answered = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private final Proxies proxies;

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
     * Sends a request to an origin.
     *
     * @param proxy through which it goes; null: directly
     * @throws dev.patchbay.spi.ProviderException of kind {@code CANCELLED} if this is closed, of kind {@code NETWORK} if
     *     the certificates to be trusted cannot be read
     */
    HttpExchange send(HttpRequest request, HttpSettings settings, @Nullable ProxyServer proxy) {
        if (closed) {
            throw NetworkFailures.cancelled();
        }
        HttpClient client = clients.computeIfAbsent(Reach.of(settings, proxy), this::newClient);
        HttpExchange exchange = HttpExchange.send(client, request, open::remove);
        open.add(exchange);
        if (closed) {
            exchange.cancel();
        }
        return exchange;
    }

    /** Forgets an exchange that failed before its answer began. */
    void failed(HttpExchange exchange) {
        open.remove(exchange);
    }

    /** Whether a connection to the origin may wait in the pool, so that it may have gone stale there. */
    boolean mayBePooled(Origin origin) {
        return answered.contains(origin);
    }

    void answered(Origin origin) {
        answered.add(origin);
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(HttpExchange::cancel);
        clients.values().forEach(HttpClients::shutDown);
        clients.clear();
        executor.shutdown();
    }

    private HttpClient newClient(Reach reach) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(reach.selector());
        reach.connect().limit().ifPresent(builder::connectTimeout);
        TrustSettings.context(reach.tls()).ifPresent(builder::sslContext);
        return builder.build();
    }

    /**
     * What a client of the JDK is made for; providers that agree in it share one.
     *
     * @param proxyHost empty: directly
     * @param credential the name of that for the proxy: nobody is to use a tunnel that another one opened
     */
    private record Reach(Timeout connect, TlsSettings tls, String proxyHost, int proxyPort, String credential) {

        static Reach of(HttpSettings settings, @Nullable ProxyServer proxy) {
            if (proxy == null) {
                return new Reach(settings.connect(), settings.tls(), "", 0, "");
            }
            String credential = proxy.credential().map(SecretValue::toString).orElse("");
            return new Reach(settings.connect(), settings.tls(), proxy.host(), proxy.port(), credential);
        }

        ProxySelector selector() {
            return proxyHost.isEmpty()
                    ? HttpClient.Builder.NO_PROXY
                    : ProxySelector.of(InetSocketAddress.createUnresolved(SocketHosts.bare(proxyHost), proxyPort));
        }
    }

    /** {@code HttpClient.shutdownNow()}, which Java 17 does not have: there, an unused client ends by itself. */
    private static void shutDown(HttpClient client) {
        if (Runtime.version().feature() < FIRST_WITH_SHUTDOWN) {
            return;
        }
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("this JDK's HTTP client cannot be shut down as Java 21 defines it", e);
        }
    }
}
