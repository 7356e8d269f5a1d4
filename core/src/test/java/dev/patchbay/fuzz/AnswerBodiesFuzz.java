package dev.patchbay.fuzz;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An upstream's whole answer becomes one for every client, as a body and as a stream, or an error and then nothing else. */
final class AnswerBodiesFuzz implements FuzzTarget {

    private static final List<WireDialect> UPSTREAMS = List.of(new ChatDialect(), new MessagesDialect());
    private static final int[] STATUSES = {200, 400, 401, 402, 404, 413, 429, 500, 502, 529, 100, 600};

    @Override
    public void fuzz(byte[] data) {
        FuzzInput input = FuzzInput.of(data);
        UPSTREAMS.forEach(upstream -> answer(upstream, input));
        int status = STATUSES[input.pieceSize() % STATUSES.length];
        error(ErrorReader.read(status, name -> Optional.of("7"), input.content()));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Vector vector : Vectors.all()) {
            if (vector.input().has("body")) {
                seeds.add(FuzzInput.bytes(Json.bytes(vector.input().path("body"))));
            }
            if (vector.input().has("body_text")) {
                String body = vector.input().path("body_text").asText();
                seeds.add(FuzzInput.bytes(body.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return seeds;
    }

    private static void answer(WireDialect upstream, FuzzInput input) {
        ResponsesRequest asked = SomeRequests.of(input.choices() >> 2);
        Quirks quirks = SomeQuirks.of(input.choices());
        AnswerCollector collected = new AnswerCollector();
        List<ChatEvent> events = new ArrayList<>();
        try {
            upstream.decode(asked.request(), quirks, input.content(), event -> {
                events.add(event);
                collected.accept(event);
            });
        } catch (ProviderException failed) {
            Promise.holds(events.isEmpty(), "an answer that is an error gives no events");
            error(UpstreamError.of(failed));
            return;
        }
        written(collected, asked);
        EveryClient.streams(events, asked);
    }

    private static void written(AnswerCollector answer, ResponsesRequest asked) {
        readable(Json.bytes(MessagesResponseWriter.write(answer, "m")));
        readable(Json.bytes(ChatResponseWriter.write(answer, "m")));
        readable(Json.bytes(ResponsesResponseWriter.write(answer, asked, item -> {})));
    }

    private static void error(UpstreamError error) {
        Promise.holds(error.status() >= 400 && error.status() <= 599, "an error has the status of one");
        Promise.holds(!error.message().isBlank(), "an error says something");
        readable(Json.bytes(MessagesErrors.body(error)));
        readable(Json.bytes(ChatErrors.body(error)));
    }

    private static void readable(byte[] body) {
        Promise.holds(Json.parse(body).isObject(), "what is sent can be read");
    }
}
