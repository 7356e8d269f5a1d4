package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.OfferedTools;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.codec.messages.MessagesTools;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.spi.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tools of a chat request and the choice among them (dialects.md, VQ1, VQ2 and VQ4): functions, custom tools, the
 * {@code functions} of old clients, and the shapes of other dialects that some clients mix in.
 */
final class ChatToolReader {

    /** Members of a tool that are read, here or in the answer. */
    private static final Set<String> READ =
            Set.of("type", "function", "name", "description", "parameters", "strict", "cache_control");

    private static final Set<String> CUSTOM =
            Set.of("type", "custom", "name", "description", "format", "cache_control");

    private ChatToolReader() {}

    static void read(ObjectNode body, ChatRequest.Builder request, DroppedMembers dropped) {
        JsonNode said = body.path("tool_choice");
        JsonNode choice = said.isMissingNode() || said.isNull() ? body.path("function_call") : said;
        Optional<Set<String>> allowed = allowed(choice);
        List<Tool> tools = new ArrayList<>();
        int position = 0;
        for (JsonNode entry : body.path("tools")) {
            tools.add(tool(entry, position++, dropped));
        }
        for (JsonNode function : body.path("functions")) {
            tools.add(function(function, function, dropped));
        }
        tools.removeIf(tool -> allowed.isPresent() && !allowed.get().contains(tool.name()));
        tools.forEach(request::tool);
        boolean alone = !body.path("parallel_tool_calls").asBoolean(true);
        if (!tools.isEmpty()) {
            choice(choice, alone, dropped).ifPresent(request::toolChoice);
        } else if (!name(choice).isEmpty()) {
            dropped.add("tool_choice");
        }
    }

    /** The names that a choice is limited to; empty if to none. */
    private static Optional<Set<String>> allowed(JsonNode choice) {
        JsonNode allowed = choice.path("allowed_tools");
        if (allowed.isMissingNode()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        allowed.path("tools").forEach(tool -> names.add(name(tool)));
        return Optional.of(names);
    }

    private static Tool tool(JsonNode entry, int position, DroppedMembers dropped) {
        JsonNode function = entry.path("function");
        if (!function.path("name").asText("").isEmpty()) {
            return function(function, entry, dropped);
        }
        String name = name(entry);
        String type = entry.path("type").asText("");
        if (!name.isEmpty() && CustomTools.isCustom(entry)) {
            OfferedTools.noteUnread(entry, CUSTOM, dropped);
            OfferedTools.noteUnread(entry.path("custom"), CUSTOM, dropped);
            return CustomTools.read(entry, dropped);
        }
        if (!name.isEmpty() && type.equals("function")) {
            return function(entry, entry, dropped);
        }
        boolean ofAnthropic = entry.has("input_schema") || (!type.isEmpty() && !type.equals("function"));
        if (!name.isEmpty() && ofAnthropic && entry instanceof ObjectNode object) {
            return MessagesTools.read(object);
        }
        String shown = Json.text(entry);
        throw Bodies.invalid("tools." + position + ": a tool of this shape is not understood: "
                + shown.substring(0, Math.min(200, shown.length())));
    }

    private static Tool function(JsonNode function, JsonNode entry, DroppedMembers dropped) {
        OfferedTools.noteUnread(function, READ, dropped);
        OfferedTools.noteUnread(entry, READ, dropped);
        Map<String, @Nullable Object> more = new HashMap<>(ChatParts.marks(function));
        more.putAll(ChatParts.marks(entry));
        if (function.path("strict").asBoolean(false)) {
            more.put("strict", true);
        }
        Tool.Builder read = Tool.builder(function.path("name").asText(""))
                .inputSchema(function.path("parameters") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null)
                .more(Map.copyOf(more));
        Optional.ofNullable(function.path("description").textValue()).ifPresent(read::description);
        return read.build();
    }

    private static Optional<ToolChoice> choice(JsonNode choice, boolean alone, DroppedMembers dropped) {
        String word = choice.isTextual()
                ? choice.textValue()
                : choice.path("allowed_tools")
                        .path("mode")
                        .asText(choice.path("type").asText(""));
        String name = name(choice);
        if (!name.isEmpty()) {
            return Optional.of(ToolChoice.tool(name).parallelDisabled(alone));
        }
        return switch (word) {
            case "required", "any" -> Optional.of(ToolChoice.of(Mode.ANY).parallelDisabled(alone));
            case "none" -> Optional.of(ToolChoice.of(Mode.NONE));
            case "auto", "" -> free(alone);
            default -> {
                dropped.add("tool_choice");
                yield free(alone);
            }
        };
    }

    private static Optional<ToolChoice> free(boolean alone) {
        return alone ? Optional.of(ToolChoice.of(Mode.AUTO).parallelDisabled(true)) : Optional.empty();
    }

    /** A name, wherever the dialects put it. */
    private static String name(JsonNode node) {
        for (String member : List.of("function", "custom")) {
            String name = node.path(member).path("name").asText("");
            if (!name.isEmpty()) {
                return name;
            }
        }
        return node.path("name").asText("");
    }
}
