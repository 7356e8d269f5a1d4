package dev.patchbay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.CliHarness;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar, or a new version of this program, brings an id that a user's file has had for long: the user's stays. */
final class SameIdTest {

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void defineGroq() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("providers")).resolve("mine.yaml"), """
                providers:
                  groq: {baseUrl: "%1$s", auth: none, defaultModel: mine}
                  anthropic: {baseUrl: "%1$s", auth: none, defaultModel: mine}
                """.formatted(
                        fake.baseUrl("/v1")));
        Path jar = Files.createDirectories(home.resolve("plugins")).resolve("groq.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\nProvider-Spi-Version: 2.0\n".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("META-INF/providers/groq.yaml"));
            zip.write("""
                    providers:
                      groq: {baseUrl: https://api.groq.com/openai/v1, auth: none, defaultModel: of-the-jar}
                      other: {baseUrl: https://jar.example/v1, auth: none, defaultModel: of-the-jar}
                    """.getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "anthropic"})
    void theUsersDefinitionIsTheOneThatIsUsed(String id) {
        fake.answer(Answer.text("from the user's address"));
        CliHarness.Result result = run("launch", "Hello", "--provider", id);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("from the user's address\n");
        assertThat(result.err().lines()).singleElement().asString().contains(id + " is changed by", "mine.yaml");
        assertThat(fake.onlyRequest().text()).contains("\"mine\"");
    }

    @Test
    void oneLineSaysSoAndNothingElseBreaks() {
        CliHarness.Result validated = run("providers", "validate");
        assertThat(validated.exitCode()).isZero();
        assertThat(validated.out().lines().filter(line -> line.contains("E402")))
                .hasSize(2)
                .anyMatch(line -> line.contains("groq replaces the definition of the layer plugin"))
                .anyMatch(line -> line.contains("anthropic replaces the definition of the layer built-in"));
        assertThat(run("providers", "list").out())
                .containsPattern("(?m)^groq +READY +mine .* mine.yaml:2$")
                .containsPattern("(?m)^groq +SHADOWED +groq.jar!.*\\n  replaced by the definition at .*mine.yaml:2:3$")
                .containsPattern("(?m)^other +READY +of-the-jar .* groq.jar!");
    }

    private CliHarness.Result run(String... arguments) {
        return new CliHarness(home).run(arguments);
    }
}
