package dev.patchbay.gateway;

import io.vertx.core.MultiMap;

/** What a client asks, whole and unread. */
final class Ask {

    private final ClientDialect dialect;
    private final ModelRouting routing;
    private final MultiMap headers;
    private final String query;
    private final byte[] body;

    /**
     * @param routing of the address where it came in
     * @param headers the client's; the credentials among them go nowhere
     * @param query of the request's target, without the question mark; may be empty
     */
    Ask(ClientDialect dialect, ModelRouting routing, MultiMap headers, String query, byte[] body) {
        this.dialect = dialect;
        this.routing = routing;
        this.headers = headers;
        this.query = query;
        this.body = body;
    }

    ClientDialect dialect() {
        return dialect;
    }

    ModelRouting routing() {
        return routing;
    }

    MultiMap headers() {
        return headers;
    }

    String query() {
        return query;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }
}
