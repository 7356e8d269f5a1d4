package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.BrokenStream;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.StreamedUsage;
import dev.patchbay.testkit.TornToolCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong for users of chat models that stream. */
@Timeout(60)
final class StreamingChatModelScenariosTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

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

        Instant cancelled = Instant.now();
        context.streamingHandle().cancel();

        assertThat(fake.awaitClientGone(SOON)).isBefore(cancelled.plus(A_SECOND));
        assertThat(context.streamingHandle().isCancelled()).isTrue();
        fake.answer(Answer.text("again"));
        Heard next = ask(name, new Heard());
        assertThat(next.awaitEnd()).isEqualTo("complete: again");
        assertThat(heard.ends).isEmpty();
        assertThat(heard.text.toString()).isEqualTo("one ");
    }

    /** E05, E09: also that nothing is asked for again once something came. */
    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffIsToldOnceWithTheTextSoFar(BrokenStream broken) throws Exception {
        for (String name : broken == BrokenStream.ERROR_LINE ? List.of("a/") : List.of("a/", "b/", "c/")) {
            fake.answer(broken.answer());
            int before = fake.requests().size();

            Heard heard = ask(name, new Heard());

            assertThat(heard.ends.poll(2, TimeUnit.SECONDS)).isEqualTo("error");
            Throwable told = heard.errors.take();
            assertThat(told).isInstanceOf(LangChain4jException.class);
            ModelException ours = (ModelException) told.getCause();
            assertThat(ours.response().provider()).isEqualTo(name.substring(0, 1));
            assertThat(ours.response().text()).isEqualTo(broken == BrokenStream.PAGE ? "" : heard.text.toString());
            assertThat(heard.text.toString()).startsWith(broken == BrokenStream.PAGE ? "" : "one ");
            if (broken == BrokenStream.ERROR_EVENT || broken == BrokenStream.ERROR_LINE) {
                assertThat(told).hasMessageContaining("far too many");
            }
            assertThat(fake.requests()).hasSize(before + 1);
            assertThat(heard.ends).isEmpty();
        }
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

    /** E04: of each dialect. */
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
    @ParameterizedTest
    @EnumSource
    void usageIsTrueWhereverAStreamTellsItAndNullWhereItTellsNone(StreamedUsage told) throws Exception {
        fake.answer(told.answer());
        Heard heard = ask("a/", new Heard());
        heard.awaitEnd();

        boolean known = told != StreamedUsage.NEVER;
        PatchbayTokenUsage usage = (PatchbayTokenUsage) heard.response().tokenUsage();
        assertThat(usage.inputTokenCount()).isEqualTo(known ? Integer.valueOf(1_500) : null);
        assertThat(usage.cachedInputTokenCount()).isEqualTo(known ? Integer.valueOf(500) : null);
        assertThat(usage.outputTokenCount()).isEqualTo(known ? Integer.valueOf(100) : null);
        assertThat(usage.totalTokenCount()).isEqualTo(known ? Integer.valueOf(1_600) : null);
    }

    /** E08. */
    @ParameterizedTest
    @EnumSource
    void callsInPiecesComeWholeEachByItselfAndEachGetsItsResult(TornToolCalls torn) throws Exception {
        fake.answer(torn.answer());
        Heard heard = ask("a/", new Heard());
        heard.awaitEnd();

        AiMessage answer = heard.response().aiMessage();
        assertThat(answer.toolExecutionRequests().stream()
                        .collect(Collectors.toMap(ToolExecutionRequest::id, ToolExecutionRequest::arguments)))
                .isEqualTo(torn.arguments());
        assertThat(heard.calls.stream().map(CompleteToolCall::toolExecutionRequest))
                .containsExactlyElementsOf(answer.toolExecutionRequests());

        List<ChatMessage> conversation = new ArrayList<>(List.of(UserMessage.from("Hi"), answer));
        answer.toolExecutionRequests()
                .forEach(call -> conversation.add(ToolExecutionResultMessage.from(call, "result of " + call.id())));
        fake.answer(Answer.text("done"));
        Heard next = new Heard();
        PatchbayStreamingChatModel.of(patchbay, "a/")
                .chat(ChatRequest.builder().messages(conversation).build(), next);
        next.awaitEnd();
        assertThat(torn.arguments().keySet())
                .allSatisfy(id -> assertThat(fake.requests().get(1).text())
                        .contains("\"tool_call_id\":\"" + id + "\"", "result of " + id));
    }

    @Test
    void whatAModelThoughtInAStreamGoesBackToIt() throws Exception {
        fake.enqueue(Answer.thinking("hm").thenToolCall("call-1", "now"));
        Heard heard = ask("b/", new Heard());
        heard.awaitEnd();
        AiMessage answer = heard.response().aiMessage();
        ToolExecutionRequest call = answer.toolExecutionRequests().get(0);

        Heard next = new Heard();
        PatchbayStreamingChatModel.of(patchbay, "b/")
                .chat(
                        ChatRequest.builder()
                                .messages(
                                        UserMessage.from("Hi"), answer, ToolExecutionResultMessage.from(call, "10:14"))
                                .build(),
                        next);
        next.awaitEnd();

        assertThat(fake.requests().get(1).text()).contains("\"thinking\":\"hm\"", "10:14");
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
