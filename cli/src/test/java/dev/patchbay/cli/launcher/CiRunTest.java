package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CI's command, its build a pretended one. */
final class CiRunTest {

    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite xmlns:xsi="x" name="ATest" time="2.387" tests="%d" errors="%d" skipped="%d" failures="%d">
              <testcase name="b"><system-out>&lt;testsuite tests="99"></system-out></testcase>
            </testsuite>
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void copyScripts() throws IOException {
        for (String script : new String[] {".ci/run", "build/newest-jdk"}) {
            Path copy = folder.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(FakeCheckout.ROOT.resolve(script), copy);
            copy.toFile().setExecutable(true);
        }
    }

    @Test
    void lastLineCountsTheTestsOfEveryModuleAndJdk() throws IOException {
        ProcessOutcome outcome = run("""
                echo "[INFO] BUILD SUCCESS"
                [ "$PATCHBAY_EXTERNAL" = required ] && [ -x "$PATCHBAY_NEWEST_JDK/bin/java" ] || exit 9
                [ "$*" = "-B -ntp verify" ] || exit 8
                """ + report("core/target/surefire-reports", 10, 0, 1, 0)
                + report("core/target/surefire-reports-newest", 10, 0, 0, 0)
                + report("cli/target/surefire-reports", 5, 0, 0, 0));
        assertThat(outcome.exitCode()).as(outcome.stdout()).isZero();
        assertThat(outcome.stdout()).endsWith("BUILD SUCCESS\n\n24 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void failureKeepsItsExitCodeAndIsCounted() throws IOException {
        ProcessOutcome outcome = run(report("core/target/surefire-reports", 10, 1, 1, 2) + "exit 1\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).endsWith("\n6 passed, 3 failed, 1 skipped\n");
    }

    @Test
    void buildThatFailsBeforeItsTestsCountsNone() throws IOException {
        Files.createDirectories(folder.resolve("core/target/surefire-reports"));
        Files.writeString(folder.resolve("core/target/surefire-reports/TEST-Old.xml"), REPORT.formatted(3, 0, 0, 0));
        ProcessOutcome outcome = run("exit 1\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).endsWith("\n0 passed, 0 failed, 0 skipped\n");
    }

    private ProcessOutcome run(String maven) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path script = tools.resolve("mvn");
        Files.writeString(script, "#!/bin/sh\n" + maven);
        script.toFile().setExecutable(true);
        return ChildProcess.of("sh", "-c", "PATH=\"$PWD/tools:$PATH\" exec .ci/run")
                .in(folder)
                .run(Duration.ofSeconds(30));
    }

    private static String report(String directory, int tests, int errors, int skipped, int failures) {
        return "mkdir -p " + directory + " && cat > " + directory + "/TEST-a.xml <<'END'\n"
                + REPORT.formatted(tests, errors, skipped, failures) + "END\n";
    }
}
