package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.WholeBlocks;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a Messages answer that came in one piece. */
final class MessagesResponseReader {

    private MessagesResponseReader() {}

    static void read(JsonNode body, ChatRequest request, Consumer<ChatEvent> sink) {
        if (body.path("type").asText("").equals("error") || body.path("error").isObject()) {
            throw ErrorReader.readInside(body).toException();
        }
        // Nothing was said where it is null, if the answer says why it ended.
        boolean empty =
                body.path("content").isNull() && body.path("stop_reason").isTextual();
        if (!body.path("content").isArray() && !body.path("content").isTextual() && !empty) {
            throw ErrorReader.readBody(body, "upstream answered without content")
                    .toException();
        }
        UsableBlocks usable = new UsableBlocks(request);
        List<ContentBlock> content = BlockReader.content(body.path("content")).stream()
                .map(usable::usable)
                .flatMap(Optional::stream)
                .toList();
        boolean called = content.stream().anyMatch(ContentBlock.ToolUse.class::isInstance);
        StopReason reason = MessagesStop.reason(text(body, "stop_reason"), called);
        Usage usage = UsageJson.read(body.path("usage"));
        sink.accept(ChatEvent.started(
                text(body, "id").orElse(""), text(body, "model").orElse(""), usage));
        WholeBlocks blocks = new WholeBlocks(sink);
        content.forEach(blocks::block);
        MessagesStop.explanation(body).ifPresent(blocks::block);
        sink.accept(ChatEvent.finishing(reason, text(body, "stop_sequence").orElse(""), usage));
        sink.accept(ChatEvent.stopped());
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
