package dev.patchbay.internal.gateway.upstream;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.ProxyServer;
import dev.patchbay.spi.Secret;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets to an upstream: directly, or through a proxy.
 *
 * @param login {@code user:password} for the proxy
 */
record ProxyChoice(@Nullable ProxyServer proxy, Optional<Secret> login) {

    static final ProxyChoice DIRECT = new ProxyChoice(null, Optional.empty());

    /** The exchange itself watches the time. */
    private static final Duration NO_LIMIT = Duration.ofHours(1);

    /**
     * Sends a request along. A tunnel belongs to who opened it: Vert.x shares connections between those with the same proxy
     * and login only. A plain request is sent to the proxy with its whole URL, also on a connection of its own, for which
     * Vert.x would want a tunnel.
     */
    void set(RequestOptions options) {
        if (proxy == null) {
            return;
        }
        if (requireNonNull(options.isSsl())) {
            options.setProxyOptions(tunnel(proxy));
            return;
        }
        String authority = hostAndPort(options);
        options.setServer(SocketAddress.inetSocketAddress(proxy.port(), UpstreamRequests.bare(proxy.host())));
        options.setURI("http://" + authority + options.getURI());
        login.ifPresent(secret -> options.putHeader("Proxy-Authorization", basic(secret)));
    }

    private ProxyOptions tunnel(ProxyServer server) {
        ProxyOptions options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(UpstreamRequests.bare(server.host()))
                .setPort(server.port())
                .setConnectTimeout(NO_LIMIT);
        login.map(ProxyChoice::pair).ifPresent(pair -> {
            int colon = pair.indexOf(':');
            options.setUsername(pair.substring(0, colon)).setPassword(pair.substring(colon + 1));
        });
        return options;
    }

    private static String hostAndPort(RequestOptions options) {
        String host = options.getHost().contains(":") ? "[" + options.getHost() + "]" : options.getHost();
        return options.getPort() == 80 ? host : host + ":" + options.getPort();
    }

    /** RFC 7617, in UTF-8. */
    private static String basic(Secret login) {
        return "Basic " + Base64.getEncoder().encodeToString(pair(login).getBytes(StandardCharsets.UTF_8));
    }

    private static String pair(Secret login) {
        String text = login.reveal();
        return text.indexOf(':') < 0 ? text + ":" : text;
    }
}
