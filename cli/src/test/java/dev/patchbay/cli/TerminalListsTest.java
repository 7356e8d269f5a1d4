package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists on terminals of several widths, and what a model said long ago shown on one. */
@Tag("process")
final class TerminalListsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        PseudoTerminal.requirePython();
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/work.yaml"), """
                providers:
                  ok: {auth: none, baseUrl: "%s", defaultModel: m}
                  corporate-gateway: {baseUrl: "https://ai-gateway.corporation.example/openai/v1", apiKey: $NOT_SET_HERE,
                    defaultModel: meta-llama/llama-4-maverick-17b-128e-instruct}
                  broken: {baseURL: "https://b.example"}
                """.formatted(fake.baseUrl("/v1")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void listOfProvidersFitsTheTerminalAndNamesAFolderOnce(int columns) {
        String text = screen(columns, Map.of("NO_COLOR", "1"), "providers", "list");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(text)
                .contains("MODEL", "BASE URL", "work.yaml", "UNAVAILABLE", "NOT_SET_HERE is not set (line ")
                .containsOnlyOnce("user files: ~/providers")
                .doesNotContain(home.toString());
        if (columns == 120) {
            assertThat(text).contains(fake.baseUrl("/v1").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void listOfSessionsFitsTheTerminalWideCharactersAndAll(int columns) {
        String title = "日本語".repeat(40);
        assertThat(new CliHarness(home).run("launch", title, "-p", "ok").exitCode())
                .isZero();
        String text = screen(columns, Map.of(), "sessions", "list");
        assertThat(text).contains("日本語", "…");
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(line.chars()
                                .map(c -> c >= 0x2e80 && c <= 0xa4cf ? 2 : 1)
                                .sum())
                        .isLessThanOrEqualTo(columns));
    }

    @Test
    void statesAndProblemsHaveColoursUnlessTheyAreNotWanted() {
        for (String command : List.of("providers list", "providers validate", "doctor")) {
            try (PseudoTerminal terminal = terminal(80, Map.of(), command.split(" "))) {
                terminal.end(LIMIT);
                assertThat(terminal.screen()).as(command).contains("\u001b[31;1m");
            }
            try (PseudoTerminal terminal = terminal(80, Map.of("NO_COLOR", "1"), command.split(" "))) {
                terminal.end(LIMIT);
                assertThat(terminal.screen()).as(command).doesNotContain("\u001b");
            }
        }
    }

    @Test
    void whatAModelSaidIsNeverObeyedWhenItIsShownAgain() {
        String esc = "a\u001b]52;c;aGk=\u0007b\u001b[2Jc\u009b31md\re\u202ef";
        fake.answer(Answer.text(esc));
        CliHarness harness = new CliHarness(home);
        assertThat(harness.run("launch", "Title " + esc, "-p", "ok").exitCode()).isZero();
        String list = harness.run("sessions", "list", "--json").out();
        assertThat(list).contains("\\u001B]52").doesNotContain("\u001b", "\u0007", "\u009b", "\r");
        String id = list.replaceAll("(?s).*?\"id\" ?: ?\"([^\"]+)\".*", "$1");
        for (String command : List.of("sessions list", "sessions show " + id, "sessions export " + id)) {
            String screen = screen(80, Map.of("NO_COLOR", "1"), command.split(" "));
            assertThat(screen).as(command).contains("Title").doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
            assertThat(screen.replace("\r\n", "\n")).as(command).doesNotContain("\r");
        }
        fake.answer(Answer.text(esc));
        assertThat(harness.run("launch", "Again", "-p", "ok", "--json").out())
                .contains("\\u001B]52")
                .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }

    private String screen(int columns, Map<String, String> environment, String... arguments) {
        try (PseudoTerminal terminal = terminal(columns, environment, arguments)) {
            assertThat(terminal.end(LIMIT)).as(terminal.screen()).isZero();
            return terminal.screen().replace("\r\n", "\n");
        }
    }

    private PseudoTerminal terminal(int columns, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(PseudoTerminal.java("in,out,err"));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATCHBAY_HOME", home.toString());
        all.put("HOME", home.toString());
        return PseudoTerminal.of(columns, all, command);
    }
}
