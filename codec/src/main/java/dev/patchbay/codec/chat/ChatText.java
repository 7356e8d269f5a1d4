package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.MediaText;
import java.util.List;
import java.util.Set;

/** What a chat message, or a delta of one, says and thinks, in whichever member an upstream puts it (R2 to R4, R6). */
final class ChatText {

    /** DeepSeek and most others; vLLM and OpenRouter; Copilot; Ollama and its like; LiteLLM. */
    private static final List<String> THINKING =
            List.of("reasoning_content", "reasoning", "reasoning_text", "thinking", "thinking_blocks");

    /** Types of parts that are images, in either of OpenAI's dialects and in Anthropic's. */
    private static final Set<String> IMAGES = Set.of("image_url", "output_image", "image");

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
        if (!detailed.isEmpty()) {
            return detailed;
        }
        String thinking = parts(message.path("content"), "thinking");
        return thinking.isEmpty() ? parts(message.path("content"), "reasoning") : thinking;
    }

    /** The text of the content, be it a string, a part or a list of parts. */
    static String text(JsonNode message) {
        JsonNode content = message.path("content");
        String text = content.isContainerNode() ? parts(content, "text") : content.asText("");
        // What was spoken, as far as it can be read.
        return text.isEmpty() ? message.path("audio").path("transcript").asText("") : text;
    }

    /** What is told of generated images, which no other dialect has a place for in an answer; empty if there are none. */
    static String images(JsonNode message) {
        JsonNode images = message.path("images");
        int count = images.isArray() ? images.size() : 0;
        for (JsonNode part : ChatChunks.each(message.path("content"))) {
            count += IMAGES.contains(part.path("type").asText("")) ? 1 : 0;
        }
        return MediaText.OMITTED_IMAGE.repeat(count);
    }

    /** The words of a refusal. */
    static String refusal(JsonNode message) {
        String refusal = message.path("refusal").asText("");
        return refusal.isEmpty() ? parts(message.path("content"), "refusal") : refusal;
    }

    /** A text, wherever it stands: on its own, in an object, or in a list of either. */
    private static String said(JsonNode value) {
        if (!value.isContainerNode()) {
            return value.isTextual() ? value.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        if (value.isArray()) {
            value.forEach(part -> text.append(said(part)));
        } else {
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

    /** The texts of the parts of one type; a part of thinking may hold parts of text itself, or its summary (Databricks). */
    private static String parts(JsonNode content, String type) {
        if (!content.isContainerNode()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : ChatChunks.each(content)) {
            if (part.isTextual() && type.equals("text")) {
                text.append(part.textValue());
            }
            String partType = part.path("type").asText("text");
            boolean other = partType.equals("output_text") && type.equals("text");
            if (partType.equals(type) || other) {
                JsonNode value = part.path(type);
                boolean elsewhere = type.equals("reasoning") && !value.isTextual();
                text.append(elsewhere ? said(part) : value.isArray() ? parts(value, "text") : value.asText(""));
            }
        }
        return text.toString();
    }
}
