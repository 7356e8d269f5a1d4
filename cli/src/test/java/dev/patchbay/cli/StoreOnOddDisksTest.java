package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store, and files that a command writes, on disks that are full or may hold no programs, and under processes that stand still or share their numbers. */
@Tag("process")
final class StoreOnOddDisksTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers: {ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}}\n");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    /** S04: the disk fills while a long answer comes; it is printed whole, and one line says why it is not stored. */
    @Test
    void aFullDiskCostsAnAnswerOneLineAndNothingElse() throws IOException {
        requireMounts();
        String words = "a line of a long answer that goes on and on\n".repeat(40_000);
        fake.answer(Answer.text(words.split("(?<=\\G.{4000})(?s)")));
        Path disk = Files.createDirectory(home.resolve("disk"));
        ProcessOutcome outcome = mounted(
                "mount -t tmpfs -o size=400k t '" + disk + "'",
                "export PATCHBAY_STORE='" + disk + "/patchbay.db' XDG_CACHE_HOME='" + home + "/cache'; "
                        + patchbay("launch", "Hello", "-p", "ok") + "; echo \"code $?\" >&2; "
                        + patchbay("sessions", "list") + " 2>&1 >/dev/null; ls -a '" + disk + "' >&2");
        assertThat(outcome.stdout()).startsWith(words);
        assertThat(outcome.stderr())
                .contains("code 0")
                .containsOnlyOnce("has no space left")
                .contains("free some")
                .doesNotContain("\tat ", "SQLITE", "Exception");
    }

    /** Also with the log that a killed process left, which needs more beside it to be read by several. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStoreOnAFullDiskIsReadAndGoneOnWith(boolean killed) throws Exception {
        requireMounts();
        assertThat(new CliHarness(home)
                        .run("launch", "An older question", "-p", "ok")
                        .exitCode())
                .isZero();
        String id = sessions().path("data").path(0).path("id").textValue();
        if (killed) {
            leaveALog();
        }
        Path disk = Files.createDirectory(home.resolve("disk"));
        ProcessOutcome outcome = mounted(
                "mount -t tmpfs -o size=3m t '" + disk + "' && cp '" + home + "/patchbay.db'* '" + disk + "' && rm -f '"
                        + disk + "/patchbay.db-shm'",
                "export PATCHBAY_STORE='" + disk + "/patchbay.db' XDG_CACHE_HOME='" + home + "/cache'; "
                        + "cat /dev/zero > '" + disk + "/filler' 2>/dev/null; "
                        + (killed
                                ? patchbay("launch", "--session", id, "'And now?'")
                                : patchbay("launch", "-c", "'And now?'"))
                        + " && "
                        + patchbay("sessions", "list") + " && "
                        + patchbay("sessions", "search", "older") + " && "
                        + patchbay("sessions", "prune", "--older-than", "30d") + " && "
                        + patchbay("usage") + " && echo readable; "
                        + patchbay("doctor"));
        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains(
                        FakeProvider.DEFAULT_TEXT, "An older question", "readable", " kB left, and 1024 kB are needed");
        assertThat(outcome.stderr())
                .containsOnlyOnce("warning: this session is not stored")
                .contains("has no space left", "forgot 0 sessions");
    }

    private void leaveALog() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess launch = launch().start()) {
            launch.awaitStdout("first", LIMIT);
            launch.signal("KILL");
            launch.await(LIMIT);
        }
        assertThat(home.resolve("patchbay.db-wal")).isNotEmptyFile();
        fake.answer(Answer.text(FakeProvider.DEFAULT_TEXT));
    }

    /** An empty file would stand in the way of the next attempt. */
    @Test
    void aFullDiskLeavesNoEmptyProviderFileBehind() throws IOException {
        requireMounts();
        Path disk = Files.createDirectory(home.resolve("disk"));
        ProcessOutcome outcome = mounted(
                "mount -t tmpfs -o size=16k t '" + disk + "'",
                "cat /dev/zero > '" + disk + "/filler' 2>/dev/null; "
                        + patchbay("providers", "new", "acme", "--file", "'" + disk + "/acme.yaml'")
                        + "; echo \"code $?\" >&2; ls '" + disk + "'");
        assertThat(outcome.stdout()).isEqualTo("filler\n");
        assertThat(outcome.stderr()).contains("code 3", "acme.yaml cannot be written (No space left on device)");
    }

    /** S09: no folder may hold programs; a launch answers and says which variable names another one. */
    @Test
    void aDiskThatMayHoldNoProgramsCostsALaunchOneLine() throws IOException {
        requireMounts();
        Path disk = Files.createDirectory(home.resolve("disk"));
        ProcessOutcome outcome = mounted(
                "mount -t tmpfs -o noexec t '" + disk + "' && mkdir '" + disk + "/tmp'",
                "export TMPDIR='" + disk + "/tmp' JDK_JAVA_OPTIONS=-Djava.io.tmpdir='" + disk
                        + "/tmp' PATCHBAY_STORE='" + disk + "/patchbay.db' PATCHBAY_HOME='" + disk
                        + "/home' XDG_CACHE_HOME='"
                        + disk + "/cache'; mkdir '" + disk + "/home' && cp -r '" + home + "/providers' '" + disk
                        + "/home'; "
                        + patchbay("launch", "Hello", "-p", "ok") + "; echo \"code $?\" >&2; "
                        + patchbay("sessions", "list") + "; ls -A '" + disk + "/tmp'");
        assertThat(outcome.stdout()).isEqualTo(FakeProvider.DEFAULT_TEXT + "\n");
        assertThat(outcome.stderr())
                .contains("code 0", "XDG_CACHE_HOME")
                .doesNotContain("\tat ", "UnsatisfiedLinkError");
    }

    /** S12: a disk that cannot be written, its log empty or left behind by a process that was killed: reading reads, a launch answers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotBeWrittenIsReadAllTheSame(boolean killed) throws Exception {
        requireMounts();
        CliHarness harness = new CliHarness(home);
        assertThat(harness.run("launch", "An older question", "-p", "ok").exitCode())
                .isZero();
        if (killed) {
            leaveALog();
        }
        List<String> before = names();
        ProcessOutcome outcome = mounted(
                "mount --bind '" + home + "' '" + home + "' && mount -o remount,bind,ro '" + home + "'",
                "XDG_CACHE_HOME=$(mktemp -d); export XDG_CACHE_HOME; id=$("
                        + patchbay("sessions", "search", "older", "--json")
                        + " | sed -n 's/.*\"id\" *: *\"\\([^\"]*\\)\".*/\\1/p' | head -1); "
                        + patchbay("sessions", "list") + " && " + patchbay("sessions", "show", "$id") + " && "
                        + patchbay("sessions", "export", "$id") + " && echo readable; "
                        + patchbay("launch", "Hello", "-p", "ok") + "; echo \"code $?\"; rm -r \"$XDG_CACHE_HOME\"");
        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains("An older question", "readable", FakeProvider.DEFAULT_TEXT, "code 0");
        assertThat(outcome.stdout().lines().filter(line -> line.contains("Hello") && line.contains("running")))
                .as("the one that was killed")
                .hasSize(killed ? 1 : 0);
        assertThat(outcome.stderr().lines().filter(line -> !line.startsWith("go on: ")))
                .singleElement()
                .asString()
                .contains("warning: this session is not stored", "patchbay.db");
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** S07: whoever stands still for three leases has lost its session, writes nothing more and says so. */
    @Test
    @Tag("soak")
    void aLaunchThatStoodStillEndsWithTheReason() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess launch = launch().start()) {
            launch.awaitStdout("first", LIMIT);
            launch.signal("STOP");
            awaitStatus("failed", Duration.ofSeconds(30));
            launch.signal("CONT");
            gate.open();
            ProcessOutcome outcome = launch.await(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.stderr()).contains("stood still");
        }
        JsonNode session = sessions().path("data").path(0);
        assertThat(session.path("status").textValue()).isEqualTo("failed");
        assertThat(new CliHarness(home)
                        .run("sessions", "export", session.path("id").textValue())
                        .out())
                .doesNotContain("second");
    }

    /** S11: two processes that both have number 1; one is killed, its session fails, the other's goes on. */
    @Test
    @Tag("soak")
    void numbersOfProcessesMeanNothing() throws Exception {
        assumeTrue(
                ChildProcess.of("unshare", "-rp", "--fork", "true").run(LIMIT).exitCode() == 0,
                "process numbers of one's own are not allowed here");
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess one = numberOne().start();
                RunningProcess two = numberOne().start()) {
            one.awaitStdout("first", LIMIT);
            two.awaitStdout("first", LIMIT);
            long killed = System.nanoTime();
            ProcessHandle.of(one.pid()).orElseThrow().descendants().forEach(ProcessHandle::destroyForcibly);
            awaitStatus("failed", Duration.ofSeconds(30));
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(12));
            gate.open();
            assertThat(two.await(LIMIT).exitCode()).isZero();
        }
        assertThat(sessions().path("data").findValuesAsText("status")).containsExactlyInAnyOrder("failed", "completed");
    }

    private ChildProcess numberOne() {
        List<String> words = new ArrayList<>(List.of("unshare", "-rp", "--fork", "--mount-proc"));
        words.addAll(PseudoTerminal.java(""));
        words.addAll(List.of("launch", "Hello", "-p", "ok"));
        return ChildProcess.of(words).env("PATCHBAY_HOME", home.toString());
    }

    private ChildProcess launch() {
        List<String> words = new ArrayList<>(PseudoTerminal.java(""));
        words.addAll(List.of("launch", "Hello", "-p", "ok"));
        return ChildProcess.of(words).env("PATCHBAY_HOME", home.toString());
    }

    private void awaitStatus(String status, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!sessions().path("data").findValuesAsText("status").contains(status)) {
            assertThat(System.nanoTime()).as("a session is " + status).isLessThan(deadline);
        }
    }

    private JsonNode sessions() throws IOException {
        return new JsonMapper()
                .readTree(new CliHarness(home).run("sessions", "list", "--json").out());
    }

    private static void requireMounts() {
        assumeTrue(
                ChildProcess.of("unshare", "-rm", "sh", "-c", "mount -t tmpfs t /mnt")
                                .run(LIMIT)
                                .exitCode()
                        == 0,
                "file systems of one's own are not allowed here");
    }

    private ProcessOutcome mounted(String mount, String script) {
        return ChildProcess.of("unshare", "-rm", "sh", "-c", mount + " || exit 99; " + script)
                .env("PATCHBAY_HOME", home.toString())
                .run(LIMIT);
    }

    private static String patchbay(String... arguments) {
        return PseudoTerminal.line("") + " " + String.join(" ", arguments);
    }
}
