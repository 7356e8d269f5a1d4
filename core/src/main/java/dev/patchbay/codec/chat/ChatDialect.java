package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import java.util.function.Consumer;

/** OpenAI chat completions as an upstream speaks it (dialects.md, sections 1.1 to 1.3). */
public final class ChatDialect implements WireDialect {

    @Override
    public String id() {
        return "openai-chat";
    }

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public ObjectNode encode(ChatRequest request, Quirks quirks) {
        return ChatRequestWriter.write(request, quirks);
    }

    @Override
    public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        return new ChatStreamDecoder(request, quirks, sink);
    }

    @Override
    public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
        new ChatResponseReader(request, quirks, sink).read(body);
    }
}
