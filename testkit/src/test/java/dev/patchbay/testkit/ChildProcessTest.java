package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ChildProcessTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static ChildProcess shell(String script) {
        return ChildProcess.of("sh", "-c", script);
    }

    @Test
    void givesExitCodeAndBothOutputs() {
        ProcessOutcome outcome = shell("echo out ä; echo err >&2; exit 3").run(SOON);

        assertThat(outcome).isEqualTo(new ProcessOutcome(3, "out ä\n", "err\n"));
    }

    @Test
    void feedsTheInputAndEndsIt() {
        assertThat(shell("cat").stdin("hello\n").run(SOON).stdout()).isEqualTo("hello\n");
        assertThat(shell("cat").run(SOON).stdout()).isEmpty();
        assertThat(shell("exit 0").stdin("x".repeat(1_000_000)).run(SOON).exitCode())
                .isZero();
    }

    @Test
    void passesOnlyTheNamedEnvironment() {
        String environment = shell("env").env("NAMED", "value").run(SOON).stdout();

        assertThat(environment).contains("NAMED=value\n", "PATH=").doesNotContain("PATCHBAY_HOME", "API_KEY");
    }

    @Test
    void runsInADirectory(@TempDir Path directory) throws Exception {
        assertThat(shell("pwd -P").in(directory).run(SOON).stdout().strip())
                .isEqualTo(directory.toRealPath().toString());
    }

    @Test
    void killsWhatDoesNotEnd() {
        RunningProcess process = shell("echo ready; sleep 60 & wait").start();
        process.awaitStdout("ready", SOON);
        assertThatThrownBy(() -> process.await(Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not end within PT0.01S")
                .hasMessageContaining("stdout: ready");

        process.close();

        assertThat(process.await(SOON).exitCode()).isEqualTo(137);
    }

    @Test
    void sendsSignalsToOneProcess() {
        try (RunningProcess process = shell(
                        "trap 'echo caught; exit 5' INT; echo ready >&2; while :; do sleep 0.01; done")
                .start()) {
            process.awaitStderr("ready", SOON);
            process.signal("INT");

            assertThat(process.await(SOON).exitCode()).isEqualTo(5);
            assertThat(process.stdout()).isEqualTo("caught\n");
        }
    }

    @Test
    void saysWhatCameInsteadOfTheExpectedOutput() {
        try (RunningProcess process = shell("echo other").start()) {
            assertThatThrownBy(() -> process.awaitStdout("wanted", SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("\"wanted\" did not come")
                    .hasMessageContaining("stdout: other");
        }
    }

    @Test
    void runsAMainClassOfThisClassPath() {
        assertThat(ChildProcess.java(Hello.class.getName(), "there")
                        .run(SOON)
                        .stdout()
                        .strip())
                .isEqualTo("hello there");
    }

    @Test
    void failsForAProgramThatIsNotThere() {
        assertThatThrownBy(() -> ChildProcess.of("no-such-program-here").run(SOON))
                .isInstanceOf(UncheckedIOException.class);
    }

    /** Run by a test in a JVM of its own. */
    static final class Hello {
        private Hello() {}

        public static void main(String[] arguments) {
            System.out.println("hello " + arguments[0]);
        }
    }
}
