package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.Json;
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

/** Reads the tools of a Responses request and the choice among them (dialects.md, P3). Used once. */
final class ResponsesToolReader {

    private final ResponsesTools names = new ResponsesTools();
    private final List<Tool> tools = new ArrayList<>();

    /** Reads both into the request. Tools that run at OpenAI are skipped, not refused. */
    ResponsesTools read(ObjectNode body, ChatRequest.Builder request) {
        body.path("tools").forEach(tool -> read(tool, ""));
        JsonNode choice = body.path("tool_choice");
        boolean limited = choice.path("type").asText("").equals("allowed_tools");
        Set<String> allowed = new HashSet<>();
        choice.path("tools").forEach(tool -> allowed.add(name(tool)));
        tools.removeIf(tool -> limited && !allowed.contains(tool.name()));
        tools.forEach(request::tool);
        boolean alone = !body.path("parallel_tool_calls").asBoolean(true);
        if (!tools.isEmpty()) {
            choice(choice, alone).ifPresent(request::toolChoice);
        }
        return names;
    }

    private void read(JsonNode tool, String namespace) {
        String name = tool.path("name").asText("");
        String fullName = ResponsesTools.fullName(namespace, name);
        switch (tool.path("type").asText("")) {
            case "function" -> add(function(fullName, tool), namespace, name);
            case "custom" -> {
                names.addFreeForm(fullName);
                add(freeForm(fullName, tool), namespace, name);
            }
            case "namespace" -> tool.path("tools").forEach(member -> read(member, name));
            default -> {}
        }
    }

    private void add(Tool tool, String namespace, String name) {
        if (name.isEmpty()) {
            return;
        }
        tools.add(tool);
        if (!namespace.isEmpty()) {
            names.addMember(tool.name(), namespace, name);
        }
    }

    private static Tool function(String name, JsonNode tool) {
        Map<String, @Nullable Object> strict = tool.path("strict").asBoolean(false) ? Map.of("strict", true) : Map.of();
        return new Tool(
                name,
                Optional.empty(),
                Optional.ofNullable(tool.path("description").textValue()),
                tool.path("parameters") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null,
                strict);
    }

    /** A tool that takes any text: as a function it has that text as its one argument. */
    private static Tool freeForm(String name, JsonNode tool) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties")
                .putObject(ResponsesTools.FREE_FORM_ARGUMENT)
                .put("type", "string");
        schema.putArray("required").add(ResponsesTools.FREE_FORM_ARGUMENT);
        String description = tool.path("description").asText("");
        String grammar = tool.path("format").path("definition").asText("");
        if (!grammar.isEmpty()) {
            String syntax = tool.path("format").path("syntax").asText("");
            description += "\n\nThe input must follow this " + syntax + " grammar:\n" + grammar;
        }
        return new Tool(name, Optional.empty(), Optional.of(description.strip()), JsonValues.toMap(schema), Map.of());
    }

    private static Optional<ToolChoice> choice(JsonNode choice, boolean alone) {
        String type = choice.path("type").asText("");
        if (type.equals("function") || type.equals("custom")) {
            return Optional.of(new ToolChoice(Mode.TOOL, Optional.of(name(choice)), alone));
        }
        String word =
                choice.isTextual() ? choice.textValue() : choice.path("mode").asText("");
        return switch (word) {
            case "required" -> Optional.of(new ToolChoice(Mode.ANY, Optional.empty(), alone));
            case "none" -> Optional.of(new ToolChoice(Mode.NONE, Optional.empty(), false));
            default -> alone ? Optional.of(new ToolChoice(Mode.AUTO, Optional.empty(), true)) : Optional.empty();
        };
    }

    private static String name(JsonNode node) {
        return ResponsesTools.fullName(
                node.path("namespace").asText(""), node.path("name").asText(""));
    }
}
