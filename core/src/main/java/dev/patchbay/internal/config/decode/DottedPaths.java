package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import org.jspecify.annotations.Nullable;

/** Finds a value by its dotted path. */
final class DottedPaths {

    private DottedPaths() {}

    /** The value, or the nearest one above it that is there; null if not even the first step is. */
    static @Nullable Node find(MapNode tree, String path) {
        Node found = null;
        Node at = tree;
        for (String step : path.split("\\.", -1)) {
            Node next = at instanceof MapNode map ? map.get(step).orElse(null) : null;
            if (next == null) {
                return found;
            }
            found = next;
            at = next;
        }
        return found;
    }
}
