package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it is packaged, with the example jars dropped into its folder of plugins. */
@Tag("process")
class PackagedPatchbayTest {

    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @BeforeEach
    void drop() throws IOException {
        ExampleJars.dropInto(Files.createDirectory(home.resolve("plugins")));
    }

    @Test
    void listsTheJarsAndTheirProviders() {
        assertThat(patchbay("http://localhost:1", "plugins", "list").stdout())
                .contains("definitions-only", "line-dialect", "signed-dialect")
                .doesNotContain("REJECTED");
        assertThat(patchbay("http://localhost:1", "providers", "list").stdout())
                .contains("acme", "azure-openai", "groq", "lines");
    }

    @Test
    void verifiesTheJars() {
        for (String name : List.of("definitions-only", "line-dialect", "signed-dialect")) {
            String jar = home.resolve("plugins/" + name + "-1.0.0.jar").toString();

            ProcessOutcome verified = patchbay("http://localhost:1", "plugins", "verify", jar);

            assertThat(verified.exitCode()).as(verified.stdout()).isZero();
            assertThat(verified.stdout()).contains(" 0 failed, 0 skipped");
        }
    }

    @Test
    void launchesOnAProviderFromAJar() {
        try (FakeProvider provider = FakeProvider.start()) {
            provider.answer(Answer.status(200).body("text/x-lines", "say Hello, \nsay world\nbye\n"));

            ProcessOutcome launched =
                    patchbay(provider.baseUrl("/v1").toString(), "launch", "Hello", "--provider", "lines");

            assertThat(launched.stderr()).doesNotContain("error");
            assertThat(launched.exitCode()).isZero();
            assertThat(launched.stdout()).isEqualTo("Hello, world\n");
        }
    }

    private ProcessOutcome patchbay(String linesUrl, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ExampleJars.packagedPatchbay() + "/*",
                "dev.patchbay.cli.Main"));
        command.addAll(List.of(args));
        return ChildProcess.of(command.toArray(String[]::new))
                .env("PATCHBAY_HOME", home.toString())
                .env("LINES_URL", linesUrl)
                .run(ENOUGH);
    }
}
