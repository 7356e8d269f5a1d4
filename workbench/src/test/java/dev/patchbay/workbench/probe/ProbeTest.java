package dev.patchbay.workbench.probe;

import static dev.patchbay.workbench.probe.ProbeFixture.CANARY;
import static dev.patchbay.workbench.probe.ProbeFixture.in;
import static dev.patchbay.workbench.probe.ProbeFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Quirk;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import dev.patchbay.workbench.probe.StepResult.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbeTest {

    @TempDir
    Path directory;

    private ProbeFixture probe;

    @BeforeEach
    void start() {
        probe = new ProbeFixture(directory);
    }

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void endpointThatRefusesNothingTakesFiveCalls() {
        ProbeReport report = probe.test();
        assertThat(in(report, State.FAILED)).isEmpty();
        assertThat(in(report, State.SKIPPED)).containsExactly(Step.DNS, Step.TLS);
        assertThat(report.isPassed()).isTrue();
        assertThat(report.calls()).isEqualTo(5);
        assertThat(probe.fake.requests())
                .extracting(RecordedRequest::toString)
                .containsExactly(
                        "request 1: GET /v1/models",
                        "request 2: POST /v1/chat/completions",
                        "request 3: POST /v1/chat/completions",
                        "request 4: POST /v1/chat/completions",
                        "request 5: POST /v1/chat/completions");
        assertThat(probe.fake.requests())
                .allMatch(request -> request.header("authorization").orElse("").equals("Bearer " + CANARY));
        assertThat(report.suggestion().isEmpty()).isTrue();
        assertThat(report.toString()).doesNotContain(CANARY);
    }

    @Test
    void quirksOfAnEndpointAreFoundOneByOneAndProven() {
        probe.fake.answer(new Endpoint()
                .refusing(
                        "max_tokens",
                        "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                                + " 'max_completion_tokens' instead.")
                .refusing("temperature", "Unsupported value: 'temperature' does not support 0.5 with this model.")
                .refusing("stream_options", "body.stream_options: Extra inputs are not permitted")
                .refusing("parallel_tool_calls", "Unknown parameter: parallel_tool_calls.")
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(report.calls()).isEqualTo(probe.fake.requests().size());
        assertThat(report.suggestion().where()).endsWith("mine.yaml:2:3");
        assertThat(report.suggestion().yaml()).isEqualTo("""
                    quirks:
                      maxTokensField: max_completion_tokens  # proven
                      streamUsage: false  # proven
                      estimateUsage: true  # proven
                      parallelToolCalls: false  # proven
                    body:
                      drop: [temperature]  # proven
                """);
    }

    @Test
    void suggestionKeepsWhatTheFileSaysBesides() {
        probe.fake.answer(new Endpoint()
                .refusing("temperature", "body.temperature: Extra inputs are not permitted")
                .answer());
        ProbeReport report = probe.test("quirks: {stop: 2}", "body: {set: {seed: 7}, drop: [user]}");
        assertThat(report.suggestion().yaml()).isEqualTo("""
                    body:
                      set: {seed: 7}
                      drop: [user, temperature]  # proven
                """);
    }

    @Test
    void quirkOfTheModelItselfIsChangedThere() {
        probe.fake.answer(new Endpoint()
                .refusing("max_tokens", "use max_completion_tokens instead of max_tokens")
                .answer());
        ProbeReport report = probe.test("models: {fake-model: {quirks: {maxTokensField: max_tokens}}}");
        assertThat(report.isPassed()).isTrue();
        assertThat(report.suggestion().yaml()).contains("models:\n      fake-model:\n        quirks:\n");
    }

    @Test
    void remedyThatDoesNotHelpIsNotSuggested() {
        probe.fake.answer(Answer.error(400, "invalid_request_error", "body.temperature: we refuse everything"));
        ProbeReport report = probe.test();
        assertThat(in(report, State.FAILED)).containsExactly(Step.CHAT, Step.STREAM);
        assertThat(probe.trials).contains("chat: body: {drop: [temperature]}");
        assertThat(report.suggestion().yaml()).isEmpty();
    }

    @Test
    void remedyThatOnlyMovesTheRefusalOnIsUntried() {
        probe.fake.answer(new Endpoint()
                .refusing("temperature", "body.temperature: Extra inputs are not permitted")
                .on(request -> request.text().contains("messages"), Answer.error(400, "x", "and we refuse the rest"))
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).isFalse();
        assertThat(report.suggestion().yaml()).contains("drop: [temperature]  # untried");
    }

    @Test
    void endpointWithMoreQuirksThanTrialsKeepsToTheAnnouncedCalls() {
        int[] number = {0};
        probe.fake.answer(
                "/chat/completions",
                exchange -> Answer.error(400, "invalid_request_error", "'temperature' or 'top' " + number[0]++)
                        .send(exchange));
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).isFalse();
        assertThat(probe.fake.requests()).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void limitOfOneTokenMayBeRefused() {
        probe.fake.answer(new Endpoint()
                .on(
                        request -> request.text().contains("\"max_tokens\":1,"),
                        Answer.error(400, "x", "max_tokens must be at least 16"))
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).isTrue();
        assertThat(step(report, Step.CHAT).detail()).contains("not to one that allows it a single token");
        assertThat(report.suggestion().yaml()).isEmpty();
    }

    @Test
    void thinkingThatHasToComeBackIsSentBack() {
        probe.fake.answer(new Endpoint()
                .on(
                        request -> request.text().contains("18 degrees")
                                && !request.text().contains("reasoning_content"),
                        Answer.error(
                                400, "x", "The reasoning_content in the thinking mode must be passed back to the API."))
                .on(
                        request -> request.member("tools").isPresent()
                                && !request.text().contains("18 degrees"),
                        Answer.thinking("hm").thenToolCall("call_1", "get_weather", "{\"city\":\"Paris\"}"))
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(report.suggestion().yaml()).isEqualTo("    quirks:\n      reasoningReplay: tool_turns  # proven\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System role not supported",
                "Unsupported value: 'messages[0].role' does not support 'system' with this model."
            })
    void modelThatTakesNoInstructionsIsTestedWithoutThem(String words) {
        probe.fake.answer(new Endpoint()
                .on(request -> request.text().contains("\"system\""), Answer.error(400, "x", words))
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).isTrue();
        assertThat(report.suggestion().hints()).singleElement().asString().contains("without --system");
    }

    @Test
    void streamWithoutUsageIsEstimated() {
        probe.fake.answer(new Endpoint()
                .on(
                        request ->
                                request.wantsStream() && request.member("tools").isEmpty(),
                        Answer.text("Hi").with(Quirk.NO_USAGE))
                .answer());
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).isTrue();
        assertThat(step(report, Step.STREAM).detail()).contains("estimated, since the provider reports none");
        assertThat(report.suggestion().yaml()).contains("estimateUsage: true  # proven");
    }

    @Test
    void modelWithoutToolsFailsUntilTheFileSaysSo() {
        probe.fake.answer(Answer.text("No."));
        ProbeReport report = probe.test();
        assertThat(in(report, State.FAILED)).containsExactly(Step.TOOL_CALL);
        assertThat(step(report, Step.SECOND_TURN).state()).isEqualTo(State.SKIPPED);
        assertThat(report.suggestion().hints()).singleElement().asString().contains("fake-model: {tools: false}");
        ProbeReport told = probe.test("models: {fake-model: {tools: false}}");
        assertThat(told.isPassed()).isTrue();
        assertThat(told.calls()).isEqualTo(3);
    }

    @Test
    void modelThatIsNotListedIsNamedWithItsNeighbours() {
        probe.fake.answer(
                "/chat/completions", Answer.error(404, "model_not_found", "The model 'fake-modle' does not exist"));
        ProbeReport report = probe.test("defaultModel: fake-modle");
        assertThat(step(report, Step.MODELS).detail())
                .isEqualTo("1 listed, fake-modle not among them; there is fake-model");
        assertThat(report.suggestion().hints())
                .containsExactly("the provider does not know the model fake-modle; it lists fake-model");
        assertThat(probe.trials).as("no other address is tried").isEmpty();
    }

    @Test
    void baseUrlThatLacksItsVersionIsCompleted() {
        probe.fake.answer("/api/models", Answer.status(404));
        probe.fake.answer("/api/chat/completions", Answer.status(404));
        ProbeReport report = probe.testAt(probe.fake.baseUrl("/api").toString());
        assertThat(report.isPassed()).isTrue();
        assertThat(report.suggestion().yaml())
                .isEqualTo("    baseUrl: \"" + probe.fake.baseUrl("/api/v1") + "\"  # proven\n");
    }

    @Test
    void versionIsTriedBehindAnyPath() {
        Answer missing = Answer.status(404);
        probe.fake.answer("/openai/models", missing).answer("/openai/chat/completions", missing);
        ProbeReport report = probe.testAt(probe.fake.baseUrl("/openai").toString());
        assertThat(report.isPassed()).isTrue();
        assertThat(report.suggestion().yaml()).contains("/openai/v1\"  # proven");
    }

    @Test
    void operationsDirectlyAtTheHostAreFound() {
        probe.fake.answer("/v1/models", Answer.status(404));
        probe.fake.answer("/v1/chat/completions", Answer.status(404));
        ProbeReport report = probe.testAt(probe.fake.baseUrl().toString());
        assertThat(report.isPassed()).isTrue();
        assertThat(report.suggestion().yaml())
                .startsWith("    endpoints: {chat: \"/chat/completions\", models: \"/models\"}");
    }

    @Test
    void otherDialectOfTheCoreIsTestedTheSameWay() {
        probe.fake.answer(new Endpoint()
                .refusing("temperature", "temperature: this model does not support the parameter 'temperature'")
                .answer());
        ProbeReport report = probe.test("dialect: anthropic-messages");
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(probe.fake.requests().get(0).target()).isEqualTo("/v1/models?limit=1000");
        assertThat(report.suggestion().yaml()).isEqualTo("    body:\n      drop: [temperature]  # proven\n");
        assertThat(report.calls()).isEqualTo(6);
    }

    @Test
    void keyOfACommandIsAskedForTwiceWithinTheAnnouncedCalls() {
        Answer refusal = Answer.error(401, "invalid_api_key", "no");
        probe.fake.answer(refusal).answer("/models", refusal);
        ProbeReport report = probe.test("apiKey: {command: [echo, a-key-of-a-command]}");
        assertThat(in(report, State.FAILED)).containsExactly(Step.AUTH);
        assertThat(probe.fake.requests()).hasSizeGreaterThan(3);
    }

    @Test
    void pageForPeopleIsNoApi() {
        probe.fake.answer("/app/models", Answer.html(200));
        probe.fake.answer("/app/v1/models", Answer.html(200));
        probe.fake.answer("/app/chat/completions", Answer.html(200));
        probe.fake.answer("/app/v1/chat/completions", Answer.html(200));
        probe.fake.answer("/app/v1/messages", Answer.html(200));
        probe.fake.answer("/app/responses", Answer.html(200));
        probe.fake.answer("/app/v1/responses", Answer.html(200));
        ProbeReport report = probe.testAt(probe.fake.baseUrl("/app").toString());
        assertThat(in(report, State.FAILED)).containsExactly(Step.CHAT);
        assertThat(step(report, Step.CHAT).detail()).contains("answered with a web page");
        assertThat(step(report, Step.CHAT).help())
                .hasValueSatisfying(help -> assertThat(help).contains("baseUrl must be"));
        assertThat(report.suggestion().yaml()).isEmpty();
    }

    @Test
    void endpointOfAnthropicBehindTheChatDialectIsRecognised() {
        probe.fake.answer("/chat/completions", Answer.status(404));
        probe.fake.answer("/models", Answer.status(404));
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(report.suggestion().yaml()).isEqualTo("    dialect: anthropic-messages  # proven\n");
        assertThat(probe.fake.requests().get(probe.fake.requests().size() - 1).header("x-api-key"))
                .contains(CANARY);
    }

    @Test
    void keyInAnotherHeaderIsFound() {
        Answer strict = new Endpoint()
                .on(
                        request -> request.header("x-api-key").isEmpty(),
                        Answer.error(401, "authentication_error", "no key"))
                .answer();
        probe.fake
                .answer(strict)
                .answer(
                        "/models",
                        exchange -> (exchange.request().header("x-api-key").isEmpty()
                                        ? Answer.error(401, "authentication_error", "no key")
                                        : Answer.text())
                                .send(exchange));
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(report.suggestion().yaml()).isEqualTo("    auth: {type: header, header: x-api-key}  # proven\n");
        ProbeReport pasted = probe.test("apiKey: $MY_KEY", "auth: {type: header, header: x-api-key}");
        assertThat(pasted.isPassed()).isTrue();
        assertThat(pasted.suggestion().isEmpty()).isTrue();
    }

    @Test
    void wrongKeyStopsBeforeAnythingCosts() {
        Answer refusal = Answer.error(401, "invalid_api_key", "Incorrect API key provided: " + CANARY);
        probe.fake.answer(refusal).answer("/models", refusal);
        ProbeReport report = probe.test();
        assertThat(in(report, State.FAILED)).containsExactly(Step.AUTH);
        assertThat(step(report, Step.CHAT).detail()).isEqualTo("the auth step failed");
        assertThat(step(report, Step.AUTH).help())
                .hasValueSatisfying(help -> assertThat(help).contains("$MY_KEY at "));
        assertThat(report.toString()).doesNotContain(CANARY);
        assertThat(probe.fake.requests()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void keyThatMayNotListModelsMayStillChat() {
        probe.fake.answer("/models", Answer.error(403, "x", "Missing scopes: api.model.read"));
        ProbeReport report = probe.test();
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(in(report, State.SKIPPED)).contains(Step.AUTH, Step.MODELS);
    }

    @Test
    void nobodyAtThePortFailsOnConnecting() {
        try (ClosedPort port = ClosedPort.open()) {
            ProbeReport report = probe.testAt(port.baseUrl("/v1").toString());
            assertThat(in(report, State.FAILED)).containsExactly(Step.CONNECT);
            assertThat(step(report, Step.CONNECT).detail()).contains("refused the connection");
            assertThat(report.calls()).isZero();
        }
    }

    @Test
    void hostWithoutAddressFailsOnItsName() {
        ProbeReport report = probe.testAt("https://no-such-host.invalid/v1");
        assertThat(in(report, State.FAILED)).containsExactly(Step.DNS);
        assertThat(step(report, Step.DNS).detail()).isEqualTo("there is no host named no-such-host.invalid");
        assertThat(report.calls()).isZero();
    }

    @Test
    void silentServerEndsWithTheTimeoutOfTheFile() {
        probe.fake.answer(Answer.silence()).answer("/models", Answer.silence());
        ProbeReport report = probe.test("http: {firstByteTimeout: 300ms}");
        assertThat(in(report, State.FAILED)).containsExactly(Step.AUTH);
        assertThat(step(report, Step.AUTH).detail()).contains("within 300ms");
    }

    @Test
    void untrustedCertificateFailsWithItsIssuer(@TempDir Path made) {
        TestCertificates certificates = TestCertificates.create(made);
        try (FakeProvider encrypted = FakeProvider.startTls(certificates.server())) {
            ProbeReport report = probe.testAt(encrypted.baseUrl("/v1").toString());
            assertThat(in(report, State.FAILED)).containsExactly(Step.TLS);
            assertThat(step(report, Step.TLS).detail()).contains("not trusted here", "issued by CN=Test authority");
            assertThat(encrypted.requests()).isEmpty();
        }
    }

    @Test
    void authorityOfTheFileIsTrustedLikeByLaunches(@TempDir Path made) {
        TestCertificates certificates = TestCertificates.create(made);
        try (FakeProvider encrypted = FakeProvider.startTls(certificates.server())) {
            encrypted.answer(new Endpoint().answer()).answer("/models", Answer.text());
            String base = encrypted.baseUrl("/v1").toString();
            ProbeReport trusting = probe.testAt(base, "http: {tls: {caFile: " + certificates.authority() + "}}");
            assertThat(trusting.isPassed()).as(trusting.toString()).isTrue();
            assertThat(step(trusting, Step.TLS).detail())
                    .contains("TLSv1.3, certificate issued by CN=Test authority, valid until ");
            ProbeReport careless = probe.testAt(base, "http: {tls: {insecureSkipVerify: true}}");
            assertThat(careless.isPassed()).isTrue();
            assertThat(step(careless, Step.TLS).detail()).endsWith("not checked, for insecureSkipVerify is set");
        }
    }

    @Test
    void behindAProxyOnlyItsAnswersAreSeen() {
        ProbeReport report = probe.testAt("http://127.0.0.1:9/v1", "http: {proxy: \"" + probe.fake.baseUrl() + "\"}");
        assertThat(report.isPassed()).as(report.toString()).isTrue();
        assertThat(in(report, State.SKIPPED)).containsExactly(Step.DNS, Step.CONNECT, Step.TLS);
        assertThat(step(report, Step.DNS).detail())
                .isEqualTo("requests go through the proxy 127.0.0.1:" + probe.fake.port() + ", which http.proxy names");
        assertThat(probe.fake.requests()).allMatch(request -> request.target().startsWith("http://127.0.0.1:9/v1/"));
    }

    @Test
    void keyForATestIsNeverInTheReport() {
        ProbeReport report = probe.test("auth: {type: header, header: X-Key, key: $MY_KEY}");
        assertThat(report.isPassed()).isTrue();
        assertThat(step(report, Step.AUTH).detail()).startsWith("$MY_KEY, as X-Key: …, was not refused by GET http");
        assertThat(List.of(report.toString(), report.suggestion().toString())).noneMatch(text -> text.contains(CANARY));
    }
}
