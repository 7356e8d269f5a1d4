package dev.patchbay.gateway;

import dev.patchbay.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The answer where nothing is. */
final class NotFound {

    private NotFound() {}

    /** In a shape that both families of clients can read. */
    static void answer(HttpServerRequest request) {
        var body = Json.object().put("type", "error");
        body.putObject("error")
                .put("type", "not_found_error")
                .put(
                        "message",
                        "the gateway has nothing at this path; a base URL ends before /v1/messages, or with /v1"
                                + " before /chat/completions and /responses");
        request.response()
                .setStatusCode(404)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(Json.bytes(body)));
    }
}
