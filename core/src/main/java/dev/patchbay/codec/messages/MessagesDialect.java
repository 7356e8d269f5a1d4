package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import java.util.function.Consumer;

/** Anthropic Messages as an upstream speaks it. */
public final class MessagesDialect implements WireDialect {

    @Override
    public String id() {
        return "anthropic-messages";
    }

    @Override
    public String operation() {
        return "messages";
    }

    @Override
    public ObjectNode encode(ChatRequest request, Quirks quirks) {
        return MessagesRequestWriter.write(request, quirks);
    }

    @Override
    public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        return new MessagesStreamDecoder(sink);
    }

    @Override
    public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
        MessagesResponseReader.read(body, sink);
    }
}
