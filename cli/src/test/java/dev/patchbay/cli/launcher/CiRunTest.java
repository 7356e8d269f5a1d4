package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CI's command, its build a pretended one. */
@Tag("process")
@Tag("once")
final class CiRunTest {

    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite xmlns:xsi="x" name="a.ATest" time="2.387" tests="0" errors="0" skipped="0" failures="0">
              <properties>
                <property name="java.specification.version" value="25"/>
              </properties>
            %s</testsuite>
            """;

    private static final String PASSED = """
              <testcase name="b" classname="a.ATest" time="0.1">
                <system-out><![CDATA[<testcase name="not one">
              <testcase name="nor this"/>
                <failure message="not this">
            ]]></system-out>
              </testcase>
            """;

    private static final String SKIPPED = """
              <testcase name="c" classname="a.ATest" time="0.0">
                <skipped message="no Node"/>
              </testcase>
            """;

    private static final String ERROR = """
              <testcase name="" classname="a.ATest" time="0.1">
                <error message="before all" type="x.OpenException"><![CDATA[x.OpenException: before all
            \tat a.ATest.open(ATest.java:2)
            ]]></error>
              </testcase>
            """;

    /** As surefire writes it: the numbers of the suite leave out classes within it, and a text has the end of CDATA in it. */
    private static final String FAILED = """
              <testcase name="reads(String)[1]" classname="a.ATest$Inner" time="0.1">
                <failure message="[a &lt;b&gt;] &#10;expected: 2" type="x.AssertionFailedError"><![CDATA[x.AssertionFailedError:\s

            [a <b>]
            expected: "]]]]><![CDATA[>"
             but was: 1
            1
            2
            3
            4
            5
            \tat org.assertj.core.Assertions.fail(Assertions.java:7)
            \tat a.ATest$Inner.reads(ATest.java:7)
            \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            ]]></failure>
                <system-out><![CDATA[<failure out>
            ]]></system-out>
                <rerunFailure message="again" type="x.AssertionFailedError">
                  <stackTrace><![CDATA[x.AssertionFailedError: again
            ]]></stackTrace>
                </rerunFailure>
              </testcase>
            """;

    private static final String FLAKY = """
              <testcase name="waits" classname="a.ATest" time="0.1">
                <flakyFailure message="too late" type="java.lang.AssertionError">
                  <stackTrace><![CDATA[java.lang.AssertionError: too late
            \tat a.ATest.waits(ATest.java:9)
            ]]></stackTrace>
                  <system-out><![CDATA[what it printed
            ]]></system-out>
                </flakyFailure>
              </testcase>
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void copyScripts() throws IOException {
        for (String script : new String[] {".ci/run", ".ci/count-tests.awk", "build/newest-jdk"}) {
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
                case "$*" in *" verify") ;; *) exit 8 ;; esac
                """ + report("core/target/surefire-reports", PASSED + SKIPPED + PASSED)
                + report("core/target/surefire-reports-newest", PASSED)
                + report("adapters/spring-ai/target/surefire-reports", PASSED));
        assertThat(outcome.exitCode()).as(outcome.stdout()).isZero();
        assertThat(outcome.stdout()).endsWith("BUILD SUCCESS\n\n4 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void failureKeepsItsExitCodeAndIsCounted() throws IOException {
        ProcessOutcome outcome =
                run(report("core/target/surefire-reports", PASSED + FAILED + SKIPPED + ERROR) + "exit 1\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).endsWith("\n1 passed, 2 failed, 1 skipped\n");
    }

    /** What is kept of a long log is its beginning and its end. */
    @Test
    void failedTestFailsTheCheckAndIsNamedWithItsMessageAtTheEnd() throws IOException {
        ProcessOutcome outcome = run(report("adapters/spring-ai/target/surefire-reports", FAILED + PASSED)
                + report("core/target/surefire-reports", ERROR));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).endsWith("""
                failed: core, JDK 25: a.ATest.
                    x.OpenException: before all
                      at a.ATest.open(ATest.java:2)
                failed: adapters/spring-ai, JDK 25: a.ATest$Inner.reads(String)[1]
                    x.AssertionFailedError:\s
                    [a <b>]
                    expected: "]] >"
                     but was: 1
                    1
                    2
                    3
                    4
                      at a.ATest$Inner.reads(ATest.java:7)

                1 passed, 2 failed, 0 skipped
                """);
    }

    @Test
    void namesNoMoreFailuresThanALogKeeps() throws IOException {
        ProcessOutcome outcome = run(report("core/target/surefire-reports", ERROR.repeat(60)));
        assertThat(outcome.stdout().lines().filter(line -> line.startsWith("failed: core")))
                .hasSize(50);
        assertThat(outcome.stdout()).endsWith("""
                failed: 10 more, see the reports in target

                0 passed, 60 failed, 0 skipped
                """);
    }

    @Test
    void testsThatDiedWithTheirJvmFailTheCheck() throws IOException {
        ProcessOutcome outcome = run(report("core/target/surefire-reports", PASSED)
                + "echo '[ERROR] The forked VM terminated without properly saying goodbye.'\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void namesTheTestsThatPassedOnlyWhenRunAgain() throws IOException {
        ProcessOutcome outcome = run(report("core/target/surefire-reports-newest", FLAKY + PASSED));
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isEqualTo("""
                passed only when run again: core, JDK 25: a.ATest.waits
                    java.lang.AssertionError: too late
                      at a.ATest.waits(ATest.java:9)

                2 passed, 0 failed, 0 skipped
                """);
    }

    @Test
    void buildThatFailsBeforeItsTestsCountsNone() throws IOException {
        Files.createDirectories(folder.resolve("core/target/surefire-reports"));
        Files.writeString(folder.resolve("core/target/surefire-reports/TEST-Old.xml"), REPORT.formatted(FAILED));
        ProcessOutcome outcome = run("exit 1\n");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).endsWith("\n0 passed, 0 failed, 0 skipped\n");
    }

    private ProcessOutcome run(String maven) throws IOException {
        tool("mvn", maven);
        // What is not there may be fetched, minutes long, by CI alone.
        tool("apt-get", "");
        return ChildProcess.of("sh", "-c", "PATH=\"$PWD/tools:$PATH\" exec .ci/run")
                .in(folder)
                .run(Duration.ofSeconds(30));
    }

    private void tool(String name, String script) throws IOException {
        Path tool = Files.createDirectories(folder.resolve("tools")).resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + script);
        tool.toFile().setExecutable(true);
    }

    private static String report(String directory, String tests) {
        return "mkdir -p " + directory + " && cat > " + directory + "/TEST-a.xml <<'END'\n" + REPORT.formatted(tests)
                + "END\n";
    }
}
