package dev.patchbay.internal.config.tree;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mapping, in the order of the file; keys are unique. */
public final class MapNode extends Node {

    private final List<Entry> entries;

    /** A bit for each key, so that a key which is not there is mostly not looked for. */
    private final long keys;

    private MapNode(Source source, Span span, List<Entry> entries, @Nullable Node overrode) {
        super(source, span, overrode);
        this.entries = entries;
        long bits = 0;
        for (Entry entry : entries) {
            bits |= bit(entry.key().text());
        }
        this.keys = bits;
    }

    public static MapNode of(Source source, Span span, List<Entry> entries) {
        return new MapNode(source, span, List.copyOf(entries), null);
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The entry of a key, with its key's place. */
    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(find(key));
    }

    /** The value of a key. */
    public Optional<Node> get(String key) {
        Entry entry = find(key);
        return entry == null ? Optional.empty() : Optional.of(entry.value());
    }

    public boolean has(String key) {
        return find(key) != null;
    }

    /** The mapping at the same place with other entries. */
    public MapNode with(List<Entry> others) {
        return new MapNode(source(), span(), List.copyOf(others), overrode().orElse(null));
    }

    /** The same mapping without some keys. */
    public MapNode without(String... keys) {
        List<String> unwanted = List.of(keys);
        return with(entries.stream()
                .filter(entry -> !unwanted.contains(entry.key().text()))
                .toList());
    }

    @Override
    public MapNode over(Node lower) {
        return new MapNode(source(), span(), entries, lower);
    }

    @Override
    public String kind() {
        return "a mapping";
    }

    // A mapping of a provider file has few keys: a walk beats a hash table, and costs nothing to build.
    private @Nullable Entry find(String key) {
        if ((keys & bit(key)) == 0) {
            return null;
        }
        for (Entry entry : entries) {
            if (entry.key().text().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    private static long bit(String key) {
        return 1L << key.hashCode();
    }

    /** A key and its value. */
    public record Entry(ScalarNode key, Node value) {}
}
