package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a definition by their paths; a list, a secret and a value of a body count as one. */
final class ValueTree {

    private final MapNode root;
    private final Map<List<String>, Found> leaves = new LinkedHashMap<>();

    ValueTree(MapNode root) {
        this.root = root;
        for (Field<?> field : ProviderFieldTable.PROVIDER.fields().values()) {
            root.get(field.name()).ifPresent(node -> add(List.of(field.name()), node, field.shape()));
        }
    }

    Map<List<String>, Found> leaves() {
        return leaves;
    }

    /** The value at a path, or the one above it that has no keys of its own; empty if nothing is said there. */
    Optional<Found> at(List<String> path) {
        Node node = root;
        for (int i = 0; i < path.size(); i++) {
            if (!(node instanceof MapNode) && !(node instanceof ListNode)) {
                return Optional.of(new Found(path.subList(0, i), node));
            }
            Node next = child(node, path.get(i), FieldKinds.isHeaders(path.subList(0, i)));
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(new Found(path, node));
    }

    /** The value at a path, or the nearest one above it. */
    Optional<Found> nearest(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Optional<Found> found = at(path.subList(0, length));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The path as the key of a map: the names of headers are the same in any case. */
    static List<String> key(List<String> path) {
        if (path.size() < 2 || !path.get(0).equals("headers")) {
            return path;
        }
        return List.of(path.get(0), path.get(1).toLowerCase(Locale.ROOT));
    }

    private static @Nullable Node child(Node node, String name, boolean anyCase) {
        if (!(node instanceof MapNode map)) {
            return listed((ListNode) node, name);
        }
        for (MapNode.Entry entry : map.entries()) {
            String known = entry.key().text();
            if (anyCase ? known.equalsIgnoreCase(name) : known.equals(name)) {
                return entry.value();
            }
        }
        return null;
    }

    /** An id in a list of models is a model without details. */
    private static @Nullable Node listed(ListNode list, String name) {
        for (Node item : list.items()) {
            if (item instanceof ScalarNode scalar && scalar.text().equals(name)) {
                return MapNode.of(item.source(), item.span(), List.of());
            }
        }
        return null;
    }

    private void add(List<String> path, Node node, @Nullable Shape shape) {
        Shape chosen = shape instanceof Shape.Either either && node instanceof MapNode ? either.mapping() : shape;
        boolean inner = chosen instanceof Shape.Table || chosen instanceof Shape.MapOf;
        if (!inner || !(node instanceof MapNode map)) {
            leaves.put(key(path), new Found(path, node));
            return;
        }
        if (map.entries().isEmpty()) {
            addEmpty(path, map);
        }
        for (MapNode.Entry entry : map.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key().text());
            add(List.copyOf(below), entry.value(), below(chosen, entry.key().text()));
        }
    }

    /** A model without details is there; a field of which nothing is left is not. */
    private void addEmpty(List<String> path, MapNode map) {
        if (path.size() > 1) {
            leaves.put(key(path), new Found(path, map));
        }
    }

    private static @Nullable Shape below(@Nullable Shape shape, String key) {
        if (shape instanceof Shape.MapOf map) {
            return map.value();
        }
        Field<?> field = shape instanceof Shape.Table table ? table.fields().get(key) : null;
        return field == null ? null : field.shape();
    }

    /** A value and where it stands. */
    record Found(List<String> path, Node node) {}
}
