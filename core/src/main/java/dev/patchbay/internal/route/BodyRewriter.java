package dev.patchbay.internal.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.BodySecret;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies body rules to a request, in the order rename, default, set, drop (provider-files.md, section 2).
 *
 * <p>A path leads through objects only. Objects that are missing on the way are made by rename, default and set; what
 * stands in the way is replaced by set, and stops the other rules.
 */
final class BodyRewriter {

    private BodyRewriter() {}

    /** @param lookup finds what a secret is */
    static void apply(BodyRules rules, ObjectNode body, Function<SecretValue, Secret> lookup) {
        rules.rename().forEach((from, to) -> rename(body, from, to));
        rules.defaults().forEach((path, value) -> addIfAbsent(body, path, resolved(value, lookup)));
        rules.set().forEach((path, value) -> set(body, path, resolved(value, lookup)));
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

    private static @Nullable Object resolved(@Nullable Object value, Function<SecretValue, Secret> lookup) {
        if (value instanceof BodySecret held) {
            return held.typed(lookup.apply(held.secret()).reveal());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put((String) name, resolved(member, lookup)));
            return members;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(resolved(item, lookup)));
            return items;
        }
        return value;
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
