package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.StopReason;

/** Writes a whole answer for an Anthropic client (dialects.md, R1). */
public final class MessagesResponseWriter {

    private MessagesResponseWriter() {}

    /**
     * The message.
     *
     * @param answer a complete answer
     * @param model the model that the client asked for: its cost display goes by that name
     */
    public static ObjectNode write(AnswerCollector answer, String model) {
        ObjectNode message = envelope(answer.id().orElse(""), model);
        message.set("content", BlockJson.of(answer.content()));
        message.put(
                "stop_reason", answer.stopReason().orElse(StopReason.END_TURN).value());
        message.put("stop_sequence", answer.stopSequence().orElse(null));
        message.set("usage", UsageJson.of(answer.usage()));
        return message;
    }

    /** A message without content, as it also begins a stream. */
    static ObjectNode envelope(String upstreamId, String model) {
        ObjectNode message = Json.object()
                .put("id", upstreamId.startsWith("msg_") ? upstreamId : FreshIds.fresh("msg_"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        return message.putNull("stop_reason").putNull("stop_sequence");
    }
}
