package dev.patchbay.internal.route;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import java.util.Optional;

/** The one answer to whether a key would go over plain HTTP to somebody public (provider-files.md, section 4). */
public final class InsecureHttp {

    private InsecureHttp() {}

    /**
     * Who could read a key on its way.
     *
     * @param credential whether there is one on the way
     * @return the proxy or the origin, for messages; empty if nobody
     */
    public static Optional<String> reader(Definition definition, Origin target, boolean credential) {
        if (!credential || definition.insecureHttpAllowed() || target.scheme().equals("https")) {
            return Optional.empty();
        }
        Optional<String> proxy = definition
                .http()
                .proxy()
                .server()
                .filter(server -> !server.isPrivate())
                .map(server -> "through the proxy " + server.address());
        return proxy.or(() -> target.isPrivate() ? Optional.empty() : Optional.of("to " + target));
    }
}
