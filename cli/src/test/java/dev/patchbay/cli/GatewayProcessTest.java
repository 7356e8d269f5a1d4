package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchbay gateway} as a process of its own. */
final class GatewayProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void configure() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/fake.yaml"), """
                version: 1
                providers:
                  fake:
                    baseUrl: %s
                    defaultModel: fake-model
                  keyless:
                    baseUrl: https://api.example.com/v1
                    apiKey: $NOT_SET_ANYWHERE
                """.formatted(fake.baseUrl("/v1")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments).env("PATCHBAY_HOME", home.toString());
    }

    @Test
    void servesWithTheLinesThatItPrints() throws Exception {
        try (RunningProcess process =
                patchbay("gateway", "--provider", "fake", "--port", "0").start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher lines = Pattern.compile(
                            "export ANTHROPIC_BASE_URL=(\\S+)\nexport ANTHROPIC_API_KEY=\"\\$\\(cat '(.*)'\\)\"")
                    .matcher(process.stdout());
            assertThat(lines.find()).isTrue();
            Path file = Path.of(lines.group(2));
            String token = Files.readString(file).strip();

            HttpResponse<String> answer = ask(lines.group(1), token);
            HttpResponse<String> stranger = ask(lines.group(1), "no-token");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains(FakeProvider.DEFAULT_TEXT);
            assertThat(fake.onlyRequest().text()).contains("\"fake-model\"");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            process.awaitStderr("POST /v1/messages 200 fake fake-model translate", LIMIT);
            process.signal("INT");
            ProcessOutcome outcome = process.await(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(130);
            assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(token);
        }
    }

    @Test
    void takesProviderFilesThatChangeAndSaysSo() throws Exception {
        Path file = home.resolve("providers/fake.yaml");
        try (FakeProvider other = FakeProvider.start();
                RunningProcess process =
                        patchbay("gateway", "--provider", "fake", "--port", "0").start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher url = Pattern.compile("export ANTHROPIC_BASE_URL=(\\S+)\n.*cat '(.*)'\\)")
                    .matcher(process.stdout());
            assertThat(url.find()).isTrue();
            String token = Files.readString(Path.of(url.group(2))).strip();

            Files.writeString(file, "providers: {fake: {baseUrl: \"" + other.baseUrl("/v1") + "\", defaultModel: m}}");
            process.awaitStderr("provider files changed: fake changed, keyless removed\n", LIMIT);
            assertThat(ask(url.group(1), token).statusCode()).isEqualTo(200);
            assertThat(other.requests()).hasSize(1);
            assertThat(fake.requests()).isEmpty();

            Files.writeString(file, "providers: {fake: {baseUrl: nowhere}}");
            process.awaitStderr("provider files changed: fake kept as it was\n", LIMIT);
            process.awaitStderr("fake.yaml:1:29: error[E108]: baseUrl: a URL begins with https:// or http://", LIMIT);
            assertThat(ask(url.group(1), token).statusCode()).isEqualTo(200);
            assertThat(other.requests()).hasSize(2);
            process.signal("INT");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(130);
        }
    }

    private static HttpResponse<String> ask(String url, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/v1/messages"))
                                .header("x-api-key", token)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,"
                                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void refusesAProviderThatCannotWork() {
        ProcessOutcome outcome =
                patchbay("gateway", "--provider", "keyless", "--port", "0").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("NOT_SET_ANYWHERE", "fake.yaml");
    }

    @Test
    void refusesAProviderThatIsNotThere() {
        ProcessOutcome outcome =
                patchbay("gateway", "--provider", "faek", "--port", "0").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("did you mean fake?");
    }

    @Test
    void refusesAPortThatIsNone() {
        ProcessOutcome outcome = patchbay("gateway", "--port", "many").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("--port wants a number");
    }
}
