package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One tool result as the output of a call: a text, or parts where there are images or files in it (dialects.md, T2 to T4, T8). */
final class ResponsesOutputWriter {

    private static final Pattern TELLS_ERROR = Pattern.compile("\\s*(error|<[^<>]*error>)");

    private final List<String> texts = new ArrayList<>();
    private final List<ObjectNode> media = new ArrayList<>();
    private final ArrayNode mixed = Json.array();
    private final boolean lifts;

    ResponsesOutputWriter(ContentBlock.ToolResult result, Quirks quirks, ResponsesPartWriter parts, String where) {
        // In place is what the dialect itself says; only a file can say that a server does not take it.
        String placed = quirks.isSet("toolResultImages") ? quirks.toolResultImages() : "in_place";
        this.lifts = placed.equals("user_message");
        boolean failed = result.isError();
        for (ContentBlock block : result.content()) {
            Optional<ObjectNode> part = placed.equals("placeholder") ? Optional.empty() : parts.media(block);
            if (part.isPresent()) {
                ResponsesPartWriter.title(block).ifPresent(mixed::add);
                media.add(part.get());
                mixed.add(part.get());
                texts.add("[" + (block instanceof ContentBlock.Image ? "image" : "document") + ": " + where + "]");
                continue;
            }
            String text = text(block);
            String told = failed ? marked(text) : text;
            failed = false;
            texts.add(told);
            if (!told.isBlank()) {
                mixed.add(ResponsesPartWriter.textPart(told));
            }
        }
        if (failed) {
            texts.add(0, marked(""));
            mixed.insert(0, ResponsesPartWriter.textPart(marked("")));
        }
    }

    /** All texts, and notes in the place of what is no text. */
    String text() {
        return String.join("\n", texts);
    }

    /** What has to go into a user message. */
    List<ObjectNode> lifted() {
        return lifts ? media : List.of();
    }

    /** All images and files, wherever they go. */
    List<ObjectNode> media() {
        return media;
    }

    JsonNode output() {
        return media.isEmpty() || lifts ? TextNode.valueOf(text()) : mixed;
    }

    private static String text(ContentBlock block) {
        if (!(block instanceof ContentBlock.Other other)) {
            return ResponsesPartWriter.text(block);
        }
        if (!other.type().equals("tool_reference")) {
            return "[" + other.type() + " omitted]";
        }
        Object name = other.members().get("tool_name");
        return "[tool reference: " + (name == null ? other.members().get("name") : name) + "]";
    }

    /** There is no {@code is_error}: the word has to tell. */
    private static String marked(String text) {
        if (text.isBlank()) {
            return "Error: the tool failed and gave no output.";
        }
        return TELLS_ERROR.matcher(text.toLowerCase(Locale.ROOT)).lookingAt() ? text : "Error: " + text;
    }
}
