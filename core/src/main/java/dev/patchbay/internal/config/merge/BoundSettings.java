package dev.patchbay.internal.config.merge;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings that decide who else may see a key: {@code http.proxy} and {@code http.tls} (provider-files.md, sections 2.2
 * and 4). They are bound to the origin like the key itself.
 */
final class BoundSettings {

    private static final List<String> HARMLESS_PROXIES = List.of("inherit", "none");

    private BoundSettings() {}

    /** The first setting of the upper definition that would show an inherited key to somebody new. */
    static Optional<Setting> broughtIn(MapNode lower, MapNode upper) {
        Optional<MapNode> http = mapping(upper, "http");
        if (http.isEmpty()) {
            return Optional.empty();
        }
        Optional<MapNode> below = mapping(lower, "http");
        Optional<Setting> proxy = text(http, "proxy")
                .filter(node -> !HARMLESS_PROXIES.contains(node.text()) && !isSame(node, text(below, "proxy")))
                .map(node -> new Setting("http.proxy", node));
        Optional<MapNode> tls = http.flatMap(settings -> mapping(settings, "tls"));
        // The same relative path is another file beside another provider file.
        Optional<Setting> caFile = text(tls, "caFile").map(node -> new Setting("http.tls.caFile", node));
        Optional<Setting> unverified = text(tls, "insecureSkipVerify")
                .filter(node -> !node.text().equals("false"))
                .filter(node ->
                        !isSame(node, text(below.flatMap(settings -> mapping(settings, "tls")), "insecureSkipVerify")))
                .map(node -> new Setting("http.tls.insecureSkipVerify", node));
        return proxy.or(() -> caFile).or(() -> unverified);
    }

    /** The definition without whatever the table says stays behind as a whole. */
    static MapNode removeFrom(MapNode definition) {
        return without(ProviderFieldTable.PROVIDER, definition);
    }

    private static MapNode without(Shape.Table table, MapNode map) {
        List<MapNode.Entry> kept = new ArrayList<>(map.entries().size());
        for (MapNode.Entry entry : map.entries()) {
            Field field = table.fields().get(entry.key().text());
            if (field != null
                    && !field.isBound()
                    && field.shape() instanceof Shape.Table inside
                    && entry.value() instanceof MapNode below) {
                kept.add(new MapNode.Entry(entry.key(), without(inside, below)));
            } else if (field == null || !field.isBound()) {
                kept.add(entry);
            }
        }
        return map.with(kept);
    }

    private static Optional<MapNode> mapping(MapNode map, String key) {
        return map.get(key).filter(MapNode.class::isInstance).map(MapNode.class::cast);
    }

    private static Optional<ScalarNode> text(Optional<MapNode> map, String key) {
        return map.flatMap(found -> found.get(key))
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .filter(scalar -> !scalar.isNull());
    }

    private static boolean isSame(ScalarNode node, Optional<ScalarNode> other) {
        return other.isPresent() && other.get().text().equals(node.text());
    }

    /**
     * A setting.
     *
     * @param path the field that holds it
     */
    record Setting(String path, Node value) {}
}
