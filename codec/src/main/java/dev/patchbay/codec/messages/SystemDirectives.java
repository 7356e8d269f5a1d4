package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out what system messages inside a conversation say besides their text, for upstreams that only know text
 * (dialects.md, M6a): tools that come and go, texts that are to be forgotten, the effort of a turn. Tools that were only
 * announced are not offered. Used once.
 */
final class SystemDirectives {

    /** What Claude Code sends in the place of tools that it has not loaded; nobody can call it. */
    private static final String PLACEHOLDER = "DeferredToolPlaceholder";

    private final ObjectNode body;
    private final Map<String, JsonNode> added = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Set<String> loaded = new HashSet<>();
    private Optional<String> effort = Optional.empty();

    private SystemDirectives(ObjectNode body) {
        this.body = body;
    }

    /**
     * The request with everything carried out.
     *
     * @param body the client's request, which is not changed; what need not change is shared with it
     */
    static ObjectNode carriedOut(ObjectNode body) {
        if (!isNeeded(body)) {
            return body;
        }
        return new SystemDirectives(body).carryOut();
    }

    private static boolean isNeeded(ObjectNode body) {
        for (JsonNode message : body.path("messages")) {
            if (isSystem(message)) {
                return true;
            }
        }
        for (JsonNode tool : body.path("tools")) {
            if (isDeferred(tool)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode carryOut() {
        ObjectNode changed = Json.object();
        changed.setAll(body);
        changed.set("messages", messages());
        ArrayNode tools = tools();
        if (body.has("tools") || !tools.isEmpty()) {
            changed.set("tools", tools);
        }
        effort.ifPresent(level -> {
            ObjectNode config = Json.object();
            if (body.path("output_config") instanceof ObjectNode given) {
                config.setAll(given);
            }
            changed.set("output_config", config.put("effort", level));
        });
        return changed;
    }

    private ArrayNode messages() {
        JsonNode messages = body.path("messages");
        int lastUser = -1;
        for (int i = 0; i < messages.size(); i++) {
            lastUser = messages.path(i).path("role").asText("").equals("user") ? i : lastUser;
        }
        ArrayNode kept = Json.array();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.path(i);
            if (isSystem(message)) {
                boolean forgotten = message.path("clear_at").asText("").equals("next_user_message") && i < lastUser;
                kept.add(system(message, forgotten));
            } else {
                message.path("content").forEach(this::noteLoaded);
                kept.add(message);
            }
        }
        return kept;
    }

    private ObjectNode system(JsonNode message, boolean forgotten) {
        Optional.ofNullable(message.path("output_config").path("effort").textValue())
                .ifPresent(level -> effort = Optional.of(level));
        ObjectNode plain = Json.object().put("role", "system");
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return plain.put("content", forgotten ? "" : content.textValue());
        }
        ArrayNode texts = plain.putArray("content");
        for (JsonNode block : content) {
            switch (block.path("type").asText("text")) {
                case "tool_addition" -> add(block.path("tool"));
                case "tool_removal" ->
                    removed.add(block.path("tool").path("name").asText(""));
                default -> {
                    if (!forgotten) {
                        texts.add(block);
                    }
                }
            }
        }
        return plain;
    }

    /** A definition, or the name of a tool that stands in the request; those of MCP servers have neither here. */
    private void add(JsonNode tool) {
        JsonNode definition = tool.path("definition");
        String name = definition.path("name").asText(tool.path("name").asText(""));
        if (definition.isObject()) {
            added.put(name, definition);
        }
        removed.remove(name);
        loaded.add(name);
    }

    /** What a search found is loaded, and so is what was called. */
    private void noteLoaded(JsonNode block) {
        String type = block.path("type").asText("");
        if (type.equals("tool_use")) {
            loaded.add(block.path("name").asText(""));
        } else if (type.equals("tool_reference")) {
            loaded.add(block.path("tool_name").asText(block.path("name").asText("")));
        } else if (type.equals("tool_result") || type.equals("tool_search_tool_result")) {
            block.path("content").forEach(this::noteLoaded);
            block.path("content").path("tool_references").forEach(this::noteLoaded);
        }
    }

    private ArrayNode tools() {
        ArrayNode offered = Json.array();
        Set<String> names = new HashSet<>();
        boolean searchable = !isSearchedByAnthropic();
        for (JsonNode tool : body.path("tools")) {
            String name = tool.path("name").asText("");
            boolean left = removed.contains(name) || (searchable && isDeferred(tool) && !loaded.contains(name));
            if (!left && !name.equals(PLACEHOLDER) && !added.containsKey(name)) {
                offered.add(tool);
                names.add(name);
            }
        }
        added.forEach((name, definition) -> {
            if (!removed.contains(name) && names.add(name)) {
                offered.add(definition);
            }
        });
        return offered;
    }

    /** Such a search does not run elsewhere, and nothing would ever be loaded: everything is offered at once. */
    private boolean isSearchedByAnthropic() {
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asText("").startsWith("tool_search_tool")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSystem(JsonNode message) {
        return message.path("role").asText("").equals("system");
    }

    private static boolean isDeferred(JsonNode tool) {
        return tool.path("defer_loading").asBoolean(false)
                || tool.path("name").asText("").equals(PLACEHOLDER);
    }
}
