package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code providers models} as a user calls it. */
final class ProvidersModelsTest {

    private static final String KEY = "canary-key-0815";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/mine.yaml"), """
                providers:
                  mine:
                    baseUrl: %1$s
                    apiKey: $MY_KEY
                    models:
                      large: {upstreamId: vendor/large, context: 131072, price: {input: 0.59, output: 0.79}}
                      small: {}
                    aliases: {sonnet: large, haiku: tiny}
                    defaultModel: sonnet
                  claude:
                    dialect: anthropic-messages
                    baseUrl: %1$s
                    apiKey: $MY_KEY
                  listless: {baseUrl: "%1$s", apiKey: $MY_KEY, endpoints: {models: null}, models: [m]}
                """.formatted(fake.baseUrl("/v1")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void filesOfAllProvidersAreListedWithoutACall() {
        CliHarness.Result result = patchbay("providers", "models");
        assertThat(result.exitCode()).isZero();
        golden("all.txt", result);
        assertThat(fake.connections()).isZero();
    }

    @Test
    void answerOfTheProviderIsMerged() {
        fake.answer(Answer.json(200, """
                {"object": "list", "data": [
                  {"id": "vendor/large", "context_window": 1000}, {"id": "vendor/new", "context_length": 4096},
                  {"id": "plain"}, {"unknown": 1}]}"""));
        CliHarness.Result result = patchbay("providers", "models", "mine");
        assertThat(result.exitCode()).isZero();
        golden("merged.txt", result);
        assertThat(fake.onlyRequest().target()).isEqualTo("/v1/models");
        assertThat(fake.onlyRequest().header("authorization")).contains("Bearer " + KEY);
    }

    @Test
    void offlineAsksNobody() throws IOException {
        CliHarness.Result result = new CliHarness(home).run("providers", "models", "mine", "--offline", "--json");
        assertThat(result.exitCode()).isZero();
        JsonNode report = new JsonMapper().readTree(result.out());
        assertThat(report.path("asked").booleanValue()).isFalse();
        assertThat(report.path("models").findValuesAsText("id")).containsExactly("large", "small", "tiny");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void pagesOfAnthropicAreFollowed() throws IOException {
        fake.enqueue(
                Answer.json(200, """
                        {"data": [{"id": "a", "display_name": "The A"}], "has_more": true, "last_id": "a"}"""),
                Answer.json(200, "{\"data\": [{\"id\": \"b\"}], \"has_more\": false, \"last_id\": \"b\"}"));
        CliHarness.Result result = patchbay("providers", "models", "claude", "--json");
        assertThat(result.exitCode()).isZero();
        assertThat(fake.requests())
                .extracting(RecordedRequest::target)
                .containsExactly("/v1/models?limit=1000", "/v1/models?limit=1000&after_id=a");
        JsonNode report = new JsonMapper().readTree(result.out());
        assertThat(report.path("models").findValuesAsText("id")).containsExactly("a", "b");
        assertThat(report.path("models").path(0).path("name").textValue()).isEqualTo("The A");
        assertThat(report.path("complete").booleanValue()).isTrue();
    }

    @Test
    void listWithoutEndEndsAfterFiveCalls() {
        fake.answer(Answer.json(200, "{\"data\": [{\"id\": \"a\"}], \"has_more\": true, \"last_id\": \"a\"}"));
        CliHarness.Result result = patchbay("providers", "models", "claude");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("at most 5");
        assertThat(result.out()).endsWith("the provider has more than these\n");
        assertThat(fake.requests()).hasSize(5);
    }

    @Test
    void refusalLeavesWhatTheFileSays() {
        fake.answer(Answer.error(401, "invalid_api_key", "Incorrect API key provided: " + KEY));
        CliHarness.Result result = patchbay("providers", "models", "mine");
        assertThat(result.exitCode()).isEqualTo(1);
        golden("refused.txt", result);
    }

    @Test
    void answerThatIsNoListIsAFailure() {
        fake.answer(Answer.json(200, "{\"hello\": 1}"));
        assertThat(patchbay("providers", "models", "mine").err()).contains("not a list of models");
        fake.answer(Answer.html(200));
        assertThat(patchbay("providers", "models", "mine").err()).contains("answered with a web page", "GET http");
        fake.answer(Answer.json(200, "[\"" + "x".repeat(9 << 20) + "\"]"));
        assertThat(patchbay("providers", "models", "mine").err()).contains("more than 8388608 bytes");
    }

    @Test
    void providerWithoutAListIsToldFromItsFile() {
        CliHarness.Result result = patchbay("providers", "models", "listless");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("offers no list of models");
        assertThat(patchbay("providers", "models", "demo").exitCode()).isZero();
        assertThat(new CliHarness(home).run("providers", "models", "mine").exitCode())
                .isEqualTo(3);
        assertThat(patchbay("providers", "models", "mien").err()).contains("did you mean mine?");
        assertThat(fake.connections()).isZero();
    }

    private void golden(String name, CliHarness.Result result) {
        assertThat(result.transcript()).doesNotContain(KEY);
        Golden.files()
                .withoutPorts()
                .replacing(home, "<home>")
                .check("ProvidersModelsTest/" + name, result.transcript());
    }

    private CliHarness.Result patchbay(String... arguments) {
        return new CliHarness(home).variable("MY_KEY", KEY).run(arguments);
    }
}
