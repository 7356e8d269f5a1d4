package dev.patchbay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dialect is one object: outside its own package nobody names it, or decides by its name. */
class DialectNamesTest {

    /** Which dialect the libraries speak that models.dev names, is said in its reader. */
    private static final String FOREIGN_NAMES = "ModelsDevReader.java";

    @Test
    void aDialectIsNamedInItsOwnPackageAlone() {
        List<String> places = mainSources()
                .filter(source -> !source.endsWith(FOREIGN_NAMES))
                .filter(source ->
                        Dialects.ids().stream().anyMatch(id -> read(source).contains('"' + id + '"')))
                .map(source -> source.getFileName().toString())
                .sorted()
                .toList();

        assertThat(places)
                .hasSize(Dialects.ALL.size())
                .containsExactlyElementsOf(Dialects.ALL.stream()
                        .map(dialect -> dialect.getClass().getSimpleName() + ".java")
                        .sorted()
                        .toList());
    }

    /** Of all modules; a benchmark may measure one dialect. */
    private static Stream<Path> mainSources() {
        return Stream.of(Path.of(".."), Path.of("../adapters"))
                .flatMap(DialectNamesTest::folders)
                .filter(module -> !module.endsWith("benchmarks"))
                .map(module -> module.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(DialectNamesTest::sources);
    }

    private static Stream<Path> folders(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
