package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.tree.MapNode;
import java.util.List;
import java.util.Optional;

/**
 * A definition with everything that it extends.
 *
 * @param tree its effective fields, without {@code extends}
 * @param steps how many definitions it extends, directly and through others
 * @param problems what is wrong with the extending itself; an error means that the tree is of no use
 * @param dropped the credential that was left behind and not replaced
 * @param followsOn whether the only problem is that a definition it extends has one
 * @param below what it extends; empty if it extends nothing, or nothing that can be used
 * @param moved whether its base URL is at another origin than that of what it extends
 */
public record MergedDefinition(
        RawDefinition definition,
        MapNode tree,
        int steps,
        List<Diagnostic> problems,
        Optional<Diagnostic> dropped,
        boolean followsOn,
        Optional<MergedDefinition> below,
        boolean moved) {

    public MergedDefinition {
        problems = List.copyOf(problems);
    }

    /** Whether the tree can be used. */
    public boolean isUsable() {
        for (Diagnostic problem : problems) {
            if (problem.isError()) {
                return false;
            }
        }
        return true;
    }
}
