package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code configuration_update} items change of a request from their place on (dialects.md, P2). Only what is in effect at the end
 * counts for the answer, so that is what the request asks for.
 */
final class ConfigurationUpdates {

    static final String TYPE = "configuration_update";

    private static final Map<String, Set<String>> READ =
            Map.of("reasoning", Set.of("effort"), "text", Set.of("format", "verbosity"));

    private static final Set<String> BOOKKEEPING = Set.of("type", "id");

    private ConfigurationUpdates() {}

    /** The request with all updates made; what of them is not read is noted. */
    static ObjectNode made(ObjectNode body, List<ObjectNode> items, DroppedMembers dropped) {
        ObjectNode changed = Json.object();
        changed.setAll(body);
        for (ObjectNode item : items) {
            if (item.path("type").asText("").equals(TYPE)) {
                item.properties().forEach(member -> make(member, changed, dropped));
            }
        }
        return changed;
    }

    private static void make(Map.Entry<String, JsonNode> member, ObjectNode changed, DroppedMembers dropped) {
        String name = member.getKey();
        if (BOOKKEEPING.contains(name) || member.getValue().isNull()) {
            return;
        }
        Set<String> read = READ.getOrDefault(name, Set.of());
        if (read.isEmpty() || !member.getValue().isObject()) {
            dropped.add("input." + TYPE + "." + name);
            return;
        }
        ObjectNode settings = Json.object();
        if (changed.path(name) instanceof ObjectNode before) {
            settings.setAll(before);
        }
        member.getValue().properties().forEach(setting -> {
            if (read.contains(setting.getKey())) {
                settings.set(setting.getKey(), setting.getValue());
            } else {
                dropped.add("input." + TYPE + "." + name + "." + setting.getKey());
            }
        });
        changed.set(name, settings);
    }
}
