package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command that is answered from files alone must not wait for. */
@Tag("process")
@Tag("newest")
final class QuickStartTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "lunch", "providers list", "plugins list"})
    void loadsNoDataBinding(String command) throws Exception {
        Path log = home.resolve("classes.log");
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.add("-Xlog:class+load:file=" + log);
        words.add(Main.class.getName());
        words.addAll(List.of(command.split(" ")));
        ChildProcess.of(words)
                .env("PATCHBAY_HOME", home.toString())
                .env("MISTRAL_API_KEY", "a-key-that-opens-nothing")
                .run(LIMIT);
        assertThat(Files.readString(log).split("\\s+"))
                .contains(CommandTree.class.getName())
                .doesNotContain("com.fasterxml.jackson.databind.ObjectMapper");
    }
}
