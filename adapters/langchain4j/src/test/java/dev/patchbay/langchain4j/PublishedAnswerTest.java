package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** An answer as a publisher, which LangChain4j has since 1.23. */
@Timeout(60)
@DisabledIfSystemProperty(named = "langchain4j.oldest", matches = "true")
final class PublishedAnswerTest {

    private final ContractHost host = new ContractHost();
    private final ChatRequest question =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    @AfterEach
    void close() {
        host.close();
    }

    private Subscriber subscribe() {
        Subscriber subscriber = new Subscriber();
        PatchbayStreamingChatModel.of(host.patchbay, "chat/m").chat(question).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void givesWhatIsAskedForAndTheWholeAtTheEnd() throws Exception {
        host.fake.answer(Answer.text("one ", "two"));
        Subscriber subscriber = subscribe();
        Flow.Subscription subscription = subscriber.subscribed.get(30, TimeUnit.SECONDS);

        subscription.request(1);
        assertThat(((PartialResponse) subscriber.take()).text()).isEqualTo("one ");
        subscription.request(1);
        assertThat(((PartialResponse) subscriber.take()).text()).isEqualTo("two");
        assertThat(subscriber.ended).isNotDone();
        subscription.request(Long.MAX_VALUE);

        assertThat(((CompleteResponse) subscriber.take())
                        .chatResponse()
                        .aiMessage()
                        .text())
                .isEqualTo("one two");
        assertThat(subscriber.ended.get(30, TimeUnit.SECONDS)).isEqualTo("complete");
    }

    @Test
    void cancellingLeavesTheProvider() throws Exception {
        host.fake.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        Subscriber subscriber = subscribe();
        Flow.Subscription subscription = subscriber.subscribed.get(30, TimeUnit.SECONDS);
        subscription.request(Long.MAX_VALUE);
        subscriber.take();

        subscription.cancel();

        host.fake.awaitClientGone(Duration.ofSeconds(30));
        assertThat(subscriber.ended).isNotDone();
    }

    @Test
    void anErrorIsToldOnce() throws Exception {
        host.fake.answer(Answer.error(400, "bad", "no such thing"));
        Subscriber subscriber = subscribe();
        subscriber.subscribed.get(30, TimeUnit.SECONDS).request(1);

        assertThat(subscriber.ended.get(30, TimeUnit.SECONDS)).contains("no such thing");
    }

    @Test
    void whatNobodyWantsIsNotAskedFor() throws Exception {
        Subscriber subscriber = subscribe();
        subscriber.subscribed.get(30, TimeUnit.SECONDS).cancel();

        assertThat(host.fake.requests()).isEmpty();
    }

    private static final class Subscriber implements Flow.Subscriber<ChatModelStreamingEvent> {

        final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        final CompletableFuture<String> ended = new CompletableFuture<>();
        private final BlockingQueue<ChatModelStreamingEvent> events = new LinkedBlockingQueue<>();

        ChatModelStreamingEvent take() throws InterruptedException {
            ChatModelStreamingEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(ChatModelStreamingEvent event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(String.valueOf(failure.getMessage()));
        }

        @Override
        public void onComplete() {
            ended.complete("complete");
        }
    }
}
