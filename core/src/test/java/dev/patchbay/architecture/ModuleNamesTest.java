package dev.patchbay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What our jars are called on the module path. */
final class ModuleNamesTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root", ""));

    private static final Pattern NAME = Pattern.compile("<module\\.name>dev(\\.[a-z][a-z0-9]*)+</module\\.name>");

    @Test
    void everyJarOfOursHasAModuleName() throws IOException {
        List<Path> jars = modules()
                .filter(module -> contains(module, "<artifactId>patchbay</artifactId>"))
                .filter(module -> !contains(module, "<packaging>pom</packaging>"))
                .toList();

        assertThat(jars)
                .hasSizeGreaterThan(8)
                .allSatisfy(module -> assertThat(text(module.resolve("pom.xml")))
                        .as("%s: <properties><module.name>dev.patchbay.…</module.name></properties>", module)
                        .containsPattern(NAME));
    }

    @Test
    void descriptorsHaveTheNamesOfTheirJars() throws IOException {
        List<Path> described = modules()
                .filter(module -> Files.exists(module.resolve("src/main/module/module-info.java")))
                .toList();

        assertThat(described).hasSize(3).allSatisfy(module -> {
            String name = text(module.resolve("src/main/module/module-info.java"))
                    .replaceFirst("(?s).*\nmodule ([a-z.]+) \\{.*", "$1");
            assertThat(text(module.resolve("pom.xml"))).contains("<module.name>" + name + "</module.name>");
        });
    }

    private static Stream<Path> modules() throws IOException {
        try (Stream<Path> found = Files.find(
                ROOT,
                3,
                (path, attributes) ->
                        path.endsWith("pom.xml") && !path.toString().contains("/target/"))) {
            return found
                    .map(Path::getParent)
                    .filter(module -> !module.equals(ROOT) && !module.endsWith("benchmarks"))
                    .toList()
                    .stream();
        }
    }

    private static boolean contains(Path module, String text) {
        return text(module.resolve("pom.xml")).contains(text);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
