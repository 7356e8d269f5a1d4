package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Refusal;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a whole answer for a Responses client (dialects.md, P4). */
public final class ResponsesResponseWriter {

    private final ResponsesItems items;
    private final List<ObjectNode> output = new ArrayList<>();

    /** Of the last item, if it is a message. */
    private @Nullable MessageParts parts;

    private ResponsesResponseWriter(ResponsesItems items) {
        this.items = items;
    }

    /**
     * The response.
     *
     * @param answer a complete answer
     * @param request the request that is answered
     * @param kept takes every item of it
     */
    public static ObjectNode write(AnswerCollector answer, ResponsesRequest request, Consumer<ObjectNode> kept) {
        ResponsesResponseWriter writer = new ResponsesResponseWriter(new ResponsesItems(request));
        answer.content().forEach(writer::add);
        List<ObjectNode> output = writer.output;
        boolean refused =
                writer.items.tellRefusals() && answer.content().stream().anyMatch(Refusal::isOfModel);
        StopReason reason = ResponsesItems.reason(answer.stopReason().orElse(StopReason.END_TURN), refused);
        if (!output.isEmpty()) {
            ObjectNode last = output.get(output.size() - 1);
            ResponsesItems.last(last, reason);
            if (ResponsesEnvelope.isCut(reason)) {
                ResponsesItems.cut(last);
            }
        }
        output.forEach(kept);
        return new ResponsesEnvelope(request.request().model(), request.echoed()).ended(reason, output, answer.usage());
    }

    private void add(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            add(text, parts == null ? message(text) : parts);
            return;
        }
        Optional<ObjectNode> item = items.item(block);
        if (item.isPresent()) {
            if (block instanceof ContentBlock.ToolUse && !output.isEmpty()) {
                ResponsesItems.beforeCall(output.get(output.size() - 1));
            }
            output.add(item.get());
            parts = null;
        } else if (parts != null) {
            parts.interrupt();
        }
    }

    private MessageParts message(ContentBlock.Text first) {
        ObjectNode item = items.start(first).orElseThrow();
        ResponsesItems.complete(item, "");
        output.add(item);
        parts = items.parts(item);
        return parts;
    }

    private static void add(ContentBlock.Text text, MessageParts message) {
        message.begin(text);
        message.add(text.text());
        if (text.more().get("citations") instanceof List<?> citations) {
            citations.forEach(message::cite);
        }
        message.end();
    }
}
