package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Tool;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SessionTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final Patchbay patchbay = patchbay(HttpSettings.DEFAULT);

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    @Test
    void streamsTheAnswerAndCompletes() {
        fake.answer(Answer.text("Hel", "lo").usage(11, 2));
        List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
        SessionResult result = patchbay.launch(query("Hi").build(), events::add).await();

        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(result.stopReason()).contains(StopReason.END_TURN);
        assertThat(result.usage().inputTokens()).hasValue(11);
        assertThat(result.usage().outputTokens()).hasValue(2);
        String id = result.session().id();
        assertThat(events)
                .filteredOn(event -> !(event instanceof SessionEvent.ConversationUpdated))
                .containsExactly(
                        new SessionEvent.StatusChanged(id, SessionStatus.STARTING, SessionStatus.RUNNING),
                        new SessionEvent.TextDelta(id, "Hel"),
                        new SessionEvent.TextDelta(id, "lo"),
                        new SessionEvent.StatusChanged(id, SessionStatus.RUNNING, SessionStatus.COMPLETED));
        assertThat(patchbay.store().conversation(id))
                .extracting(event -> event.role() + " " + event.text().orElse(""))
                .containsExactly("USER Hi", "ASSISTANT Hello");
    }

    @Test
    void storesAPieceBeforeAListenerSeesIt() {
        List<Boolean> stored = Collections.synchronizedList(new ArrayList<>());
        patchbay.launch(query("Hi").build(), event -> {
                    if (event instanceof SessionEvent.ConversationUpdated updated) {
                        stored.add(patchbay.store()
                                .conversation(updated.sessionId())
                                .contains(updated.event()));
                    }
                })
                .await();
        assertThat(stored).containsExactly(true, true);
    }

    @Test
    void givesALateListenerWhatWasStored() {
        Session session = patchbay.launch(query("Hi").build());
        session.await();
        List<SessionEvent> events = new ArrayList<>();
        session.onEvent(events::add);
        assertThat(events).hasSize(2).allMatch(SessionEvent.ConversationUpdated.class::isInstance);
    }

    @Test
    void survivesAListenerThatThrows() {
        SessionResult result = patchbay.launch(query("Hi").build(), event -> {
                    throw new IllegalStateException("listener");
                })
                .await();
        assertThat(result.status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void carriesProviderStatusMessageAndHintOfAFailure() {
        fake.answer(Answer.error(401, "invalid_api_key", "Incorrect API key provided"));
        SessionResult result = patchbay.launch(query("Hi").build()).await();

        assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
        SessionError error = result.error().orElseThrow();
        assertThat(error.provider()).isEqualTo("local");
        assertThat(error.status()).hasValue(401);
        assertThat(error.type()).isEqualTo("auth");
        assertThat(error.message()).contains("Incorrect API key provided");
        assertThat(error.hint()).isPresent();
        assertThatThrownBy(result::text)
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("local failed with 401")
                .hasMessageContaining("Incorrect API key provided");
    }

    @Test
    void keepsWhatCameBeforeTheAnswerBrokeOffAsUnfinished() {
        fake.answer(Answer.text("Half ", "an answer").cutAfter(2));
        SessionResult result = patchbay.launch(query("Hi").build()).await();

        assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
        assertThat(result.textSoFar()).startsWith("Half ");
        assertThat(patchbay.store().conversation(result.session().id()))
                .extracting(ConversationEvent::isCompleted)
                .containsExactly(true, false);
    }

    @Test
    void interruptEndsTheCallWithinASecondWhileTheProviderIsSilent() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdAfter(1, gate));
        Session session = patchbay.launch(query("Hi").build());
        gate.awaitReached(SOON);
        Instant asked = Instant.now();
        session.interrupt();

        SessionResult result = session.await(SOON).orElseThrow();
        assertThat(result.status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThat(Duration.between(asked, fake.awaitClientGone(SOON))).isLessThan(Duration.ofSeconds(1));
        assertThatThrownBy(result::text).hasMessageContaining("was interrupted");
    }

    @Test
    void whoIsInterruptedWhileWaitingIsToldThatTheSessionGoesOn() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdAfter(1, gate));
        Session session = patchbay.launch(query("Hi").build());
        gate.awaitReached(SOON);
        Thread.currentThread().interrupt();
        assertThatThrownBy(session::await)
                .isInstanceOf(SessionException.class)
                .hasMessage("session " + session.id() + " was not waited for, and is running")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        gate.open();
        assertThat(session.await().text()).isEqualTo("Hello");
    }

    @Test
    void interruptEndsASessionThatWaitsForTheFirstByte() {
        fake.answer(Answer.silence());
        Session session = patchbay.launch(query("Hi").build());
        fake.takeRequest(SOON);
        session.interrupt();
        assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
    }

    @Test
    void interruptEndsASessionThatWaitsForItsNextAttempt() throws Exception {
        fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "30"));
        java.util.concurrent.CountDownLatch retrying = new java.util.concurrent.CountDownLatch(1);
        Session session = patchbay.launch(query("Hi").build(), event -> {
            if (event instanceof SessionEvent.Retrying) {
                retrying.countDown();
            }
        });
        assertThat(retrying.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        session.interrupt();
        assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
    }

    @Test
    void closingInterruptsWhatStillRuns() {
        fake.answer(Answer.silence());
        Session session = patchbay.launch(query("Hi").build());
        fake.takeRequest(SOON);
        patchbay.close();
        assertThat(session.record().status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThatThrownBy(() -> patchbay.launch(query("Hi").build())).hasMessageContaining("closed");
    }

    @Test
    void continuationSendsTheWholeConversation() {
        fake.enqueue(Answer.text("Recursion is recursion."), Answer.text("Sure."));
        Session first = patchbay.launch(
                query("Explain recursion").systemPrompt("Be brief.").build());
        first.await();
        Session second = patchbay.continueSession(
                first.id(), ContinueRequest.query("Shorter").build());

        assertThat(second.await().text()).isEqualTo("Sure.");
        assertThat(second.record().parentId()).contains(first.id());
        assertThat(fake.requests().get(1).text())
                .contains("Be brief.", "Explain recursion", "Recursion is recursion.", "Shorter");
    }

    @Test
    void continuationOfARunningSessionIsRefused() {
        fake.answer(Answer.silence());
        Session session = patchbay.launch(query("Hi").build());
        assertThatThrownBy(() -> patchbay.continueSession(
                        session.id(), ContinueRequest.query("more").build()))
                .isInstanceOf(SessionStateException.class)
                .hasMessageContaining("wait for its end");
    }

    @Test
    void toolCallsComeBackAndTheirResultsGoIntoAContinuation() {
        fake.enqueue(Answer.toolCall("call_1", "weather", "{\"city\":", "\"Graz\"}"), Answer.text("Sunny."));
        Session first = patchbay.launch(query("How is the weather?")
                .tool(Tool.of("weather", "Tells the weather", Map.of("type", "object")))
                .build());
        ContentBlock.ToolUse call = first.await().toolUses().get(0);
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.input()).isEqualTo(Map.of("city", "Graz"));

        Session second = patchbay.continueSession(
                first.id(),
                ContinueRequest.toolResult(ContentBlock.toolResult(call.id(), "sun"))
                        .build());
        assertThat(second.await().text()).isEqualTo("Sunny.");
        assertThat(fake.requests().get(1).text()).contains("\"tool_call_id\":\"call_1\"", "\"sun\"", "\"tools\"");
    }

    @Test
    void thinkingIsShownAndStored() {
        fake.answer(Answer.thinking("hm, ", "yes").thenText("Yes."));
        List<String> thoughts = Collections.synchronizedList(new ArrayList<>());
        SessionResult result = patchbay.launch(query("Well?").build(), event -> {
                    if (event instanceof SessionEvent.ThinkingDelta delta) {
                        thoughts.add(delta.text());
                    }
                })
                .await();
        assertThat(thoughts).containsExactly("hm, ", "yes");
        assertThat(result.text()).isEqualTo("Yes.");
        assertThat(patchbay.store().conversation(result.session().id()))
                .extracting(ConversationEvent::type)
                .containsExactly(
                        ConversationEvent.Type.MESSAGE,
                        ConversationEvent.Type.THINKING,
                        ConversationEvent.Type.MESSAGE);
    }

    @Test
    void imagesGoToTheProvider() {
        patchbay.launch(query("What is this?")
                        .content(ContentBlock.image(dev.patchbay.spi.MediaSource.base64("image/png", "iVBORw0KGgo=")))
                        .build())
                .await();
        assertThat(fake.onlyRequest().text()).contains("data:image/png;base64,iVBORw0KGgo=");
    }

    @Test
    void retriesAreEventsAndOnlyTheLastAnswerCounts() {
        Patchbay quick = patchbay(new HttpSettings(
                HttpSettings.DEFAULT.connect(),
                Optional.empty(),
                HttpSettings.DEFAULT.idle(),
                HttpSettings.DEFAULT.total(),
                new RetryPolicy(
                        2, Set.of(529), true, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1))));
        fake.enqueue(Answer.error(529, "overloaded", "busy"), Answer.text("Now."));
        List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
        SessionResult result = quick.launch(query("Hi").build(), events::add).await();
        quick.close();

        assertThat(result.text()).isEqualTo("Now.");
        assertThat(events).filteredOn(SessionEvent.Retrying.class::isInstance).hasSize(1);
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void costIsKnownOnlyWherePricesAndCountsAre() {
        fake.answer(Answer.text("Hello").usage(1_000_000, 500_000));
        assertThat(patchbay.launch(query("Hi").model("priced").build())
                        .await()
                        .session()
                        .costUsd())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("6"));
        assertThat(patchbay.launch(query("Hi").model("free-form").build())
                        .await()
                        .session()
                        .costUsd())
                .isEmpty();
    }

    @Test
    void launchSaysWhatItWouldDoWithoutSending() {
        assertThat(patchbay.route(query("Hi").model("some/model:1").build()).upstreamModel())
                .isEqualTo("some/model:1");
        assertThat(fake.bytesReceived()).isZero();
    }

    @Test
    void modelGoesOnTheWireByteForByte() {
        patchbay.launch(query("Hi").model("qwen3:30b/α").build()).await();
        RecordedRequest request = fake.onlyRequest();
        assertThat(request.member("model")).contains("qwen3:30b/α");
    }

    private LaunchRequest.Builder query(String text) {
        return LaunchRequest.query(text).provider("local");
    }

    private Patchbay patchbay(HttpSettings http) {
        Model.Price price = new Model.Price(
                Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.TEN), Optional.empty(), Optional.empty());
        Model plain = Model.named("plain");
        Model priced = new Model(
                "priced",
                "priced",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(price),
                plain.body(),
                Map.of());
        return Patchbay.builder()
                .withoutDiscovery()
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .models(Map.of("priced", priced))
                        .defaultModel("plain")
                        .http(http)
                        .build())
                .build();
    }
}
