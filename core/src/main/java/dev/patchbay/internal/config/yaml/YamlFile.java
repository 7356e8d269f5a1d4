package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Source;
import java.util.List;
import java.util.Optional;

/**
 * A file as read.
 *
 * @param root its top mapping; empty if the file is empty or could not be read
 * @param problems what is wrong with its YAML; those with a root are confined to the place they point at
 */
public record YamlFile(Source source, Optional<MapNode> root, List<Diagnostic> problems) {

    public YamlFile {
        problems = List.copyOf(problems);
    }
}
