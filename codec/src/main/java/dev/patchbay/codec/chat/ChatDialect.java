package dev.patchbay.codec.chat;

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

/** OpenAI chat completions as an upstream speaks it (dialects.md, sections 1.1 to 1.3). */
public final class ChatDialect implements WireDialect {

    @Override
    public String id() {
        return "openai-chat";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of(
                "openai",
                "chat",
                "completions",
                "chat-completions",
                "openai-completions",
                "openai-compatible",
                "openai-api",
                "openai-chat-completions");
    }

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public Optional<OperationPath> path(String operation, boolean stream) {
        return switch (operation) {
            case "chat" -> Optional.of(new OperationPath(Root.OPENAI_DEPLOYMENT, "/chat/completions"));
            case EMBEDDINGS -> Optional.of(new OperationPath(Root.OPENAI_DEPLOYMENT, "/embeddings"));
            case MODELS -> Optional.of(new OperationPath(Root.OPENAI, "/models"));
            default -> Optional.empty();
        };
    }

    @Override
    public ObjectNode encode(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        return ChatRequestWriter.write(request, quirks, dropped);
    }

    @Override
    public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        return new ChatStreamDecoder(request, quirks, sink);
    }

    @Override
    public Usage usage(JsonNode counts) {
        return OpenAiUsage.read(counts);
    }

    @Override
    public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
        new ChatResponseReader(request, quirks, sink).read(body);
    }
}
