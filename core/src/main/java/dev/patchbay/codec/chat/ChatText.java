package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;

/** What a chat message, or a delta of one, says and thinks, in whichever member an upstream puts it (R2 to R4, R6). */
final class ChatText {

    private ChatText() {}

    /** The thinking, from one source only: some upstreams send it twice. Empty if there is none. */
    static String thinking(JsonNode message) {
        String plain = message.path("reasoning_content").asText("");
        if (!plain.isEmpty()) {
            return plain;
        }
        String other = message.path("reasoning").asText("");
        if (!other.isEmpty()) {
            return other;
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

    /** The words of a refusal. */
    static String refusal(JsonNode message) {
        String refusal = message.path("refusal").asText("");
        return refusal.isEmpty() ? parts(message.path("content"), "refusal") : refusal;
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
