package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.RunningProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process of its own, against a real server. */
@Tag("process")
final class LaunchProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KEY = "canary-key-0815";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void answerStreamsToStandardOutputAlone() {
        fake.answer(Answer.text("Hel", "lo"));
        ProcessOutcome outcome = launch("Say hello").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isEqualTo("Hello\n");
        assertThat(outcome.stderr()).isEmpty();
        RecordedRequest request = fake.onlyRequest();
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.text()).contains("Say hello").contains("\"my/model:1\"");
        assertThat(request.headers().contains("Authorization")).isFalse();
    }

    @Test
    void textIsThereBeforeTheProviderIsDone() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess process = launch("Go on").start()) {
            process.awaitStdout("first ", LIMIT);
            gate.open();
            assertThat(process.await(LIMIT).stdout()).isEqualTo("first second\n");
        }
    }

    @Test
    void queryComesFromStandardInput() {
        ProcessOutcome outcome = launch("-").stdin("@a ${b} Grüße\nline two\n").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(fake.onlyRequest().text()).contains("@a ${b} Grüße\\nline two");
    }

    @Test
    void outputIsUtf8InAnyLocale() {
        fake.answer(Answer.text("Grüße \uD83D\uDE00"));
        ProcessOutcome outcome = launch("Hello").env("LC_ALL", "C").run(LIMIT);
        assertThat(outcome.stdout()).isEqualTo("Grüße \uD83D\uDE00\n");
    }

    @Test
    void jsonIsOneObjectWithSessionAndAnswer() throws Exception {
        fake.answer(Answer.text("Hello").usage(7, 2));
        ProcessOutcome outcome =
                launch("Say hello", "--json", "--title", "Greeting").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        JsonNode session = new JsonMapper().readTree(outcome.stdout());
        assertThat(session.path("status").textValue()).isEqualTo("completed");
        assertThat(session.path("answer").textValue()).isEqualTo("Hello");
        assertThat(session.path("title").textValue()).isEqualTo("Greeting");
        assertThat(session.path("model_id").textValue()).isEqualTo("my/model:1");
        assertThat(session.path("input_tokens").intValue()).isEqualTo(7);
        assertThat(session.path("proxy_enabled").booleanValue()).isTrue();
        assertThat(session.has("cost_usd")).as("unknown is absent").isFalse();
    }

    @Test
    void keyComesFromTheVariableThatIsNamed() {
        ProcessOutcome outcome = launch("Hello", "--api-key-env", "MY_KEY", "--json", "--debug")
                .env("MY_KEY", KEY)
                .env("OPENROUTER_API_KEY", "canary-of-another")
                .run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(fake.onlyRequest().header("Authorization")).contains("Bearer " + KEY);
        assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(KEY);
        assertThat(fake.sawAnywhere("canary-of-another")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t"})
    void keyVariableThatIsBlankFailsBeforeAnythingIsSent(String value) {
        ProcessOutcome outcome =
                launch("Hello", "--api-key-env", "MY_KEY").env("MY_KEY", value).run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("MY_KEY");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void keyVariableThatIsNotSetFailsBeforeAnythingIsSent() {
        ProcessOutcome outcome = launch("Hello", "--api-key-env", "MY_KEY").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("MY_KEY").doesNotContain("\tat ");
        assertThat(outcome.stdout()).isEmpty();
        assertThat(fake.connections()).isZero();
    }

    @Test
    void refusedLaunchIsOneObjectInJsonToo() throws Exception {
        ProcessOutcome outcome = environment(
                        ChildProcess.java(Main.class.getName(), "launch", "Hello", "--provider", "nobody", "--json"))
                .run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        JsonNode error = new JsonMapper().readTree(outcome.stdout()).path("error");
        assertThat(error.path("code").textValue()).isEqualTo("configuration");
        assertThat(error.path("problems").path(0).path("code").textValue()).isEqualTo("E403");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsAnErrorAndNoBrokenPipe() {
        List<String> words = quoted(command(fake.baseUrl("/v1"), "Hello"));
        ProcessOutcome outcome = environment(ChildProcess.of("sh", "-c", String.join(" ", words) + " > /dev/full"))
                .run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).startsWith("patchbay: cannot write to standard output: ");
    }

    @Test
    void debugSaysWhereTheRequestGoes() {
        ProcessOutcome outcome = launch("Hello", "--debug").run(LIMIT);
        assertThat(outcome.stderr())
                .contains(
                        "debug: ",
                        "openai-chat",
                        fake.baseUrl("/v1/chat/completions").toString());
        assertThat(outcome.stdout()).isEqualTo(FakeProvider.DEFAULT_TEXT + "\n");
    }

    @Test
    void providerThatRefusesIsQuoted() {
        fake.answer(Answer.error(401, "invalid_api_key", "Incorrect API key"));
        ProcessOutcome outcome = launch("Hello").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .contains("127.0.0.1", "401", "Incorrect API key", "help: ")
                .doesNotContain("\tat ");
    }

    /** The provider said 200, and whoever reads otherwise looks for the fault of another. */
    @ParameterizedTest
    @MethodSource("uselessAnswers")
    void answerThatIsOfNoUseIsNotToldAsAStatus(Answer answer, String told) {
        fake.answer(answer);
        ProcessOutcome outcome = launch("Hello").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains(" failed (server): ", told).doesNotContain("502", "answered 5");
    }

    static Stream<Arguments> uselessAnswers() {
        return Stream.of(
                arguments(named("cut", Answer.text("one", "two").resetAfter(1)), "ended before completion"),
                arguments(named("half an event", Answer.text("one", "two").cutInside(2)), "ended before completion"),
                arguments(named("half a body", Answer.json(200, "{\"choices\":[{")), "not JSON"),
                arguments(named("a web page", Answer.html(200)), "web page"),
                arguments(named("nothing", Answer.status(200)), "upstream answered with an empty body"),
                arguments(
                        named("no gzip", Answer.json(200, "{}").header("Content-Encoding", "gzip")),
                        "not compressed as it says"),
                arguments(
                        named("an error without a code", Answer.json(200, "{\"error\":\"worker died\"}")),
                        "worker died"));
    }

    @Test
    void failureInJsonIsPartOfTheSession() throws Exception {
        fake.answer(Answer.error(404, "model_not_found", "no such model"));
        ProcessOutcome outcome = launch("Hello", "--json").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(1);
        JsonNode session = new JsonMapper().readTree(outcome.stdout());
        assertThat(session.path("status").textValue()).isEqualTo("failed");
        assertThat(session.path("error").path("status").intValue()).isEqualTo(404);
        assertThat(session.path("error").path("message").textValue()).contains("no such model");
    }

    @Test
    void retryIsAnnounced() {
        fake.enqueue(
                Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "0"), Answer.text("ok"));
        ProcessOutcome outcome = launch("Hello").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isEqualTo("ok\n");
        assertThat(outcome.stderr()).contains("slow down", "attempt 2");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeyCommandThatFailsIsAMatterOfConfiguration() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers: {p: {baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m,\n"
                        + "  apiKey: {command: [sh, -c, \"exit 3\"]}}}\n");
        ProcessOutcome outcome = environment(ChildProcess.java(Main.class.getName(), "launch", "Hi", "--provider", "p"))
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(3);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("p.yaml:2:", "the command sh exited with status 3", "help: ");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void nobodyThereIsAnErrorAndNoStackTrace() {
        try (ClosedPort port = ClosedPort.open()) {
            ProcessOutcome outcome = launch(port.baseUrl("/v1"), "Hello").run(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.stderr()).contains("127.0.0.1").doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void interruptEndsTheCallAndTheProcess() {
        fake.answer(Answer.silence());
        try (RunningProcess process = launch("Hello").start()) {
            RecordedRequest request = fake.takeRequest(LIMIT);
            process.signal("INT");
            ProcessOutcome outcome = process.await(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(130);
            assertThat(outcome.stdout()).isEmpty();
            assertThat(outcome.stderr()).isEqualTo("patchbay: interrupted\n");
            fake.awaitClientGone(request, Duration.ofSeconds(1));
        }
    }

    /** On one core, where a plugin that computes could keep everybody else from running. */
    @Test
    void interruptEndsAPluginThatNeverReturns() throws Exception {
        hangingPlugin("");
        ChildProcess launch = ChildProcess.java(Main.class.getName(), "launch", "Hi", "--provider", "hanging")
                .env("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1");
        try (RunningProcess process = environment(launch).start()) {
            process.awaitStdout("called", LIMIT);
            process.signal("INT");

            ProcessOutcome outcome = process.await(LIMIT);
            assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(130);
            assertThat(outcome.stderr()).contains("patchbay: interrupted\n");
        }
    }

    @Test
    void aPluginThatNeverReturnsIsGivenUpInTime() throws Exception {
        hangingPlugin(", http: {firstByteTimeout: 300ms}");
        ProcessOutcome outcome = environment(
                        ChildProcess.java(Main.class.getName(), "launch", "Hi", "--provider", "hanging"))
                .run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(1);
        assertThat(outcome.stderr())
                .contains("no answer from the dialect 'hanging' within 300ms", "raise http.firstByteTimeout");
    }

    private void hangingPlugin(String more) throws Exception {
        Files.createDirectories(home.resolve("plugins"));
        Files.createDirectories(home.resolve("providers"));
        SampleJar.of("Provider-Spi-Version: 2.0").plugin("HangingPlugin").writeTo(home.resolve("plugins/hangs.jar"));
        Files.writeString(
                home.resolve("providers/hanging.yaml"),
                "providers: {hanging: {dialect: hanging, auth: none, defaultModel: m" + more + "}}\n");
    }

    @Test
    void readerThatHasEnoughEndsTheCallQuietly() {
        fake.answer(Answer.endless(1_000_000));
        List<String> words = quoted(command(fake.baseUrl("/v1"), "Hello"));
        ProcessOutcome outcome = environment(ChildProcess.of("sh", "-c", String.join(" ", words) + " | head -c 9"))
                .run(LIMIT);
        assertThat(outcome.stdout()).isEqualTo("on and on");
        assertThat(outcome.stderr()).isEmpty();
        fake.awaitClientGone(LIMIT);
    }

    private static List<String> quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .toList();
    }

    private ChildProcess launch(String... arguments) {
        return launch(fake.baseUrl("/v1"), arguments);
    }

    private ChildProcess launch(URI baseUrl, String... arguments) {
        return environment(ChildProcess.of(command(baseUrl, arguments)));
    }

    private ChildProcess environment(ChildProcess process) {
        return process.env("PATCHBAY_HOME", home.toString());
    }

    private static List<String> command(URI baseUrl, String... arguments) {
        List<String> command = new ArrayList<>(ChildProcess.javaWords());
        command.addAll(
                List.of(Main.class.getName(), "launch", "--base-url", baseUrl.toString(), "--model", "my/model:1"));
        command.addAll(List.of(arguments));
        return command;
    }
}
