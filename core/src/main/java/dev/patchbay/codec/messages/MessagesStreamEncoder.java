package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.sse.SseText;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;

/** Writes an answer as the event stream of Anthropic Messages (dialects.md, section 1.3, G). */
public final class MessagesStreamEncoder implements StreamEncoder {

    private static final String DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
    private static final String END = "\"}}\n\n";

    private final String model;

    /** An encoder for a client that asked for this model. */
    public MessagesStreamEncoder(String model) {
        this.model = model;
    }

    @Override
    public String encode(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta(delta.index(), "text_delta\",\"text", delta.text());
        }
        if (event instanceof ChatEvent.InputDelta delta) {
            return delta(delta.index(), "input_json_delta\",\"partial_json", delta.json());
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta(delta.index(), "thinking_delta\",\"thinking", delta.thinking());
        }
        if (event instanceof ChatEvent.SignatureDelta delta) {
            return delta(delta.index(), "signature_delta\",\"signature", delta.signature());
        }
        if (event instanceof ChatEvent.BlockStarted start) {
            return blockStart(start);
        }
        if (event instanceof ChatEvent.BlockStopped stop) {
            return event(node("content_block_stop").put("index", stop.index()));
        }
        if (event instanceof ChatEvent.Started start) {
            return messageStart(start);
        }
        if (event instanceof ChatEvent.Finishing end) {
            return messageDelta(end);
        }
        return event(node("message_stop"));
    }

    @Override
    public String fail(ProviderException failure) {
        return event(MessagesErrors.body(UpstreamError.of(failure)));
    }

    /** The event that keeps a silent connection open; allowed at any time after the first event. */
    public static String ping() {
        return event(node("ping"));
    }

    private static String delta(int index, String typeAndMember, String text) {
        String start = DELTA + index + ",\"delta\":{\"type\":\"" + typeAndMember + "\":\"";
        return SseText.around(start, text, END);
    }

    private static String blockStart(ChatEvent.BlockStarted start) {
        ObjectNode event = node("content_block_start").put("index", start.index());
        event.set("content_block", BlockJson.of(start.block()));
        return event(event);
    }

    private String messageStart(ChatEvent.Started start) {
        ObjectNode message = MessagesResponseWriter.envelope(start.id().orElse(""), model);
        message.set("usage", UsageJson.of(start.usage()));
        ObjectNode event = node("message_start");
        event.set("message", message);
        return event(event);
    }

    private static String messageDelta(ChatEvent.Finishing end) {
        ObjectNode event = node("message_delta");
        event.putObject("delta")
                .put("stop_reason", end.reason().value())
                .put("stop_sequence", end.stopSequence().orElse(null));
        event.set("usage", UsageJson.of(end.usage()));
        return event(event);
    }

    private static ObjectNode node(String type) {
        return Json.object().put("type", type);
    }

    private static String event(ObjectNode data) {
        return SseText.event(data.path("type").textValue(), data);
    }
}
