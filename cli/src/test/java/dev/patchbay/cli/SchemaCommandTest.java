package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaCommandTest {

    @TempDir
    Path home;

    @Test
    void printsTheSchemaThatIsPublishedAndNothingOfTheMachine() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/own.yaml"), "providers: {own-provider: {}}");
        CliHarness.Result result = new CliHarness(home).run("providers", "schema");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(published());
    }

    @Test
    void writesItToAFile() throws IOException {
        Path file = home.resolve("patchbay.schema.json");
        CliHarness.Result result = new CliHarness(home).run("providers", "schema", "--output", file.toString());
        assertThat(result.transcript()).isEqualTo("exit code 0\n--- stdout\n--- stderr\n");
        assertThat(file).hasContent(published());
    }

    @Test
    void saysWhereItCannotBeWritten() {
        Path file = home.resolve("missing/patchbay.schema.json");
        CliHarness.Result result = new CliHarness(home).run("providers", "schema", "--output", file.toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("the file " + file + " cannot be written", "check the folder");
    }

    private static String published() throws IOException {
        return Files.readString(Path.of(System.getProperty("patchbay.root"), "config", "patchbay.schema.json"));
    }
}
