package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.ToolSchemas;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.Tool;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of the members of a tool's input as Anthropic takes them, and back (dialects.md, VQ4). One other name in one tool is a 400
 * for every request that brings it (decocms/studio#6874, NousResearch/hermes-agent#40236). Immutable.
 */
final class InputNames {

    private static final Pattern TAKEN = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final ToolNames SHORT = ToolNames.of(List.of(), 64);

    private final List<Tool> tools;

    /** Those of the tools of one request, which are known by the names that the client declared. */
    InputNames(List<Tool> tools) {
        this.tools = tools;
    }

    /** A schema of the caller's own, with names that are taken at its top; deeper down all are. */
    static ObjectNode bring(ObjectNode schema) {
        JsonNode properties = schema.path("properties");
        if (originals(properties).isEmpty()) {
            return schema;
        }
        ObjectNode brought = schema.putObject("properties");
        properties.properties().forEach(entry -> brought.set(sent(entry.getKey()), entry.getValue()));
        if (schema.path("required") instanceof ArrayNode required) {
            ArrayNode names = schema.putArray("required");
            required.forEach(name -> names.add(sent(name.asText(""))));
        }
        return schema;
    }

    /** The input of a call in the history, by the names that its tool is offered with. */
    static Map<String, @Nullable Object> sent(Map<String, @Nullable Object> input) {
        if (input.keySet().stream().allMatch(InputNames::isTaken)) {
            return input;
        }
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        input.forEach((name, value) -> sent.put(sent(name), value));
        return sent;
    }

    /** Whether a tool has members that go by another name. */
    boolean differ(String tool) {
        return !originals(tool).isEmpty();
    }

    /** The input of a call, by the names that the client declared. */
    Map<String, @Nullable Object> restored(String tool, Map<String, @Nullable Object> input) {
        Map<String, String> originals = originals(tool);
        if (originals.isEmpty()) {
            return input;
        }
        Map<String, @Nullable Object> restored = new LinkedHashMap<>();
        input.forEach((name, value) -> restored.put(originals.getOrDefault(name, name), value));
        return restored;
    }

    /** The same for the text of an input; what is no object stays as it came. */
    String restored(String tool, String json) {
        return Json.tryParse(json)
                .filter(JsonNode::isObject)
                .map(input -> {
                    Map<String, String> originals = originals(tool);
                    ObjectNode restored = Json.object();
                    input.properties()
                            .forEach(entry -> restored.set(
                                    originals.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue()));
                    return Json.text(restored);
                })
                .orElse(json);
    }

    /** Of the schema as it is offered: what stands side by side at its top is one object there. */
    private Map<String, String> originals(String name) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name) && tool.type().isEmpty())
                .findFirst()
                .map(tool ->
                        originals(ToolSchemas.forMessages(tool.inputSchema()).path("properties")))
                .orElse(Map.of());
    }

    private static Map<String, String> originals(JsonNode properties) {
        Map<String, String> originals = new HashMap<>();
        properties.fieldNames().forEachRemaining(name -> {
            if (!isTaken(name)) {
                originals.put(sent(name), name);
            }
        });
        return originals;
    }

    private static String sent(String name) {
        return isTaken(name) ? name : SHORT.sent(name);
    }

    private static boolean isTaken(String name) {
        return TAKEN.matcher(name).matches();
    }
}
