package dev.patchbay.internal.config.load;

import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes what cannot be used out of a tree, so that the rest can be looked at without follow-on noise. */
final class InvalidValuePruner {

    private InvalidValuePruner() {}

    static Node without(Set<Node> bad, Node node) {
        if (node instanceof MapNode map) {
            List<MapNode.Entry> kept = new ArrayList<>();
            for (MapNode.Entry entry : map.entries()) {
                if (!bad.contains(entry.value()) && !bad.contains(entry.key())) {
                    kept.add(new MapNode.Entry(entry.key(), without(bad, entry.value())));
                }
            }
            return map.with(kept);
        }
        if (node instanceof ListNode list) {
            List<Node> kept = new ArrayList<>();
            for (Node item : list.items()) {
                if (!bad.contains(item)) {
                    kept.add(without(bad, item));
                }
            }
            return ListNode.of(list.source(), list.span(), kept);
        }
        return node;
    }

    /** The fields of which something cannot be used. */
    static Set<String> damaged(Set<Node> bad, MapNode definition) {
        Set<String> fields = new HashSet<>();
        for (MapNode.Entry entry : definition.entries()) {
            if (touches(bad, entry.value())) {
                fields.add(entry.key().text());
            }
        }
        return fields;
    }

    private static boolean touches(Set<Node> bad, Node node) {
        if (bad.contains(node)) {
            return true;
        }
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (bad.contains(entry.key()) || touches(bad, entry.value())) {
                    return true;
                }
            }
        } else if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                if (touches(bad, item)) {
                    return true;
                }
            }
        }
        return false;
    }
}
