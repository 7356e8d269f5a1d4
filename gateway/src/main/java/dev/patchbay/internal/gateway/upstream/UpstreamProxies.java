package dev.patchbay.internal.gateway.upstream;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.internal.http.Proxies;
import dev.patchbay.internal.http.RequestPreparation;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the way to upstreams. What the environment says is asked once for each origin, since it stays as it is. Used on one
 * event loop.
 */
final class UpstreamProxies {

    private static final Future<ProxyChoice> DIRECT = Future.succeededFuture(ProxyChoice.DIRECT);

    private final Vertx vertx;
    private final Proxies proxies;
    private final Map<Origin, Optional<ProxyServer>> inherited = new HashMap<>();

    UpstreamProxies(Vertx vertx, Proxies proxies) {
        this.vertx = vertx;
        this.proxies = proxies;
    }

    /**
     * The way of a call to an origin; off the event loop where the proxy's password has to be waited for. Fails where a
     * variable names a proxy that cannot be used, and where the password is not there.
     */
    Future<ProxyChoice> find(HttpSettings settings, Origin origin, PreparedCall call) {
        try {
            return proxy(settings, origin).map(proxy -> through(proxy, call)).orElse(DIRECT);
        } catch (ProviderException unusable) {
            return Future.failedFuture(unusable);
        }
    }

    private Optional<ProxyServer> proxy(HttpSettings settings, Origin origin) {
        return settings.proxy().isInherited()
                ? inherited.computeIfAbsent(origin, asked -> proxies.find(settings, asked))
                : settings.proxy().server();
    }

    private Future<ProxyChoice> through(ProxyServer proxy, PreparedCall call) {
        return proxy.credential().filter(RequestPreparation::mayWait).isPresent()
                ? vertx.executeBlocking(() -> call.login(proxy), false)
                        .map(login -> new ProxyChoice(proxy, requireNonNull(login)))
                : Future.succeededFuture(new ProxyChoice(proxy, call.login(proxy)));
    }
}
