package dev.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged artifacts in applications that end by themselves. */
@Tag("integration")
final class EmbeddedApplicationsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final FakeProvider chat = FakeProvider.start();
    private final FakeProvider lines = FakeProvider.start();

    @BeforeEach
    void prepare() throws IOException {
        chat.answer(Answer.text("Hello from ", "a file"));
        lines.answer(Answer.status(200).body("text/x-lines", "say Hello from \nsay a jar\nbye\n"));
        Files.writeString(folder.resolve("fake.yaml"), """
                providers:
                  fake:
                    baseUrl: %s
                    auth: none
                """.formatted(chat.baseUrl("/v1")));
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(
                Application.root().resolve("providers-examples/line-dialect/target/line-dialect-1.0.0.jar"),
                plugins.resolve("line-dialect-1.0.0.jar"));
    }

    @AfterEach
    void stop() {
        chat.close();
        lines.close();
    }

    @Test
    void runsFromOneShadedJar() {
        answersFromEveryProvider("-jar", Application.target("shaded", "shaded-1.0.0.jar"));
    }

    /** A manifest in one jar is that of the application. */
    @Test
    void namesItsVersionFromOneShadedJar() {
        runsFromOneShadedJar();

        assertThat(chat.onlyRequest().header("user-agent"))
                .hasValueSatisfying(agent -> assertThat(agent).startsWith("patchbay/0"));
    }

    @Test
    void bothAdaptersRunOnTheModulePath() {
        String modules = Application.target("modular-adapters", "modules")
                + File.pathSeparator
                + Application.target("modular-adapters", "modular-adapters-1.0.0.jar");

        ProcessOutcome outcome = ChildProcess.of(
                        Application.java(),
                        "-p",
                        modules,
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "-m",
                        "com.example.adapters/com.example.adapters.AdaptersApplication",
                        folder.resolve("fake.yaml").toString(),
                        "fake/m")
                .run(LIMIT);

        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains("LangChain4j: Hello from a file", "Spring AI: Hello from a file")
                .doesNotContain("ERROR");
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    }

    private void answersFromEveryProvider(String... application) {
        List<String> command = new ArrayList<>(List.of(Application.java()));
        command.addAll(List.of(application));
        command.add(folder.resolve("fake.yaml").toString());
        command.add(folder.resolve("plugins").toString());

        ProcessOutcome outcome = ChildProcess.of(command)
                .env("LINES_URL", lines.baseUrl("/v1").toString())
                .run(LIMIT);

        assertThat(outcome.stdout())
                .contains("fake/m: Hello from a file", "lines/m: Hello from a jar", "demo/: ")
                .contains("PluginReport[anthropic, class path, loaded]")
                .contains("PluginReport[line-dialect, line-dialect-1.0.0.jar, loaded]")
                .doesNotContain("ERROR");
        assertThat(outcome.exitCode()).isZero();
    }
}
