package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that write into a folder where nothing can be written. */
final class UnwritableHomeTest {

    @TempDir
    Path folder;

    private Path home;

    /** A file in the way stops whoever is root as well. */
    @BeforeEach
    void putAFileInTheWay() throws IOException {
        home = Files.writeString(folder.resolve("taken"), "no folder").resolve("home");
    }

    @Test
    void defaultSaysWhichFileCannotBeWritten() {
        assertSaysWhichFile("default-provider.yaml", "default", "demo");
    }

    @Test
    void newFileSaysWhichFileCannotBeWritten() {
        assertSaysWhichFile("acme.yaml", "providers", "new", "acme", "--from", "https://api.acme.example/v1");
    }

    @Test
    void newerEditionOfTheCatalogueSaysWhichFileCannotBeWritten() throws Exception {
        Path edition = Files.writeString(
                folder.resolve("edition.json"),
                "{\"commit\": \"c0ffee\", \"date\": \"2026-11-01\", \"licence\": \"MIT\","
                        + " \"source\": \"https://models.example\", \"providers\": {}}");
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(edition)));
        assertSaysWhichFile("home", "models", "update", edition.toString(), "--sha256", sum);
    }

    private void assertSaysWhichFile(String name, String... command) {
        CliHarness.Result result = new CliHarness(home).run(command);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains("cannot be written", name, "taken")
                .doesNotContain("mistake in patchbay", "Exception");
    }
}
