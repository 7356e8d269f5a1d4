package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;

/** Makes requests comparable. */
public final class NormalRequest {

    private NormalRequest() {}

    /** Members that mean the same when they are left out. */
    public static ObjectNode of(JsonNode request) {
        ObjectNode copy = request.deepCopy();
        JsonNode choice = copy.path("tool_choice");
        boolean auto = choice.size() == 1 && choice.path("type").asText().equals("auto");
        if (auto || choice.asText().equals("auto")) {
            copy.remove("tool_choice");
        }
        if (!copy.path("stream").asBoolean(true)) {
            copy.remove("stream");
        }
        if (copy.path("parallel_tool_calls").asBoolean(false)) {
            copy.remove("parallel_tool_calls");
        }
        if (copy.path("stop").isTextual()) {
            copy.set("stop", Json.array().add(copy.path("stop")));
        }
        if (copy.path("system").isArray()) {
            copy.path("system").forEach(block -> ((ObjectNode) block).remove("cache_control"));
        }
        return copy;
    }
}
