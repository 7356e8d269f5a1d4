package dev.patchbay.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers of an upstream's answer that are the client's business. */
final class RelayHeaders {

    /** Of the connection, of another host, or of no use without cookies. */
    private static final Set<String> KEPT_BACK = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "set-cookie",
            "alt-svc",
            "strict-transport-security",
            "location",
            "www-authenticate",
            "access-control-allow-origin",
            "access-control-allow-credentials");

    private RelayHeaders() {}

    /** Copies them. */
    static void copy(MultiMap headers, HttpServerResponse response) {
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!KEPT_BACK.contains(name) && !name.startsWith("x-patchbay-")) {
                response.headers().add(header.getKey(), header.getValue());
            }
        }
    }
}
