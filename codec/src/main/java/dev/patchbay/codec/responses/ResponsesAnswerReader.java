package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.OpenAiUsage;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UsageEstimate;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a Responses answer that came in one piece (dialects.md, 1.11). Used once. */
final class ResponsesAnswerReader {

    private final ChatRequest request;
    private final Quirks quirks;
    private final Consumer<ChatEvent> sink;
    private final OutputItems items;

    ResponsesAnswerReader(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.request = request;
        this.quirks = quirks;
        this.sink = sink;
        this.items = new OutputItems(request, quirks, sink);
    }

    void read(JsonNode body) {
        Optional<ProviderException> failure = ResponsesEnd.failure(body);
        if (failure.isPresent()) {
            throw failure.get();
        }
        JsonNode output = body.path("output");
        if (!output.isArray()) {
            throw ErrorReader.readBody(body, "upstream answered without any output")
                    .toException();
        }
        sink.accept(ChatEvent.started(
                text(body, "id").orElse(""), text(body, "model").orElse(""), Usage.unknown()));
        items.repeated(output);
        Optional<ProviderException> cut = ResponsesEnd.cut(body, items);
        if (cut.isPresent()) {
            throw cut.get();
        }
        items.finish();
        sink.accept(ResponsesEnd.event(body, items, usage(body.path("usage"), output)));
        sink.accept(ChatEvent.stopped());
    }

    private Usage usage(JsonNode usage, JsonNode output) {
        return quirks.estimateUsage() && !usage.isObject()
                ? UsageEstimate.of(request, Json.text(output).length())
                : OpenAiUsage.read(usage);
    }

    static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
