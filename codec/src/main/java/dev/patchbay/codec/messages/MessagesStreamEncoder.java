package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.codec.sse.SseText;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes an answer as the event stream of Anthropic Messages (dialects.md, section 1.3, G). */
public final class MessagesStreamEncoder implements StreamEncoder {

    private static final String DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
    private static final String END = "\"}}\n\n";

    private final String model;

    private final LongSupplier inputTokens;

    /** The beginning of a result whose parts come one by one, and the parts. */
    private ChatEvent.@Nullable BlockStarted held;

    private final List<ObjectNode> parts = new ArrayList<>();

    /** What the last delta began with; the next one mostly begins with the same. */
    private String deltaStart = "";

    private String deltaType = "";
    private int deltaIndex;

    /** An encoder for a client that asked for this model. */
    public MessagesStreamEncoder(String model) {
        this(model, () -> 0);
    }

    /**
     * An encoder for a client that asked for this model.
     *
     * @param inputTokens an estimate of the input, asked for where the upstream says nothing at the beginning: some clients take
     *     the number from there and nowhere else (dialects.md, G)
     */
    public MessagesStreamEncoder(String model, LongSupplier inputTokens) {
        this.model = model;
        this.inputTokens = inputTokens;
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
        if (event instanceof ChatEvent.CitationDelta delta) {
            return citation(delta);
        }
        if (event instanceof ChatEvent.ResultDelta delta) {
            parts.add(JsonValues.toObject(delta.part()));
            return "";
        }
        if (event instanceof ChatEvent.BlockStarted start) {
            return blockStarted(start);
        }
        if (event instanceof ChatEvent.BlockStopped stop) {
            return heldResult() + event(node("content_block_stop").put("index", stop.index()));
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

    private String delta(int index, String typeAndMember, String text) {
        if (index != deltaIndex || !typeAndMember.equals(deltaType)) {
            deltaIndex = index;
            deltaType = typeAndMember;
            deltaStart = DELTA + index + ",\"delta\":{\"type\":\"" + typeAndMember + "\":\"";
        }
        return SseText.around(deltaStart, text, END);
    }

    private static String citation(ChatEvent.CitationDelta delta) {
        ObjectNode event = node("content_block_delta").put("index", delta.index());
        event.putObject("delta").put("type", "citations_delta").set("citation", JsonValues.toObject(delta.citation()));
        return event(event);
    }

    private String blockStarted(ChatEvent.BlockStarted start) {
        if (start.block() instanceof ContentBlock.Other other && other.type().endsWith("_tool_result")) {
            held = start;
            return "";
        }
        return blockStart(start.index(), BlockJson.of(start.block()));
    }

    /** The result of a tool that ran at the provider: the wire has no delta for it, it begins with all that it holds. */
    private String heldResult() {
        ChatEvent.BlockStarted start = held;
        if (start == null) {
            return "";
        }
        ObjectNode block = BlockJson.of(start.block());
        if (!parts.isEmpty()) {
            ArrayNode content = block.path("content") instanceof ArrayNode given ? given : block.putArray("content");
            parts.forEach(content::add);
        }
        held = null;
        parts.clear();
        return blockStart(start.index(), block);
    }

    private static String blockStart(int index, ObjectNode block) {
        ObjectNode event = node("content_block_start").put("index", index);
        event.set("content_block", block);
        return event(event);
    }

    private String messageStart(ChatEvent.Started start) {
        ObjectNode message = MessagesResponseWriter.envelope(start.id().orElse(""), model);
        Usage usage = start.usage();
        boolean known =
                usage.inputTokens().orElse(0) > 0 || usage.cacheReadTokens().orElse(0) > 0;
        Usage told = known
                ? usage
                : usage.updatedBy(
                        Usage.builder().inputTokens(inputTokens.getAsLong()).build());
        message.set("usage", UsageJson.of(told));
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
