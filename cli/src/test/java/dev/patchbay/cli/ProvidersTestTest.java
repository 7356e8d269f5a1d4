package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code providers test} as a user calls it. */
final class ProvidersTestTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KEY = "canary-key-0815";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void write() throws IOException {
        define(fake.baseUrl("/v1").toString());
        fake.answer("/models", Answer.text());
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void wordsToPasteMakeTheProviderWork() throws IOException {
        Path file = define(fake.baseUrl("/v1").toString());
        fake.answer("/chat/completions", ProvidersTestTest::strict);
        assertThat(patchbay("providers", "validate").exitCode()).isZero();
        assertThat(patchbay("launch", "Hello", "--provider", "mine").exitCode()).isEqualTo(1);
        int before = fake.requests().size();

        CliHarness.Result first = patchbay("providers", "test", "mine");
        golden("quirks.txt", first);
        assertThat(first.exitCode()).isZero();
        assertThat(fake.requests().size() - before).isLessThanOrEqualTo(13);
        assertThat(first.err()).startsWith("patchbay: testing provider 'mine'").contains("5 calls, at most 13");

        Files.writeString(file, Files.readString(file) + lines(first.out()));
        assertThat(patchbay("providers", "validate").exitCode()).isZero();
        CliHarness.Result second = patchbay("providers", "test", "mine");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("; 5 calls were made").doesNotContain("Put these lines");
        assertThat(second.err()).doesNotContain("trying once more");
        CliHarness.Result launched = patchbay("launch", "Hello", "--provider", "mine");
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(launched.out()).isEqualTo("Hello\n");
    }

    @Test
    void providerOfAJarIsChangedByExtendingIt() throws IOException {
        fake.answer("/chat/completions", ProvidersTestTest::strict);
        Path file = Files.writeString(home.resolve("providers/mine.yaml"), """
                providers:
                  baseten: {extends: baseten, baseUrl: "%s", apiKey: $MY_KEY, dialect: openai-chat, defaultModel: fake-model}
                """.formatted(fake.baseUrl("/v1")));
        CliHarness.Result result = patchbay("providers", "test", "baseten");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("Put these lines into provider 'baseten' at " + file + ":2:3");
    }

    @Test
    void everyStepSaysWhatItSaw() {
        fake.answer("/chat/completions", ProvidersTestTest::good);
        CliHarness.Result result = patchbay("providers", "test", "mine");
        assertThat(result.exitCode()).isZero();
        golden("passed.txt", result);
    }

    @Test
    void failureIsShownWithWhatToDo() {
        Answer refusal = Answer.error(401, "invalid_api_key", "Incorrect API key provided: " + KEY);
        fake.answer(refusal).answer("/models", refusal);
        CliHarness.Result result = patchbay("providers", "test", "mine");
        assertThat(result.exitCode()).isEqualTo(1);
        golden("wrong-key.txt", result);
    }

    @Test
    void wrongPathIsShownWithTheUrlThatWasCalled() {
        fake.answer(Answer.status(404)).answer("/models", Answer.status(404));
        CliHarness.Result result = patchbay("providers", "test", "mine");
        assertThat(result.exitCode()).isEqualTo(1);
        golden("wrong-path.txt", result);
    }

    @Test
    void nobodyThereIsShown() throws IOException {
        try (ClosedPort port = ClosedPort.open()) {
            define(port.baseUrl("/v1").toString());
            CliHarness.Result result = patchbay("providers", "test", "mine");
            assertThat(result.exitCode()).isEqualTo(1);
            golden("nobody.txt", result);
        }
    }

    @Test
    void providerOfAPluginIsTestedWithItsOwnClient() {
        CliHarness.Result result = patchbay("providers", "test", "demo");
        assertThat(result.exitCode()).isZero();
        golden("demo.txt", result);
    }

    @Test
    void jsonIsOneObject() throws IOException {
        fake.answer("/chat/completions", ProvidersTestTest::strict);
        CliHarness.Result result = patchbay("providers", "test", "mine", "--json", "--model", "fake-model");
        assertThat(result.exitCode()).isZero();
        JsonNode report = new JsonMapper().readTree(result.out());
        assertThat(report.path("passed").booleanValue()).isTrue();
        assertThat(report.path("calls").path("made").intValue())
                .isEqualTo(fake.requests().size());
        assertThat(report.path("calls").path("atMost").intValue()).isEqualTo(13);
        assertThat(report.path("steps").findValuesAsText("name"))
                .containsExactly(
                        "DNS", "connect", "TLS", "auth", "models", "chat", "stream", "tool call", "second turn");
        JsonNode change = report.path("suggestion").path("changes").path(0);
        assertThat(change.path("path").toString()).isEqualTo("[\"quirks\",\"maxTokensField\"]");
        assertThat(change.path("proven").booleanValue()).isTrue();
        assertThat(report.path("suggestion").path("yaml").textValue()).startsWith("    quirks:\n");
    }

    @Test
    void whatCannotBeLaunchedIsNotTested() {
        assertThat(new CliHarness(home).run("providers", "test", "mine").exitCode())
                .isEqualTo(3);
        CliHarness.Result unknown = patchbay("providers", "test", "mien");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("did you mean mine?");
        assertThat(patchbay("providers", "test").exitCode()).isEqualTo(2);
        assertThat(patchbay("providers", "test", "mine", "--timeout", "30").exitCode())
                .isEqualTo(2);
        assertThat(fake.connections()).isZero();
    }

    @Test
    void timeoutEndsASilentServer() {
        fake.answer(Answer.silence()).answer("/models", Answer.silence());
        CliHarness.Result result = patchbay("providers", "test", "mine", "--timeout", "300ms");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("failed", "within");
    }

    @Tag("process")
    @Test
    void interruptEndsTheCallAndTheProcess() {
        fake.answer("/chat/completions", Answer.silence());
        ChildProcess process = ChildProcess.java(Main.class.getName(), "providers", "test", "mine")
                .env("PATCHBAY_HOME", home.toString())
                .env("MY_KEY", KEY);
        try (RunningProcess running = process.start()) {
            fake.takeRequest(LIMIT);
            RecordedRequest chat = fake.takeRequest(LIMIT);
            running.signal("INT");
            ProcessOutcome outcome = running.await(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(130);
            assertThat(outcome.stderr()).endsWith("patchbay: interrupted\n");
            fake.awaitClientGone(chat, Duration.ofSeconds(1));
        }
    }

    private static void good(Exchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        boolean call = request.member("tools").isPresent() && !request.text().contains("18 degrees");
        Answer answer =
                call ? Answer.toolCall("call_1", "get_weather", "{\"city\":\"Paris\"}") : Answer.text("Hel", "lo");
        answer.send(exchange);
    }

    /** Wants another member for the limit, and takes neither a temperature nor options of the stream. */
    private static void strict(Exchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        if (request.member("max_tokens").isPresent()) {
            refuse(exchange, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
        } else if (request.member("temperature").isPresent()) {
            refuse(exchange, "Unsupported value: 'temperature' does not support 0.5 with this model.");
        } else if (request.member("stream_options").isPresent()) {
            refuse(exchange, "body.stream_options: Extra inputs are not permitted");
        } else {
            good(exchange);
        }
    }

    private static void refuse(Exchange exchange, String words) throws IOException {
        Answer.error(400, "invalid_request_error", words).send(exchange);
    }

    private static String lines(String out) {
        String mark = "in place of those of the same name:\n\n";
        return out.substring(out.indexOf(mark) + mark.length());
    }

    private Path define(String baseUrl) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        return Files.writeString(home.resolve("providers/mine.yaml"), """
                providers:
                  mine:
                    baseUrl: %s
                    apiKey: $MY_KEY
                    defaultModel: fake-model
                """.formatted(baseUrl));
    }

    private void golden(String name, CliHarness.Result result) {
        assertThat(result.transcript()).doesNotContain(KEY);
        Golden.files()
                .withoutPorts()
                .replacing(home, "<home>")
                .normalising(
                        text -> text.replaceAll("port \\d+", "port <port>").replaceAll(" +\\d+\\.\\d\\d s", "  <time>"))
                .check("ProvidersTestTest/" + name, result.transcript());
    }

    private CliHarness.Result patchbay(String... arguments) {
        return new CliHarness(home).variable("MY_KEY", KEY).run(arguments);
    }
}
