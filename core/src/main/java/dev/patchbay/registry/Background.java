package dev.patchbay.registry;

import dev.patchbay.config.decode.DefinitionDecoder;
import dev.patchbay.config.explain.Explainer;
import dev.patchbay.config.explain.Explanation;
import dev.patchbay.config.merge.Merged;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Gaps;
import java.util.Optional;

/** What a definition was made of, kept so that it can be explained. Immutable. */
final class Background {

    private final Merged merged;
    private final Environment environment;
    private final DefinitionDecoder decoder;

    Background(Merged merged, Environment environment, DefinitionDecoder decoder) {
        this.merged = merged;
        this.environment = environment;
        this.decoder = decoder;
    }

    /** Empty if it extends what cannot be used. */
    Optional<MapNode> tree() {
        return merged.isUsable() ? Optional.of(merged.tree()) : Optional.empty();
    }

    Definition outline(Definition definition, Gaps gaps) {
        return decoder.outline(merged, definition, gaps);
    }

    Explanation explanation(Optional<Definition> definition) {
        return Explainer.explain(merged, environment, definition);
    }
}
