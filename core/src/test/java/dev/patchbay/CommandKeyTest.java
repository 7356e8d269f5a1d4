package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionResult;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that a command prints, from the provider file to the request (provider-files.md, section 2, secret forms). */
@DisabledOnOs(OS.WINDOWS)
final class CommandKeyTest {

    private static final LaunchRequest REQUEST =
            LaunchRequest.query("Hello").provider("p").model("m").build();

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private Path runs;

    @BeforeEach
    void nothingHasRun() throws IOException {
        runs = Files.writeString(folder.resolve("runs"), "");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void aRouteRunsNoCommand() throws IOException {
        try (Patchbay patchbay = patchbay("echo key-of-a-command", "")) {
            assertThat(patchbay.route(REQUEST).upstreamModel()).isEqualTo("m");
            assertThat(runs()).isEmpty();
            assertThat(patchbay.launch(REQUEST).await().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(runs()).hasSize(1);
        }
    }

    @Test
    void aRouteSaysThatAVariableIsMissing() throws IOException {
        try (Patchbay patchbay = patchbay("echo key-of-a-command", ", headers: {X-Org: $ORG_OF_NOBODY}")) {
            assertThat(failure(patchbay)).extracting(Diagnostic::code).contains(Code.UNSET_VARIABLE);
            assertThat(runs()).isEmpty();
        }
    }

    @Test
    void tenLaunchesAtOnceRunItOnce() throws IOException {
        try (Patchbay patchbay = patchbay("sleep 0.3; echo key-of-a-command", "")) {
            List<Session> sessions = IntStream.range(0, 10)
                    .parallel()
                    .mapToObj(number -> patchbay.launch(REQUEST))
                    .toList();
            assertThat(sessions)
                    .extracting(session -> session.await().text())
                    .containsOnly(FakeProvider.DEFAULT_TEXT)
                    .hasSize(10);
        }
        assertThat(runs()).hasSize(1);
        assertThat(fake.requests())
                .extracting(request -> request.header("authorization").orElse(""))
                .containsOnly("Bearer key-of-a-command")
                .hasSize(10);
    }

    @Test
    void aRefusedKeyIsFetchedAgainOnceAndThenItStops() throws IOException {
        fake.answer(Answer.error(401, "expired", "token expired"));
        try (Patchbay patchbay = patchbay("echo key-$(wc -l < \"$0\")-of-a-command", "")) {
            Session session = patchbay.launch(REQUEST);
            session.await();
            assertThat(session.record().status()).isEqualTo(SessionStatus.FAILED);
        }
        assertThat(runs()).hasSize(2);
        assertThat(fake.requests())
                .extracting(
                        request -> request.header("authorization").orElse("").replaceAll(" +", " "))
                .containsExactly("Bearer key-1-of-a-command", "Bearer key-2-of-a-command");
    }

    @ParameterizedTest
    @CsvSource({
        "sleep 60,                     was not done after 300 ms and was ended",
        "echo canary-key; exit 3,      exited with status 3",
        "true,                         printed nothing",
        "echo canary-key; echo canary, printed more than one line",
        "echo your-api-key,            printed a key that is the placeholder of an example",
    })
    void whatGoesWrongFailsTheSessionBeforeAnythingIsSent(String command, String words) throws IOException {
        try (Patchbay patchbay = patchbay(command, "")) {
            SessionResult result = patchbay.launch(REQUEST).await();
            assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
            assertThat(result.error().orElseThrow().type()).isEqualTo("configuration");
            assertThat(result.error().orElseThrow().message()).startsWith("the command sh " + words);
            assertThat(result.cause().orElseThrow()).isInstanceOf(ConfigurationException.class);
            List<Diagnostic> problems = ((ConfigurationException) result.cause().orElseThrow()).diagnostics();
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(Code.SECRET_COMMAND);
                assertThat(problem.message()).startsWith("the command sh " + words);
                assertThat(problem.toString()).contains("p.yaml:2:").doesNotContain("canary");
                assertThat(problem.help()).isPresent();
            });
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void aLaunchDoesNotWaitForTheCommand() throws IOException {
        Path gate = folder.resolve("gate");
        try (Patchbay patchbay =
                patchbay("until [ -e '" + gate + "' ]; do sleep 0.05; done; echo key-of-a-command", "")) {
            Session session = patchbay.launch(REQUEST);
            assertThat(session.record().status().isFinal()).isFalse();
            Files.createFile(gate);
            assertThat(session.await().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
        }
    }

    private static List<Diagnostic> failure(Patchbay patchbay) {
        return catchThrowableOfType(ConfigurationException.class, () -> patchbay.route(REQUEST))
                .diagnostics();
    }

    private List<String> runs() throws IOException {
        return Files.readAllLines(runs);
    }

    /** The command notes each of its runs first. */
    private Patchbay patchbay(String command, String more) throws IOException {
        String timeout = command.startsWith("sleep 60") ? "300ms" : "30s";
        String argv = ("echo >> \"$0\"; " + command).replace("\"", "\\\"");
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                "providers:\n  p: {baseUrl: \"" + fake.baseUrl("/v1") + "\", apiKey: {command: [sh, -c, \"" + argv
                        + "\", \"" + runs + "\"], timeout: " + timeout + "}" + more + "}\n");
        return Patchbay.builder().withoutDiscovery().config(file).build();
    }
}
