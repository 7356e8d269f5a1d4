package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;

/** Finds members of objects whose names every server writes in its own way: {@code Message}, {@code request_id}, {@code requestId}. */
final class LooseMembers {

    /** An object with more members is no error that somebody wrote. */
    private static final int MOST_MEMBERS = 64;

    private LooseMembers() {}

    /**
     * The first member with a value that has one of the names.
     *
     * @param names in lower case, without anything between their words
     */
    static JsonNode find(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode exact = object.path(name);
            if (!exact.isMissingNode() && !exact.isNull()) {
                return exact;
            }
            JsonNode other = object.isObject() && object.size() <= MOST_MEMBERS ? similar(object, name) : exact;
            if (!other.isMissingNode()) {
                return other;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode similar(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isNull() && isWritten(name, member.getKey())) {
                return member.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isWritten(String name, String written) {
        return written.length() >= name.length()
                && written.replace("_", "")
                        .replace("-", "")
                        .toLowerCase(Locale.ROOT)
                        .equals(name);
    }
}
