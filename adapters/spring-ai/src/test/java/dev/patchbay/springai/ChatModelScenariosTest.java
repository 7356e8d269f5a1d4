package dev.patchbay.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.BrokenStream;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.StreamedUsage;
import dev.patchbay.testkit.TornToolCalls;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;
import reactor.core.Disposable;

/** The scenarios of embedding, through Spring AI. */
@Timeout(120)
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
                      priced: {price: {input: 2, output: 10, cacheRead: 1}}
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

    private FakeProvider at(String name) {
        return name.startsWith("a") ? fake : other;
    }

    private static List<Object> asked(FakeProvider provider) {
        return provider.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> request.member("model").orElse("none"))
                .toList();
    }

    /** E01. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/"})
    void disposingOfASubscriptionLeavesTheProviderWhileItIsSilent(String name) throws Exception {
        at(name).answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        BlockingQueue<ChatResponse> pieces = new LinkedBlockingQueue<>();
        Disposable subscription =
                PatchbayChatModel.of(patchbay, name).stream(new Prompt("Hi")).subscribe(pieces::add);
        assertThat(pieces.poll(30, TimeUnit.SECONDS)).isNotNull();

        Instant disposed = Instant.now();
        subscription.dispose();

        assertThat(at(name).awaitClientGone(SOON)).isBefore(disposed.plusSeconds(1));
        assertThat(pieces).isEmpty();
        at(name).answer(Answer.text("again"));
        assertThat(PatchbayChatModel.of(patchbay, name).call("Hi")).isEqualTo("again");
    }

    /** E01. */
    @Test
    void aTimeoutLeavesTheProviderBeforeItsFirstByte() {
        fake.answer(Answer.silence());

        assertThatThrownBy(() -> PatchbayChatModel.of(patchbay, "a/").stream(new Prompt("Hi"))
                        .timeout(Duration.ofMillis(500))
                        .blockLast())
                .hasRootCauseInstanceOf(TimeoutException.class);

        fake.awaitClientGone(SOON);
    }

    /** E02, E13. */
    @Test
    void optionsThatNameAModelLeadThereWithThatProvidersKey() {
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "a/usual");
        ChatClient client = ChatClient.create(model);

        model.call(new Prompt("Hi", ChatOptions.builder().model("b/m2").build()));
        model.stream(new Prompt(
                        "Hi",
                        PatchbayChatOptions.builder().model("b/with blanks: x").build()))
                .blockLast();
        client.prompt("Hi")
                .options(ChatOptions.builder().model("a/mistralai/mistral-small-3.1:free"))
                .call()
                .content();
        client.prompt("Hi").call().content();

        assertThat(asked(other)).containsExactly("m2", "with blanks: x");
        assertThat(asked(fake)).containsExactly("mistralai/mistral-small-3.1:free", "usual");
        assertThat(other.sawAnywhere("canary-of-a")).isFalse();
    }

    /** E02. */
    @Test
    void aModelThatNobodyHasIsRefused() {
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, "b/m");

        assertThatThrownBy(() -> model.call(
                        new Prompt("Hi", ChatOptions.builder().model("aa/m").build())))
                .isInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("aa");
        assertThat(asked(fake)).isEmpty();
        assertThat(asked(other)).isEmpty();
    }

    /** E04. */
    @ParameterizedTest
    @ValueSource(strings = {"a/priced", "b/m"})
    void usageIsInThePlainAnswerAndInTheLastOfAStream(String name) {
        at(name).answer(Answer.text("x", "y").usage(1_000, 500, 100));
        PatchbayChatModel model = PatchbayChatModel.of(patchbay, name);

        for (ChatResponse response : List.of(
                model.call(new Prompt("Hi")), model.stream(new Prompt("Hi")).blockLast())) {
            assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(1_500);
            assertThat(response.getMetadata().getUsage().getCacheReadInputTokens())
                    .isEqualTo(500);
            assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(1_600);
            assertThat((String) response.getMetadata().get("provider")).isEqualTo(name.substring(0, 1));
            if (name.startsWith("a")) {
                assertThat((BigDecimal) response.getMetadata().get("costUsd")).isEqualByComparingTo("0.0035");
            }
        }
    }

    /** E04. */
    @Test
    void usageThatNeverComesIsNull() {
        fake.answer(Answer.json(200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"x\"}}]}"));

        assertThat(PatchbayChatModel.of(patchbay, "a/")
                        .call(new Prompt("Hi"))
                        .getMetadata()
                        .getUsage())
                .isNull();

        ChatClient client = ChatClient.create(PatchbayChatModel.of(patchbay, "a/"));
        assertThat(client.prompt("Hi").call().content()).isEqualTo("x");
        assertThat(client.prompt("Hi").stream().content().collectList().block(SOON))
                .containsOnlyOnce("x");
    }

    /** E04. */
    @ParameterizedTest
    @EnumSource
    void usageIsTrueWhereverAStreamTellsItAndNullWhereItTellsNone(StreamedUsage told) {
        fake.answer(told.answer());

        Usage usage = PatchbayChatModel.of(patchbay, "a/").stream(new Prompt("Hi"))
                .blockLast()
                .getMetadata()
                .getUsage();

        if (told == StreamedUsage.NEVER) {
            assertThat(usage).isNull();
        } else {
            assertThat(usage.getPromptTokens()).isEqualTo(1_500);
            assertThat(usage.getCacheReadInputTokens()).isEqualTo(500);
            assertThat(usage.getCompletionTokens()).isEqualTo(100);
            assertThat(usage.getTotalTokens()).isEqualTo(1_600);
        }
    }

    /** E04: by the framework, which needs every number for it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void usageIsSummedUpOverARoundOfTools(boolean streamed) {
        fake.enqueue(Answer.toolCall("call-1", "now").usage(100, 20, 10));
        fake.answer(Answer.text("done").usage(1_000, 500, 100));
        ToolCallback now = FunctionToolCallback.builder("now", () -> "10:14")
                .description("the time")
                .build();
        ChatClient.ChatClientRequestSpec ask = ChatClient.create(PatchbayChatModel.of(patchbay, "a/"))
                .prompt("Hi")
                .tools(now);

        Usage usage = (streamed
                        ? ask.stream().chatResponse().collectList().block(SOON).stream()
                                .reduce((before, last) -> last)
                                .orElseThrow()
                        : ask.call().chatResponse())
                .getMetadata()
                .getUsage();

        assertThat(usage.getPromptTokens()).isEqualTo(1_620);
        assertThat(usage.getCompletionTokens()).isEqualTo(110);
        assertThat(usage.getTotalTokens()).isEqualTo(1_730);
    }

    /** E05, E09: also that nothing is asked for again once something came. */
    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffIsToldOnceWithTheTextSoFar(BrokenStream broken) {
        for (String name : broken == BrokenStream.ERROR_LINE ? List.of("a/") : List.of("a/", "b/")) {
            at(name).answer(broken.answer());
            int before = at(name).requests().size();
            List<Object> signals = new CopyOnWriteArrayList<>();
            List<String> texts = new CopyOnWriteArrayList<>();

            Throwable failure = catchThrowable(() -> PatchbayChatModel.of(patchbay, name).stream(new Prompt("Hi"))
                    .doOnNext(piece -> texts.add(piece.getResult().getOutput().getText()))
                    .doOnError(signals::add)
                    .doOnComplete(() -> signals.add("complete"))
                    .blockLast(Duration.ofSeconds(2)));

            assertThat(failure).isInstanceOfAny(TransientAiException.class, NonTransientAiException.class);
            ModelException ours = (ModelException) failure.getCause();
            assertThat(ours.response().text())
                    .isEqualTo(String.join("", texts))
                    .startsWith(broken == BrokenStream.PAGE ? "" : "one ");
            if (broken == BrokenStream.ERROR_EVENT || broken == BrokenStream.ERROR_LINE) {
                assertThat(failure).hasMessageContaining("far too many");
            }
            assertThat(signals).hasSize(1);
            assertThat(at(name).requests()).hasSize(before + 1);
        }
    }

    /** E05. */
    @Test
    void aWrongKeyIsNotTransientAndIsNotRepeated() {
        other.answer(Answer.error(401, "auth", "canary-of-b is wrong"));

        Throwable failure =
                catchThrowable(() -> PatchbayChatModel.of(patchbay, "b/").call("Hi"));

        assertThat(failure).isInstanceOf(NonTransientAiException.class).hasMessageNotContaining("canary");
        assertThat(((ModelException) failure.getCause()).failure().kind()).isEqualTo(ProviderException.Kind.AUTH);
    }

    /** E06, E08. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/"})
    void toolsAreCalledWithWholeArgumentsAndTheirResultsGoBack(String name) {
        for (boolean streamed : List.of(false, true)) {
            at(name).enqueue(Answer.toolCall("call-1", "now")
                    .thenToolCall("call-2", "weather", "{\"city\":", "\"Munich\"}"));
            at(name).answer(Answer.text("It is ", "sunny."));
            BlockingQueue<String> called = new LinkedBlockingQueue<>();
            List<ToolCallback> tools = List.of(
                    FunctionToolCallback.builder("now", () -> {
                                called.add("now");
                                return "10:14";
                            })
                            .description("the time")
                            .build(),
                    FunctionToolCallback.builder("weather", (City city) -> {
                                called.add(city.city());
                                return "sunny";
                            })
                            .description("the weather")
                            .inputType(City.class)
                            .build());
            ChatClient.ChatClientRequestSpec ask = ChatClient.create(PatchbayChatModel.of(patchbay, name))
                    .prompt("Hi")
                    .tools(tools.toArray());
            int before = at(name).requests().size();

            String text = streamed
                    ? String.join("", ask.stream().content().collectList().block(SOON))
                    : ask.call().content();

            assertThat(text).isEqualTo("It is sunny.");
            assertThat(called).containsExactlyInAnyOrder("now", "Munich");
            assertThat(at(name).requests()).hasSize(before + 2);
            assertThat(at(name).requests().get(before + 1).text()).contains("call-1", "call-2", "10:14", "sunny");
        }
    }

    /** E08. */
    @ParameterizedTest
    @EnumSource
    void callsInPiecesComeWholeEachByItselfAndEachGetsItsResult(TornToolCalls torn) {
        fake.enqueue(torn.answer());
        fake.answer(Answer.text("done"));
        List<String> called = new CopyOnWriteArrayList<>();
        ToolCallback tool = FunctionToolCallback.builder("f", (Map<String, Integer> input) -> {
                    called.add(input.isEmpty() ? "{}" : "{\"x\":" + input.get("x") + "}");
                    return "result";
                })
                .description("a function")
                .inputType(Map.class)
                .build();

        List<String> texts = ChatClient.create(PatchbayChatModel.of(patchbay, "a/")).prompt("Hi").tools(tool).stream()
                .content()
                .collectList()
                .block(SOON);

        assertThat(String.join("", texts)).isEqualTo("done");
        assertThat(called).containsExactlyInAnyOrderElementsOf(torn.arguments().values());
        assertThat(torn.arguments().keySet())
                .allSatisfy(
                        id -> assertThat(fake.requests().get(1).text()).contains("\"tool_call_id\":\"" + id + "\""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAModelThoughtGoesBackToItWithTheResultsOfItsCalls(boolean streamed) {
        other.enqueue(Answer.thinking("hm").thenToolCall("call-1", "now"));
        other.answer(Answer.text("done"));
        ToolCallback now = FunctionToolCallback.builder("now", () -> "10:14")
                .description("the time")
                .build();
        ChatClient.ChatClientRequestSpec ask = ChatClient.create(PatchbayChatModel.of(patchbay, "b/m"))
                .prompt("Hi")
                .tools(now);

        String text = streamed
                ? String.join("", ask.stream().content().collectList().block(SOON))
                : ask.call().content();

        assertThat(text).isEqualTo("done");
        assertThat(other.requests().get(1).text()).contains("\"thinking\":\"hm\"", "10:14");
    }

    /** The input of a tool. */
    public record City(String city) {}

    /** E06. */
    @Test
    void observationsHaveTheCallersSpanAsParentAndTheNumbersAsTags() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        fake.answer(Answer.text("x").usage(1_000, 500, 100));
        PatchbayChatModel model = PatchbayChatModel.builder(patchbay)
                .options(PatchbayChatOptions.builder().model("a/priced").build())
                .observationRegistry(observations)
                .build();
        Observation parent = Observation.start("request", observations);
        parent.scoped(() -> {
            model.call("Hi");
            model.stream(new Prompt("Hi")).blockLast();
        });
        parent.stop();

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation", 2);
        TestObservationRegistryAssert.assertThat(observations)
                .forAllObservationsWithNameEqualTo(
                        "gen_ai.client.operation",
                        each -> each.hasParentObservationEqualTo(parent)
                                .hasLowCardinalityKeyValue("gen_ai.system", "a")
                                .hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "1500")
                                .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "100")
                                .hasHighCardinalityKeyValue("gen_ai.usage.total_tokens", "1600"));
    }

    /** E09. */
    @Test
    void retriesAreThoseOfTheFile() {
        fake.enqueue(Answer.resetBeforeHead(), Answer.resetBeforeHead());

        assertThat(PatchbayChatModel.of(patchbay, "a/").call("Hi")).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(fake.requests()).hasSize(3);
    }

    private static final String VECTORS =
            "{\"data\":[{\"index\":1,\"embedding\":[2,2]},{\"index\":0,\"embedding\":[1,1]}],\"usage\":{\"prompt_tokens\":1000}}";

    @Test
    void textsBecomeVectorsWithUsageAndCost() {
        fake.answer("/embeddings", Answer.json(200, VECTORS));

        EmbeddingResponse response =
                PatchbayEmbeddingModel.of(patchbay, "a/priced").embedForResponse(List.of("one", "two"));

        assertThat(response.getResults()).hasSize(2);
        assertThat(response.getResults().get(1).getOutput()).containsExactly(2, 2);
        assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(1_000);
        assertThat((BigDecimal) response.getMetadata().get("costUsd")).isEqualByComparingTo("0.002");
    }

    @Test
    void imagesAndSchemasAreSent() {
        UserMessage message = UserMessage.builder()
                .text("What is it?")
                .media(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] {1, 2})))
                .build();
        PatchbayChatModel.of(patchbay, "a/")
                .call(new Prompt(
                        message,
                        PatchbayChatOptions.builder()
                                .outputSchema("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}")
                                .build()));

        assertThat(fake.onlyRequest().text()).contains("data:image/png;base64,AQI=", "json_schema", "\"city\"");
    }
}
