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
