package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Fallback;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.RecordedRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/embeddings}. */
@Timeout(60)
final class EmbeddingsPathTest {

    private static final String VECTORS = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
            + "\"embedding\":[0.25, -1]}],\"model\":\"e\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}";

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> ask(String body) {
        return fixture.post("/v1/embeddings", body);
    }

    private void startChat() {
        fixture.start(
                List.of(
                        fixture.chatProvider()
                                .aliases(Map.of("vectors", "text-embedding-3-small"))
                                .defaultModel("chat-model")
                                .headers(Map.of("x-team", new Value.Plain("blue")))
                                .build(),
                        fixture.claudeProvider().defaultModel("claude-y").build()),
                builder -> builder);
    }

    @Test
    void passesTheRequestOnByTheNameOfItsModelAndCountsItsTokens() {
        startChat();
        fixture.fake.answer("/embeddings", Answer.json(200, VECTORS));
        String rest = ", \"input\": [\"a\", \"b\"], \"dimensions\":2,\"encoding_format\":\"float\",\"user\":\"u\"}";

        HttpResponse<String> answer = ask("{\"model\": \"chat/vectors\"" + rest);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(VECTORS);
        assertThat(answer.headers().firstValue("x-patchbay-provider")).hasValue("chat");
        assertThat(answer.headers().firstValue("x-patchbay-model")).hasValue("text-embedding-3-small");
        RecordedRequest sent = fixture.fake.onlyRequest();
        assertThat(sent.path()).isEqualTo("/v1/embeddings");
        assertThat(sent.text()).isEqualTo("{\"model\": \"text-embedding-3-small\"" + rest);
        assertThat(sent.header("authorization")).hasValue("Bearer " + GatewayFixture.KEY);
        assertThat(sent.header("x-team")).hasValue("blue");
        assertThat(fixture.fake.sawAnywhere(GatewayFixture.CLIENT_KEY)).isFalse();
        AccessRecord record = fixture.record();
        assertThat(record.path()).isEqualTo("/v1/embeddings");
        assertThat(record.mode()).hasValue("relay");
        assertThat(record.usage().inputTokens()).hasValue(7);
        assertThat(record.usage().outputTokens()).hasValue(0);
        assertThat(fixture.get("/metrics").body()).contains("client=\"embeddings\"");
    }

    @Test
    void tellsErrorsInTheShapeOfOpenAiWithoutTheKey() {
        startChat();
        fixture.fake.answer("/embeddings", Answer.error(401, "auth", "no such key: " + GatewayFixture.KEY));

        HttpResponse<String> answer = ask("{\"model\":\"chat/e\",\"input\":\"a\"}");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).path("message").asText())
                .contains("no such key")
                .doesNotContain(GatewayFixture.KEY);
        assertThat(fixture.record().failure()).hasValue(Kind.AUTH);
    }

    /** The upstream takes two texts at once; a vector is the length of its text, or of its list of tokens. */
    private void takesTwo() {
        fixture.fake.answer("/embeddings", exchange -> {
            List<?> inputs = (List<?>) exchange.request().member("input").orElseThrow();
            if (inputs.size() > 2) {
                Answer.error(400, "invalid", "batch size must be at most 2").send(exchange);
                return;
            }
            String entries = IntStream.range(0, inputs.size())
                    .mapToObj(i -> "{\"index\":" + i + ",\"embedding\":[" + size(inputs.get(i)) + ",0.5]}")
                    .collect(Collectors.joining(","));
            Answer.json(200, "{\"data\":[" + entries + "],\"usage\":{\"prompt_tokens\":10}}")
                    .send(exchange);
        });
    }

    private static int size(Object input) {
        return input instanceof List<?> tokens
                ? tokens.size()
                : String.valueOf(input).length();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[\"a\",\"bb\",\"ccc\",\"dddd\",\"e\"] | 1,2,3,4,1", "[[7],[7,7],[7,7,7]] | 1,2,3"})
    void asksForLessAtOnceWhereTheProviderRefusesSoMany(String input, String sizes) {
        startChat();
        takesTwo();

        HttpResponse<String> answer = ask("{\"model\":\"chat/vectors\",\"dimensions\":2,\"input\":" + input + "}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = Json.parse(answer.body());
        assertThat(body.path("data"))
                .extracting(entry -> entry.path("embedding").path(0).asText())
                .containsExactly(
                        Arrays.stream(sizes.split(",")).map(n -> n + ".0").toArray(String[]::new));
        assertThat(body.path("data").path(2).path("index").asInt()).isEqualTo(2);
        assertThat(body.path("model").asText()).isEqualTo("text-embedding-3-small");
        long calls = fixture.fake.requests().size() - refused();
        assertThat(body.path("usage").path("total_tokens").asLong()).isEqualTo(10 * calls);
        assertThat(fixture.fake.requests()).allSatisfy(sent -> {
            assertThat(sent.member("dimensions").map(String::valueOf)).hasValue("2");
            assertThat(sent.header("authorization")).hasValue("Bearer " + GatewayFixture.KEY);
        });
        assertThat(fixture.record().usage().inputTokens()).hasValue(10 * calls);
    }

    private long refused() {
        return fixture.fake.requests().stream()
                .filter(sent -> ((List<?>) sent.member("input").orElseThrow()).size() > 2)
                .count();
    }

    @Test
    void putsTogetherInBase64WhatWasAskedForInBase64() {
        startChat();
        takesTwo();

        HttpResponse<String> answer =
                ask("{\"model\":\"chat/e\",\"encoding_format\":\"base64\",\"input\":[\"a\",\"bb\",\"ccc\"]}");

        String third =
                Json.parse(answer.body()).path("data").path(2).path("embedding").asText();
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(third)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.getFloat()).isEqualTo(3f);
        assertThat(floats.getFloat()).isEqualTo(0.5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"one text\"", "[1,2,3]", "[\"one\"]", "[\"one\",\"two\",\"three\"]"})
    void passesARefusalThatNoSmallerBatchEscapes(String input) {
        startChat();
        fixture.fake.answer("/embeddings", Answer.error(400, "invalid", "at most 8 tokens; " + GatewayFixture.KEY));

        HttpResponse<String> answer = ask("{\"model\":\"chat/e\",\"input\":" + input + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("message").asText())
                .contains("at most 8 tokens")
                .doesNotContain(GatewayFixture.KEY);
    }

    @Test
    void saysWhichProviderOffersNone() {
        startChat();

        HttpResponse<String> answer = ask("{\"model\":\"claude/e\",\"input\":\"a\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("message").asText())
                .contains("provider 'claude' does not offer embeddings", "endpoints");
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLongOrNoRequestBeforeAnythingIsSent() {
        fixture.start(fixture.chatProvider().build(), builder -> builder.maxRequestBytes(1000));

        HttpResponse<String> tooLong = ask("{\"model\":\"m\",\"input\":\"" + "a".repeat(2000) + "\"}");
        HttpResponse<String> noObject = ask("[]");

        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(noObject.statusCode()).isEqualTo(400);
        assertThat(error(noObject).path("message").asText()).contains("JSON object");
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @Test
    void takesNeitherTheBodyRulesOfConversationsNorAFallback() {
        Fallback second = new Fallback("second", EnumSet.of(Kind.OVERLOADED));
        fixture.start(
                List.of(
                        fixture.chatProvider()
                                .defaultModel("e")
                                .body(new BodyRules(Map.of(), Map.of("temperature", 1), Map.of(), List.of()))
                                .fallback(List.of(second))
                                .build(),
                        Definition.builder("second")
                                .baseUrl(fixture.fake.baseUrl("/second"))
                                .auth(Auth.NONE)
                                .defaultModel("s")
                                .build()),
                builder -> builder);
        fixture.fake.answer("/embeddings", Answer.error(529, "overloaded_error", "come back later"));

        HttpResponse<String> answer = ask("{\"model\":\"chat/e\",\"input\":\"a\"}");

        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.headers().firstValue("x-patchbay-provider")).hasValue("chat");
        assertThat(fixture.fake.onlyRequest().text()).isEqualTo("{\"model\":\"e\",\"input\":\"a\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/completions | '' | does not serve this operation; it serves /v1/chat/completions, /v1/embeddings",
                "/v1/images/generations | '' | does not serve this operation",
                "/v1/batches | 2023-06-01 | does not serve this operation",
                "/embeddings | '' | a base URL ends",
                "/v1/v1/messages | '' | a base URL ends"
            })
    void anOperationThatIsNotServedIsNamedInTheShapeOfTheClient(String path, String version, String words) {
        startChat();

        HttpResponse<String> answer =
                version.isEmpty() ? fixture.post(path, "{}") : fixture.post(path, "{}", "anthropic-version", version);

        boolean anthropic = !version.isEmpty() || path.endsWith("/messages");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("message").asText()).contains(words);
        assertThat(Json.parse(answer.body()).path("type").asText()).isEqualTo(anthropic ? "error" : "");
        assertThat(error(answer).has("param")).isEqualTo(!anthropic);
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("error");
    }
}
