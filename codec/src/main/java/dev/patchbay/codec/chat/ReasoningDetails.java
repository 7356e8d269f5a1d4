package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenRouter's record of an answer's thinking, which has to come back with its calls (dialects.md, G1). Pieces of one entry are
 * joined. What is given on is one list, which grows until the answer ends. Used by one thread.
 */
final class ReasoningDetails {

    private final List<Map<String, @Nullable Object>> entries = new ArrayList<>();

    /** Takes the entries of a message, or of a delta. */
    void add(JsonNode details) {
        if (!details.isArray()) {
            return;
        }
        for (JsonNode entry : details) {
            if (entry instanceof ObjectNode object) {
                add(object);
            }
        }
    }

    /** The record as a member of a call; none if there is nothing by now. */
    Map<String, @Nullable Object> more() {
        return entries.isEmpty() ? Map.of() : Map.of(AssistantMessage.DETAILS, Collections.unmodifiableList(entries));
    }

    private void add(ObjectNode entry) {
        int last = entries.size() - 1;
        Map<String, @Nullable Object> piece = JsonValues.toMap(entry);
        boolean continues = last >= 0
                && piece.get("index") != null
                && String.valueOf(piece.get("index"))
                        .equals(String.valueOf(entries.get(last).get("index")))
                && String.valueOf(piece.get("type"))
                        .equals(String.valueOf(entries.get(last).get("type")));
        if (!continues) {
            entries.add(new LinkedHashMap<>(piece));
            return;
        }
        Map<String, @Nullable Object> whole = entries.get(last);
        piece.forEach((name, value) -> {
            boolean grows = name.equals("text") || name.equals("summary") || name.equals("data");
            if (grows && value instanceof String more && whole.get(name) instanceof String before) {
                whole.put(name, before + more);
            } else if (value != null) {
                whole.put(name, value);
            }
        });
    }
}
