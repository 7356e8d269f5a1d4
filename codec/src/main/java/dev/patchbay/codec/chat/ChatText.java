package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a chat message, or a delta of one, says and thinks, in whichever member an upstream puts it (R2 to R4, R6). */
final class ChatText {

    /** DeepSeek and most others; vLLM and OpenRouter; Copilot; Ollama and its like; LiteLLM. */
    private static final List<String> THINKING =
            List.of("reasoning_content", "reasoning", "reasoning_text", "thinking", "thinking_blocks");

    private ChatText() {}

    /** The thinking, from one source only: some upstreams send it twice. Empty if there is none. */
    static String thinking(JsonNode message) {
        for (String member : THINKING) {
            String thinking = said(message.path(member));
            if (!thinking.isEmpty()) {
                return thinking;
            }
        }
        JsonNode details = message.path("reasoning_details");
        String detailed = details.isArray() ? details(details) : "";
        return detailed.isEmpty() ? parts(message.path("content"), "thinking") : detailed;
    }

    /** The text of the content, be it a string or a list of parts. */
    static String text(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray() ? parts(content, "text") : content.asText("");
    }

    /** What is told of generated images, which no other dialect has a place for in an answer; empty if there are none. */
    static String images(JsonNode message) {
        JsonNode images = message.path("images");
        return images.isArray() ? "[image omitted]".repeat(images.size()) : "";
    }

    /** The words of a refusal. */
    static String refusal(JsonNode message) {
        String refusal = message.path("refusal").asText("");
        return refusal.isEmpty() ? parts(message.path("content"), "refusal") : refusal;
    }

    /** A text, wherever it stands: on its own, in an object, or in a list of either. */
    private static String said(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        StringBuilder text = new StringBuilder();
        if (value.isArray()) {
            value.forEach(part -> text.append(said(part)));
        } else if (value.isObject()) {
            for (String member : List.of("thinking", "text", "content", "summary")) {
                if (text.isEmpty()) {
                    text.append(said(value.path(member)));
                }
            }
        }
        return text.toString();
    }

    private static String details(JsonNode details) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : details) {
            if (!entry.path("type").asText("").contains("encrypted")) {
                String detail = entry.path("text").asText("");
                text.append(detail.isEmpty() ? entry.path("summary").asText("") : detail);
            }
        }
        return text.toString();
    }

    /** The texts of the parts of one type; a part of thinking may hold parts of text itself. */
    private static String parts(JsonNode content, String type) {
        if (!content.isArray()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (part.isTextual() && type.equals("text")) {
                text.append(part.textValue());
            }
            String partType = part.path("type").asText("text");
            boolean other = partType.equals("output_text") && type.equals("text");
            if (partType.equals(type) || other) {
                JsonNode value = part.path(type);
                text.append(value.isArray() ? parts(value, "text") : value.asText(""));
            }
        }
        return text.toString();
    }
}
