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

    private static final List<String> MODULES = List.of("spi", "codec", "core", "gateway", "cli");

    @Test
    void aDialectIsNamedInItsOwnPackageAlone() {
        List<String> places = MODULES.stream()
                .flatMap(module -> sources(Path.of("..", module, "src", "main", "java")))
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
