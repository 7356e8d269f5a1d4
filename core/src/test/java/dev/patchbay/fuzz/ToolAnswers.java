package dev.patchbay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In a chat request every call is answered directly after the message that makes it, and nothing else is (T1, T5, T6). */
final class ToolAnswers {

    private ToolAnswers() {}

    /**
     * The violations in a request for a chat endpoint; a request without tool messages and calls has none. Calls that share an
     * id, which no dialect allows, share an answer.
     */
    static List<String> violations(JsonNode body) {
        List<String> violations = new ArrayList<>();
        List<String> open = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals("tool")) {
                String id = message.path("tool_call_id").asText();
                answered.add(id);
                if (!open.remove(id)) {
                    violations.add("a result for " + id + ", which is not an open call");
                }
                continue;
            }
            close(open, answered, violations);
            message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
        }
        close(open, answered, violations);
        return violations;
    }

    private static void close(List<String> open, Set<String> answered, List<String> violations) {
        open.removeAll(answered);
        if (!open.isEmpty()) {
            violations.add("no result directly after the call " + open);
        }
        open.clear();
        answered.clear();
    }
}
