package dev.patchbay.internal.config.merge;

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
        Node auth = upper.get("auth").orElse(null);
        if (auth instanceof ScalarNode || (auth instanceof MapNode map && map.has("key"))) {
            return lower.without("apiKey");
        }
        return upper.has("apiKey") ? withoutAuthKey(lower) : lower;
    }

    private static MapNode withoutAuthKey(MapNode lower) {
        List<MapNode.Entry> entries = new ArrayList<>(lower.entries().size());
        for (MapNode.Entry entry : lower.entries()) {
            boolean auth = entry.key().text().equals("auth");
            if (auth && entry.value() instanceof MapNode map) {
                entries.add(new MapNode.Entry(entry.key(), map.without("key")));
            } else if (!auth) {
                entries.add(entry);
            }
        }
        return lower.with(entries);
    }
}
