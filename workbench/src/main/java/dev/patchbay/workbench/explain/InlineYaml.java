package dev.patchbay.workbench.explain;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes plain JDK values as YAML has them in braces and brackets. For people: texts are not quoted. */
final class InlineYaml {

    private InlineYaml() {}

    static String of(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (data instanceof Collection<?> list) {
            return list.stream().map(InlineYaml::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(data);
    }
}
