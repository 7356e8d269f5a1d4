package dev.patchbay.config.decode;

import dev.patchbay.config.tree.ScalarNode;
import java.nio.file.Path;

/** Finds the file that a secret names, or the program with a path: {@code ~} is the user's folder, and a relative path begins at the provider file. */
final class SecretFiles {

    private SecretFiles() {}

    static Path locate(ScalarNode node) {
        String text = node.text();
        if (text.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"), text.substring(2));
        }
        Path path = Path.of(text);
        return node.source().path().map(file -> file.resolveSibling(path)).orElse(path);
    }
}
