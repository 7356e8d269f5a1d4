package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.client.EmbeddingRequest;
import dev.patchbay.client.Embeddings;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of texts through a client. */
@Timeout(60)
final class EmbeddingsTest {

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @BeforeEach
    void open() throws IOException {
        patchbay = open("""
                providers:
                  main:
                    baseUrl: %1$s
                    apiKey: $MAIN_KEY
                    defaultModel: m
                    models: {m: {price: {input: 2}}}
                    http: {retries: {max: 1, backoff: {initial: 1ms, max: 1ms}}}
                  claude: {baseUrl: "%1$s", auth: none, dialect: anthropic-messages, defaultModel: m}
                """.formatted(fake.baseUrl("/v1")));
        fake.answer("/embeddings", exchange -> embed(exchange.request()).send(exchange));
    }

    private Patchbay open(String providers) throws IOException {
        patchbay.close();
        Path file = folder.resolve("providers.yaml");
        Files.writeString(file, providers);
        return Patchbay.builder()
                .withoutDiscovery()
                .config(file)
                .environment(Map.of("MAIN_KEY", "canary-of-main"))
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    /** A vector is the length of its text; they come in another order, and in Base64 where that is asked for. */
    private static Answer embed(RecordedRequest request) {
        List<?> texts = (List<?>) request.member("input").orElseThrow();
        boolean base64 =
                request.member("encoding_format").filter("base64"::equals).isPresent();
        List<String> entries = IntStream.range(0, texts.size())
                .mapToObj(i -> {
                    float length = String.valueOf(texts.get(i)).length();
                    String vector = base64 ? "\"" + base64(length, 0.5f) + "\"" : "[" + length + ",0.5]";
                    return "{\"index\":" + i + ",\"embedding\":" + vector + "}";
                })
                .collect(Collectors.toList());
        Collections.reverse(entries);
        return Answer.json(
                200,
                "{\"data\":[" + String.join(",", entries) + "],\"usage\":{\"prompt_tokens\":" + texts.size() * 10
                        + "}}");
    }

    private static String base64(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static List<Float> lengths(Embeddings embeddings) {
        return embeddings.vectors().stream().map(vector -> vector[0]).toList();
    }

    @Test
    void givesAVectorForEachTextInTheirOrderWithUsageAndCost() {
        Embeddings embeddings = patchbay.client("main/m").embed(EmbeddingRequest.of(List.of("a", "bbb", "cc")));

        assertThat(lengths(embeddings)).containsExactly(1f, 3f, 2f);
        assertThat(embeddings.vectors().get(0)).containsExactly(1f, 0.5f);
        assertThat(embeddings.usage().inputTokens()).hasValue(30);
        assertThat(embeddings.costUsd())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.00006"));
        assertThat(fake.onlyRequest().path()).isEqualTo("/v1/embeddings");
        assertThat(fake.sawAnywhere("canary-of-main")).isTrue();
    }

    @Test
    void readsBase64AndSendsDimensions() {
        Embeddings embeddings = patchbay.client("main/m")
                .embed(EmbeddingRequest.builder(List.of("a", "bb"))
                        .dimensions(2)
                        .more("encoding_format", "base64")
                        .build());

        assertThat(embeddings.vectors().get(1)).containsExactly(2f, 0.5f);
        assertThat(fake.onlyRequest().member("dimensions").map(String::valueOf)).hasValue("2");
    }

    @Test
    void splitsIntoBatches() {
        List<String> texts = IntStream.rangeClosed(1, 7).mapToObj("x"::repeat).toList();

        Embeddings embeddings = patchbay.client("main/m")
                .embed(EmbeddingRequest.builder(texts).batchSize(3).build());

        assertThat(lengths(embeddings)).containsExactly(1f, 2f, 3f, 4f, 5f, 6f, 7f);
        assertThat(embeddings.usage().inputTokens()).hasValue(70);
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void asksForLessWhereAProviderRefusesABatchForItsSize() {
        fake.answer("/embeddings", exchange -> {
            RecordedRequest request = exchange.request();
            boolean many = ((List<?>) request.member("input").orElseThrow()).size() > 2;
            (many ? Answer.error(400, "invalid", "batch size must be at most 2") : embed(request)).send(exchange);
        });
        List<String> texts = IntStream.rangeClosed(1, 5).mapToObj("x"::repeat).toList();

        assertThat(lengths(patchbay.client("main/m").embed(EmbeddingRequest.of(texts))))
                .containsExactly(1f, 2f, 3f, 4f, 5f);
        // 5, 3, then 2, 2 and 1.
        assertThat(fake.requests()).hasSize(5);
    }

    @Test
    void repeatsAsTheFileSaysAndRepeatsNoKey() {
        fake.enqueue(Answer.error(503, "overloaded", "busy"));
        assertThat(lengths(patchbay.client("main/m").embed(EmbeddingRequest.of(List.of("a")))))
                .containsExactly(1f);

        fake.answer("/embeddings", Answer.error(401, "auth", "canary-of-main is wrong"));
        assertThatThrownBy(() -> patchbay.client("main/m").embed(EmbeddingRequest.of(List.of("a"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[]} | fewer vectors",
                "{\"data\":[{\"index\":7,\"embedding\":[1]}]} | not sent",
                "{\"data\":[{\"index\":0,\"embedding\":{}}]} | neither",
                "nonsense | not JSON"
            })
    void anAnswerThatHoldsNoVectorsIsAFailure(String body, String words) {
        fake.answer("/embeddings", Answer.json(200, body));

        assertThatThrownBy(() -> patchbay.client("main/m").embed(EmbeddingRequest.of(List.of("a"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aProviderThatOffersNoneSaysSo() {
        assertThatThrownBy(() -> patchbay.client("claude/m").embed(EmbeddingRequest.of(List.of("a"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("does not offer embeddings");
    }

    /** Scenario E12. */
    @ParameterizedTest
    @CsvSource({
        "/v1,/v1/embeddings",
        "/v1/,/v1/embeddings",
        "/api/paas/v4,/api/paas/v4/embeddings",
        "'',/v1/embeddings",
        "/v1/chat/completions,/v1/embeddings"
    })
    void sharesTheBaseUrlOfChats(String base, String path) throws IOException {
        patchbay = open("providers: {p: {baseUrl: \"" + fake.baseUrl(base) + "\", auth: none, defaultModel: m}}");

        patchbay.client("p/").embed(EmbeddingRequest.of(List.of("a")));

        assertThat(fake.onlyRequest().path()).isEqualTo(path);
    }
}
