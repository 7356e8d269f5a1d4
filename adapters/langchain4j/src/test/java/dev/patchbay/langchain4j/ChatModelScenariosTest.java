package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong for users of chat models, blocking. */
@Timeout(60)
final class ChatModelScenariosTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider other = FakeProvider.start();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("providers.yaml"), """
                defaultProvider: a
                providers:
                  a:
                    baseUrl: %s
                    apiKey: $A_KEY
                    defaultModel: usual
                    models:
                      priced: {context: 1000, maxOutput: 100, price: {input: 2, output: 10, cacheRead: 1}}
                      usual: {}
                    http: {retries: {max: 2, backoff: {initial: 1ms, max: 1ms}}}
                  b:
                    baseUrl: %s
                    dialect: anthropic-messages
                    apiKey: $B_KEY
                    defaultModel: m
                    http: {retries: {max: 0}}
                """.formatted(fake.baseUrl("/v1"), other.baseUrl("/v1")));
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .config(folder)
                .environment(Map.of("A_KEY", "canary-of-a", "B_KEY", "canary-of-b"))
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
        other.close();
    }

    private static ChatRequest.Builder question() {
        return ChatRequest.builder().messages(UserMessage.from("Hi"));
    }

    private static List<Object> asked(FakeProvider provider) {
        return provider.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> request.member("model").orElse("none"))
                .toList();
    }

    /** E02, E13. */
    @Test
    void aRequestThatNamesAModelGoesThereWithThatProvidersKey() {
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "a/usual");

        model.chat(question().modelName("b/m2").build());
        model.chat(question().modelName("priced").build());
        model.chat(question().modelName("a/mistralai/mistral-small-3.1:free").build());
        model.chat(question().modelName("b/with blanks: and colons").build());

        assertThat(asked(fake)).containsExactly("priced", "mistralai/mistral-small-3.1:free");
        assertThat(asked(other)).containsExactly("m2", "with blanks: and colons");
        assertThat(other.sawAnywhere("canary-of-a")).isFalse();
    }

    /** E02. */
    @Test
    void aModelThatNobodyHasIsRefusedWithTheNearestNames() {
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "b/m");

        assertThatThrownBy(() -> model.chat(question().modelName("aa/m").build()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("aa");

        assertThat(asked(fake)).isEmpty();
        assertThat(asked(other)).isEmpty();
    }

    /** E04. */
    @Test
    void usageAndCostAreThereAndWhatIsUnknownIsNull() {
        fake.answer(Answer.text("Hello").usage(1_000, 500, 100));
        ChatResponse response =
                PatchbayChatModel.of(patchbay, "a/priced").chat(question().build());

        PatchbayChatResponseMetadata metadata = (PatchbayChatResponseMetadata) response.metadata();
        assertThat(metadata.tokenUsage().inputTokenCount()).isEqualTo(1_500);
        assertThat(metadata.tokenUsage().cachedInputTokenCount()).isEqualTo(500);
        assertThat(metadata.tokenUsage().outputTokenCount()).isEqualTo(100);
        assertThat(metadata.tokenUsage().totalTokenCount()).isEqualTo(1_600);
        assertThat(metadata.provider()).hasValue("a");
        assertThat(metadata.costUsd())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.0035"));
        TokenUsage twice = TokenUsage.sum(metadata.tokenUsage(), metadata.tokenUsage());
        assertThat(twice)
                .isInstanceOfSatisfying(
                        PatchbayTokenUsage.class,
                        sum -> assertThat(sum.cachedInputTokenCount()).isEqualTo(1_000));

        // As LangChain4j's services sum up rounds of tools: from their own empty usage on.
        TokenUsage rounds = TokenUsage.sum(new TokenUsage(), metadata.tokenUsage());
        assertThat(metadata.toBuilder().tokenUsage(rounds).build().tokenUsage()).isEqualTo(metadata.tokenUsage());
        assertThat(metadata.toBuilder()
                        .tokenUsage(new TokenUsage(1, 2))
                        .build()
                        .tokenUsage()
                        .totalTokenCount())
                .isEqualTo(3);

        fake.answer(Answer.json(200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"x\"}}]}"));
        TokenUsage unknown = PatchbayChatModel.of(patchbay, "a/priced")
                .chat(question().build())
                .tokenUsage();
        assertThat(unknown.inputTokenCount()).isNull();
        assertThat(unknown.outputTokenCount()).isNull();
        assertThat(unknown.totalTokenCount()).isNull();
    }

    /** E05. */
    @Test
    void aFailureIsLangChain4jsWithOursBehindItAndWithoutAKey() {
        other.answer(Answer.error(401, "auth", "canary-of-b is wrong"));

        Throwable failure = catchThrowable(
                () -> PatchbayChatModel.of(patchbay, "b/m").chat(question().build()));

        assertThat(failure)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("b: ")
                .hasMessageContaining("HTTP 401")
                .hasMessageNotContaining("canary");
        ModelException ours = (ModelException) failure.getCause();
        assertThat(ours.failure().kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(ours.response().provider()).isEqualTo("b");
    }

    /** E09. */
    @Test
    void retriesAreThoseOfTheFile() {
        fake.enqueue(Answer.resetBeforeHead(), Answer.resetBeforeHead());
        assertThat(PatchbayChatModel.of(patchbay, "a/").chat("Hi")).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(fake.requests()).hasSize(3);

        other.answer(Answer.error(429, "rate_limit", "slow down").header("Retry-After", "1"));
        assertThatThrownBy(() -> PatchbayChatModel.of(patchbay, "b/").chat("Hi"))
                .isInstanceOf(RateLimitException.class);
        assertThat(other.requests()).hasSize(1);
    }

    /** E08. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/"})
    void callsOfToolsComeWholeAndTheirResultsGoBack(String name) {
        FakeProvider asked = name.equals("a/") ? fake : other;
        asked.enqueue(Answer.toolCall("call-1", "now").thenToolCall("call-2", "weather", "{\"city\": \"Munich\"}"));
        List<ToolSpecification> tools = List.of(
                ToolSpecification.builder().name("now").build(),
                ToolSpecification.builder().name("weather").build());
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, name);

        AiMessage calls =
                model.chat(question().toolSpecifications(tools).build()).aiMessage();
        assertThat(calls.toolExecutionRequests()).hasSize(2);
        assertThat(calls.toolExecutionRequests().get(0).arguments()).isEqualTo("{}");
        assertThat(calls.toolExecutionRequests().get(1).arguments()).isEqualTo("{\"city\":\"Munich\"}");

        List<ChatMessage> conversation = new ArrayList<>(List.of(UserMessage.from("Hi"), calls));
        calls.toolExecutionRequests()
                .forEach(call -> conversation.add(ToolExecutionResultMessage.from(call, "result of " + call.id())));
        model.chat(ChatRequest.builder()
                .messages(conversation)
                .toolSpecifications(tools)
                .build());

        RecordedRequest second = asked.requests().get(1);
        assertThat(second.text()).contains("result of call-1", "result of call-2");
    }

    @Test
    void whatAModelThoughtGoesBackToItAloneAlsoFromAStore() {
        other.enqueue(Answer.thinking("hm").thenToolCall("call-1", "now"));
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "b/m");
        AiMessage answer = model.chat(question().build()).aiMessage();
        assertThat(answer.thinking()).isEqualTo("hm");
        AiMessage kept =
                (AiMessage) ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(answer));
        ChatRequest next = ChatRequest.builder()
                .messages(
                        UserMessage.from("Hi"),
                        kept,
                        ToolExecutionResultMessage.from(
                                kept.toolExecutionRequests().get(0), "now"))
                .build();

        model.chat(next);
        PatchbayChatModel.of(patchbay, "b/another").chat(next);

        assertThat(other.requests().get(1).text()).contains("\"thinking\":\"hm\"");
        assertThat(other.requests().get(2).text()).doesNotContain("\"thinking\":\"hm\"");
    }

    /** E01. */
    @Test
    void cancellingAFutureOrInterruptingTheThreadEndsTheCall() throws Exception {
        fake.answer(Answer.silence());
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "a/");

        CompletableFuture<ChatResponse> future = model.doChatAsync(question().build());
        fake.takeRequest(SOON);
        Instant cancelled = Instant.now();
        future.cancel(true);
        assertThat(fake.awaitClientGone(SOON)).isBefore(cancelled.plusSeconds(1));

        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Thread asking = new Thread(() -> failed.complete(catchThrowable(() -> model.chat("Hi"))));
        asking.start();
        fake.takeRequest(SOON);
        asking.interrupt();
        assertThat(failed.get(30, TimeUnit.SECONDS)).isNotNull();
        fake.awaitClientGone(SOON);

        fake.answer(Answer.text("again"));
        assertThat(model.chat("Hi")).isEqualTo("again");
    }

    private static final String VECTORS =
            "{\"data\":[{\"index\":1,\"embedding\":[2,2]},{\"index\":0,\"embedding\":[1,1]}],\"usage\":{\"prompt_tokens\":1000}}";

    @Test
    void textsBecomeVectorsWithUsageAndCost() {
        fake.answer("/embeddings", Answer.json(200, VECTORS));

        Response<List<Embedding>> response = PatchbayEmbeddingModel.of(patchbay, "a/priced")
                .embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));

        assertThat(response.content())
                .containsExactly(Embedding.from(new float[] {1, 1}), Embedding.from(new float[] {2, 2}));
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(1_000);
        assertThat(response.metadata().get("costUsd")).hasToString("0.002");
        assertThat(fake.onlyRequest().path()).isEqualTo("/v1/embeddings");

        fake.answer("/embeddings", Answer.error(401, "auth", "canary-of-a is wrong"));
        assertThatThrownBy(() -> PatchbayEmbeddingModel.of(patchbay, "a/").embed("one"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageNotContaining("canary");
    }
}
