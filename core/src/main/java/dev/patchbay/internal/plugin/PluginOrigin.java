package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a plugin came from.
 *
 * @param kind the way it was found
 * @param path the jar, or the folder of jars, as the user has it; empty unless the kind is {@link Kind#JAR}
 * @param sha256 of the jar, in lower-case hex; of a folder: of the list of its jars' digests; empty if it could not be read
 */
public record PluginOrigin(Kind kind, Optional<Path> path, Optional<String> sha256) {

    /** The ways in which plugins are found. */
    public enum Kind {
        /** Through the service files of the class path. */
        CLASS_PATH,
        /** Passed in by the application. */
        CODE,
        /** A jar in a folder of plugins. */
        JAR
    }

    static final PluginOrigin CLASS_PATH = new PluginOrigin(Kind.CLASS_PATH, Optional.empty(), Optional.empty());
    static final PluginOrigin CODE = new PluginOrigin(Kind.CODE, Optional.empty(), Optional.empty());

    static PluginOrigin jar(Path path, Optional<String> sha256) {
        return new PluginOrigin(Kind.JAR, Optional.of(path), sha256);
    }

    /** What a line of text calls it: the file name, {@code class path} or {@code application}. */
    public String label() {
        return switch (kind) {
            case CLASS_PATH -> "class path";
            case CODE -> "application";
            case JAR ->
                Printable.line(path.map(Path::getFileName).map(Path::toString).orElse("jar"));
        };
    }
}
