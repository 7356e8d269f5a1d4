package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** D11: whoever reads no more is no failure, and nothing is paid for that nobody reads. */
@Tag("process")
@Tag("newest")
final class ClosedPipeTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        String models = IntStream.range(0, 5000).mapToObj(i -> "model-" + i).collect(Collectors.joining(", "));
        Files.writeString(
                home.resolve("providers/ok.yaml"),
                "providers: {ok: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, defaultModel: m, models: ["
                        + models + "]}}\n");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private ProcessOutcome firstLineOf(String command) {
        return ChildProcess.of("sh", "-c", PseudoTerminal.line("") + " " + command + " | head -1")
                .env("PATCHBAY_HOME", home.toString())
                .run(LIMIT);
    }

    @Test
    void launchEndsItsCallAndKeepsWhatHadCome() throws Exception {
        String lines =
                IntStream.range(0, 20_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        fake.answer(Answer.text("first\n", lines, "last").holdBefore("last", Gate.closed()));
        ProcessOutcome outcome = firstLineOf("launch Hi -p ok");
        assertThat(outcome.stdout()).isEqualTo("first\n");
        assertThat(outcome.stderr()).isEmpty();
        fake.awaitClientGone(LIMIT);
        JsonNode session = new JsonMapper()
                .readTree(new CliHarness(home).run("sessions", "list", "--json").out())
                .path("data")
                .path(0);
        assertThat(session.path("status").textValue()).isEqualTo("interrupted");
        assertThat(new CliHarness(home)
                        .run("sessions", "export", session.path("id").textValue())
                        .out())
                .contains("first\n", "line 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models ok",
                "providers models ok --offline",
                "providers explain ok",
                "sessions export ID",
                "sessions show ID"
            })
    void listsEndWithoutAWord(String command) throws Exception {
        String id = "";
        if (command.endsWith("ID")) {
            fake.answer(Answer.text("a line of the answer\n".repeat(20_000)));
            assertThat(new CliHarness(home).run("launch", "Hi", "-p", "ok").exitCode())
                    .isZero();
            id = new JsonMapper()
                    .readTree(new CliHarness(home)
                            .run("sessions", "list", "--json")
                            .out())
                    .path("data")
                    .path(0)
                    .path("id")
                    .textValue();
        }
        ProcessOutcome outcome = firstLineOf(command.replace("ID", id));
        assertThat(outcome.stdout()).hasLineCount(1);
        assertThat(outcome.stderr()).isEmpty();
    }
}
