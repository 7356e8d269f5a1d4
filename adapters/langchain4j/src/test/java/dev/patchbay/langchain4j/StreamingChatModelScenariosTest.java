package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong for users of chat models that stream. */
@Timeout(60)
final class StreamingChatModelScenariosTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("providers.yaml"), """
                defaultProvider: a
                providers:
                  a: {baseUrl: "%1$s", auth: none, defaultModel: m, http: {retries: {max: 2, backoff: {initial: 1ms, max: 1ms}}}}
                  b: {baseUrl: "%1$s", auth: none, dialect: anthropic-messages, defaultModel: m}
                  c: {baseUrl: "%1$s", auth: none, dialect: openai-responses, defaultModel: m}
                """.formatted(fake.baseUrl("/v1")));
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .config(folder)
                .environment(Map.of())
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    private static ChatRequest question() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }

    private Heard ask(String name, Heard heard) {
        PatchbayStreamingChatModel.of(patchbay, name).chat(question(), heard);
        return heard;
    }

    /** E01. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/", "c/"})
    void cancellingWhileTheProviderIsSilentLeavesItWithinASecondAndNothingFollows(String name) throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one ", "two").holdBefore("two", gate));
        Heard heard = ask(name, new Heard());
        PartialResponseContext context = heard.contexts.take();

        context.streamingHandle().cancel();
        fake.awaitClientGone(SOON);

        assertThat(context.streamingHandle().isCancelled()).isTrue();
        fake.answer(Answer.text("again"));
        Heard next = ask(name, new Heard());
        assertThat(next.awaitEnd()).isEqualTo("complete: again");
        assertThat(heard.ends).isEmpty();
        assertThat(heard.text.toString()).isEqualTo("one ");
    }

    static Stream<Answer> broken() {
        return Stream.of(
                Answer.text("one ", "two ").thenError("overloaded_error", "canary of the provider"),
                Answer.text("one ", "two ", "three").cutBefore("three"));
    }

    /** E05, E09. */
    @ParameterizedTest
    @MethodSource("broken")
    void anErrorInTheMiddleIsToldOnceWithTheTextSoFar(Answer answer) throws Exception {
        for (String name : List.of("a/", "b/")) {
            fake.answer(answer);
            int before = fake.requests().size();

            Heard heard = ask(name, new Heard());

            assertThat(heard.awaitEnd()).isEqualTo("error");
            ModelException ours = (ModelException) heard.errors.take().getCause();
            assertThat(ours.response().provider()).isEqualTo(name.substring(0, 1));
            assertThat(ours.response().text()).startsWith("one ");
            assertThat(fake.requests()).hasSize(before + 1);
            assertThat(heard.ends).isEmpty();
        }
    }

    /** E05. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/"})
    void aPageInTheAnswersPlaceIsAnError(String name) throws Exception {
        fake.answer(Answer.html(200));

        assertThat(ask(name, new Heard()).awaitEnd()).isEqualTo("error");
    }

    /** E09. */
    @Test
    void aStreamIsAskedForAgainBeforeItsFirstByte() throws Exception {
        fake.enqueue(Answer.resetBeforeHead(), Answer.resetBeforeHead());

        assertThat(ask("a/", new Heard()).awaitEnd()).isEqualTo("complete: " + FakeProvider.DEFAULT_TEXT);
        assertThat(fake.requests()).hasSize(3);
    }

    /** E02. */
    @Test
    void aModelThatNobodyHasIsToldToTheHandler() throws Exception {
        Heard heard = new Heard();

        PatchbayStreamingChatModel.of(patchbay, "b/")
                .chat(question().toBuilder().modelName("aa/m").build(), heard);

        assertThat(heard.awaitEnd()).isEqualTo("error");
        assertThat(heard.errors.take()).hasMessageContaining("aa");
    }

    /** E04. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "b/", "c/"})
    void usageIsInTheLastResponseOfAStream(String name) throws Exception {
        fake.answer(Answer.text("x").usage(1_000, 500, 100));
        Heard heard = ask(name, new Heard());
        heard.awaitEnd();

        PatchbayTokenUsage usage = (PatchbayTokenUsage) heard.response().tokenUsage();
        assertThat(usage.inputTokenCount()).isEqualTo(1_500);
        assertThat(usage.cachedInputTokenCount()).isEqualTo(500);
        assertThat(usage.outputTokenCount()).isEqualTo(100);
    }

    /** E04. */
    @Test
    void usageThatNeverComesIsNull() throws Exception {
        fake.answer(Answer.sse(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}",
                "",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "",
                "data: [DONE]",
                ""));
        Heard heard = ask("a/", new Heard());
        heard.awaitEnd();

        assertThat(heard.response().tokenUsage().inputTokenCount()).isNull();
        assertThat(heard.response().tokenUsage().totalTokenCount()).isNull();
    }

    static Stream<String> pieces() {
        return Stream.of(
                // Pieces with an empty id and type.
                "[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]\n"
                        + "[{\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"{\\\"x\\\":\"}}]\n"
                        + "[{\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"arguments\":\"1}\"}}]|c1 {\"x\":1}",
                // No piece of arguments at all.
                "[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\"}}]|c1 {}",
                // The same index, another id.
                "[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]\n"
                        + "[{\"index\":0,\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"
                        + "|c1 {}, c2 {}",
                // Whole calls without an index.
                "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}},"
                        + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":2}\"}}]"
                        + "|c1 {\"x\":1}, c2 {\"x\":2}");
    }

    /** E08. */
    @ParameterizedTest
    @MethodSource("pieces")
    void callsInPiecesComeWholeEachByItself(String script) throws Exception {
        String[] parts = script.split("\\|", 2);
        fake.answer(Answer.sse(Stream.concat(
                        Stream.of(parts[0].split("\n"))
                                .map(calls -> "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":" + calls + "}}]}"),
                        Stream.of(
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
                                "[DONE]"))
                .flatMap(data -> Stream.of("data: " + data, ""))
                .toList()));
        Heard heard = ask("a/", new Heard());
        heard.awaitEnd();

        List<String> calls = heard.response().aiMessage().toolExecutionRequests().stream()
                .map(call -> call.id() + " " + call.arguments())
                .toList();
        assertThat(String.join(", ", calls)).isEqualTo(parts[1]);
        assertThat(heard.calls.stream().map(CompleteToolCall::toolExecutionRequest))
                .containsExactlyElementsOf(heard.response().aiMessage().toolExecutionRequests());
    }

    /** E06. */
    @Test
    void anExecutorCarriesTheCallersContextToHandlers() throws Exception {
        ThreadLocal<String> user = new ThreadLocal<>();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        PatchbayStreamingChatModel model = PatchbayStreamingChatModel.builder(patchbay)
                .model("a/")
                .executor(task -> {
                    String caller = user.get();
                    new Thread(() -> {
                                user.set(caller);
                                task.run();
                                user.remove();
                            })
                            .start();
                })
                .build();
        for (String name : List.of("anna", "ben")) {
            user.set(name);
            model.chat(question(), new Heard() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    seen.add(user.get());
                }
            });
        }

        assertThat(List.of(take(seen), take(seen))).containsExactlyInAnyOrder("anna", "ben");
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        return taken;
    }

    /** Remembers what it is told. */
    private static class Heard implements StreamingChatResponseHandler {

        final StringBuffer text = new StringBuffer();
        final BlockingQueue<PartialResponseContext> contexts = new LinkedBlockingQueue<>();
        final BlockingQueue<CompleteToolCall> calls = new LinkedBlockingQueue<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
        volatile @Nullable ChatResponse response;

        String awaitEnd() throws InterruptedException {
            return take(ends);
        }

        ChatResponse response() {
            ChatResponse told = response;
            assertThat(told).isNotNull();
            return told;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            text.append(piece.text());
            contexts.add(context);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            calls.add(call);
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            response = whole;
            ends.add("complete: " + whole.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            ends.add("error");
        }
    }
}
