package dev.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.JsonValues;
import dev.patchbay.provider.BodyRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies body rules to a request, in the order rename, default, set, drop (provider-files.md, section 2).
 *
 * <p>A path leads through objects only. Objects that are missing on the way are made by rename, default and set; what
 * stands in the way is replaced by set, and stops the other rules.
 */
final class BodyRewriter {

    private BodyRewriter() {}

    static void apply(BodyRules rules, ObjectNode body) {
        rules.rename().forEach((from, to) -> rename(body, from, to));
        rules.defaults().forEach((path, value) -> addIfAbsent(body, path, value));
        rules.set().forEach((path, value) -> set(body, path, value));
        rules.drop().forEach(path -> remove(body, path));
    }

    private static void rename(ObjectNode body, String from, String to) {
        Optional<JsonNode> value = remove(body, from);
        if (value.isEmpty()) {
            return;
        }
        Optional<ObjectNode> newParent = parent(body, to, Way.MAKE);
        String path = newParent.isPresent() ? to : from;
        parent(body, path, Way.MAKE).ifPresent(parent -> parent.set(leaf(path), value.get()));
    }

    private static void addIfAbsent(ObjectNode body, String path, @Nullable Object value) {
        parent(body, path, Way.MAKE)
                .filter(parent -> !parent.has(leaf(path)))
                .ifPresent(parent -> parent.set(leaf(path), JsonValues.toNode(value)));
    }

    private static void set(ObjectNode body, String path, @Nullable Object value) {
        parent(body, path, Way.REPLACE).ifPresent(parent -> parent.set(leaf(path), JsonValues.toNode(value)));
    }

    private static Optional<JsonNode> remove(ObjectNode body, String path) {
        return parent(body, path, Way.ONLY_EXISTING).map(parent -> parent.remove(leaf(path)));
    }

    private static Optional<ObjectNode> parent(ObjectNode body, String path, Way way) {
        ObjectNode node = body;
        for (int start = 0, dot = path.indexOf('.'); dot >= 0; start = dot + 1, dot = path.indexOf('.', start)) {
            String name = path.substring(start, dot);
            JsonNode next = node.get(name);
            if (next instanceof ObjectNode object) {
                node = object;
                continue;
            }
            boolean mayMake = next == null ? way != Way.ONLY_EXISTING : way == Way.REPLACE;
            if (!mayMake) {
                return Optional.empty();
            }
            node = node.putObject(name);
        }
        return Optional.of(node);
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private enum Way {
        ONLY_EXISTING,
        MAKE,
        REPLACE
    }
}
