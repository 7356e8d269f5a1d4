package dev.patchbay.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.TokenCounts;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A client's request is either refused as its mistake, or becomes a request that can be written. */
final class RequestBodiesFuzz implements FuzzTarget {

    private static final List<Function<ObjectNode, ChatRequest>> READERS = List.of(
            MessagesRequestReader::read,
            ChatRequestReader::read,
            body -> ResponsesRequestReader.read(body).request());
    private static final List<WireDialect> UPSTREAMS = List.of(new ChatDialect(), new MessagesDialect());

    @Override
    public void fuzz(byte[] data) {
        FuzzInput input = FuzzInput.of(data);
        Quirks quirks = SomeQuirks.of(input.choices());
        for (Function<ObjectNode, ChatRequest> reader : READERS) {
            readable(input, reader)
                    .ifPresent(request -> UPSTREAMS.forEach(upstream -> sent(request, quirks, upstream)));
        }
        readable(input, TokenCounts::answer)
                .ifPresent(answer ->
                        Promise.holds(answer.path("input_tokens").asInt() >= 1, "a count of tokens is at least 1"));
        readable(input, body -> {
                    MessagesPassthrough.prepare(body, "m");
                    return body;
                })
                .ifPresent(RequestBodiesFuzz::written);
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Vector vector : Vectors.all()) {
            if (vector.kind().equals("request") || vector.kind().equals("count_tokens")) {
                seeds.add(FuzzInput.bytes(Json.bytes(vector.input())));
            }
        }
        OddRequests.ALL.forEach(body -> seeds.add(FuzzInput.bytes(body.getBytes(StandardCharsets.UTF_8))));
        return seeds;
    }

    private static <T> Optional<T> readable(FuzzInput input, Function<ObjectNode, T> reader) {
        try {
            return Optional.of(reader.apply(Bodies.request(input.content())));
        } catch (ProviderException refused) {
            refusedAsMistake(refused);
            return Optional.empty();
        }
    }

    private static void sent(ChatRequest request, Quirks quirks, WireDialect upstream) {
        try {
            ObjectNode body = upstream.encode(request, quirks);
            written(body);
            Promise.noViolations(ToolAnswers.violations(body), Json.text(body));
        } catch (ProviderException refused) {
            refusedAsMistake(refused);
        }
    }

    private static void written(ObjectNode body) {
        Promise.holds(Json.parse(Json.bytes(body)).isObject(), "what is sent can be read");
    }

    private static void refusedAsMistake(ProviderException refused) {
        boolean mistake = refused.kind() == ProviderException.Kind.INVALID_REQUEST
                && refused.status().orElse(0) == 400;
        Promise.holds(mistake, "a request is refused with 400, not " + refused);
    }
}
