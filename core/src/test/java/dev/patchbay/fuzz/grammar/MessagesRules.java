package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.vectors.MessagesGrammar;
import java.util.ArrayList;
import java.util.List;

/** The event stream of Anthropic Messages (dialects.md, G): each event by itself, and their order by its own grammar. */
public final class MessagesRules {

    private final Checks checks = new Checks();

    private MessagesRules() {}

    /** The violations in the text of a whole stream. */
    public static List<String> violations(String stream) {
        MessagesRules rules = new MessagesRules();
        List<JsonNode> events = new ArrayList<>();
        for (Frame frame : Frame.of(stream, rules.checks.violations())) {
            JsonNode event = frame.json();
            rules.checks.check(event.isObject(), "not a JSON object", frame.data());
            rules.checks.check(
                    frame.name().equals(event.path("type").asText("-")), "the event line is not the type", frame);
            rules.event(event);
            events.add(event);
        }
        rules.checks.violations().addAll(MessagesGrammar.violations(events));
        return rules.checks.violations();
    }

    private void event(JsonNode event) {
        switch (event.path("type").asText("")) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> block(event.path("content_block"));
            case "content_block_delta" -> delta(event.path("delta"));
            case "message_delta" -> {
                checks.text(event.path("delta"), "stop_reason");
                checks.members(event.path("delta"), "stop_sequence");
                usage(event.path("usage"));
            }
            case "error" -> {
                checks.text(event.path("error"), "type");
                checks.text(event.path("error"), "message");
            }
            default -> {}
        }
    }

    private void start(JsonNode message) {
        checks.check(message.path("type").asText().equals("message"), "message_start without a message");
        checks.text(message, "id");
        checks.text(message, "model");
        checks.members(message, "stop_reason", "stop_sequence");
        checks.check(message.path("stop_reason").isNull(), "a message starts with a stop_reason");
        usage(message.path("usage"));
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText("")) {
            case "text" -> checks.check(block.path("text").asText("-").isEmpty(), "a text starts with text", block);
            case "thinking" -> {
                boolean empty = block.path("thinking").asText("-").isEmpty()
                        && block.path("signature").asText("-").isEmpty();
                checks.check(empty, "thinking starts with thinking or a signature", block);
            }
            default -> checks.text(block, "type");
        }
    }

    private void delta(JsonNode delta) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> checks.text(delta, "text");
            case "thinking_delta" -> checks.text(delta, "thinking");
            case "signature_delta" -> checks.text(delta, "signature");
            case "citations_delta" -> checks.text(delta.path("citation"), "type");
            default -> checks.text(delta, "partial_json");
        }
    }

    private void usage(JsonNode usage) {
        checks.count(usage, "input_tokens");
        checks.count(usage, "output_tokens");
        checks.count(usage, "cache_read_input_tokens");
        checks.count(usage, "cache_creation_input_tokens");
    }
}
