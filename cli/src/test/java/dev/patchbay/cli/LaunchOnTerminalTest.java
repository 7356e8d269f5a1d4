package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a launch. */
@Tag("process")
final class LaunchOnTerminalTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        PseudoTerminal.requirePython();
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers: {ok: {baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}}\n");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void answerOfThousandsOfLinesIsOnlyAppended() {
        String answer = IntStream.range(0, 5_000)
                .mapToObj(i -> i % 50 == 0 ? "## Part " + i : "Line *" + i + "* of `many`")
                .collect(Collectors.joining("\n"));
        String[] pieces = answer.split("(?<=\\G.{1,7})(?s)", 0);
        fake.answer(Answer.text(pieces));
        try (PseudoTerminal terminal = PseudoTerminal.patchbay(home, 80, "launch", "Hi", "-p", "ok")) {
            assertThat(terminal.end(LIMIT)).isZero();
            String afterProgress = terminal.screen().substring(terminal.screen().lastIndexOf("\u001b[K") + 3);
            assertThat(afterProgress).doesNotContain("\u001b[A", "\u001b[H", "\u001b[1A");
            assertThat(terminal.text()).contains(answer);
            assertThat(terminal.screen()).contains("\u001b[1m## Part 50\u001b[0m");
        }
    }

    @Test
    void nothingThatAModelSaysIsObeyed() {
        fake.answer(
                Answer.text("a \u001b]52;c;eA==\u0007", " \u001b[2J", " \u009b31m", " \rb", " \u202ec **d\u001b[1A**"));
        try (PseudoTerminal terminal = PseudoTerminal.patchbay(home, 80, "launch", "Hi", "-p", "ok")) {
            assertThat(terminal.end(LIMIT)).isZero();
            assertThat(terminal.screen())
                    .doesNotContain("\u001b]", "\u001b[2J", "\u009b", "\u0007", "\u202e", "\u001b[1A");
        }
    }

    @Test
    void noColourMeansNoSequenceInTheAnswer() {
        fake.answer(Answer.text("**strong** and `code`"));
        List<String> command = new ArrayList<>(PseudoTerminal.java("out"));
        command.addAll(List.of("launch", "Hi", "-p", "ok", "--no-stdin"));
        Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString(), "NO_COLOR", "1");
        try (PseudoTerminal terminal = PseudoTerminal.of(80, environment, command)) {
            assertThat(terminal.end(LIMIT)).isZero();
            assertThat(terminal.screen()).isEqualTo("**strong** and `code`\r\n");
        }
    }

    @Test
    void waitingSignIsGoneBeforeTheFirstByteOfAPipe() {
        fake.answer(Answer.text("first ", "second ", "third"));
        String words = PseudoTerminal.line("in,err", "launch", "Hi", "-p", "ok");
        Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString());
        try (PseudoTerminal terminal = PseudoTerminal.of(80, environment, List.of("sh", "-c", words + " | cat"))) {
            assertThat(terminal.end(LIMIT)).isZero();
            String answer = terminal.screen().substring(terminal.screen().indexOf("first"));
            assertThat(answer).startsWith("first second third\r\n");
        }
    }
}
