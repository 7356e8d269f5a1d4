package dev.patchbay.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that once broke a target, a file each in {@code fuzz/<target>} of the test resources. */
final class Findings {

    private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");

    private Findings() {}

    static List<byte[]> of(String target) {
        return files(ROOT.resolve(target));
    }

    /** The content of every file below a folder, by name; none if there is no such folder. */
    static List<byte[]> files(Path folder) {
        List<byte[]> contents = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return contents;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }
}
