package dev.patchbay.config.load;

import dev.patchbay.config.tree.Layer;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Diagnostic;
import java.util.List;
import java.util.Set;

/**
 * A definition as it stands in one file, checked, neither merged nor substituted.
 *
 * @param key its id, where it stands
 * @param body its fields, without those that cannot be used
 * @param problems what is wrong with it as it stands
 * @param damaged fields of which something cannot be used
 */
public record RawDefinition(ScalarNode key, MapNode body, List<Diagnostic> problems, Set<String> damaged) {

    public RawDefinition {
        problems = List.copyOf(problems);
        damaged = Set.copyOf(damaged);
    }

    public String id() {
        return key.text();
    }

    public Layer layer() {
        return key.layer();
    }

    /** Whether it is to be quarantined. */
    public boolean hasErrors() {
        for (Diagnostic problem : problems) {
            if (problem.isError()) {
                return true;
            }
        }
        return false;
    }
}
