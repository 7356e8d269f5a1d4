package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the file that a value names, be it a secret, a program or certificates: {@code ~} is {@code $HOME}, and a relative path begins at the provider file. */
final class SecretFiles {

    private SecretFiles() {}

    /** The file that a value names as it is written; null if no file can have that name, which is reported. */
    static @Nullable Path locate(ScalarNode node, DecodeContext context) {
        return locate(node, node.text(), context);
    }

    /** The same for a value with its variables put in. */
    static @Nullable Path locate(ScalarNode node, String text, DecodeContext context) {
        try {
            Path path = PatchbayHome.path(text, context.environment());
            return node.source().path().map(file -> file.resolveSibling(path)).orElse(path);
        } catch (InvalidPathException e) {
            context.error(node.error(Code.BAD_FILE_NAME, "no file can have this name: " + e.getReason())
                    .help("write a path such as ~/keys/acme or ./key"));
            return null;
        }
    }
}
