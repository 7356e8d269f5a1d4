package dev.patchbay.fuzz.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a stream. Used by one thread. */
final class Checks {

    private final List<String> violations = new ArrayList<>();

    List<String> violations() {
        return violations;
    }

    void check(boolean good, String violation) {
        if (!good) {
            violations.add(violation);
        }
    }

    /** As {@link #check(boolean, String)}, and says where: only then is it turned into text. */
    void check(boolean good, String violation, Object where) {
        if (!good) {
            violations.add(violation + ": " + where);
        }
    }

    /** The member is a text, and not an empty one. */
    void text(JsonNode node, String member) {
        check(!node.path(member).asText("").isEmpty() && node.path(member).isTextual(), member + " is no text", node);
    }

    /** The member is a text of any length. */
    void anyText(JsonNode node, String member) {
        check(node.path(member).isTextual(), member + " is no text", node);
    }

    /** The member is a whole number, 0 or more. */
    void count(JsonNode node, String member) {
        JsonNode value = node.path(member);
        check(value.isIntegralNumber() && value.bigIntegerValue().signum() >= 0, member + " is no count", node);
    }

    /** Each of the members is there, null or not. */
    void members(JsonNode node, String... members) {
        for (String member : members) {
            check(node.has(member), member + " is missing", node);
        }
    }
}
