package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools of OpenAI whose input is free text instead of JSON ({@code type: custom}). Elsewhere they are tools with one text
 * (dialects.md, VQ2); what the model calls them with is turned back. Immutable.
 */
public final class CustomTools {

    private final Set<String> names;

    private CustomTools(Set<String> names) {
        this.names = names;
    }

    /** None. */
    public static CustomTools none() {
        return new CustomTools(Set.of());
    }

    /** Those of a chat request. */
    public static CustomTools of(JsonNode request) {
        Set<String> names = new HashSet<>();
        for (JsonNode tool : request.path("tools")) {
            if (isCustom(tool)) {
                names.add(members(tool).path("name").asText(""));
            }
        }
        return new CustomTools(Set.copyOf(names));
    }

    /** Whether a call of that name is one of them. */
    boolean contains(String name) {
        return names.contains(name);
    }

    /** Whether a declaration is one; Anthropic's own type of that name has a schema. */
    static boolean isCustom(JsonNode tool) {
        return tool.path("type").asText("").equals("custom") && !tool.has("input_schema");
    }

    /** The tool as everybody else has it. */
    static Tool read(JsonNode tool) {
        JsonNode custom = members(tool);
        String format = custom.path("format")
                .path("grammar")
                .path("definition")
                .asText(custom.path("format").path("definition").asText(""));
        String grammar = format.isEmpty() ? "" : "\nThe input must follow this grammar:\n" + format;
        Map<String, @Nullable Object> property = new HashMap<>();
        property.put("type", "string");
        Map<String, @Nullable Object> schema = new HashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of(FreeFormInput.MEMBER, property));
        schema.put("required", List.of(FreeFormInput.MEMBER));
        String description = custom.path("description").asText("") + grammar;
        Tool.Builder read =
                Tool.builder(custom.path("name").asText("")).inputSchema(schema).more(ChatParts.marks(tool));
        if (!description.isBlank()) {
            read.description(description.strip());
        }
        return read.build();
    }

    /** The free text that a model called such a tool with. */
    static String text(ContentBlock.ToolUse call) {
        return text(ToolInput.text(call.input()));
    }

    /** The same of arguments as they were collected. */
    static String text(String arguments) {
        return ToolInput.freeForm(arguments);
    }

    private static JsonNode members(JsonNode tool) {
        return tool.path("custom").isObject() ? tool.path("custom") : tool;
    }
}
