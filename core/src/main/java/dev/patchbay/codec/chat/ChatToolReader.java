package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a chat request and the choice among them (dialects.md, VQ4). */
final class ChatToolReader {

    private ChatToolReader() {}

    static void read(ObjectNode body, ChatRequest.Builder request) {
        JsonNode choice = body.path("tool_choice");
        JsonNode allowed = choice.path("allowed_tools");
        Set<String> allowedNames = new HashSet<>();
        for (JsonNode tool : allowed.path("tools")) {
            allowedNames.add(
                    tool.path("function").path("name").asText(tool.path("name").asText("")));
        }
        List<Tool> tools = new ArrayList<>();
        for (JsonNode entry : body.path("tools")) {
            JsonNode function = entry.path("function");
            String name = function.path("name").asText("");
            if (!name.isEmpty() && (allowed.isMissingNode() || allowedNames.contains(name))) {
                tools.add(tool(name, function));
            }
        }
        tools.forEach(request::tool);
        boolean alone = !body.path("parallel_tool_calls").asBoolean(true);
        if (!tools.isEmpty()) {
            choice(choice, alone).ifPresent(request::toolChoice);
        }
    }

    private static Tool tool(String name, JsonNode function) {
        Map<String, @Nullable Object> strict =
                function.path("strict").asBoolean(false) ? Map.of("strict", true) : Map.of();
        return new Tool(
                name,
                Optional.empty(),
                Optional.ofNullable(function.path("description").textValue()),
                function.path("parameters") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null,
                strict);
    }

    private static Optional<ToolChoice> choice(JsonNode choice, boolean alone) {
        String word = choice.isTextual()
                ? choice.textValue()
                : choice.path("allowed_tools").path("mode").asText("");
        String name = choice.path("function").path("name").asText("");
        if (!name.isEmpty()) {
            return Optional.of(new ToolChoice(Mode.TOOL, Optional.of(name), alone));
        }
        return switch (word) {
            case "required" -> Optional.of(new ToolChoice(Mode.ANY, Optional.empty(), alone));
            case "none" -> Optional.of(new ToolChoice(Mode.NONE, Optional.empty(), false));
            default -> alone ? Optional.of(new ToolChoice(Mode.AUTO, Optional.empty(), true)) : Optional.empty();
        };
    }
}
