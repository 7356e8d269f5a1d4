package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.List;

/**
 * Everything that files say, in the order of the layers and, within one, of the files.
 *
 * @param definitions checked one by one
 * @param defaults every {@code defaultProvider}
 * @param problems those that belong to no definition
 */
public record LoadedDefinitions(
        List<RawDefinition> definitions,
        List<ScalarNode> defaults,
        List<SkippedFile> skipped,
        List<Diagnostic> problems) {

    public LoadedDefinitions {
        definitions = List.copyOf(definitions);
        defaults = List.copyOf(defaults);
        skipped = List.copyOf(skipped);
        problems = List.copyOf(problems);
    }
}
