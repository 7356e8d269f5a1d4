package dev.patchbay.config.load;

import dev.patchbay.config.SkippedFile;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Diagnostic;
import java.util.List;

/**
 * Everything that files say, in the order of the layers and, within one, of the files.
 *
 * @param definitions checked one by one
 * @param defaults every {@code defaultProvider}
 * @param problems those that belong to no definition
 */
public record Definitions(
        List<RawDefinition> definitions,
        List<ScalarNode> defaults,
        List<SkippedFile> skipped,
        List<Diagnostic> problems) {

    public Definitions {
        definitions = List.copyOf(definitions);
        defaults = List.copyOf(defaults);
        skipped = List.copyOf(skipped);
        problems = List.copyOf(problems);
    }
}
