package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.WholeBlocks;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a Messages answer that came in one piece. */
final class MessagesResponseReader {

    private MessagesResponseReader() {}

    static void read(JsonNode body, Consumer<ChatEvent> sink) {
        if (body.path("type").asText("").equals("error") || body.path("error").isObject()) {
            throw ErrorReader.readInside(body).toException();
        }
        if (!body.path("content").isArray()) {
            throw Bodies.unusable("upstream answered without content");
        }
        List<ContentBlock> content = BlockReader.content(body.path("content")).stream()
                .map(UsableBlocks::usable)
                .flatMap(Optional::stream)
                .toList();
        Usage usage = UsageJson.read(body.path("usage"));
        sink.accept(new ChatEvent.Started(text(body, "id"), text(body, "model"), usage));
        WholeBlocks blocks = new WholeBlocks(sink);
        content.forEach(blocks::block);
        boolean called = content.stream().anyMatch(ContentBlock.ToolUse.class::isInstance);
        StopReason natural = called ? StopReason.TOOL_USE : StopReason.END_TURN;
        StopReason reason = text(body, "stop_reason").map(StopReason::new).orElse(natural);
        sink.accept(new ChatEvent.Finishing(reason, text(body, "stop_sequence"), usage));
        sink.accept(new ChatEvent.Stopped());
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
