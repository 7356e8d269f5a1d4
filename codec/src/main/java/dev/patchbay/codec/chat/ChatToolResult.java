package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One tool result as a chat endpoint takes it: a text, and the images and files that cannot be in it (dialects.md, T2 to
 * T4 and T8).
 */
final class ChatToolResult {

    private static final Pattern TELLS_ERROR = Pattern.compile("\\s*(error|<[^<>]*error>)");

    private final Quirks quirks;
    private final ChatMedia media;
    private final String where;
    private final List<String> texts = new ArrayList<>();
    private final List<ObjectNode> parts = new ArrayList<>();
    private final ArrayNode mixed = Json.array();
    private final @Nullable Object cacheMark;

    /**
     * Takes a result apart.
     *
     * @param where says in the text where an image went
     */
    ChatToolResult(ContentBlock.ToolResult result, Quirks quirks, String where) {
        this.quirks = quirks;
        this.media = new ChatMedia(quirks);
        this.where = where;
        this.cacheMark = quirks.forwardsCacheControl() ? result.more().get("cache_control") : null;
        result.content().forEach(this::add);
        if (result.isError()) {
            markError();
        }
    }

    /** All texts, and notes in the place of what is no text. */
    String text() {
        return String.join("\n", texts);
    }

    /** What has to go into a user message. */
    List<ObjectNode> lifted() {
        return isInPlace() ? List.of() : parts;
    }

    /** The content of the tool message; required there, so the empty string if there is nothing. */
    JsonNode content() {
        if (isInPlace() && !parts.isEmpty()) {
            return mixed;
        }
        if (cacheMark == null || text().isBlank()) {
            return TextNode.valueOf(text());
        }
        ObjectNode part = textPart(text());
        part.set("cache_control", JsonValues.toNode(cacheMark));
        return Json.array().add(part);
    }

    private boolean isInPlace() {
        return quirks.toolResultImages().equals("in_place");
    }

    private void add(ContentBlock block) {
        boolean allowed = !quirks.toolResultImages().equals("placeholder");
        Optional<ObjectNode> part = allowed ? media.part(block) : Optional.empty();
        if (part.isEmpty()) {
            addText(block instanceof ContentBlock.Text text ? text.text() : textFor(block));
            return;
        }
        parts.add(part.get());
        mixed.add(part.get());
        texts.add("[" + (block instanceof ContentBlock.Image ? "image" : "document") + ": " + where + "]");
    }

    private void addText(String text) {
        texts.add(text);
        if (!text.isBlank()) {
            mixed.add(textPart(text));
        }
    }

    private String textFor(ContentBlock block) {
        if (!(block instanceof ContentBlock.Other other)) {
            return media.text(block);
        }
        if (!other.type().equals("tool_reference")) {
            return "[" + other.type() + " omitted]";
        }
        Object name = other.members().get("tool_name");
        return "[tool reference: " + (name == null ? other.members().get("name") : name) + "]";
    }

    /** Chat has no {@code is_error}: the word has to tell. */
    private void markError() {
        String said = text();
        if (said.isBlank()) {
            texts.clear();
            texts.add("Error: the tool failed and gave no output.");
        } else if (!TELLS_ERROR.matcher(said.toLowerCase(Locale.ROOT)).lookingAt()) {
            texts.set(0, "Error: " + texts.get(0));
            mixed.insert(0, textPart("Error:"));
        }
    }

    private static ObjectNode textPart(String text) {
        return Json.object().put("type", "text").put("text", text);
    }
}
