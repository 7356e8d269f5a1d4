package dev.patchbay.internal.config.merge;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.MapNode;
import java.util.Optional;

/**
 * What a definition was made of, kept so that it can be explained.
 *
 * @param merged the definition with everything that it extends
 * @param environment where its variables were looked up
 */
public record DefinitionOrigins(MergedDefinition merged, Environment environment) {

    /** The merged tree; empty if it extends what cannot be used. */
    public Optional<MapNode> tree() {
        return merged.isUsable() ? Optional.of(merged.tree()) : Optional.empty();
    }
}
