package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code mvn test} leaves to {@code mvn verify} is said by tags, which are easily forgotten. */
final class TestTagsTest {

    private static final Pattern STARTS_A_PROGRAM =
            Pattern.compile("\\b(ChildProcess|ProcessBuilder|PseudoTerminal|Checkout|DaemonProcess)\\b[.(]");
    private static final Pattern IS_TAGGED = Pattern.compile("@Tag\\(\"(process|integration|clients|soak)\"\\)");

    private static final Pattern IS_LATER = Pattern.compile("@Tag\\(\"(process|slow)\"\\)");
    private static final Pattern SKIPS_LATER = Pattern.compile("<test\\.skipLater>true<");
    private static final Path ROOT = Path.of(System.getProperty("patchbay.root", ".."));

    @Test
    void testsThatStartProgramsAreTagged() throws IOException {
        List<Path> tests = sources(ROOT, "Test.java", STARTS_A_PROGRAM);
        assertThat(tests).hasSizeGreaterThan(20);
        assertThat(tests)
                .as("tests that start a program need @Tag(\"process\"), on the class or on the method")
                .filteredOn(file -> !IS_TAGGED.matcher(text(file)).find())
                .isEmpty();
    }

    @Test
    void modulesThatStartNoJvmForLaterTestsHaveNone() throws IOException {
        List<Path> modules = sources(ROOT, "pom.xml", SKIPS_LATER).stream()
                .map(Path::getParent)
                .filter(module -> !module.equals(ROOT))
                .toList();
        assertThat(modules).isNotEmpty();
        for (Path module : modules) {
            assertThat(sources(module, ".java", IS_LATER))
                    .as(module + ": take test.skipLater out of its pom.xml")
                    .isEmpty();
        }
    }

    private static List<Path> sources(Path folder, String ending, Pattern part) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)
                            && !file.toString().contains("/target/")
                            && part.matcher(text(file)).find())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
