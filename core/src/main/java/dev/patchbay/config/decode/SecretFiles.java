package dev.patchbay.config.decode;

import dev.patchbay.config.tree.ScalarNode;
import java.nio.file.Path;

/** Finds the file that a value names, be it a secret, a program or certificates: {@code ~} is the user's folder, and a relative path begins at the provider file. */
final class SecretFiles {

    private SecretFiles() {}

    static Path locate(ScalarNode node) {
        return locate(node, node.text());
    }

    /** The same for a value with its variables put in. */
    static Path locate(ScalarNode node, String text) {
        if (text.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"), text.substring(2));
        }
        Path path = Path.of(text);
        return node.source().path().map(file -> file.resolveSibling(path)).orElse(path);
    }
}
