package dev.patchbay.internal.http;

import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a provider file can say to keep a refused member out of requests.
 *
 * @param section {@code quirks} or {@code body}
 * @param key within the section
 * @param value a text, number, boolean or list of texts
 */
public record ParameterRemedy(String section, String key, Object value) {

    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_.-]*";

    /** On one line, such as {@code quirks: {streamUsage: false}}. */
    public String yaml() {
        return section + ": {" + key + ": " + flow(value) + "}";
    }

    /** A value as YAML writes it inside a line: a text or a list of texts without quotes where they can be left off. */
    public static String flow(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().map(ParameterRemedy::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof String text && text.matches(PLAIN)) {
            return text;
        }
        return Json.text(JsonValues.toNode(value));
    }
}
