package dev.patchbay.registry;

import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.registry.Reload.Change;
import dev.patchbay.registry.Reload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what differs between two snapshots; where something stands does not matter. */
final class SnapshotComparison {

    private SnapshotComparison() {}

    static List<Change> changes(RegistrySnapshot before, RegistrySnapshot after) {
        Map<String, Kind> kinds = new TreeMap<>();
        for (Provider provider : after.providers()) {
            if (provider.state() != ProviderState.SHADOWED) {
                kind(before.find(provider.id()), provider).ifPresent(kind -> kinds.put(provider.id(), kind));
            }
        }
        for (Provider provider : before.providers()) {
            if (after.find(provider.id()).isEmpty()) {
                kinds.put(provider.id(), Kind.REMOVED);
            }
        }
        List<Change> changes = new ArrayList<>();
        kinds.forEach((id, kind) -> changes.add(new Change(id, kind)));
        return changes;
    }

    private static Optional<Kind> kind(Optional<Provider> before, Provider after) {
        if (before.isEmpty()) {
            return Optional.of(Kind.ADDED);
        }
        if (LastGood.isKept(after)) {
            return Optional.of(Kind.KEPT);
        }
        return same(before.get(), after) ? Optional.empty() : Optional.of(Kind.CHANGED);
    }

    private static boolean same(Provider before, Provider after) {
        return before.state() == after.state()
                && before.tree().isPresent() == after.tree().isPresent()
                && before.tree()
                        .map(tree -> same(tree, after.tree().orElseThrow()))
                        .orElse(true);
    }

    private static boolean same(Node one, Node other) {
        if (one instanceof ScalarNode scalar && other instanceof ScalarNode text) {
            return scalar.text().equals(text.text()) && scalar.isPlain() == text.isPlain();
        }
        if (one instanceof ListNode list && other instanceof ListNode items) {
            boolean same = list.items().size() == items.items().size();
            for (int i = 0; same && i < list.items().size(); i++) {
                same = same(list.items().get(i), items.items().get(i));
            }
            return same;
        }
        return one instanceof MapNode map && other instanceof MapNode entries && sameEntries(map, entries);
    }

    private static boolean sameEntries(MapNode one, MapNode other) {
        boolean same = one.entries().size() == other.entries().size();
        for (int i = 0; same && i < one.entries().size(); i++) {
            MapNode.Entry here = one.entries().get(i);
            MapNode.Entry there = other.entries().get(i);
            same = here.key().text().equals(there.key().text()) && same(here.value(), there.value());
        }
        return same;
    }
}
