package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a plugin does to the process as a whole, by mistake: a command answers and ends all the same. */
@Tag("process")
final class PluginMistakesProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path home;

    @Test
    void aShutdownHookThatNeverReturnsDoesNotKeepTheCommand() throws IOException {
        plugin("EndlessHookPlugin");

        ProcessOutcome outcome = patchbay("launch", "hi", "--provider", "demo").run(LIMIT);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isNotBlank();
        assertThat(outcome.stderr())
                .contains("patchbay: ended without what a plugin runs at the end, which took longer than 10 s\n");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void norItsExitCode() throws IOException {
        plugin("EndlessHookPlugin");

        assertThat(patchbay("launch", "hi", "--provider", "nobody").run(LIMIT).exitCode())
                .isEqualTo(3);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void standardStreamsThatAPluginClosesStayOpen() throws IOException {
        plugin("ClosingPlugin");

        ProcessOutcome outcome =
                patchbay("launch", "-", "--provider", "demo").stdin("hi").run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).isNotBlank();
        assertThat(patchbay("plugins", "list").run(LIMIT).stdout()).containsPattern("closing .*LOADED");
    }

    private void plugin(String name) throws IOException {
        SampleJar.of("Provider-Spi-Version: 2.0").plugin(name).writeTo(home.resolve("plugins/mistaken.jar"));
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments).env("PATCHBAY_HOME", home.toString());
    }
}
