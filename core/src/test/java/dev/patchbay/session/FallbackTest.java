package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions whose provider fails (provider-files.md, section 2, fallback). */
final class FallbackTest {

    private static final Answer BUSY = Answer.error(529, "overloaded_error", "come back later");

    private final FakeProvider first = FakeProvider.start();
    private final FakeProvider second = FakeProvider.start();
    private final List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void goesOnWithTheFallbackAfterTheProvidersOwnRetries() throws IOException {
        first.answer(BUSY);
        second.answer(Answer.text("from b"));
        SessionResult result = launch("fallback: [{to: b, when: [overloaded]}]");

        assertThat(result.text()).isEqualTo("from b");
        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).hasSize(1);
        assertThat(result.session().provider()).contains("b");
        assertThat(result.session().modelId()).contains("b-model");
        assertThat(result.session().failures())
                .extracting(failure -> failure.provider() + " " + failure.type() + " " + failure.status())
                .containsExactly("a overloaded OptionalInt[529]");
        assertThat(events)
                .filteredOn(event ->
                        event instanceof SessionEvent.Retrying || event instanceof SessionEvent.ProviderChanged)
                .extracting(FallbackTest::words)
                .containsExactly("attempt 2", "a to b, b-model, OVERLOADED");
    }

    @Test
    void theFallbackIsSentNoKeyOfTheProviderThatFailed() throws IOException {
        first.answer(BUSY);
        launch("fallback: [{to: b, when: [overloaded]}]");
        assertThat(first.sawAnywhere("canary-of-a")).isTrue();
        assertThat(second.sawAnywhere("canary-of-a")).isFalse();
        assertThat(second.sawAnywhere("canary-of-b")).isTrue();
    }

    @Test
    void nothingIsReplayedOnceAnAnswerBegan() throws IOException {
        first.answer(Answer.text("half ", "of it").cutBefore("of it"));
        SessionResult result = launch("fallback: [{to: b, when: [overloaded, server, network, timeout]}]");

        assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
        assertThat(result.textSoFar()).isEqualTo("half ");
        assertThat(result.session().failures()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aFailureThatIsNotNamedIsFinal() throws IOException {
        first.answer(BUSY);
        SessionResult result = launch("fallback: [{to: b, when: [quota, network]}]");

        assertThat(result.error().orElseThrow().provider()).isEqualTo("a");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void theLastFailureNamesThoseBeforeIt() throws IOException {
        first.answer(BUSY);
        second.answer(Answer.error(500, "api_error", "b is broken"));
        SessionResult result = launch("fallback: [{to: unset, when: [overloaded]}, {to: b, when: [overloaded]}]");

        SessionError error = result.error().orElseThrow();
        assertThat(error.provider()).isEqualTo("b");
        assertThat(error.message()).contains("b is broken", "a: ", "come back later", "unset: NOT_SET is not set");
        assertThat(result.session().failures())
                .extracting(failure -> failure.provider() + " " + failure.type())
                .containsExactly("a overloaded", "unset unavailable");
    }

    @Test
    void aCircleAsksEachProviderOnce() throws IOException {
        first.answer(BUSY);
        second.answer(BUSY);
        SessionResult result = launch("fallback: [{to: back, when: [overloaded]}]");

        assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void aModelThatTheFallbackKnowsAsAnAliasIsKept() throws IOException {
        first.answer(BUSY);
        SessionResult result = launch("fallback: [{to: b, when: [overloaded]}]", "sonnet");
        assertThat(result.session().model()).contains("sonnet");
        assertThat(result.session().modelId()).contains("b-sonnet");
    }

    private SessionResult launch(String fallback) throws IOException {
        return launch(fallback, "a-model");
    }

    private SessionResult launch(String fallback, String model) throws IOException {
        Path file = folder.resolve("providers.yaml");
        Files.writeString(file, """
                providers:
                  a:
                    baseUrl: %1$s
                    apiKey: $A_KEY
                    http: {retries: {max: 1, backoff: {initial: 1ms, max: 1ms}}}
                    %3$s
                  b: {baseUrl: "%2$s", apiKey: $B_KEY, defaultModel: b-model, aliases: {sonnet: b-sonnet},
                      http: {retries: {max: 0}}}
                  back: {extends: b, fallback: [{to: a, when: [overloaded]}]}
                  unset: {baseUrl: "%2$s", apiKey: $NOT_SET, defaultModel: m}
                """.formatted(first.baseUrl("/v1"), second.baseUrl("/v1"), fallback));
        Environment keys = Environment.of(Map.of("A_KEY", "canary-of-a", "B_KEY", "canary-of-b"));
        try (Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .environment(keys)
                .config(file)
                .build()) {
            LaunchRequest request =
                    LaunchRequest.query("Hi").provider("a").model(model).build();
            return patchbay.launch(request, events::add).await();
        }
    }

    private static String words(SessionEvent event) {
        if (event instanceof SessionEvent.ProviderChanged changed) {
            return changed.from() + " to " + changed.to() + ", " + changed.model() + ", "
                    + changed.failure().kind();
        }
        return "attempt " + ((SessionEvent.Retrying) event).attempt();
    }
}
