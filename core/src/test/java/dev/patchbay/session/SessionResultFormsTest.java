package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a session and its events, in each form in which an application can have them (sessions.md, section 1). */
@Timeout(60)
final class SessionResultFormsTest {

    private static final String END = "the end";

    private final FakeProvider fake = FakeProvider.start();
    private final Patchbay patchbay = Patchbay.builder()
            .withoutDiscovery()
            .plugin(new BrokenPlugin())
            .definition(Definition.builder("local")
                    .baseUrl(fake.baseUrl("/v1"))
                    .auth(Auth.NONE)
                    .defaultModel("m")
                    .build())
            .definition(Definition.builder("citing")
                    .dialect("anthropic-messages")
                    .baseUrl(fake.baseUrl("/v1"))
                    .auth(Auth.NONE)
                    .defaultModel("m")
                    .build())
            .definition(Definition.builder("broken")
                    .dialect("broken")
                    .auth(Auth.NONE)
                    .defaultModel("m")
                    .build())
            .build();

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    @Test
    void theFutureHasTheResultAndWhatHangsOnItHoldsNothingUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Gate gate = Gate.closed();
        fake.answer(Answer.text(FakeProvider.DEFAULT_TEXT).holdHead(gate));
        Session session = launch("local");
        // A future of its own: who waits for the one that something hangs on may be given that to run, by the JDK.
        CompletableFuture<Void> stuck = session.result().thenAccept(ended -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<SessionResult> result = session.result();
        gate.open();

        assertThat(result.get(10, TimeUnit.SECONDS).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(session.await(Duration.ofSeconds(10))).isPresent();
        assertThat(stuck).isNotDone();
        assertThat(session.result().cancel(true)).isFalse();
        never.countDown();
    }

    @Test
    void aCancelledFutureChangesNothingForTheSession() {
        fake.answer(Answer.text("Hello"));
        Session session = launch("local");
        session.result().cancel(true);
        assertThat(session.await().text()).isEqualTo("Hello");
    }

    @Test
    void theTextIsThatOfTheAnswerAndNotInPiecesThatCitationsMake() {
        fake.answer(Answer.json(200, """
                {"content": [{"type": "text", "text": "One,"}, {"type": "text", "text": " two."},
                  {"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": "Three."}],
                  "stop_reason": "end_turn", "usage": {"input_tokens": 1, "output_tokens": 1}}"""));
        SessionResult result = launch("citing").await();
        ModelResponse response =
                ModelResponse.builder("citing", "m").content(result.content()).build();

        assertThat(result.text()).isEqualTo("One, two.\n\nThree.");
        assertThat(response.text()).isEqualTo("One, two.\n\nThree.");
    }

    @Test
    void aSubscriberGetsAsManyEventsAsItAskedFor() throws Exception {
        fake.answer(Answer.text("a ", "b ", "c"));
        Session session = launch("local");
        session.await();
        Collector slow = new Collector();
        Collector quick = new Collector();
        session.publisher().subscribe(slow);
        session.publisher().subscribe(quick);
        quick.subscription().request(Long.MAX_VALUE);

        List<String> all = new ArrayList<>();
        for (String next = quick.take(); !next.equals(END); next = quick.take()) {
            all.add(next);
        }
        assertThat(all).containsExactly("ConversationUpdated", "StatusChanged", "ConversationUpdated", "StatusChanged");
        assertThat(slow.signals).isEmpty();
        slow.subscription().request(1);
        assertThat(slow.take()).isEqualTo("ConversationUpdated");
        slow.subscription().request(3);
        assertThat(List.of(slow.take(), slow.take(), slow.take()))
                .containsExactly("StatusChanged", "ConversationUpdated", "StatusChanged");
        assertThat(slow.take()).isEqualTo(END);
    }

    @Test
    void aSubscriberThatAsksForNoEventIsTold() throws Exception {
        Session session = launch("local");
        Collector collector = new Collector();
        session.publisher().subscribe(collector);
        collector.subscription().request(0);
        assertThat(collector.take()).startsWith("java.lang.IllegalArgumentException");
    }

    @Test
    void aSubscriberThatCancelsHearsNoMore() throws Exception {
        Session session = launch("local");
        Collector collector = new Collector();
        session.publisher().subscribe(collector);
        Flow.Subscription subscription = collector.subscription();
        subscription.cancel();
        subscription.request(10);
        session.await();
        assertThat(collector.signals).isEmpty();
    }

    @Test
    void aLoopGetsEveryEventAndEnds() {
        fake.answer(Answer.text("Hel", "lo"));
        Session session = launch("local");
        StringBuilder text = new StringBuilder();
        List<SessionStatus> statuses = new ArrayList<>();
        for (SessionEvent event : session) {
            if (event instanceof SessionEvent.ConversationUpdated updated) {
                text.append(updated.event().text().orElse("")).append('.');
            } else if (event instanceof SessionEvent.StatusChanged changed) {
                statuses.add(changed.to());
            }
        }
        assertThat(text).hasToString("Hi.Hello.");
        assertThat(statuses).containsExactly(SessionStatus.RUNNING, SessionStatus.COMPLETED);
        Iterator<SessionEvent> again = session.iterator();
        while (again.hasNext()) {
            again.next();
        }
        assertThatThrownBy(again::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aFailureKeepsItsCauseAndMessage() {
        SessionResult result = launch("broken").await();

        assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
        SessionError error = result.error().orElseThrow();
        assertThat(error.message()).contains("broken", "the plugin's own words").doesNotContain("bug");
        assertThat(result.cause().orElseThrow()).hasRootCauseMessage("why");
        assertThatThrownBy(result::text)
                .isInstanceOf(SessionException.class)
                .hasCause(result.cause().orElseThrow())
                .hasMessageContaining("the plugin's own words");
    }

    @Test
    void recordsAndResultsAreJsonForAPlainMapper() throws Exception {
        fake.answer(Answer.text("Hello").usage(11, 2));
        SessionResult result = launch("local").await();
        JsonNode json = new ObjectMapper().valueToTree(result);

        assertThat(json.path("text").asText()).isEqualTo("Hello");
        assertThat(json.path("content").path(0).path("type").asText()).isEqualTo("text");
        JsonNode session = json.path("session");
        assertThat(session).isEqualTo(new ObjectMapper().valueToTree(result.session()));
        assertThat(session.path("id").asText()).isEqualTo(result.session().id());
        assertThat(session.path("status").asText()).isEqualTo("completed");
        assertThat(session.path("model_id").asText()).isEqualTo("m");
        assertThat(session.path("input_tokens").asLong()).isEqualTo(11);
        assertThat(session.path("has_api_key").isBoolean()).isTrue();
        assertThat(session.path("fallbacks").isArray()).isTrue();
        assertThat(session.has("cost_usd")).isFalse();
        assertThat(session.has("error")).isFalse();
        assertThat(session.path("created_at").asText())
                .isEqualTo(result.session().createdAt().toString());
    }

    private Session launch(String provider) {
        return patchbay.launch(LaunchRequest.query("Hi").provider(provider).build());
    }

    private static final class Collector implements Flow.Subscriber<SessionEvent> {

        private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
        private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

        Flow.Subscription subscription() throws Exception {
            return subscribed.get(10, TimeUnit.SECONDS);
        }

        String take() throws InterruptedException {
            @Nullable String signal = signals.poll(10, TimeUnit.SECONDS);
            assertThat(signal).isNotNull();
            return String.valueOf(signal);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(SessionEvent event) {
            signals.add(event.getClass().getSimpleName());
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure.toString());
        }

        @Override
        public void onComplete() {
            signals.add(END);
        }
    }

    private static final class BrokenPlugin implements ProviderPlugin {

        private static final IllegalStateException FAILURE =
                new IllegalStateException("the plugin's own words", new IllegalArgumentException("why"));

        @Override
        public String id() {
            return "broken";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new Dialect() {
                @Override
                public String id() {
                    return "broken";
                }

                @Override
                public boolean needsBaseUrl() {
                    return false;
                }

                @Override
                public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
                    return request -> {
                        throw FAILURE;
                    };
                }
            });
        }
    }
}
