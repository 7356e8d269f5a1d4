package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that sessions were launched in may lie on a disk that answers no more: whoever looks at a session does not look at its folder. */
@Tag("process")
final class StoredFoldersTest {

    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final String FOLDER = "folder-of-a-session";

    @TempDir
    Path home;

    @TempDir
    Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"sessions list --all", "sessions search asked", "usage --by provider"})
    void noSystemCallNamesTheFolderOfASession(String command) throws Exception {
        assumeTrue(
                ChildProcess.of("sh", "-c", "strace -o /dev/null true")
                                .run(LIMIT)
                                .exitCode()
                        == 0,
                "strace, which lists system calls, cannot be used");
        Path folder = Files.createDirectory(parent.resolve(FOLDER));
        ProcessOutcome launch = ChildProcess.of(words("launch", "asked", "-p", "demo"))
                .env("PATCHBAY_HOME", home.toString())
                .in(folder)
                .run(LIMIT);
        assertThat(launch.exitCode()).as(launch.stderr()).isZero();
        Path calls = home.resolve("calls");
        List<String> traced = new ArrayList<>(List.of("strace", "-f", "-e", "trace=file", "-o", calls.toString()));
        traced.addAll(words(command.split(" ")));
        ProcessOutcome outcome = ChildProcess.of(traced)
                .env("PATCHBAY_HOME", home.toString())
                .in(parent)
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("demo");
        assertThat(calls).content().contains("patchbay.db").doesNotContain(FOLDER);
    }

    private static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(PseudoTerminal.java(""));
        words.addAll(List.of(arguments));
        return words;
    }
}
