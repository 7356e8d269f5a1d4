package dev.patchbay.internal.gateway.accept;

import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The answer where nothing is. */
public final class NotFound {

    private static final GatewayPaths PATHS = new GatewayPaths();

    private NotFound() {}

    /** In the shape that the client knows, as far as it can be told from the path and the headers. */
    public static void answer(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        ClientDialect dialect =
                PATHS.endsAsConversation(path) ? PATHS.dialect(path) : PATHS.dialect(path, request.headers());
        UpstreamError error = UpstreamError.of(ProviderException.builder(Kind.NOT_FOUND, message(path))
                .status(404)
                .build());
        request.response()
                .setStatusCode(404)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(Json.bytes(dialect.errorBody(error))));
    }

    private static String message(String path) {
        if (PATHS.isOperationElsewhere(path)) {
            return "the gateway does not serve this operation; it serves " + PATHS.served();
        }
        return "the gateway has nothing at this path; a base URL ends before /v1/messages, or with /v1"
                + " before /chat/completions, /responses and /embeddings";
    }
}
