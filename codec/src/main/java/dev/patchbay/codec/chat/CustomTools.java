package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.FreeFormTool;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Tool;
import java.util.HashSet;
import java.util.Set;

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
    static Tool read(JsonNode tool, DroppedMembers dropped) {
        JsonNode custom = members(tool);
        return FreeFormTool.read(custom.path("name").asText(""), custom, ChatParts.marks(tool), dropped);
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
