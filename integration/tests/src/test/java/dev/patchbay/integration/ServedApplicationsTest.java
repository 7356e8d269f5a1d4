package dev.patchbay.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications of each framework with the packaged artifacts, as processes that browsers ask. */
@Tag("integration")
@Timeout(600)
final class ServedApplicationsTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern PORT = Pattern.compile("(?:on port |Listening on: http://127\\.0\\.0\\.1:)(\\d+)");

    @TempDir
    Path folder;

    private final FakeProvider first = FakeProvider.start();
    private final FakeProvider second = FakeProvider.start();

    @BeforeEach
    void prepare() throws IOException {
        first.answer(Answer.text("Hello from ", "the first"));
        second.answer(Answer.text("Hello from ", "the second"));
        Files.createDirectory(folder.resolve("config"));
        Files.createDirectory(folder.resolve("plugins"));
        provide(first);
    }

    /** The provider "fake" is this one from now on, and the second steps in where it is overloaded. */
    private void provide(FakeProvider fake) throws IOException {
        Path written = folder.resolve("fake.next");
        Files.writeString(written, """
                defaultProvider: fake
                providers:
                  fake:
                    baseUrl: %s
                    auth: none
                    defaultModel: m
                    fallback: [{to: spare, when: [overloaded]}]
                    http: {retries: {max: 0}}
                  spare: {baseUrl: "%s", auth: none, defaultModel: m}
                """.formatted(fake.baseUrl("/v1"), second.baseUrl("/v1")));
        Files.move(written, folder.resolve("config/fake.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersFromProvidersOfAFileOfAPluginJarAndOfTheClassPath(Application application) throws Exception {
        Path jar = Application.root().resolve("providers-examples/line-dialect/target/line-dialect-1.0.0.jar");
        Files.copy(jar, folder.resolve("plugins/line-dialect-1.0.0.jar"));
        second.answer(Answer.status(200).body("text/x-lines", "say Hello from \nsay a jar\nbye\n"));

        try (Served served = start(application)) {
            assertThat(served.ask("fake/m")).isEqualTo("Hello from the first");
            assertThat(served.ask("lines/m")).isEqualTo("Hello from a jar");
            assertThat(served.ask("demo/")).isNotBlank();
            assertThat(served.process.stdout())
                    .contains("PluginReport[anthropic, class path, loaded]")
                    .contains("PluginReport[line-dialect, line-dialect-1.0.0.jar, loaded]");
        }
        assertThat(first.onlyRequest().header("user-agent"))
                .hasValueSatisfying(agent -> assertThat(agent).startsWith("patchbay/0"));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongFileIsShownWithItsLineAndACaret(Application application) throws IOException {
        Path wrong = folder.resolve("config/wrong.yaml");
        Files.writeString(wrong, "providers:\n  broken:\n    baseUri: http://127.0.0.1:1/v1\n");

        ProcessOutcome outcome = application.on(properties("true")).run(LIMIT);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stdout() + outcome.stderr()).contains(wrong + ":3:5", "baseUri", "^^^^^^^");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesCountsWhileTheApplicationRuns(Application application) throws Exception {
        try (Served served = start(application)) {
            assertThat(served.ask("fake/m")).isEqualTo("Hello from the first");

            provide(second);
            served.process.awaitStdout("providers: ", LIMIT);

            assertThat(served.ask("fake/m")).isEqualTo("Hello from the second");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondProviderAnswersWhereTheFirstIsOverloaded(Application application) throws Exception {
        first.answer(Answer.error(529, "overloaded_error", "too many"));

        try (Served served = start(application)) {
            assertThat(served.ask("fake/m")).isEqualTo("Hello from the second");
            assertThat(served.stream("fake/m").rest()).contains("data:Hello from ", "data:the second");
        }
        assertThat(first.requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserThatLeavesEndsTheCallToTheProvider(Application application) throws Exception {
        first.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));

        try (Served served = start(application)) {
            Browser browser = served.stream("fake/m");
            browser.awaitLine("data:one ");
            RecordedRequest asked = first.takeRequest(LIMIT);

            browser.close();
            Instant left = Instant.now();

            assertThat(first.awaitClientGone(asked, LIMIT)).isBefore(left.plusSeconds(2));
            first.answer(Answer.text("again"));
            assertThat(served.ask("fake/m")).isEqualTo("again");
        }
    }

    /** E10. */
    @Test
    void anImageOfJlinkHoldsTheModulesAndAnswers() throws Exception {
        Path image = folder.resolve("image");
        ProcessOutcome linked = Application.link(image).run(LIMIT);
        assertThat(linked.exitCode()).as(linked.stdout() + linked.stderr()).isZero();

        try (Served served = start(Application.linked(image, properties("false")), "on port ")) {
            assertThat(served.ask("fake/m")).isEqualTo("Hello from the first");
            assertThat(served.ask("demo/")).isNotBlank();
            assertThat(served.stream("fake/m").rest()).contains("data:Hello from ", "data:the first");
        }
    }

    private Map<String, String> properties(String strict) {
        return Map.of(
                "patchbay.config",
                folder.resolve("config").toString(),
                "patchbay.plugin-directory",
                folder.resolve("plugins").toString(),
                "patchbay.strict",
                strict,
                "patchbay.watch",
                "true");
    }

    private Served start(Application application) {
        return start(
                application.on(properties("false")),
                application == Application.QUARKUS ? "Listening on: " : "on port ");
    }

    private Served start(ChildProcess application, String ready) {
        RunningProcess process =
                application.env("LINES_URL", second.baseUrl("/v1").toString()).start();
        try {
            process.awaitStdout(ready, LIMIT);
            Matcher port = PORT.matcher(process.stdout());
            assertThat(port.find()).as(process.stdout()).isTrue();
            return new Served(process, Integer.parseInt(port.group(1)));
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** An application that runs. */
    private record Served(RunningProcess process, int port) implements AutoCloseable {

        String ask(String model) throws IOException, InterruptedException {
            return send("/ask", model, BodyHandlers.ofString());
        }

        Browser stream(String model) throws IOException, InterruptedException {
            return new Browser(send("/stream", model, BodyHandlers.ofInputStream()));
        }

        private <T> T send(String path, String model, BodyHandler<T> body) throws IOException, InterruptedException {
            URI address = URI.create("http://127.0.0.1:" + port + path + "?model=" + URLEncoder.encode(model, UTF_8));
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).timeout(LIMIT).build(), body)
                    .body();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** One that can leave at any moment. */
    private static final class Browser implements AutoCloseable {

        private final BufferedReader lines;

        Browser(InputStream answer) {
            this.lines = new BufferedReader(new InputStreamReader(answer, UTF_8));
        }

        void awaitLine(String expected) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.strip().equals(expected.strip())) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
        }

        String rest() throws IOException {
            try (lines) {
                return lines.lines().collect(Collectors.joining("\n"));
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
