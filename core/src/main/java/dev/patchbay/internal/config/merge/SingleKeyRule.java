package dev.patchbay.internal.config.merge;

import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/** Lets a key that the upper definition names win over one that it inherits under the other name. */
final class SingleKeyRule {

    private SingleKeyRule() {}

    /** The lower definition without the key that the upper one replaces. */
    static MapNode of(MapNode lower, MapNode upper) {
        Node auth = upper.get(ProviderFieldTable.AUTH.name()).orElse(null);
        if (auth instanceof ScalarNode
                || (auth instanceof MapNode map && map.has(ProviderFieldTable.AUTH_KEY.name()))) {
            return lower.without(ProviderFieldTable.API_KEY.name());
        }
        return upper.has(ProviderFieldTable.API_KEY.name()) ? withoutAuthKey(lower) : lower;
    }

    private static MapNode withoutAuthKey(MapNode lower) {
        List<MapNode.Entry> entries = new ArrayList<>(lower.entries().size());
        for (MapNode.Entry entry : lower.entries()) {
            boolean auth = entry.key().text().equals(ProviderFieldTable.AUTH.name());
            if (auth && entry.value() instanceof MapNode map) {
                entries.add(new MapNode.Entry(entry.key(), map.without(ProviderFieldTable.AUTH_KEY.name())));
            } else if (!auth) {
                entries.add(entry);
            }
        }
        return lower.with(entries);
    }
}
