package dev.patchbay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Changes one value inside a line that ends with JSON, so that it stays JSON. */
final class JsonChanges {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "1e400",
            "1.5",
            "1e-400",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"0\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "{}",
            "[]",
            "[null]",
            "{\"a\":[{}]}",
            "[\"x\",{\"type\":\"text\",\"text\":\"y\"}]",
            "{\"message\":{\"detail\":[{\"loc\":[1],\"msg\":2}]}}");

    private final Random random;

    JsonChanges(Random random) {
        this.random = random;
    }

    /** The line with another value somewhere; as it was if it does not end with JSON. */
    String changed(String line) {
        int start = line.indexOf('{');
        Optional<JsonNode> parsed = start < 0 ? Optional.empty() : Json.tryParse(line.substring(start));
        List<JsonNode> containers = new ArrayList<>();
        parsed.ifPresent(value -> collect(value, containers));
        if (containers.isEmpty()) {
            return line;
        }
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode other = containers.get(random.nextInt(containers.size()));
        JsonNode value =
                random.nextInt(4) == 0 ? other.deepCopy() : Json.parse(VALUES.get(random.nextInt(VALUES.size())));
        if (container instanceof ObjectNode object) {
            change(object, value);
        } else {
            change((ArrayNode) container, value);
        }
        return line.substring(0, start) + Json.text(parsed.orElseThrow());
    }

    private void change(ObjectNode object, JsonNode value) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 ->
                object.set(
                        names.get(random.nextInt(names.size())),
                        object.path(name).deepCopy());
            default -> object.set(name, value);
        }
    }

    private void change(ArrayNode array, JsonNode value) {
        int at = random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.remove(at);
            case 1 -> array.add(array.path(at).deepCopy());
            default -> array.set(at, value);
        }
    }

    private static void collect(JsonNode value, List<JsonNode> containers) {
        if (!value.isEmpty()) {
            containers.add(value);
        }
        value.forEach(inner -> collect(inner, containers));
    }
}
