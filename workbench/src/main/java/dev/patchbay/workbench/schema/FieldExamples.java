package dev.patchbay.workbench.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Defaults and examples of a field: an editor offers them, and no check looks at them. */
final class FieldExamples {

    private static final char LEFT_OUT = '…';

    private FieldExamples() {}

    static void addTo(ObjectNode schema, Field<?> field) {
        field.defaultText()
                .flatMap(text -> value("default: " + text, "default"))
                .ifPresent(value -> schema.set("default", value));
        ArrayNode examples = schema.arrayNode();
        field.known().forEach(examples::add);
        if (field.known().isEmpty() && field.example().indexOf(LEFT_OUT) < 0) {
            value(field.example(), field.name()).ifPresent(examples::add);
        }
        if (!examples.isEmpty()) {
            schema.set("examples", examples);
        }
    }

    /** The value of a key in a line, at whatever depth. */
    private static Optional<JsonNode> value(String line, String key) {
        return YamlReader.read("example", Layer.BUILT_IN, null, line.getBytes(StandardCharsets.UTF_8))
                .root()
                .flatMap(root -> find(root, key))
                .map(EditorValues::of);
    }

    private static Optional<Node> find(MapNode map, String key) {
        Optional<Node> here = map.get(key);
        if (here.isPresent()) {
            return here;
        }
        return map.entries().stream()
                .map(MapNode.Entry::value)
                .filter(MapNode.class::isInstance)
                .flatMap(below -> find((MapNode) below, key).stream())
                .findFirst();
    }
}
