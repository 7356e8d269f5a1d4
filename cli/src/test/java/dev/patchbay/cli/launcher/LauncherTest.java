package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, its build a pretended one. */
@Tag("process")
@Tag("once")
final class LauncherTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path parent;

    private FakeCheckout checkout;

    @BeforeEach
    void copyScripts() throws IOException {
        checkout = new FakeCheckout(parent);
    }

    @Test
    void buildsOnFirstUseAndSaysSoOnStandardError() throws IOException {
        ProcessOutcome first = checkout.launcher("--version").run(LIMIT);
        assertThat(first.exitCode()).isZero();
        assertThat(first.stdout()).startsWith("patchbay ").hasLineCount(1);
        assertThat(first.stderr()).contains("patchbay: building", "patchbay: built in ");
        assertThat(checkout.mavenCalls()).singleElement().asString().startsWith(FakeCheckout.jdk() + " ");

        ProcessOutcome second = checkout.launcher("--version").run(LIMIT);
        assertThat(second.stderr()).isEmpty();
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws IOException {
        checkout.launcher("--version").run(LIMIT);
        checkout.touch("cli/src/main/java/A.java");
        ProcessOutcome outcome = checkout.launcher("--version").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).contains("a source is newer");
        assertThat(checkout.mavenCalls()).hasSize(2);
    }

    /** What was built last is still read by a start that began before. */
    @Test
    void buildsKeepTheJarsOfWhatRuns() throws Exception {
        build();
        Path first = onlyRun();
        Process running = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read _",
                        "-cp",
                        first.resolve("cli-1.0.jar").toString())
                .start();
        try (OutputStream end = running.getOutputStream()) {
            build();
            build();
            assertThat(first).as("of the last minutes").exists();

            makeOld();
            build();
            assertThat(first).as("of a running process").exists();

            end.write('\n');
        }
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        makeOld();
        build();
        assertThat(first).as("of nobody").doesNotExist();
        try (Stream<Path> left = Files.list(runs())) {
            assertThat(left).as("the newest and the one before").hasSize(2);
        }
    }

    private void build() throws IOException {
        int before = checkout.mavenCalls().size();
        checkout.touch("cli/src/main/java/A.java");
        assertThat(checkout.launcher("--version").run(LIMIT).exitCode()).isZero();
        assertThat(checkout.mavenCalls()).hasSize(before + 1);
    }

    private Path runs() {
        return checkout.path("cli/target/launcher/run");
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> all = Files.list(runs())) {
            return all.findFirst().orElseThrow();
        }
    }

    private void makeOld() throws IOException {
        try (Stream<Path> all = Files.list(runs())) {
            for (Path run : all.toList()) {
                Files.setLastModifiedTime(run, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    /** The launcher names a locale for Java, in which an agent's dates, messages and order of names would be others. */
    @ParameterizedTest
    @CsvSource({"'',C,none", "'',de_DE.UTF-8,none", "de_DE.UTF-8,C,de_DE.UTF-8", "C,'',C"})
    void anAgentHasTheLocaleOfTheCaller(String all, String lang, String expected) {
        ProcessOutcome outcome = checkout.launcher(
                        "run", "-p", "demo", "--", "sh", "-c", "echo \"${LC_ALL:-none} $1\"", "sh", "größe")
                .env("LC_ALL", all)
                .env("LANG", lang)
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).isEqualTo(expected + " größe\n");
    }

    /** R05: Java answers that signal with a list of its threads, in the middle of what the agent draws. */
    @Test
    void quitFromTheKeyboardShowsNothingWhileAnAgentRuns() {
        ProcessOutcome outcome = checkout.launcher(
                        "run", "-p", "demo", "--", "sh", "-c", "kill -QUIT $PPID; sleep 1; echo end")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).isEqualTo("end\n");
    }

    @Test
    void failedBuildShowsItsEndAndStartsNothing() throws IOException {
        checkout.write("broken", "");
        ProcessOutcome outcome = checkout.launcher("--version").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("the build failed", "does not compile", "build.log");
        Files.delete(checkout.path("broken"));
        assertThat(checkout.launcher("--version").run(LIMIT).exitCode()).isZero();
    }

    @Test
    void missingMavenIsNamed() throws IOException {
        checkout.removeMaven();
        ProcessOutcome outcome = checkout.launcher("--version").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("no mvn on the PATH", "Maven 3.8");
    }

    @Test
    void jdkThatIsNoneIsNamed() {
        ProcessOutcome outcome = checkout.launcher("--version")
                .env("PATCHBAY_JAVA_HOME", parent.toString())
                .run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains(parent.toString(), "not a JDK 17 or newer");
    }

    @Test
    void folderThatCannotBeWrittenIsNamed() throws IOException {
        checkout.write("cli/target", "a file where the folder should be");
        ProcessOutcome outcome = checkout.launcher("--version").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr())
                .contains("not writable", checkout.path("cli/target").toString());
    }

    @Test
    void launchesAtTheSameTimeBuildOnce() throws Exception {
        checkout.closeGate();
        try (RunningProcess first = checkout.launcher("--version").start()) {
            first.awaitStderr("building", LIMIT);
            try (RunningProcess second = checkout.launcher("--version").start()) {
                second.awaitStderr("waiting for the build", LIMIT);
                checkout.openGate();
                assertThat(first.await(LIMIT).exitCode()).isZero();
                assertThat(second.await(LIMIT).exitCode()).isZero();
            }
        }
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    /** The first build takes minutes, in a log of CI and for whoever lets a program start it, too. */
    @Test
    void buildSaysHowFarItIsWithoutATerminal() throws Exception {
        checkout.closeGate();
        try (RunningProcess process = checkout.launcher("--version").start()) {
            process.awaitStderr("patchbay: building cli, ", LIMIT);
            checkout.openGate();
            assertThat(process.await(LIMIT).exitCode()).isZero();
        }
    }

    @Test
    void lockOfADeadProcessIsNoObstacle() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        checkout.write("cli/target/launcher/lock/pid", gone.pid() + "\n");
        ProcessOutcome outcome = checkout.launcher("--version").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void interruptEndsTheBuild() throws Exception {
        checkout.closeGate();
        ChildProcess build = checkout.process(
                checkout.path("build/package"), checkout.folder().toString(), FakeCheckout.jdk());
        try (RunningProcess process = build.start()) {
            process.awaitStderr("building", LIMIT);
            process.signal("INT");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(130);
        }
        assertThat(checkout.path("cli/target/launcher/lock")).doesNotExist();
        assertThat(checkout.path("cli/target/launcher/current")).doesNotExist();
    }

    @Test
    void startsThroughASymbolicLinkFromAnywhere() throws IOException {
        checkout.launcher("--version").run(LIMIT);
        Path link = Files.createSymbolicLink(parent.resolve("pb"), Path.of("a checkout", "patchbay"));
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        ProcessOutcome outcome =
                checkout.process(link, "--version").in(elsewhere).run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void movedCheckoutBuildsAgain() throws IOException {
        checkout.launcher("--version").run(LIMIT);
        Path moved = Files.move(checkout.folder(), parent.resolve("moved"));
        ProcessOutcome outcome =
                checkout.process(moved.resolve("patchbay"), "--version").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).startsWith("patchbay ");
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("with blanks and 'quotes'"));
        ProcessOutcome outcome = checkout.launcher("providers", "list", "--json", "--home", folder.toString())
                .env("LC_ALL", "C")
                .run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        ProcessOutcome query = checkout.launcher("launch", "Grüße $HOME *", "--provider", "demo", "--json")
                .env("LC_ALL", "C")
                .run(LIMIT);
        assertThat(query.stdout()).contains("\"query\": \"Grüße $HOME *\"");
    }

    @Test
    void argumentsArriveUnderALocaleThatIsNotInstalled() {
        ProcessOutcome query = checkout.launcher("launch", "Grüße 日本", "--provider", "demo", "--json")
                .env("LC_ALL", "xx_XX.UTF-8")
                .run(LIMIT);
        assertThat(query.stdout()).as(query.stderr()).contains("\"query\": \"Grüße 日本\"");
        ProcessOutcome refused = checkout.launcher("launch", "Grüße", "--provider", "demo")
                .env("LC_ALL", "xx_XX.ISO-8859-1")
                .run(LIMIT);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stderr()).contains("LC_ALL=C.UTF-8");
    }

    /** Java does not start with two of them. */
    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"})
    void collectorThatTheUserNamesIsTaken(String variable) {
        ProcessOutcome outcome = checkout.launcher("--version")
                .env(variable, "-XX:+UseParallelGC")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).startsWith("patchbay ");
    }

    /** Its limits in sum are shares of it, and without memory it is better gone than deaf (docs/security.md). */
    @ParameterizedTest
    @CsvSource({"-Dx=y,1073741824", "-Xmx256m,268435456"})
    void gatewayHasAHeapOfItsOwnAndEndsWithoutMemory(String option, long bytes) {
        ProcessOutcome outcome = checkout.launcher("gateway", "--help")
                .env("JDK_JAVA_OPTIONS", option + " -XX:+PrintCommandLineFlags")
                .run(LIMIT);
        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains("-XX:MaxHeapSize=" + bytes + " ", "-XX:+ExitOnOutOfMemoryError ");
    }

    @Test
    void startsInAFolderThatIsGone() throws IOException {
        checkout.launcher("--version").run(LIMIT);
        Path gone = Files.createDirectory(parent.resolve("gone"));
        String words = "rmdir ../gone; exec '" + checkout.path("patchbay") + "' launch Hi --provider demo";
        ProcessOutcome outcome = inShell(words).in(gone).run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        // Some shells have a word to say about it themselves.
        assertThat(outcome.stderr()).doesNotContain("patchbay:");
    }

    @Test
    void closedInputIsEmptyInput() {
        ProcessOutcome outcome = inShell(
                        "exec '" + checkout.path("patchbay") + "' launch Hi --provider demo --json <&-")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("\"query\": \"Hi\"");
    }

    private ChildProcess inShell(String words) {
        return checkout.process(Path.of("/bin/sh"), "-c", words);
    }
}
