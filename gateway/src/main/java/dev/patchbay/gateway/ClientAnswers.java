package dev.patchbay.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;

/** The way in which a client wants its answer. */
final class ClientAnswers {

    private ClientAnswers() {}

    static ClientAnswer of(Vertx vertx, Duration pingAfter, Exchange client, ClientRequest request, Flow source) {
        return request.request().stream()
                ? new StreamedAnswer(vertx, pingAfter, client, request.encoder(), source)
                : new CollectedAnswer(client, request);
    }
}
