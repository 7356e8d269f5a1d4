package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.ParameterRemedy;
import dev.patchbay.provider.Definition;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One setting of a provider file that differs from what was there.
 *
 * @param path the keys below the provider, such as {@code quirks}, {@code streamUsage}
 * @param value a text, number, boolean, list or map of them
 * @param reason why, in words
 * @param proven whether the provider answered with it, and not without
 * @param edit makes the change in a definition
 */
public record SuggestedSetting(
        List<String> path, Object value, String reason, boolean proven, UnaryOperator<Definition> edit) {

    /** The same change, seen to help. */
    SuggestedSetting asProven() {
        return new SuggestedSetting(path, value, reason, true, edit);
    }

    /** Whether another change sets the same thing to the same value. */
    boolean sameAs(SuggestedSetting other) {
        return path.equals(other.path) && value.equals(other.value);
    }

    /** Whether another change sets the same thing. */
    boolean samePlaceAs(SuggestedSetting other) {
        return path.equals(other.path);
    }

    /** On one line, such as {@code quirks: {streamUsage: false}}. */
    public String line() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            line.append(i == 0 ? "" : "{").append(path.get(i)).append(": ");
        }
        return line.append(inline(value)).append("}".repeat(path.size() - 1)).toString();
    }

    /** A value as YAML writes it inside a line. */
    static String inline(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((key, member) -> text.append(text.length() == 1 ? "" : ", ")
                    .append(key)
                    .append(": ")
                    .append(inline(member)));
            return text.append('}').toString();
        }
        return ParameterRemedy.flow(value);
    }
}
