package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.Reload;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prompt goes only to the provider that was named (docs/design/sessions.md, section 4), with real files and sockets. */
@Timeout(60)
class ModelNamesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final FakeProvider main = FakeProvider.start();
    private final FakeProvider ollama = FakeProvider.start();
    private final GatewayFixture fixture = new GatewayFixture();
    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @AfterEach
    void close() {
        fixture.close();
        patchbay.close();
        main.close();
        ollama.close();
    }

    private void start(String mainFields) throws IOException {
        start(mainFields, builder -> builder);
    }

    private void start(String mainFields, UnaryOperator<GatewayBuilder> more) throws IOException {
        Files.writeString(folder.resolve("main.yaml"), """
                version: 1
                defaultProvider: main
                providers:
                  main:
                    baseUrl: %s
                    %s
                """.formatted(main.baseUrl("/v1"), mainFields));
        if (Files.notExists(folder.resolve("ollama.yaml"))) {
            ollama("");
        }
        patchbay.close();
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .config(folder)
                .environment(Environment.of(Map.of()))
                .watch(reloads::add)
                .build();
        fixture.start(Gateway.builder(patchbay), more);
    }

    private void ollama(String more) throws IOException {
        Files.writeString(folder.resolve("ollama.yaml"), """
                version: 1
                providers:
                  ollama:
                    baseUrl: %s
                %s
                """.formatted(ollama.baseUrl("/v1"), more));
    }

    private void awaitReload() {
        try {
            assertThat(reloads.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each of them was sent to the default provider, as if nothing had been named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"ollama/m\"]",
                "{\"id\":\"ollama/m\"}",
                "7",
                "true",
                "[]",
                "\"ollama/m\",\"model\":{}",
                "{},\"model\":\"ollama/m\""
            })
    void aModelThatIsNoTextNamesNobody(String model) throws IOException {
        start("defaultModel: m");
        String members =
                ",\"max_tokens\":5,\"input\":\"hi\",\"messages\":[{\"role\":\"user\",\"content\":\"secret plan\"}]}";
        for (String path :
                List.of("/v1/chat/completions", "/v1/messages", "/v1/messages/count_tokens", "/v1/responses")) {
            HttpResponse<String> answer = fixture.post(path, "{\"model\":" + model + members);

            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("model has to be a text");
        }
        assertThat(asked(main)).isEmpty();
        assertThat(asked(ollama)).isEmpty();
    }

    /** It would stand in a header of the answer, larger than any client reads. */
    @Test
    void aNameThatIsTooLongIsRefused() throws IOException {
        start("defaultModel: m");

        assertThat(ask("x".repeat(1_024)).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = ask("\u0001".repeat(1_025));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("1024 characters at most");
        assertThat(asked(main)).hasSize(1);
    }

    private HttpResponse<String> ask(String model) {
        return fixture.post(
                "/v1/chat/completions",
                Json.text(Json.object()
                        .put("model", model)
                        .set("messages", Json.parse("[{\"role\":\"user\",\"content\":\"secret plan\"}]"))));
    }

    /** The models that a provider was asked for. */
    private static List<String> asked(FakeProvider fake) {
        return fake.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> Json.parse(request.text()).path("model").asText())
                .toList();
    }

    private static String message(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("error").path("message").asText();
    }

    private static Answer models(String... ids) {
        JsonNode list = Json.object().put("object", "list");
        var data = ((com.fasterxml.jackson.databind.node.ObjectNode) list).putArray("data");
        for (String id : ids) {
            data.addObject().put("id", id).put("object", "model").put("context_length", 32_768);
        }
        return Answer.json(200, Json.text(list));
    }

    private void assertRefused(HttpResponse<String> answer, String... words) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(message(answer)).contains(words);
        assertThat(asked(main)).as("prompts at the default provider").isEmpty();
        assertThat(main.sawAnywhere("secret plan")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"olama/qwen3:8b", "Ollama/qwen3:8b", "OLLAMA/qwen3:8b", "ollama /qwen3:8b"})
    void refusesWhatIsNearlyAProvider(String name) throws IOException {
        start("defaultModel: m");

        assertRefused(ask(name), "did you mean ollama?", "default/" + name);
    }

    @Test
    void refusesTheIdOfAnotherProviderAlone() throws IOException {
        start("defaultModel: m");

        assertRefused(
                ask("ollama"), "ollama is a provider, and no model is named", "write ollama/MODEL", "default/ollama");
    }

    @Test
    void aModelOfTheDefaultProviderMayBeNamedLikeAnotherProvider() throws IOException {
        main.answer("/v1/models", models("ollama"));
        start("defaultModel: m");

        assertThat(ask("ollama").statusCode()).isEqualTo(200);
        assertThat(asked(main)).containsExactly("ollama");
        assertThat(asked(ollama)).isEmpty();
    }

    @Test
    void refusesAProviderWhoseFileIsBrokenFromTheStart() throws IOException {
        Files.writeString(folder.resolve("ollama.yaml"), "providers:\n\tollama: {baseUrl: \"http://127.0.0.1:1\"}\n");
        start("defaultModel: m");

        assertRefused(ask("ollama/qwen3:8b"), "no provider is named 'ollama'", "ollama.yaml:2", "tab");
    }

    @Test
    void refusesAProviderWhoseDefinitionIsInvalidWithItsReason() throws IOException {
        Files.writeString(folder.resolve("ollama.yaml"), "providers: {ollama: {baseUrl: nowhere}}\n");
        start("defaultModel: m");

        HttpResponse<String> answer = ask("ollama/qwen3:8b");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(message(answer)).contains("begins with https:// or http://", "ollama.yaml:1");
        assertThat(asked(main)).isEmpty();
    }

    @Test
    void refusesADisabledProvider() throws IOException {
        ollama("    enabled: false");
        start("defaultModel: m");

        assertRefused(ask("ollama/qwen3:8b"), "provider 'ollama' is disabled");
    }

    @Test
    void servesADefinitionThatBrokeWhileRunningAsItLastWas() throws IOException {
        start("defaultModel: m");
        assertThat(ask("ollama/a").statusCode()).isEqualTo(200);

        Files.writeString(folder.resolve("ollama.yaml"), "providers:\n\tollama: {}\n");
        awaitReload();

        assertThat(ask("ollama/b").statusCode()).isEqualTo(200);
        assertThat(asked(ollama)).containsExactly("a", "b");
        assertThat(asked(main)).isEmpty();
    }

    @Test
    void refusesAProviderThatVanishedWhileRunning() throws IOException {
        start("defaultModel: m");
        assertThat(ask("ollama/a").statusCode()).isEqualTo(200);

        Files.delete(folder.resolve("ollama.yaml"));
        awaitReload();

        assertRefused(ask("ollama/b"), "no provider is named 'ollama'", "default/ollama/b");
        assertThat(asked(ollama)).containsExactly("a");
    }

    @Test
    void asksTheDefaultProvidersOwnListOnce() throws IOException {
        main.answer("/v1/models", models("meta/llama", "ollama/qwen3:8b"));
        start("defaultModel: m");

        assertThat(ask("meta/llama").statusCode()).isEqualTo(200);
        assertThat(ask("meta/other").statusCode()).isEqualTo(404);
        assertThat(message(ask("meta/other")))
                .contains("the list of models of main does not hold it", "default/meta/other");
        assertThat(ask("ollama/qwen3:8b").statusCode())
                .as("an id goes before the list")
                .isEqualTo(200);
        assertThat(ask("default/ollama/qwen3:8b").statusCode()).isEqualTo(200);

        assertThat(asked(main)).containsExactly("meta/llama", "ollama/qwen3:8b");
        assertThat(asked(ollama)).containsExactly("qwen3:8b");
        assertThat(main.requests().stream().map(RecordedRequest::path).filter("/v1/models"::equals))
                .hasSize(1);
    }

    @Test
    void saysThatTheListCouldNotBeHad() throws IOException {
        main.answer("/v1/models", Answer.status(503).body("text/plain", "down for the night"));
        start("defaultModel: m");

        assertRefused(ask("meta/llama"), "could not be had", "default/meta/llama");
    }

    @Test
    void neverKeepsOthersWaitingForAListThatDoesNotCome() throws Exception {
        main.answer("/v1/models", Answer.silence());
        start("defaultModel: m");
        List<Thread> waiting = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> ask("meta/llama")))
                .toList();
        waiting.forEach(Thread::start);
        main.takeRequest(SOON);

        long start = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            assertThat(ask("ollama/a").statusCode()).isEqualTo(200);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        for (Thread thread : waiting) {
            thread.join(SOON.toMillis());
        }
        assertThat(asked(main)).isEmpty();
    }

    @Test
    void bareNamesGoToTheDefaultProviderAndClaudeNamesToItsAliasOfTheFamily() throws IOException {
        start("aliases: {sonnet: qwen3-coder, haiku: qwen3-small}");

        ask("anything:30b");
        ask("claude-sonnet-4-5-20250929");
        ask("claude-3-5-haiku-20241022");
        ask("claude-opus-4-1");

        assertThat(asked(main)).containsExactly("anything:30b", "qwen3-coder", "qwen3-small", "claude-opus-4-1");
    }

    @Test
    void aProviderThatKnowsClaudeModelsGetsFullIdsUntouched() throws IOException {
        start("aliases: {sonnet: claude-sonnet-5-5}");

        ask("claude-sonnet-4-5-20250929");
        ask("sonnet");

        assertThat(asked(main)).containsExactly("claude-sonnet-4-5-20250929", "claude-sonnet-5-5");
    }

    @Test
    void refusesABareNameWhereOnlyListedModelsMayBeUsed() throws IOException {
        start("models: {m: {}}\n    unknownModels: deny");

        assertRefused(ask("other"), "does not list the model other");
    }

    @Test
    void everyNameThatIsPrintedWorksAsItIsPrinted() throws IOException {
        main.answer("/v1/models", models("auto", "main/auto", "meta/llama", "ollama/qwen3:8b"));
        ollama.answer("/v1/models", models("qwen3:8b", "org/model"));
        start("defaultModel: main/auto");

        List<String> names =
                Json.parse(fixture.get("/v1/models").body()).path("data").findValuesAsText("id");
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "main/auto",
                        "auto",
                        "meta/llama",
                        "default/ollama/qwen3:8b",
                        "ollama/qwen3:8b",
                        "ollama/org/model");
        for (String name : names) {
            assertThat(ask(name).statusCode()).as(name).isEqualTo(200);
            assertThat(fixture.get("/v1/models/" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8))
                            .statusCode())
                    .as(name)
                    .isEqualTo(200);
        }

        assertThat(asked(main)).containsExactlyInAnyOrder("main/auto", "auto", "meta/llama", "ollama/qwen3:8b");
        assertThat(asked(ollama)).containsExactlyInAnyOrder("qwen3:8b", "org/model");
    }

    @Test
    void oneProviderForEverythingKnowsItsOwnNames() throws IOException {
        main.answer("/v1/models", models("meta/llama", "plain"));
        start("defaultModel: usual", builder -> builder.provider("main"));

        ask("meta/llama");
        ask("ollama/qwen3:8b");
        ask("claude-opus-5");
        ask("main/exactly-this");
        ask("plain");

        assertThat(asked(main)).containsExactly("meta/llama", "usual", "usual", "exactly-this", "plain");
        assertThat(asked(ollama)).isEmpty();
    }

    @Test
    void tellsTheLimitsOfModels() throws IOException {
        main.answer("/v1/models", models("from-upstream"));
        ollama("    models: {big: {name: Big One, context: 200000, maxOutput: 8000}}\n    aliases: {b: big}");
        start("");

        JsonNode openAi = Json.parse(fixture.get("/v1/models").body());
        JsonNode anthropic = Json.parse(fixture.get("/v1/models?limit=1000", "anthropic-version", "2023-06-01")
                .body());
        JsonNode one = Json.parse(fixture.get("/v1/models/ollama%2Fb", "anthropic-version", "2023-06-01")
                .body());

        assertThat(openAi.path("data").findValuesAsText("id"))
                .containsExactly("from-upstream", "ollama/big", "ollama/b");
        assertThat(openAi.path("data").findValuesAsText("context_length")).containsExactly("32768", "200000", "200000");
        assertThat(openAi.path("models").toString())
                .as("what would replace the prompt of Codex")
                .isEqualTo("[]");
        assertThat(anthropic.path("data").findValuesAsText("display_name"))
                .containsExactly("from-upstream", "Big One", "Big One");
        assertThat(anthropic.path("data").findValuesAsText("max_input_tokens"))
                .containsExactly("32768", "200000", "200000");
        assertThat(anthropic.path("data").findValuesAsText("max_tokens")).containsExactly("8000", "8000");
        assertThat(one.path("display_name").asText()).isEqualTo("Big One");
        assertThat(fixture.get("/v1/models/olama%2Fb").statusCode()).isEqualTo(404);
    }
}
