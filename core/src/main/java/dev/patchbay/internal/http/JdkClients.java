package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.HostLookup;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.TlsSettings;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's clients and their connections, shared by all providers with the same settings. Safe for use by several threads.
 * Made only where a host speaks HTTP/2 alone, since each of its chunks wakes three threads.
 */
final class JdkClients implements AutoCloseable {

    private static final int FIRST_WITH_SHUTDOWN = 21;

    private final ExecutorService executor = Threads.executor("patchbay-http");
    private final Map<Reach, HttpClient> clients = new ConcurrentHashMap<>();
    private final Set<Origin> answered = ConcurrentHashMap.newKeySet();
    private final HostLookup hosts;

    /** @param hosts which the JDK's client would look up without a limit of time */
    JdkClients(HostLookup hosts) {
        this.hosts = hosts;
    }

    /**
     * Sends a request.
     *
     * @param proxy through which it goes; null: directly
     * @param ended called when nothing more can come; maybe more than once
     */
    HttpExchange send(
            OutgoingRequest request,
            HttpSettings settings,
            Origin origin,
            @Nullable ProxyServer proxy,
            Consumer<HttpExchange> ended) {
        HttpClient client = clients.computeIfAbsent(Reach.of(settings, proxy), this::newClient);
        boolean mayBeStale = answered.contains(origin);
        String peer = proxy == null ? origin.host() : proxy.host();
        CompletableFuture<InetAddress[]> lookup = hosts.begin(SocketHosts.bare(peer));
        return new JdkExchange(client, request.toRequest(), lookup, mayBeStale, () -> answered.add(origin), ended);
    }

    @Override
    public void close() {
        clients.values().forEach(JdkClients::shutDown);
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
