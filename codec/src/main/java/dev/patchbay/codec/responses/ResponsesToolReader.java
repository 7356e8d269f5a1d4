package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.FreeFormTool;
import dev.patchbay.codec.OfferedTools;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.codec.responses.ResponsesTools.DeclaredTool;
import dev.patchbay.codec.responses.ResponsesTools.DeclaredTool.Kind;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tools of a Responses request, wherever they are declared, and the choice among them (dialects.md, P3). Used
 * once.
 */
final class ResponsesToolReader {

    /** The tool that looks for others, and its name as a function. */
    static final String SEARCH = "tool_search";

    /** Choices that name no tool: how free the model is, and the list of what is allowed. */
    private static final Set<String> MODES = Set.of("", "auto", "none", "required", "allowed_tools");

    /** Members of a tool that are read, or say how it is found and who runs it. */
    private static final Set<String> READ = Set.of(
            "type",
            "function",
            "custom",
            "name",
            "description",
            "parameters",
            "strict",
            "format",
            "defer_loading",
            "execution",
            "cache_control");

    private final ResponsesTools names = new ResponsesTools();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Set<String> skipped = new TreeSet<>();
    private final DroppedMembers dropped;
    private boolean searchable;

    /** @param dropped takes the types of tools that run at OpenAI alone, and so are not offered */
    ResponsesToolReader(DroppedMembers dropped) {
        this.dropped = dropped;
    }

    /** Reads the tools of the request and those that its items declare: {@code additional_tools}, and what a search found. */
    void declared(JsonNode listed, List<ObjectNode> items) {
        List<JsonNode> offered = new ArrayList<>();
        listed.forEach(offered::add);
        for (ObjectNode item : items) {
            if (item.path("type").asText("").equals("additional_tools")) {
                item.path("tools").forEach(offered::add);
            }
        }
        searchable = offered.stream().anyMatch(ResponsesToolReader::isClientSearch);
        offered.forEach(tool -> read(tool, "", false));
        for (ObjectNode item : items) {
            if (item.path("type").asText("").equals("tool_search_output")) {
                item.path("tools").forEach(tool -> read(tool, "", true));
            }
        }
    }

    /** The names under which calls go and come. */
    ResponsesTools names() {
        return names;
    }

    /**
     * Puts tools and choice into the request.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if only a tool that cannot be offered may be
     *     called (K3): its answer would be made up
     */
    void write(ObjectNode body, ChatRequest.Builder request) {
        JsonNode choice = body.path("tool_choice");
        if (choice.path("type").asText("").equals("allowed_tools")) {
            Set<String> allowed = new HashSet<>();
            choice.path("tools").forEach(tool -> allowed.add(name(tool)));
            tools.keySet().retainAll(allowed);
        }
        tools.values().forEach(request::tool);
        for (String type : skipped) {
            dropped.add(
                    "tools." + type,
                    "the tool '" + type + "' runs at OpenAI and is not offered by provider '" + dropped.provider()
                            + "'");
        }
        if (tools.isEmpty()) {
            refuseForced(choice);
            if (!name(choice).isEmpty()) {
                dropped.add("tool_choice");
            }
            return;
        }
        boolean alone = !body.path("parallel_tool_calls").asBoolean(true);
        choice(choice, alone).ifPresent(request::toolChoice);
    }

    private void refuseForced(JsonNode choice) {
        String type = choice.path("type").asText("");
        if (skipped.contains(type) || !(MODES.contains(type) || type.equals("function") || type.equals("custom"))) {
            throw Bodies.invalid("tool_choice: the tool '" + type
                    + "' runs at OpenAI and cannot be offered by provider '" + dropped.provider()
                    + "', and the request has no other tool");
        }
    }

    private void read(JsonNode offered, String namespace, boolean loaded) {
        JsonNode tool = flat(offered);
        String name = tool.path("name").asText("");
        String type = tool.path("type").asText("");
        switch (type) {
            case "function" -> add(new DeclaredTool(namespace, name, Kind.FUNCTION), tool, loaded);
            case "custom" -> add(new DeclaredTool(namespace, name, Kind.FREE_FORM), tool, loaded);
            case "namespace" -> {
                tool.path("tools").forEach(member -> read(member, name, loaded));
                if (!tool.path("description").asText("").isEmpty()) {
                    dropped.add("tools." + name + ".description");
                }
            }
            default -> {
                if (isClientSearch(tool)) {
                    add(new DeclaredTool("", SEARCH, Kind.SEARCH), tool, true);
                } else if (type.isEmpty()) {
                    String shown = Json.text(tool);
                    throw Bodies.invalid(
                            "tools: a tool has no type: " + shown.substring(0, Math.min(200, shown.length())));
                } else {
                    skipped.add(type);
                }
            }
        }
    }

    /** Clients of chat put a function into a member of its own; some leave out that it is one. */
    private static JsonNode flat(JsonNode tool) {
        String type = tool.path("type").asText("");
        boolean isFunction = tool.path("function").isObject() || (tool.has("name") && tool.has("parameters"));
        if (type.isEmpty() && isFunction && tool instanceof ObjectNode object) {
            return flat(object.deepCopy().put("type", "function"));
        }
        boolean nested = (type.equals("function") || type.equals("custom")) && tool.path(type) instanceof ObjectNode;
        return nested ? ((ObjectNode) tool.path(type)).deepCopy().put("type", type) : tool;
    }

    /** What is deferred can be found by a search at the client; a search at OpenAI does not run, so it is offered at once. */
    private void add(DeclaredTool declared, JsonNode tool, boolean loaded) {
        boolean deferred = searchable && !loaded && tool.path("defer_loading").asBoolean(false);
        if (declared.name().isEmpty()) {
            throw Bodies.invalid("tools: a " + tool.path("type").asText("") + " has no name");
        }
        if (deferred) {
            return;
        }
        String fullName = names.declare(declared);
        OfferedTools.noteUnread(tool, READ, dropped);
        tools.put(
                fullName,
                declared.kind() == Kind.FREE_FORM
                        ? FreeFormTool.read(fullName, tool, Map.of(), dropped)
                        : function(fullName, tool));
    }

    private static boolean isClientSearch(JsonNode tool) {
        return tool.path("type").asText("").equals(SEARCH)
                && tool.path("execution").asText("").equals("client");
    }

    private static Tool function(String name, JsonNode tool) {
        Map<String, @Nullable Object> strict = tool.path("strict").asBoolean(false) ? Map.of("strict", true) : Map.of();
        Tool.Builder read = Tool.builder(name)
                .inputSchema(tool.path("parameters") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null)
                .more(strict);
        Optional.ofNullable(tool.path("description").textValue()).ifPresent(read::description);
        return read.build();
    }

    private Optional<ToolChoice> choice(JsonNode choice, boolean alone) {
        String type = choice.path("type").asText("");
        if (!MODES.contains(type)) {
            return named(type, choice, alone);
        }
        String word =
                choice.isTextual() ? choice.textValue() : choice.path("mode").asText(type);
        return switch (word) {
            case "required" -> Optional.of(ToolChoice.of(Mode.ANY).parallelDisabled(alone));
            case "none" -> Optional.of(ToolChoice.of(Mode.NONE));
            default -> free(alone);
        };
    }

    /** A tool by name; one that is not offered leaves the model free (K6). */
    private Optional<ToolChoice> named(String type, JsonNode choice, boolean alone) {
        String name = type.equals(SEARCH) ? names.searchName() : name(choice);
        if (!tools.containsKey(name)) {
            dropped.add("tool_choice");
        }
        return tools.containsKey(name) ? Optional.of(ToolChoice.tool(name).parallelDisabled(alone)) : free(alone);
    }

    private static Optional<ToolChoice> free(boolean alone) {
        return alone ? Optional.of(ToolChoice.of(Mode.AUTO).parallelDisabled(true)) : Optional.empty();
    }

    private String name(JsonNode choice) {
        JsonNode node = flat(choice);
        return names.fullName(
                node.path("namespace").asText(""), node.path("name").asText(""));
    }
}
