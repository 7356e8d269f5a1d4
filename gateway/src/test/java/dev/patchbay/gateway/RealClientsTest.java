package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients as people use them, unmodified, in front of an upstream that speaks chat and of one that speaks Messages. */
@Tag("process")
@Tag("once")
class RealClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String TOKEN = "gateway-token-of-a-test";

    private static final List<String> PYTHON = List.of("openai==3.57.0", "anthropic==2.14.0");

    @TempDir
    Path home;

    private final GatewayFixture fixture = new GatewayFixture();

    @BeforeAll
    static void install() throws IOException {
        NodeClients.install();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String upstream) {
        Definition.Builder provider = switch (upstream) {
            case "chat" -> fixture.chatProvider();
            case "responses" ->
                fixture.chatProvider().endpoints(Map.of(Operation.RESPONSES, new Endpoint.Path("/responses")));
            default -> fixture.claudeProvider();
        };
        Definition definition = provider.defaultModel("wire-model")
                .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                .build();
        fixture.start(definition, builder -> builder.provider(definition.id()).token(Secret.of(TOKEN)));
        fixture.fake.answer(exchange -> answer(exchange.request()).send(exchange));
        fixture.fake.answer("/count_tokens", Answer.text("counted").usage(42, 1));
    }

    /** Asks for a tool, once, where the request says so; fails where it says so. */
    private static Answer answer(RecordedRequest request) {
        String text = request.text();
        if (text.contains("fail please")) {
            return Answer.error(429, "rate_limit_exceeded", "slow down");
        }
        boolean answered = text.contains("\"tool_result\"")
                || text.contains("\"role\":\"tool\"")
                || text.contains("\"function_call_output\"");
        if (answered || !text.contains("call the tool")) {
            return Answer.text(answered ? "the tool has spoken" : "Hello", " there");
        }
        if (text.contains("\"Bash\"")) {
            return Answer.toolCall(
                    "toolu_1", "Bash", "{\"command\":\"echo from-the-tool\",", "\"description\":\"Say it\"}");
        }
        if (text.contains("\"exec_command\"")) {
            return Answer.toolCall("call_1", "exec_command", "{\"cmd\":\"echo from-", "the-tool\"}");
        }
        return Answer.toolCall("call_1", "weather", "{\"city\":", "\"Rome\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude"})
    void theSdksForTypeScript(String upstream) {
        start(upstream);

        assertSdksSawWhatWasSaid(
                NodeClients.script("sdks.mjs", fixture.gateway().url().toString(), TOKEN)
                        .run(LIMIT));
        assertUpstreamSawOneDialectAndNoToken(upstream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude"})
    void theSdksForPython(String upstream) throws IOException {
        start(upstream);

        ProcessOutcome outcome = PythonClients.script(
                        PYTHON, "sdks.py", fixture.gateway().url().toString(), TOKEN)
                .run(LIMIT);

        assertSdksSawWhatWasSaid(outcome);
        JsonNode result = Json.parse(outcome.stdout());
        assertThat(List.of("openaiShapes", "responsesShapes", "anthropicShapes"))
                .allSatisfy(shapes -> assertThat(result.path(shapes).toString()).isEqualTo("true"));
        assertUpstreamSawOneDialectAndNoToken(upstream);
    }

    private static void assertSdksSawWhatWasSaid(ProcessOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        JsonNode result = Json.parse(outcome.stdout());
        assertThat(result.path("anthropicChat").path("text").asText()).isEqualTo("Hello there");
        assertThat(result.path("anthropicStream").toString())
                .isEqualTo("{\"text\":\"Hello there\",\"stop\":\"end_turn\"}");
        assertThat(result.path("anthropicTools").toString())
                .isEqualTo("{\"name\":\"weather\",\"input\":{\"city\":\"Rome\"}}");
        assertThat(result.path("anthropicError").path("failed").asText()).isEqualTo("RateLimitError");
        assertThat(result.path("anthropicCount").path("input_tokens").asInt()).isPositive();
        assertThat(result.path("openaiChat").toString()).isEqualTo("{\"text\":\"Hello there\",\"finish\":\"stop\"}");
        assertThat(result.path("openaiStream").path("text").asText()).isEqualTo("Hello there");
        assertThat(result.path("openaiStream").path("tokens").asInt()).isPositive();
        assertThat(result.path("openaiTools").toString())
                .isEqualTo("{\"name\":\"weather\",\"input\":{\"city\":\"Rome\"}}");
        assertThat(result.path("openaiError").path("failed").asText()).isEqualTo("RateLimitError");
        assertThat(result.path("openaiResponses").asText()).isEqualTo("response.completed");
        assertThat(result.path("openaiModels").toString()).isEqualTo("[\"wire-model\",\"fake-model\"]");
        assertThat(result.path("anthropicModels").toString()).isEqualTo("[\"wire-model\",\"fake-model\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude"})
    void claudeCodeAsksAndUsesATool(String upstream) {
        start(upstream);

        ProcessOutcome outcome = NodeClients.program(
                        "claude", home, "--print", "--allowedTools", "Bash", "--", "call the tool")
                .env("ANTHROPIC_BASE_URL", fixture.gateway().url().toString())
                .env("ANTHROPIC_API_KEY", TOKEN)
                .env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                .run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("the tool has spoken there");
        assertThat(fixture.fake.requests()).anyMatch(request -> request.text().contains("from-the-tool"));
        assertUpstreamSawOneDialectAndNoToken(upstream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude", "responses"})
    void codexAsksAndUsesATool(String upstream) {
        start(upstream);
        String provider = "model_providers.patchbay={name=\"Patchbay\", base_url=\""
                + fixture.gateway().url() + "/v1\", env_key=\"PATCHBAY_TOKEN\", wire_api=\"responses\"}";

        ProcessOutcome outcome = NodeClients.program(
                        "codex",
                        home,
                        "exec",
                        "--skip-git-repo-check",
                        "--dangerously-bypass-approvals-and-sandbox",
                        "-c",
                        "model_provider=patchbay",
                        "-c",
                        provider,
                        "-m",
                        "any-model",
                        "call the tool")
                .env("PATCHBAY_TOKEN", TOKEN)
                .run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("the tool has spoken there");
        assertUpstreamSawOneDialectAndNoToken(upstream);
    }

    private void assertUpstreamSawOneDialectAndNoToken(String upstream) {
        List<String> own = switch (upstream) {
            case "chat" -> List.of("/v1/chat/completions");
            case "responses" -> List.of("/v1/responses");
            default -> List.of("/v1/messages", "/v1/messages/count_tokens");
        };
        // A client that lists models has its provider asked for them.
        List<RecordedRequest> asked = fixture.fake.requests().stream()
                .filter(request -> !request.path().equals("/v1/models"))
                .toList();
        assertThat(asked).allMatch(request -> own.contains(request.path()));
        assertThat(asked)
                .allMatch(request -> request.text().contains("\"wire-model\"")
                        || request.path().endsWith("tokens"));
        assertThat(fixture.fake.sawAnywhere(TOKEN)).isFalse();
    }
}
