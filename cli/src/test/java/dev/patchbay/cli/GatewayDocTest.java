package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of docs/gateway.md does what it says. */
@Tag("process")
final class GatewayDocTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern BLOCK =
            Pattern.compile("(?m)^( *)```(\\w*)\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String GROQ = """
            providers:
              groq:
                baseUrl: https://groq.example/v1
            """;

    @TempDir
    Path user;

    private final FakeProvider fake = FakeProvider.start();
    private final ClosedPort closed = ClosedPort.open();

    @BeforeEach
    void writeProviders() throws IOException {
        Path folder = Files.createDirectories(user.resolve(".config/patchbay/providers"));
        List<String> files = blocks("yaml");
        assertThat(files).hasSize(2);
        Files.writeString(
                folder.resolve("a.yaml"),
                GROQ.replace("https://groq.example", fake.baseUrl("").toString()));
        Files.writeString(
                folder.resolve("b.yaml"),
                files.get(0).replace("https://api.example.com", fake.baseUrl("").toString()));
        Files.writeString(
                folder.resolve("c.yaml"),
                files.get(1)
                        .replace("https://main.example.com", closed.baseUrl("").toString()));
    }

    @AfterEach
    void close() {
        fake.close();
        closed.close();
    }

    private static List<MatchResult> all() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("..", "docs", "gateway.md")))
                .results()
                .toList();
    }

    private static List<String> blocks(String language) throws IOException {
        return all().stream()
                .filter(block -> block.group(2).equals(language))
                .map(block -> block.group(3).stripIndent())
                .toList();
    }

    private ChildProcess shell(String script) {
        return ChildProcess.of("sh", "-eu", "-c", script)
                .env("HOME", user.toString())
                .env("BOTH_KEY", "key-of-both")
                .env("MAIN_KEY", "key-of-main");
    }

    /** The same script, in which {@code patchbay} is this build's, on a free port. */
    private static String withPatchbay(String script) {
        return "patchbay() { exec " + PseudoTerminal.line("") + " \"$@\" --port 0; }\n" + script;
    }

    @Test
    void noBlockIsOfAKindThatNoTestRuns() throws IOException {
        assertThat(all()).extracting(block -> block.group(2)).isSubsetOf(Set.of("shell", "yaml", "java"));
        assertThat(blocks("shell")).hasSize(3);
        // Started for real, with stand-ins and with the agents themselves, by RunProcessTest and RunAgentsTest.
        assertThat(blocks("shell").get(2).lines())
                .allMatch(line ->
                        line.matches("patchbay run (claude|codex|opencode|qwen)\\b.*|patchbay run -p \\S+ -- .+"));
        assertThat(blocks("java")).hasSize(1);
    }

    @Test
    void theCommandServesClientsThatTakeTheLines() throws Exception {
        List<String> scripts = blocks("shell");
        try (RunningProcess gateway = shell(withPatchbay(scripts.get(0))).start()) {
            gateway.awaitStdout("curl ", LIMIT);
            String port = port(gateway.stdout());
            String lines = scripts.get(1).replace("7777", port)
                    + "echo $ANTHROPIC_BASE_URL $ANTHROPIC_API_KEY $OPENAI_BASE_URL $OPENAI_API_KEY";

            ProcessOutcome exported = shell(lines).run(LIMIT);
            String[] values = exported.stdout().strip().split(" ");
            HttpResponse<String> messages = ask(values[0] + "/v1/messages", values[1], "any");
            HttpResponse<String> chat = ask(values[2] + "/chat/completions", values[3], "any");

            assertThat(messages.body()).contains(FakeProvider.DEFAULT_TEXT);
            assertThat(chat.body()).contains(FakeProvider.DEFAULT_TEXT);
            assertThat(fake.requests())
                    .allSatisfy(request -> assertThat(request.text()).contains("openai/gpt-oss-120b"));
        }
    }

    @Test
    void theFilesDoWhatTheTextSays() throws Exception {
        try (RunningProcess gateway = shell(withPatchbay("patchbay gateway")).start()) {
            gateway.awaitStdout("curl ", LIMIT);
            String url = "http://127.0.0.1:" + port(gateway.stdout()) + "/v1/messages";
            String token =
                    Files.readString(user.resolve(".config/patchbay/token")).strip();

            HttpResponse<String> both = ask(url, token, "both/some-model");
            HttpResponse<String> fallback = ask(url, token, "main/some-model");

            assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
            assertThat(fallback.headers().firstValue("x-patchbay-provider")).contains("both");
            assertThat(fake.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.path()).isEqualTo("/v1/messages"));
            gateway.awaitStderr("(after main failed)", LIMIT);
        }
    }

    @Test
    void theJavaBlockCompilesAndRuns() throws IOException {
        String program = """
                import dev.patchbay.Patchbay;
                import dev.patchbay.gateway.Gateway;
                import dev.patchbay.spi.Secret;

                public class Embedded {
                    public static void main(String[] arguments) {
                        Secret token = Secret.of("token-of-a-test");
                %s    }
                }
                """.formatted(blocks("java").get(0).indent(8));
        Path file = Files.writeString(user.resolve("Embedded.java"), program);
        ProcessOutcome outcome =
                ChildProcess.java(file.toString()).env("HOME", user.toString()).run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).startsWith("http://127.0.0.1:");
    }

    private static String port(String printed) {
        Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)").matcher(printed);
        assertThat(url.find()).as(printed).isTrue();
        return url.group(1);
    }

    private static HttpResponse<String> ask(String url, String token, String model) throws Exception {
        String body =
                "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
