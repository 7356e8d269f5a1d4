package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OpenAiUsage;
import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.OperationPath.Root;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** OpenAI Responses as an upstream speaks it, without anything kept there (dialects.md, section 1.11). */
public final class ResponsesDialect implements WireDialect {

    @Override
    public String id() {
        return "openai-responses";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("responses", "response", "openai-response");
    }

    @Override
    public String operation() {
        return "responses";
    }

    @Override
    public Optional<OperationPath> path(String operation, boolean stream) {
        return switch (operation) {
            case "responses" -> Optional.of(new OperationPath(Root.OPENAI, "/responses"));
            case EMBEDDINGS -> Optional.of(new OperationPath(Root.OPENAI, "/embeddings"));
            case MODELS -> Optional.of(new OperationPath(Root.OPENAI, "/models"));
            default -> Optional.empty();
        };
    }

    @Override
    public ObjectNode encode(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        return ResponsesRequestWriter.write(request, quirks, dropped);
    }

    @Override
    public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        return new ResponsesStreamDecoder(request, quirks, sink);
    }

    @Override
    public Usage usage(JsonNode counts) {
        return OpenAiUsage.read(counts);
    }

    @Override
    public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
        new ResponsesAnswerReader(request, quirks, sink).read(body);
    }
}
