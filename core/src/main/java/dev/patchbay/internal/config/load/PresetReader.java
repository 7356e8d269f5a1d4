package dev.patchbay.internal.config.load;

import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads those presets that some definition extends, and those that these extend in turn. */
public final class PresetReader {

    /** What {@code extends} begins with where it names a preset. */
    public static final String PREFIX = "preset:";

    private final Presets presets;
    private final Vocabulary vocabulary;

    public PresetReader(Presets presets, Vocabulary vocabulary) {
        this.presets = presets;
        this.vocabulary = vocabulary;
    }

    /** The definitions of presets that the given ones need, without the given ones; none if no preset is named. */
    public List<RawDefinition> needed(List<RawDefinition> definitions) {
        List<RawDefinition> read = new ArrayList<>(0);
        Set<String> done = new HashSet<>();
        definitions.stream()
                .filter(definition -> definition.layer() == Layer.PRESET)
                .forEach(definition -> done.add(definition.id()));
        Deque<RawDefinition> open = new ArrayDeque<>(definitions);
        while (!open.isEmpty()) {
            Optional<String> id = preset(open.remove());
            if (id.isPresent() && done.add(id.get())) {
                List<RawDefinition> found = read(id.get());
                read.addAll(found);
                open.addAll(found);
            }
        }
        return read;
    }

    /** The definition of a preset, without what it extends in turn. */
    public Optional<RawDefinition> named(String id) {
        return read(id).stream().findFirst();
    }

    /** Only the one that was asked for: what else its file holds is not needed, right or wrong. */
    private List<RawDefinition> read(String id) {
        return presets.file(id)
                .map(file -> DefinitionReader.read(List.of(file), vocabulary).definitions().stream()
                        .filter(definition -> definition.id().equals(id))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<String> preset(RawDefinition definition) {
        return definition
                .body()
                .get(ProviderFieldTable.EXTENDS.name())
                .filter(node ->
                        node instanceof ScalarNode target && target.text().startsWith(PREFIX))
                .map(node -> ((ScalarNode) node).text().substring(PREFIX.length()));
    }
}
