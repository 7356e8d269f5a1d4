package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into JSON that was read into maps and lists; what is not there is empty. */
final class Tree {

    private Tree() {}

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** The objects of a list. */
    static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        if (value instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?>) {
                    objects.add(object(item));
                }
            }
        }
        return objects;
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    static String role(Map<String, @Nullable Object> message) {
        return text(message.get("role"));
    }

    /** The ids of the calls of a chat message. */
    static List<String> callIds(Map<String, @Nullable Object> message) {
        return objects(message.get("tool_calls")).stream()
                .map(call -> text(call.get("id")))
                .toList();
    }

    /** Every schema of a request, at every depth. */
    static List<Map<String, @Nullable Object>> schemas(Map<String, @Nullable Object> body) {
        List<Map<String, @Nullable Object>> schemas = new ArrayList<>();
        for (Map<String, @Nullable Object> tool : objects(body.get("tools"))) {
            collect(object(tool.get("function")).get("parameters"), schemas);
            collect(tool.get("parameters"), schemas);
            collect(tool.get("input_schema"), schemas);
        }
        collect(object(object(body.get("response_format")).get("json_schema")).get("schema"), schemas);
        collect(object(object(body.get("output_config")).get("format")).get("schema"), schemas);
        return schemas;
    }

    private static void collect(@Nullable Object node, List<Map<String, @Nullable Object>> schemas) {
        if (node instanceof List<?> items) {
            items.forEach(item -> collect(item, schemas));
        }
        if (!(node instanceof Map<?, ?>)) {
            return;
        }
        Map<String, @Nullable Object> schema = object(node);
        schemas.add(schema);
        for (Map.Entry<String, @Nullable Object> member : schema.entrySet()) {
            switch (member.getKey()) {
                case "properties", "$defs", "definitions", "patternProperties" ->
                    object(member.getValue()).values().forEach(child -> collect(child, schemas));
                case "enum", "const", "default", "required", "examples" -> {}
                default -> collect(member.getValue(), schemas);
            }
        }
    }
}
