package dev.patchbay.internal.gateway.answer;

import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.client.ClientRequest;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The way in which a client wants its answer. */
public final class ClientAnswers {

    private ClientAnswers() {}

    public static ClientAnswer of(
            Vertx vertx, Duration pingAfter, ClientExchange client, ClientRequest request, PausableSource source) {
        boolean stream = request.request().stream();
        ClientAnswer answer = stream
                ? new StreamedAnswer(vertx, pingAfter, client, request.encoder(), source)
                : new CollectedAnswer(client, request);
        return new MeteredAnswer(client, stream, answer);
    }
}
