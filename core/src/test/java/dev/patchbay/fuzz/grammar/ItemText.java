package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where the items of a Responses stream have their text, and which steps lead to it. */
final class ItemText {

    private ItemText() {}

    /** The events between {@code added} and {@code done}, deltas left out. */
    static List<String> steps(JsonNode item) {
        return switch (item.path("type").asText()) {
            case "message" -> {
                List<String> steps = new ArrayList<>();
                for (JsonNode part : item.path("content")) {
                    steps.add("content_part.added");
                    steps.add(part.has("refusal") ? "refusal.done" : "output_text.done");
                    steps.add("content_part.done");
                }
                yield steps;
            }
            case "reasoning" ->
                item.path("summary").isEmpty()
                        ? List.of()
                        : List.of(
                                "reasoning_summary_part.added",
                                "reasoning_summary_text.done",
                                "reasoning_summary_part.done");
            case "function_call" -> List.of("function_call_arguments.done");
            case "tool_search_call" -> List.of();
            default -> List.of("custom_tool_call_input.done");
        };
    }

    /** The text of a whole item. */
    static String of(JsonNode item) {
        return switch (item.path("type").asText()) {
            case "message" -> {
                StringBuilder text = new StringBuilder();
                item.path("content").forEach(part -> text.append(said(part)));
                yield text.toString();
            }
            case "reasoning" ->
                item.path("summary").isEmpty()
                        ? ""
                        : item.path("summary").path(0).path("text").asText("-");
            case "function_call" -> item.path("arguments").asText("-");
            default -> item.path("input").asText("-");
        };
    }

    /** The text in the event that ends a part. */
    static String ofPart(JsonNode event) {
        for (String member : List.of("text", "refusal", "arguments", "input")) {
            if (event.has(member)) {
                return event.path(member).asText();
            }
        }
        return said(event.path("part"));
    }

    private static String said(JsonNode part) {
        return part.path(part.has("refusal") ? "refusal" : "text").asText("-");
    }

    /** The text that deltas make; calls without arguments have an empty object all the same. */
    static String arguments(String kind, String deltas) {
        return kind.startsWith("function_call") && deltas.isBlank() ? "{}" : deltas;
    }
}
