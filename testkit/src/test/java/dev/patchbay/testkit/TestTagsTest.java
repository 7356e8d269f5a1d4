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

    @Test
    void testsThatStartProgramsAreTagged() throws IOException {
        Path root = Path.of(System.getProperty("patchbay.root", ".."));
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> tests = files.filter(file -> file.toString().endsWith("Test.java")
                            && !file.toString().contains("/target/")
                            && STARTS_A_PROGRAM.matcher(text(file)).find())
                    .toList();
            assertThat(tests).hasSizeGreaterThan(20);
            assertThat(tests)
                    .as("tests that start a program need @Tag(\"process\"), on the class or on the method")
                    .filteredOn(file -> !IS_TAGGED.matcher(text(file)).find())
                    .isEmpty();
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
