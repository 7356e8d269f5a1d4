package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of docs/sessions.md and docs/daemon.md do what they say, from an empty home. */
@Tag("process")
final class SessionPagesTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    @TempDir
    Path home;

    private static List<MatchResult> blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("..", "docs", page)))
                .results()
                .toList();
    }

    private static String block(String page, String language) throws IOException {
        List<MatchResult> found = blocks(page).stream()
                .filter(block -> block.group(1).equals(language))
                .toList();
        assertThat(found).as(language + " of " + page).hasSize(1);
        return found.get(0).group(2);
    }

    private ProcessOutcome shell(String script) {
        String patchbay = "patchbay() { " + PseudoTerminal.line("") + " \"$@\"; }\n";
        return ChildProcess.of("sh", "-eu", "-c", patchbay + script)
                .env("HOME", home.toString())
                .in(home)
                .run(LIMIT);
    }

    @Test
    void noBlockIsOfAKindThatNoTestRuns() throws IOException {
        assertThat(blocks("sessions.md")).extracting(block -> block.group(1)).containsExactly("sh", "java");
        assertThat(blocks("daemon.md")).extracting(block -> block.group(1)).containsExactly("sh");
    }

    @Test
    void sessionsAreKeptFoundAndGoOn() throws IOException {
        ProcessOutcome outcome = shell(block("sessions.md", "sh"));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stderr()).contains("going on with \"Explain recursion\" (demo");
        assertThat(outcome.stdout())
                .contains("You asked: Explain recursion", "You asked: And in Java?", "completed", "PROVIDER");
        assertThat(home.resolve(".local/state/patchbay/patchbay.db")).exists();
    }

    /** On a free port: the one of the page may be another's. */
    @Test
    void daemonStartsServesAndStops() throws IOException {
        String script = block("daemon.md", "sh").replace("daemon start ", "daemon start --port 0 ");
        ProcessOutcome outcome = shell("trap 'patchbay daemon stop >&2' EXIT\n" + script);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout())
                .contains("daemon started on http://127.0.0.1:", "Explain recursion", "POST /api/v1/sessions 201")
                .endsWith("stopped\n");
    }

    @Test
    void javaBlockCompilesAndRuns() throws IOException {
        String block = block("sessions.md", "java");
        assertThat(block).contains("/var/lib/app/sessions.db");
        String program = """
                import dev.patchbay.Patchbay;
                import dev.patchbay.session.LaunchRequest;
                import dev.patchbay.session.Session;
                import dev.patchbay.store.SqliteSessionStore;
                import java.nio.file.Path;

                public class Embedded {
                    public static void main(String[] arguments) {
                %s    }
                }
                """.formatted(block.replace(
                        "/var/lib/app/sessions.db", home.resolve("sessions.db").toString())
                .indent(8));
        Path file = Files.writeString(home.resolve("Embedded.java"), program);
        ProcessOutcome outcome =
                ChildProcess.java(file.toString()).env("HOME", home.toString()).run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("You asked: Explain recursion");
        assertThat(home.resolve("sessions.db")).isNotEmptyFile();
    }
}
