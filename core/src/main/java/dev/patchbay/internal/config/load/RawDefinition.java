package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
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

    /** Says that a definition could not be read, for a reason that no check foresaw; what was thrown may quote anything. */
    public static Diagnostic failed(ScalarNode key, Throwable thrown) {
        return key.error(
                        Code.DEFINITION_FAILED,
                        key.text() + " cannot be read: " + thrown.getClass().getSimpleName())
                .help(
                        "simplify it until it can, and report what it took: this is a fault of the program or of a plugin")
                .build();
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
