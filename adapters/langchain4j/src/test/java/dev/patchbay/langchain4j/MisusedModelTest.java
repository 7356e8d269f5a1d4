package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers, executors and callers that do what they should not, or give up in their own way. */
@Timeout(60)
final class MisusedModelTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Executor FULL = task -> {
        throw new RejectedExecutionException("the pool is full");
    };

    private final FakeProvider fake = FakeProvider.start();
    private final Patchbay patchbay = Patchbay.builder()
            .withoutDiscovery()
            .environment(Map.of())
            .definition(Definition.builder("a")
                    .baseUrl(fake.baseUrl("/v1"))
                    .auth(Auth.NONE)
                    .build())
            .build();

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    private static ChatRequest question() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }

    private PatchbayStreamingChatModel streaming() {
        return PatchbayStreamingChatModel.of(patchbay, "a/m");
    }

    @Test
    void aHandlerHearsThatItsExecutorIsFull() throws Exception {
        Heard heard = new Heard();

        PatchbayStreamingChatModel.builder(patchbay)
                .model("a/m")
                .executor(FULL)
                .build()
                .chat(question(), heard);

        assertThat(heard.take()).isEqualTo("error: the pool is full");
        assertThat(heard.signals).isEmpty();
    }

    @Test
    void aFutureFailsWhoseExecutorIsFull() {
        CompletableFuture<ChatResponse> future = PatchbayChatModel.builder(patchbay)
                .model("a/m")
                .executor(FULL)
                .build()
                .doChatAsync(question());

        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("the pool is full");
    }

    @Test
    void aSubscriberHearsThatItsExecutorIsFull() throws Exception {
        BlockingQueue<String> signals = new LinkedBlockingQueue<>();

        PatchbayStreamingChatModel.builder(patchbay)
                .model("a/m")
                .executor(FULL)
                .build()
                .doChat(question())
                .subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        signals.add("subscribed");
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(ChatModelStreamingEvent event) {
                        signals.add("event");
                    }

                    @Override
                    public void onError(Throwable failure) {
                        signals.add("error: " + failure.getMessage());
                    }

                    @Override
                    public void onComplete() {
                        signals.add("complete");
                    }
                });

        assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo("subscribed");
        assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo("error: the pool is full");
    }

    @Test
    void aHandlerThatCancelsWithinACallbackHearsNothingElseOfTheSameEvent() throws Exception {
        fake.answer(Answer.toolCall("call-1", "now"));
        CompletableFuture<Void> over = new CompletableFuture<>();
        Heard heard = new Heard() {
            @Override
            public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
                signals.add("piece");
                context.streamingHandle().cancel();
            }
        };

        PatchbayStreamingChatModel.builder(patchbay)
                .model("a/m")
                .executor(task -> new Thread(() -> {
                            task.run();
                            over.complete(null);
                        })
                        .start())
                .build()
                .chat(question(), heard);

        over.get(30, TimeUnit.SECONDS);
        assertThat(heard.signals).containsExactly("piece");
    }

    @Test
    void aHandlerThatCancelsAndThrowsHearsNothingElse() throws Exception {
        fake.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        CompletableFuture<Void> over = new CompletableFuture<>();
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                signals.add("piece");
                context.streamingHandle().cancel();
                throw new IllegalStateException("thrown by a handler");
            }
        };

        PatchbayStreamingChatModel.builder(patchbay)
                .model("a/m")
                .executor(task -> new Thread(() -> {
                            task.run();
                            over.complete(null);
                        })
                        .start())
                .build()
                .chat(question(), heard);

        over.get(30, TimeUnit.SECONDS);
        assertThat(heard.signals).containsExactly("piece");
    }

    @Test
    void anErrorThrownByAHandlerEndsItsAnswerAndNoOther() throws Exception {
        fake.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                throw new AssertionError("thrown by a handler");
            }
        };

        streaming().chat(question(), heard);

        assertThat(heard.take()).isEqualTo("error: thrown by a handler");
        fake.awaitClientGone(SOON);
        fake.answer(Answer.text("again"));
        Heard next = new Heard();
        streaming().chat(question(), next);
        assertThat(next.take()).isEqualTo("complete: again");
    }

    @Test
    void aFutureThatTimesOutEndsTheCall() throws Exception {
        fake.answer(Answer.silence());

        CompletableFuture<ChatResponse> future =
                PatchbayChatModel.of(patchbay, "a/m").doChatAsync(question()).orTimeout(200, TimeUnit.MILLISECONDS);

        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        fake.awaitClientGone(SOON);
    }

    @Test
    void aFutureThatIsCompletedByTheApplicationEndsTheCall() throws Exception {
        fake.answer(Answer.silence());
        CompletableFuture<ChatResponse> future =
                PatchbayChatModel.of(patchbay, "a/m").doChatAsync(question());
        fake.takeRequest(SOON);
        Instant completed = Instant.now();

        future.completeExceptionally(new IllegalStateException("enough"));

        assertThat(fake.awaitClientGone(SOON)).isBefore(completed.plusSeconds(1));
    }

    @Test
    void closingThePatchbayIsToldToAHandlerOnceAndToWhoeverAsksAfterwards() throws Exception {
        fake.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        Heard heard = new Heard();
        PatchbayStreamingChatModel model = streaming();
        model.chat(question(), heard);
        assertThat(heard.take()).isEqualTo("piece");

        patchbay.close();

        assertThat(heard.take()).startsWith("error: ");
        Heard next = new Heard();
        model.chat(question(), next);
        assertThat(next.take()).startsWith("error: ").contains("closed");
        assertThat(heard.signals).isEmpty();
        assertThatThrownBy(() -> PatchbayChatModel.of(patchbay, "a/m").chat("Hi"))
                .isInstanceOf(LangChain4jException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aThreadThatIsInterruptedAlreadyStaysSoAndDoesNotWait() throws Exception {
        fake.answer(Answer.silence());
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            Thread.currentThread().interrupt();
            Throwable failure =
                    catchThrowable(() -> PatchbayChatModel.of(patchbay, "a/m").chat("Hi"));
            seen.complete(failure.getClass().getSimpleName() + " "
                    + Thread.currentThread().isInterrupted());
        });
        asking.start();

        assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("LangChain4jException true");
    }

    /** Remembers what it is told. */
    private static class Heard implements StreamingChatResponseHandler {

        final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

        @Nullable String take() throws InterruptedException {
            return signals.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (piece.text().startsWith("one")) {
                signals.add("piece");
            }
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            signals.add("call");
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            signals.add("complete: " + whole.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            signals.add("error: " + error.getMessage());
        }
    }
}
