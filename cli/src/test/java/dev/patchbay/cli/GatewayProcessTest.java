package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code patchbay gateway} as a process of its own. */
@Tag("process")
final class GatewayProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

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
        CliHarness.Result usage = new CliHarness(home).run("usage", "--by", "provider", "--json");
        assertThat(usage.out()).contains("\"provider\": \"fake\"", "\"calls\": 1", "\"inputTokens\": ");
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

    @Test
    void endsInOrderAndTellsItsClients() throws Exception {
        fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        try (RunningProcess process = patchbay(
                        "gateway",
                        "--provider",
                        "fake",
                        "--port",
                        "0",
                        "--allow-origin",
                        "app://a",
                        "--allow-origin",
                        "https://b.example")
                .start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher url = Pattern.compile("export ANTHROPIC_BASE_URL=(\\S+)\n.*cat '(.*)'\\)")
                    .matcher(process.stdout());
            assertThat(url.find()).isTrue();
            String token = Files.readString(Path.of(url.group(2))).strip();
            HttpResponse<java.io.InputStream> stream = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url.group(1) + "/v1/messages"))
                                    .header("x-api-key", token)
                                    .header("origin", "https://b.example")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,\"stream\":true,"
                                                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.headers().firstValue("access-control-allow-origin"))
                    .contains("https://b.example");
            assertThat(stream.body().read()).isPositive();

            long began = System.nanoTime();
            process.signal("TERM");

            StringBuilder read = new StringBuilder();
            while (read.indexOf("the gateway is shutting down") < 0) {
                int next = stream.body().read();
                assertThat(next).as("after " + read).isNotNegative();
                read.append((char) next);
            }
            assertThat(read.toString()).contains("event: error");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void endsAtOnceAtTheSecondSignal() throws Exception {
        fake.answer(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()));
        try (RunningProcess process =
                patchbay("gateway", "--provider", "fake", "--port", "0").start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher url = Pattern.compile("export ANTHROPIC_BASE_URL=(\\S+)\n.*cat '(.*)'\\)")
                    .matcher(process.stdout());
            assertThat(url.find()).isTrue();
            String token = Files.readString(Path.of(url.group(2))).strip();
            CompletableFuture<?> asked = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create(url.group(1) + "/v1/messages"))
                                    .header("x-api-key", token)
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,\"stream\":true,"
                                                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            asked.join();

            process.signal("INT");
            // Until it listens no more, the first one has not come.
            while (isOpen(URI.create(url.group(1)).getPort())) {
                Thread.onSpinWait();
            }
            long began = System.nanoTime();
            process.signal("INT");

            assertThat(process.await(LIMIT).exitCode()).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void refusesATokenThatOthersMayKnow() throws Exception {
        Files.writeString(home.resolve("token"), "a-token-of-mine");
        Files.setPosixFilePermissions(home.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));

        ProcessOutcome outcome =
                patchbay("gateway", "--provider", "fake", "--port", "0").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr())
                .contains("rw-r--r--", "chmod 600", "--token-env")
                .doesNotContain("a-token-of-mine");
    }

    /** A container: nothing can be written, every address, and a name of its own. */
    @Test
    void servesOtherMachinesWithATokenFromAVariable() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (RunningProcess process = patchbay(
                        "gateway",
                        "--provider",
                        "fake",
                        "--port",
                        "0",
                        "--host",
                        "0.0.0.0",
                        "--allow-host",
                        "models.example",
                        "--token-env",
                        "GATEWAY_TOKEN")
                .env("GATEWAY_TOKEN", "token-of-a-test")
                .start()) {
            process.awaitStdout("curl ", LIMIT);
            assertThat(process.stdout())
                    .startsWith("Patchbay gateway on http://0.0.0.0:")
                    .contains("# Other machines reach it", "export ANTHROPIC_API_KEY=\"$GATEWAY_TOKEN\"\n")
                    .doesNotContain("token-of-a-test");
            Matcher url = Pattern.compile("export ANTHROPIC_BASE_URL=http://127\\.0\\.0\\.1:(\\d+)\n")
                    .matcher(process.stdout());
            assertThat(url.find()).as(process.stdout()).isTrue();
            int port = Integer.parseInt(url.group(1));
            assertThat(status(port, "models.example", "token-of-a-test")).contains(" 200 ");
            assertThat(status(port, "models.example", "another-token")).contains(" 401 ");
            assertThat(status(port, "elsewhere.example", "token-of-a-test")).contains(" 403 ");
            process.signal("INT");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(130);
        } finally {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(home.resolve("token")).doesNotExist();
    }

    private static String status(int port, String host, String token) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    @ParameterizedTest
    @CsvSource({"NOT_SET_ANYWHERE,NOT_SET_ANYWHERE", "SHORT_TOKEN,fewer than 8 characters"})
    void refusesAVariableWithoutAToken(String name, String reason) {
        ProcessOutcome outcome = patchbay("gateway", "--port", "0", "--token-env", name)
                .env("SHORT_TOKEN", "a-token")
                .run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("--token-env", reason).doesNotContain("a-token");
    }

    @Test
    void refusesAnOriginThatIsNone() {
        ProcessOutcome outcome =
                patchbay("gateway", "--port", "0", "--allow-origin", "*").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("--allow-origin: '*' is no origin");
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
