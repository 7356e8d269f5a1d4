package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} on a pseudo-terminal, which Python's {@code pty} makes. */
@Tag("process")
@Tag("newest")
final class RunTerminalTest {

    private static final Duration LIMIT = Duration.ofSeconds(180);

    /** Starts argv on a terminal, plays the steps "wait TEXT", "key C", "size COLUMNS" and "pause SECONDS", and prints what was seen and the exit code. */
    private static final String DRIVER = """
            import fcntl, os, pty, select, struct, sys, termios, time
            steps, command = sys.argv[1].split("|"), sys.argv[2:]
            pid, terminal = pty.fork()
            if pid == 0:
                os.execvp(command[0], command)
            seen, end = b"", time.time() + 150
            def read():
                global seen
                ready, _, _ = select.select([terminal], [], [], 0.1)
                if not ready: return True
                try: piece = os.read(terminal, 65536)
                except OSError: return False
                seen += piece
                return bool(piece)
            for step in steps:
                word, _, rest = step.partition(" ")
                if word == "wait":
                    while rest.encode() not in seen and time.time() < end and read(): pass
                elif word == "key":
                    os.write(terminal, bytes([int(rest)]))
                elif word == "size":
                    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(rest), 0, 0))
                elif word == "pause":
                    stop = time.time() + float(rest)
                    while time.time() < stop: read()
            while time.time() < end and read(): pass
            _, status = os.waitpid(pid, 0)
            sys.stdout.write(seen.decode(errors="replace"))
            print("CODE", os.waitstatus_to_exitcode(status))
            """;

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    private ProcessOutcome play(String steps, String... command) throws Exception {
        assumeTrue(
                ChildProcess.of("sh", "-c", "command -v python3").run(LIMIT).exitCode() == 0,
                "there is no python3 here");
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/ok.yaml"),
                "providers: {ok: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, defaultModel: m}}\n");
        Path driver = Files.writeString(home.resolve("driver.py"), DRIVER);
        List<String> all = new ArrayList<>(List.of("python3", driver.toString(), steps));
        all.addAll(List.of(command));
        return ChildProcess.of(all).env("PATCHBAY_HOME", home.toString()).run(LIMIT);
    }

    private static String[] run(String... agent) {
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.addAll(List.of(Main.class.getName(), "run", "-p", "ok", "--"));
        words.addAll(List.of(agent));
        return words.toArray(String[]::new);
    }

    @Test // R05
    void interruptFromTheKeyboardComesToTheAgentOnce() throws Exception {
        String script = "trap 'echo got' INT; echo ready; sleep 3; sleep 1; "
                + "curl -s -o /dev/null -w '%{http_code}' $ANTHROPIC_BASE_URL/health; echo ' end'";
        ProcessOutcome outcome = play("wait ready|pause 0.3|key 3", run("sh", "-c", script));
        assertThat(outcome.stdout()).contains("got").contains("200 end").contains("CODE 0");
        assertThat(outcome.stdout().split("got", -1)).as(outcome.stdout()).hasSize(2);
    }

    @Test
    void changeOfSizeComesToTheAgent() throws Exception {
        ProcessOutcome outcome = play(
                "wait ready|size 61|wait WINCH",
                run(
                        "python3",
                        "-c",
                        "import os, signal, sys\n"
                                + "signal.signal(signal.SIGWINCH, lambda n, f: None)\n"
                                + "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])\n"
                                + "print('ready', flush=True)\n"
                                + "signal.sigwait([signal.SIGWINCH])\n"
                                + "print('WINCH', os.get_terminal_size().columns)"));
        assertThat(outcome.stdout()).contains("WINCH 61").contains("CODE 0");
    }

    @Test
    void suspensionStopsBothAndForegroundGoesOn() throws Exception {
        String command = Stream.of(run(
                        "sh", "-c", "echo $$ >'" + home + "/agent'; echo ready; read line; echo went on with $line"))
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        // The shell knows of the program that it started; what is typed before the agent has stopped as well may still
        // be the agent's.
        String bothStopped =
                "stat=/proc/$(cat '" + home + "/agent')/stat; until [ ! -r $stat ] || grep -q ') T' $stat; do :; done";
        ProcessOutcome outcome = play(
                "wait ready|key 26|wait STOPPED|key 10|wait GOES ON|key 120|key 10",
                "bash",
                "-c",
                "set -m; " + command + "; code=$?; " + bothStopped
                        + "; echo STOPPED $code; read enter; echo GOES ON; fg >/dev/null; echo DONE $?");
        assertThat(outcome.stdout())
                .contains("STOPPED 148")
                .contains("went on with x")
                .contains("DONE 0");
    }

    /** In a raw terminal the key is the agent's, which then stops itself alone. */
    @Test
    void agentThatStopsItselfGivesTheTerminalToTheShell() throws Exception {
        String command = Stream.of(run("sh", "-c", "echo ready; kill -STOP $$; echo went on"))
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessOutcome outcome = play(
                "wait STOPPED", "bash", "-c", "set -m; " + command + "; echo STOPPED $?; fg >/dev/null; echo DONE $?");
        assertThat(outcome.stdout()).contains("STOPPED 148").contains("went on").contains("DONE 0");
    }
}
