package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A key written into a file: accepted only where nobody else can read it (provider-files.md, section 2). */
final class LiteralKey {

    private LiteralKey() {}

    /** Hides a value that holds a key, or a part of one, in everything that is quoted. */
    static void maskIn(ScalarNode node, Template template) {
        if (template.isConstant() || template.hasLiteralDefault()) {
            node.maskInQuotes();
        }
    }

    /** A key that is written where the name of a variable belongs: names are printed. */
    static void behindDollar(ScalarNode node, ShapeCheck check) {
        node.maskInQuotes();
        check.error(
                node,
                Code.LITERAL_KEY,
                "what stands in the place of a variable's name looks like a key",
                "put the key into a variable and write $NAME; a key that begins with a dollar is written with $$");
    }

    /** @param subject what holds it, such as {@code apiKey is a key} */
    static void check(ScalarNode node, String subject, ShapeCheck check) {
        Source source = node.source();
        if (source.layer() == Layer.EMBEDDER && source.path().isEmpty()) {
            return;
        }
        String help = "put it into a variable and write $NAME";
        if (source.path().isPresent() && isPrivate(source.path().get())) {
            check.warn(node, Code.LITERAL_KEY, subject + " written into the file", help);
            return;
        }
        String mode = source.path().isPresent() ? ", or make the file private: chmod 600 " + source.name() : "";
        check.error(node, Code.LITERAL_KEY, subject + " written into a file that others can read", help + mode);
    }

    private static boolean isPrivate(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            for (PosixFilePermission permission : permissions) {
                if (permission != PosixFilePermission.OWNER_READ && permission != PosixFilePermission.OWNER_WRITE) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
