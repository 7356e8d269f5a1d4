package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.Tool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of OpenAI that takes any text ({@code type: custom}), as everybody else has it: with that text as its one argument (dialects.md,
 * VQ2 and P3).
 */
public final class FreeFormTool {

    private FreeFormTool() {}

    /**
     * Reads one. A grammar of its input becomes words of its description, which nobody enforces, so it is noted.
     *
     * @param name in the internal form
     * @param declared its members, {@code format} flat as Responses has it or nested as chat does
     * @param more what else is kept of it
     */
    public static Tool read(
            String name, JsonNode declared, Map<String, @Nullable Object> more, DroppedMembers dropped) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject(FreeFormInput.MEMBER).put("type", "string");
        schema.putArray("required").add(FreeFormInput.MEMBER);
        Tool.Builder tool =
                Tool.builder(name).inputSchema(JsonValues.toMap(schema)).more(more);
        String description = declared.path("description").asText("");
        JsonNode format = declared.path("format");
        if (!format.path("type").asText("text").equals("text")) {
            dropped.add("tools." + name + ".format");
            description += grammar(format.path("grammar").isObject() ? format.path("grammar") : format);
        }
        if (!description.isBlank()) {
            tool.description(description.strip());
        }
        return tool.build();
    }

    private static String grammar(JsonNode grammar) {
        String definition = grammar.path("definition").asText("");
        String syntax = grammar.path("syntax").asText("");
        return definition.isEmpty()
                ? ""
                : "\n\nThe input must follow this " + (syntax.isEmpty() ? "" : syntax + " ") + "grammar:\n"
                        + definition;
    }
}
