package dev.patchbay.internal.route;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import java.util.Optional;
import java.util.function.Supplier;

/** The one answer to whether a key would go over plain HTTP to somebody public (provider-files.md, section 4). */
public final class InsecureHttp {

    private InsecureHttp() {}

    /**
     * Who could read a key on its way, as far as the definition itself tells.
     *
     * @return the proxy or the origin, for messages; empty if nobody
     */
    public static Optional<String> reader(Definition definition, Origin target) {
        return reader(definition, target, definition.http().proxy()::server);
    }

    /**
     * Who could read a key on its way.
     *
     * @param proxy what a request there goes through, asked for only where it matters; empty: nothing
     * @return the proxy or the origin, for messages; empty if nobody
     */
    public static Optional<String> reader(Definition definition, Origin target, Supplier<Optional<ProxyServer>> proxy) {
        if (target.scheme().equals("https") || definition.insecureHttpAllowed()) {
            return Optional.empty();
        }
        Optional<String> onTheWay = proxy.get()
                .filter(server -> !server.isPrivate())
                .map(server -> "through the proxy " + server.address() + " (" + server.source() + ")");
        return onTheWay.or(() -> target.isPrivate() ? Optional.empty() : Optional.of("to " + target));
    }
}
