package dev.patchbay.internal.config.merge;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields.Held;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decide who else may see a key: {@code http.proxy} and {@code http.tls} (provider-files.md, sections 2.2
 * and 4). They are bound to the origin like the key itself.
 */
final class BoundSettings {

    private BoundSettings() {}

    /** The first setting of the upper definition that would show an inherited key to somebody new. */
    static Optional<Setting> broughtIn(MapNode lower, MapNode upper) {
        return broughtIn(ProviderFieldTable.PROVIDER, "", lower, upper);
    }

    private static Optional<Setting> broughtIn(Shape.Table table, String path, @Nullable Node lower, MapNode upper) {
        for (Field<?> field : table.fields().values()) {
            Node value = upper.get(field.name()).orElse(null);
            if (value == null) {
                continue;
            }
            String name = path + field.name();
            Node below = lower instanceof MapNode map ? map.get(field.name()).orElse(null) : null;
            Optional<Setting> found = field.shape() instanceof Shape.Table inside && value instanceof MapNode map
                    ? broughtIn(inside, name + ".", below, map)
                    : exposing(field, value, below).map(node -> new Setting(name, node));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Node> exposing(Field<?> field, Node value, @Nullable Node below) {
        if (!(value instanceof ScalarNode scalar) || scalar.isNull()) {
            return Optional.empty();
        }
        boolean inherited = below instanceof ScalarNode other && other.text().equals(scalar.text());
        return field.exposesKeys(scalar.text(), inherited) ? Optional.<Node>of(scalar) : Optional.empty();
    }

    /** What the table says stays behind as a whole, each as the entry that holds it. */
    static List<Held> in(MapNode definition) {
        List<Held> found = new ArrayList<>(0);
        collect(ProviderFieldTable.PROVIDER, List.of(), definition, found);
        return found;
    }

    private static void collect(Shape.Table table, List<String> parent, MapNode map, List<Held> found) {
        for (MapNode.Entry entry : map.entries()) {
            Field<?> field = table.fields().get(entry.key().text());
            if (field == null) {
                continue;
            }
            List<String> path = new ArrayList<>(parent);
            path.add(field.name());
            if (field.isBound()) {
                found.add(new Held(path, entry));
            } else if (field.shape() instanceof Shape.Table inside && entry.value() instanceof MapNode below) {
                collect(inside, path, below, found);
            }
        }
    }

    /**
     * A setting.
     *
     * @param path the field that holds it
     */
    record Setting(String path, Node value) {}
}
