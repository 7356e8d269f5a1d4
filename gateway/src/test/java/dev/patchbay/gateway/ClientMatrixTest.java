package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.ModelAnswer;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.StrictProvider;
import dev.patchbay.testkit.StrictVendor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client of docs/clients.md, as its registry gives it, in front of every kind of upstream. */
@Tag("clients")
class ClientMatrixTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String TOKEN = "gateway-token-of-a-test";
    /** By which Claude Code gets an answer of a schema. */
    private static final String OUTPUT_TOOL = "StructuredOutput";

    private static final String SPOKEN = "the tool has spoken there";
    private static final Pattern RESULT =
            Pattern.compile("\"type\"\\s*:\\s*\"(tool_result|function_call_output)\"|\"role\"\\s*:\\s*\"tool\"");

    /** What a request carries of a picture, in each dialect; there are agents that make a JPEG of it. */
    private static final Pattern PICTURE = Pattern.compile(
            "data:image/(png;base64,iVBORw0KGgo|jpeg;base64,/9j/)" + "|\"media_type\"\\s*:\\s*\"image/(png|jpeg)\"");

    /** What runs a shell command in each agent, and with which arguments; what it prints does not stand in them. */
    private static final Map<String, String> SHELLS = Map.of(
            "Bash", "{\"command\":\"printf %s-the-tool from\",\"description\":\"Say it\"}",
            "bash", "{\"command\":\"printf %s-the-tool from\",\"description\":\"Say it\"}",
            "exec_command", "{\"cmd\":\"printf %s-the-tool from\"}",
            // Of a command that ends at once Qwen Code reports nothing now and then, with any server (docs/clients.md).
            "run_shell_command", "{\"command\":\"printf %s-the-tool from; sleep 0.5\",\"is_background\":false}",
            "run_commands", "{\"commands\":[\"printf %s-the-tool from\"]}",
            "execute_command", "{\"command\":\"printf %s-the-tool from\",\"requires_approval\":false}",
            "mcp__w__weather", "{\"city\":\"Rome\"}");

    private static final List<String> UPSTREAMS = List.of("chat", "messages", "responses", "strict");

    @TempDir
    Path home;

    private final AtomicBoolean broke = new AtomicBoolean();
    private final GatewayFixture fixture = new GatewayFixture();
    private final StrictProvider strict = StrictProvider.start(StrictVendor.QWEN_TEMPLATE, this::answer);

    @AfterEach
    void close() {
        fixture.close();
        strict.close();
    }

    static Stream<Arguments> libraries() {
        return each(ClientLibrary.values());
    }

    static Stream<Arguments> agents() {
        return each(ClientAgent.values());
    }

    /** All of them, or those that {@code -Dclients=PY_LLM,CODEX} names. */
    private static Stream<Arguments> each(Enum<?>[] clients) {
        List<String> wanted = List.of(System.getProperty("clients", "").split(","));
        return Stream.of(clients)
                .filter(client -> wanted.contains("") || wanted.contains(client.name()))
                .flatMap(client -> UPSTREAMS.stream().map(upstream -> Arguments.of(client, upstream)));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibrarySeesWhatTheProviderSaid(ClientLibrary library, String upstream) throws IOException {
        start(upstream);

        ProcessOutcome outcome =
                library.process(fixture.gateway().url().toString(), TOKEN).run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        JsonNode seen = Json.parse(outcome.stdout().lines().reduce("", (before, line) -> line));
        assertThat(seen).as(outcome.stderr()).isEqualTo(expected().without(library.lacking()));
        assertThat(strict.refusals()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("agents")
    void anAgentThinksAndUsesItsShellInTwoRoundsAndTwiceAtOnce(ClientAgent agent, String upstream) throws IOException {
        start(upstream);
        Path picture = agent.sees() ? picture() : null;

        ProcessOutcome outcome = agent.process(
                        home,
                        fixture.gateway().url().toString(),
                        TOKEN,
                        "see it, think and call the tools in two rounds",
                        picture)
                .run(LIMIT);

        String said = outcome.stdout() + outcome.stderr();
        assertThat(outcome.exitCode()).as(said).isZero();
        assertThat(outcome.stdout()).contains(SPOKEN);
        List<RecordedRequest> asked = requests().stream()
                .filter(request -> shell(request.text()).isPresent())
                .toList();
        assertThat(asked).isNotEmpty().allMatch(RecordedRequest::wantsStream);
        assertThat(asked)
                .as(said)
                .anyMatch(request -> results(request) >= 3
                        && request.text().split("from-the-tool", -1).length > 3
                        && (picture == null || PICTURE.matcher(request.text()).find()));
        assertThat(strict.refusals()).isEmpty();
    }

    /** Half an answer never passes for a whole one: the user reads of an error, or sees the answer of a second try. */
    @ParameterizedTest
    @MethodSource("agents")
    void anAgentTellsThatAStreamBroke(ClientAgent agent, String upstream) throws IOException {
        start(upstream);

        ProcessOutcome outcome = agent.process(home, fixture.gateway().url().toString(), TOKEN, "break off once", null)
                .run(LIMIT);

        String said = outcome.stdout() + outcome.stderr();
        assertThat(broke).as(said).isTrue();
        assertThat(outcome.exitCode() != 0 || outcome.stdout().contains("whole at last"))
                .as(said)
                .isTrue();
        assertThat(strict.refusals()).isEmpty();
    }

    /** An entry of a model list would bring instructions in the place of its own. */
    @Test
    void codexKeepsItsOwnPromptWhereItReadsOurModels() throws IOException {
        start("responses");
        String gateway = fixture.gateway().url().toString();
        String provider = "model_providers.patchbay={name=\"Patchbay\", base_url=\"" + gateway
                + "/v1\", env_key=\"PATCHBAY_TOKEN\", wire_api=\"responses\", model_catalog_url=\"" + gateway
                + "/v1/models\"}";

        ProcessOutcome outcome = ClientInstallation.program(
                        "matrix-package.json",
                        "codex",
                        home,
                        "exec",
                        "--skip-git-repo-check",
                        "-c",
                        "model_provider=patchbay",
                        "-c",
                        provider,
                        "-m",
                        "wire-model",
                        "hello")
                .env("PATCHBAY_TOKEN", TOKEN)
                .run(LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        assertThat(requests()).anyMatch(request -> request.text().contains("running in the Codex CLI"));
    }

    /** Three turns with a tool, by the shipped files, on vendors as strict as they are. */
    @ParameterizedTest
    @CsvSource({"fireworks, QWEN_TEMPLATE", "gemini, GEMINI", "deepseek, DEEPSEEK", "moonshot, KIMI", "mistral, MISTRAL"
    })
    void claudeCodeUsesItsShellThreeTimes(String file, StrictVendor vendor) throws IOException {
        try (StrictProvider provider = StrictProvider.start(vendor, 3)) {
            RegistrySnapshot registry = ShippedProvidersTest.registry(file, provider);
            fixture.start(() -> registry, builder -> builder.provider(file).token(Secret.of(TOKEN)));

            ProcessOutcome outcome = ClientInstallation.program(
                            "matrix-package.json",
                            "claude",
                            home,
                            "--print",
                            "--tools",
                            "Bash",
                            "--allowedTools",
                            "Bash",
                            "--",
                            "look")
                    .env("ANTHROPIC_BASE_URL", fixture.gateway().url().toString())
                    .env("ANTHROPIC_API_KEY", TOKEN)
                    .env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                    .run(LIMIT);

            assertThat(provider.refusals()).isEmpty();
            assertThat(outcome.stdout()).as(outcome.stderr()).contains(StrictProvider.DONE);
            assertThat(provider.requests()).anyMatch(request -> results(request) == 3);
        }
    }

    private Path picture() throws IOException {
        Path file = home.resolve("see.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }

    private static ObjectNode expected() {
        ObjectNode seen = Json.object()
                .put("text", "Hello there")
                .put("stream", "Hello there")
                .put("tools", SPOKEN)
                .put("parallel", "Rome,Oslo");
        seen.putObject("structured").put("city", "Rome").putNull("note");
        return seen.put("image", "I see it").put("thinking", SPOKEN).put("broken", "an error");
    }

    private List<RecordedRequest> requests() {
        return fixture.fake.requests().isEmpty() ? strict.requests() : fixture.fake.requests();
    }

    private void start(String upstream) {
        Definition.Builder provider = switch (upstream) {
            case "chat" -> fixture.chatProvider();
            case "messages" -> fixture.claudeProvider();
            case "responses" ->
                fixture.chatProvider()
                        .dialect("openai-responses")
                        .endpoints(Map.of(Operation.RESPONSES, new Endpoint.Path("/responses")));
            default -> fixture.chatProvider().baseUrl(strict.baseUrl("/v1")).quirks(Map.of("midSystem", "user"));
        };
        Definition definition = provider.defaultModel("wire-model")
                .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                .build();
        fixture.fake.answer(this::answer);
        fixture.fake.answer("/count_tokens", Answer.text("counted").usage(42, 1));
        fixture.start(definition, builder -> builder.provider(definition.id()).token(Secret.of(TOKEN)));
    }

    private static long results(RecordedRequest request) {
        return RESULT.matcher(request.text()).results().count();
    }

    private void answer(Exchange exchange) throws IOException {
        String text = exchange.request().text();
        if (text.contains("break off once") && shell(text).isPresent() && broke.compareAndSet(false, true)) {
            Answer.text("Half", " of", " it", " and so on").cutAfter(2).send(exchange);
            return;
        }
        reply(exchange.request()).send(exchange);
    }

    private static Optional<String> shell(String text) {
        return SHELLS.keySet().stream()
                .filter(name -> Pattern.compile("\"name\"\\s*:\\s*\"" + name + "\"")
                        .matcher(text)
                        .find())
                .findFirst();
    }

    /** Two calls at once, then one more, each time behind a thought; no tools where none are offered. */
    private static Answer rounds(RecordedRequest request) {
        Optional<String> shell = shell(request.text());
        long results = results(request);
        if (shell.isEmpty() || results >= 3) {
            return Answer.text("the tool has spoken", " there");
        }
        String arguments = requireNonNull(SHELLS.get(shell.get()));
        ModelAnswer called = Answer.thinking("Let me ", "look.")
                .thenToolCall("call_" + results, shell.get(), arguments.substring(0, 6), arguments.substring(6));
        return results == 0 ? called.thenToolCall("call_1", shell.get(), arguments) : called;
    }

    private static Answer reply(RecordedRequest request) {
        String text = request.text();
        if (text.contains("break please")) {
            return Answer.text("Hello", " there", " and", " so on").cutAfter(2);
        }
        if (text.contains("break off once")) {
            return Answer.text("whole", " at last");
        }
        if (text.contains("in two rounds")) {
            return rounds(request);
        }
        if (text.contains("see the picture")) {
            return text.contains("iVBORw0KGgo") ? Answer.text("I see it") : Answer.error(400, "no", "no picture came");
        }
        if (text.contains("as json")) {
            if (text.contains(OUTPUT_TOOL) && results(request) == 0) {
                return Answer.toolCall("call_1", OUTPUT_TOOL, "{\"city\":", "\"Rome\",\"note\":null}");
            }
            boolean asked = text.contains("json_schema") || text.contains("\"note\"");
            return asked ? Answer.text("{\"city\":\"Rome\",", "\"note\":null}") : Answer.text("no schema came");
        }
        long turns = text.contains("twice") || text.contains("think and") ? 2 : 1;
        boolean asked = text.contains("call the tool") || text.contains("call both");
        if (!asked || results(request) >= turns) {
            return asked ? Answer.text("the tool has spoken", " there") : Answer.text("Hello", " there");
        }
        String shell = shell(text).orElse("weather");
        String arguments = SHELLS.getOrDefault(shell, "{\"city\":\"Rome\"}");
        if (text.contains("call both")) {
            return Answer.toolCall("call_1", shell, "{\"city\":", "\"Rome\"}")
                    .thenToolCall("call_2", shell, "{\"city\":", "\"Oslo\"}");
        }
        String id = "call_" + results(request);
        return text.contains("think and")
                ? Answer.thinking("Let me ", "look.").thenToolCall(id, shell, arguments)
                : Answer.toolCall(id, shell, arguments.substring(0, 6), arguments.substring(6));
    }
}
