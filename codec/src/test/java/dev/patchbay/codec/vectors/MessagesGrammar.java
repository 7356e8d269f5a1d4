package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The grammar of an Anthropic event stream (dialects.md, G). */
public final class MessagesGrammar {

    private static final Map<String, String> BLOCK_OF_DELTA = Map.of(
            "text_delta", "text",
            "citations_delta", "text",
            "input_json_delta", "tool_use",
            "thinking_delta", "thinking",
            "signature_delta", "thinking");

    private final List<String> violations = new ArrayList<>();
    private String openType = "";
    private int openIndex = -1;
    private int next;
    private boolean started;
    private boolean finishing;
    private boolean stopped;
    private boolean failed;

    private MessagesGrammar() {}

    /** The violations in a whole stream; an empty list if there are none. */
    public static List<String> violations(List<JsonNode> events) {
        MessagesGrammar grammar = new MessagesGrammar();
        for (JsonNode event : events) {
            if (!event.path("type").asText().equals("ping")) {
                grammar.event(event);
            }
        }
        grammar.check(grammar.stopped || grammar.failed, "no message_stop and no error");
        return grammar.violations;
    }

    private void event(JsonNode event) {
        String type = event.path("type").asText();
        check(!stopped && !failed, "event after the end: " + type);
        if (type.equals("error")) {
            failed = true;
            check(!event.path("error").path("type").asText("").isEmpty(), "error without error.type");
            return;
        }
        if (type.equals("message_start")) {
            start(event.path("message"));
            return;
        }
        check(started, type + " before message_start");
        switch (type) {
            case "content_block_start" -> blockStart(event);
            case "content_block_delta" -> blockDelta(event);
            case "content_block_stop" -> blockStop(event);
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> {
                check(finishing, "message_stop without message_delta");
                stopped = true;
            }
            default -> violations.add("unknown event " + type);
        }
    }

    private void start(JsonNode message) {
        check(!started, "second message_start");
        started = true;
        boolean whole = message.path("content").isArray()
                && message.path("content").isEmpty()
                && message.path("usage").isObject()
                && !message.path("id").asText("").isEmpty()
                && message.path("role").asText().equals("assistant");
        check(whole, "message_start is incomplete");
    }

    private void blockStart(JsonNode event) {
        int index = event.path("index").asInt(-1);
        JsonNode block = event.path("content_block");
        check(openIndex < 0, "block " + index + " opened while " + openIndex + " is open");
        check(index == next, "index " + index + ", want " + next);
        check(!finishing, "block after message_delta");
        next++;
        openIndex = index;
        openType = block.path("type").asText();
        if (openType.equals("tool_use")) {
            boolean whole = !block.path("id").asText("").isEmpty()
                    && !block.path("name").asText("").isEmpty()
                    && block.path("input").isObject()
                    && block.path("input").isEmpty();
            check(whole, "tool_use start without id, name or empty input");
        }
    }

    private void blockDelta(JsonNode event) {
        String type = event.path("delta").path("type").asText();
        String family = openType.endsWith("tool_use") ? "tool_use" : openType;
        boolean fits = event.path("index").asInt(-1) == openIndex && family.equals(BLOCK_OF_DELTA.get(type));
        check(fits, "delta " + type + " on block " + event.path("index") + ", open is " + openIndex + " " + openType);
    }

    private void blockStop(JsonNode event) {
        check(openIndex >= 0 && openIndex == event.path("index").asInt(-1), "stop of a block that is not open");
        openIndex = -1;
        openType = "";
    }

    private void messageDelta(JsonNode event) {
        check(openIndex < 0, "message_delta while a block is open");
        check(!finishing, "second message_delta");
        finishing = true;
        boolean whole = !event.path("delta").path("stop_reason").asText("").isEmpty()
                && event.path("usage").path("output_tokens").isIntegralNumber();
        check(whole, "message_delta without stop_reason or usage");
    }

    private void check(boolean good, String violation) {
        if (!good) {
            violations.add(violation);
        }
    }
}
