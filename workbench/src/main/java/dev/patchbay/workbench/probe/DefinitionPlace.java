package dev.patchbay.workbench.probe;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.registry.Provider;
import java.util.Optional;

/**
 * Where a provider is defined, as far as it matters for lines to paste there.
 *
 * @param words the place, for people; empty where there is no file that can be changed
 * @param supplied whether the program or a plugin brings it, so that a file has to extend it
 * @param indent blanks before the provider's keys
 * @param keyLine whether it names its key in {@code apiKey}
 */
record DefinitionPlace(Optional<String> words, boolean supplied, int indent, boolean keyLine) {

    private static final int DEFAULT_INDENT = 4;

    /** Of a provider that no file defines. */
    static final DefinitionPlace NONE = new DefinitionPlace(Optional.empty(), false, DEFAULT_INDENT, true);

    static DefinitionPlace of(Provider provider) {
        boolean keyLine = provider.tree().map(tree -> tree.has("apiKey")).orElse(true);
        if (provider.layer().isSupplied()) {
            return new DefinitionPlace(Optional.empty(), true, DEFAULT_INDENT, keyLine);
        }
        int indent = provider.tree()
                .flatMap(tree -> column(tree, provider.location()))
                .orElse(DEFAULT_INDENT);
        return new DefinitionPlace(Optional.of(provider.location().toString()), false, indent, keyLine);
    }

    /** Before the first key in the file itself; a definition on one line has no indentation to follow. */
    private static Optional<Integer> column(MapNode tree, Location id) {
        return tree.entries().stream()
                .map(entry -> entry.key().location())
                .filter(key -> key.source().equals(id.source()) && key.line() > id.line())
                .map(key -> key.column() - 1)
                .findFirst();
    }
}
