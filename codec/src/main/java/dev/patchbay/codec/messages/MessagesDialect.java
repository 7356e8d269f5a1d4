package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.ModelPaging;
import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.OperationPath.Root;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Anthropic Messages as an upstream speaks it. */
public final class MessagesDialect implements WireDialect {

    private static final Set<String> TOKEN_COUNT =
            Set.of("model", "system", "messages", "tools", "tool_choice", "thinking", "output_config", "cache_control");

    @Override
    public String id() {
        return "anthropic-messages";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("anthropic", "claude", "messages", "anthropic-message", "anthropic-api");
    }

    @Override
    public String operation() {
        return "messages";
    }

    @Override
    public Optional<String> tokenCount() {
        return Optional.of("countTokens");
    }

    @Override
    public Optional<OperationPath> path(String operation, boolean stream) {
        return switch (operation) {
            case "messages" -> Optional.of(new OperationPath(Root.ANTHROPIC, "/messages"));
            case "countTokens" -> Optional.of(new OperationPath(Root.ANTHROPIC, "/messages/count_tokens"));
            case MODELS -> Optional.of(new OperationPath(Root.ANTHROPIC, "/models"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> keyHeader() {
        return Optional.of("x-api-key");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("anthropic-version", "2023-06-01");
    }

    @Override
    public Optional<ModelPaging> modelPaging() {
        return Optional.of(new ModelPaging("limit", 1000, "after_id"));
    }

    @Override
    public ObjectNode encode(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        return MessagesRequestWriter.write(request, quirks, dropped);
    }

    /** Of a message's request what its operation takes: it refuses everything else. */
    @Override
    public ObjectNode encodeTokenCount(ChatRequest request, Quirks quirks) {
        return encode(request, quirks).retain(TOKEN_COUNT);
    }

    @Override
    public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        return new MessagesStreamDecoder(request, sink);
    }

    @Override
    public Usage usage(JsonNode counts) {
        return UsageJson.read(counts);
    }

    @Override
    public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
        MessagesResponseReader.read(body, request, sink);
    }
}
