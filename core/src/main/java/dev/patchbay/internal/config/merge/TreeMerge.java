package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.Merge;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges two trees by the rules of the table (provider-files.md, section 2, column merge). */
final class TreeMerge {

    /** The header that clients send for the upstream; null keeps it from there (docs/design/dialects.md, A1). */
    private static final String OF_THE_CLIENT = "anthropic-beta";

    private final List<Diagnostic> problems = new ArrayList<>(0);

    /** Entries that were to be removed and are not there. */
    List<Diagnostic> problems() {
        return problems;
    }

    MapNode record(Shape.Table shape, MapNode lower, MapNode upper) {
        List<MapNode.Entry> merged = new ArrayList<>(lower.entries());
        for (MapNode.Entry entry : upper.entries()) {
            Field<?> field = shape.fields().get(entry.key().text());
            if (field != null && field.merge() == Merge.NOT_INHERITED) {
                continue;
            }
            int at = indexOf(merged, entry.key().text(), false);
            Node below = at < 0 ? null : merged.get(at).value();
            put(merged, at, entry(entry, value(field, below, entry.value())));
        }
        return upper.with(merged);
    }

    private Node value(@Nullable Field<?> field, @Nullable Node lower, Node upper) {
        if (field == null || field.merge() != Merge.BY_KEY) {
            return lower == null ? upper : upper.over(lower);
        }
        return byKey(field.shape(), lower, upper);
    }

    private Node byKey(Shape shape, @Nullable Node lower, Node upper) {
        Node normal = listed(upper);
        if (!(normal instanceof MapNode map)) {
            return lower == null ? upper : upper.over(lower);
        }
        MapNode below = lower instanceof MapNode lowerMap ? lowerMap : map.with(List.of());
        Shape chosen = shape instanceof Shape.Either either && either.mapping() != null ? either.mapping() : shape;
        if (chosen instanceof Shape.Table fields) {
            return record(fields, below, map);
        }
        return chosen instanceof Shape.MapOf entries ? entries(entries, below, map) : map;
    }

    private MapNode entries(Shape.MapOf shape, MapNode lower, MapNode upper) {
        boolean anyCase = shape.keys() == KeyType.HEADER;
        List<MapNode.Entry> merged = new ArrayList<>(lower.entries());
        for (MapNode.Entry entry : upper.entries()) {
            int at = indexOf(merged, entry.key().text(), anyCase);
            if (anyCase && isNull(entry.value()) && entry.key().text().equalsIgnoreCase(OF_THE_CLIENT)) {
                put(merged, at, new MapNode.Entry(entry.key(), nothing(entry.value())));
                continue;
            }
            if (isNull(entry.value()) && !shape.nullIsValue()) {
                remove(merged, at, entry);
                continue;
            }
            Node below = at < 0 ? null : merged.get(at).value();
            put(merged, at, entry(entry, entryValue(shape.value(), below, entry.value())));
        }
        return upper.with(merged);
    }

    /** A value that is none: what the client sends under this name does not pass either. */
    private static Node nothing(Node value) {
        return ScalarNode.of(value.source(), value.span(), "", false);
    }

    private Node entryValue(Shape shape, @Nullable Node lower, Node upper) {
        if (shape instanceof Shape.Table fields && upper instanceof MapNode map) {
            MapNode below = lower instanceof MapNode lowerMap ? lowerMap : map.with(List.of());
            return record(fields, below, map);
        }
        return lower == null ? upper : upper.over(lower);
    }

    private void remove(List<MapNode.Entry> merged, int at, MapNode.Entry entry) {
        if (at >= 0) {
            merged.remove(at);
            return;
        }
        String key = entry.key().text();
        problems.add(entry.key()
                .warning(Code.NOTHING_REMOVED, "null removes an inherited " + key + ", and there is none")
                .help("remove the line; write " + key + ": {} for a model without details")
                .build());
    }

    /** A list of ids is a mapping of ids without details. */
    private static Node listed(Node node) {
        if (!(node instanceof ListNode list)) {
            return node;
        }
        List<MapNode.Entry> entries = new ArrayList<>(list.items().size());
        for (Node item : list.items()) {
            if (item instanceof ScalarNode id) {
                entries.add(new MapNode.Entry(id, MapNode.of(id.source(), id.span(), List.of())));
            }
        }
        return MapNode.of(list.source(), list.span(), entries);
    }

    /** The entry itself where nothing has changed. */
    private static MapNode.Entry entry(MapNode.Entry upper, Node value) {
        return value == upper.value() ? upper : new MapNode.Entry(upper.key(), value);
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isNull();
    }

    private static void put(List<MapNode.Entry> merged, int at, MapNode.Entry entry) {
        if (at < 0) {
            merged.add(entry);
        } else {
            merged.set(at, entry);
        }
    }

    private static int indexOf(List<MapNode.Entry> entries, String key, boolean anyCase) {
        for (int i = 0; i < entries.size(); i++) {
            String known = entries.get(i).key().text();
            if (anyCase ? known.equalsIgnoreCase(key) : known.equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
