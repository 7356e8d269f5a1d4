package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Fallback;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plugin may never return, and heed no interrupt: whoever asked is told within the time-outs of the provider, or at once where it
 * asks for the end.
 */
@org.junit.jupiter.api.Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class HangingPluginTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** What a machine under load takes beside; far below the five minutes of the default. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final FakeProvider fake = FakeProvider.start().answer(Answer.text("from the other one"));

    @AfterEach
    void letGo() {
        never.countDown();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dialect.connect", "ChatClient.stream", "ChatStream.next"})
    void aSessionFailsWhoseProviderGivesNoSign(String call) {
        try (Patchbay patchbay = patchbay(call, limits(SHORT)).build()) {
            SessionResult result =
                    launch(patchbay, "hanging").await(SOON).orElseThrow(() -> new AssertionError("it still runs"));

            assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
            SessionError error = result.error().orElseThrow();
            assertThat(error.type()).isEqualTo("timeout");
            assertThat(error.message()).contains("hanging", "300ms");
            assertThat(error.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("firstByteTimeout"));
        }
    }

    @Test
    void aSessionFailsWhoseAnswerDoesNotGoOn() {
        try (Patchbay patchbay = patchbay("second next", limits(SHORT)).build()) {
            SessionResult result =
                    launch(patchbay, "hanging").await(SOON).orElseThrow(() -> new AssertionError("it still runs"));

            assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
            assertThat(result.textSoFar()).isEqualTo("so far");
            assertThat(result.error().orElseThrow().hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("idleTimeout"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ChatStream.close", "ChatClient.close"})
    void anAnswerThatIsThereIsNotLostToWhatDoesNotClose(String call) {
        try (Patchbay patchbay = patchbay(call, HttpSettings.DEFAULT).build()) {
            SessionResult result =
                    launch(patchbay, "hanging").await(SOON).orElseThrow(() -> new AssertionError("it still runs"));

            assertThat(result.status()).isEqualTo(SessionStatus.COMPLETED);
            assertThat(result.text()).isEqualTo("so far");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dialect.connect", "ChatClient.stream", "ChatStream.next"})
    void theFallbackIsAskedWhereItIsForATimeOut(String call) {
        try (Patchbay patchbay = patchbay(call, limits(SHORT)).build()) {
            SessionResult result = launch(patchbay, "with-fallback")
                    .await(SOON)
                    .orElseThrow(() -> new AssertionError("it still runs"));

            assertThat(result.text()).isEqualTo("from the other one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dialect.connect", "ChatClient.stream", "ChatStream.next", "second next"})
    void anInterruptEndsTheSessionAtOnce(String call) throws InterruptedException {
        try (Patchbay patchbay = patchbay(call, HttpSettings.DEFAULT).build()) {
            Session session = launch(patchbay, "hanging");
            reached.await();
            session.interrupt();

            assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
        }
    }

    @Test
    void aClientWithoutASessionIsToldAsWell() {
        try (Patchbay patchbay = patchbay("ChatStream.next", limits(SHORT)).build();
                ChatClient client = patchbay.client("hanging/m");
                ChatStream stream = client.stream(request())) {
            assertThatThrownBy(stream::next)
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.TIMEOUT));
        }
    }

    @Test
    void aPluginThatNeverReturnsIsNotCalledForEver() {
        try (Patchbay patchbay =
                patchbay("ChatStream.next", limits(Duration.ofMillis(20))).build()) {
            String message = "";
            for (int i = 0; i < 1_000 && !message.contains("100 earlier calls of it have not returned"); i++) {
                message = launch(patchbay, "hanging")
                        .await()
                        .error()
                        .orElseThrow()
                        .message();
            }

            assertThat(message).contains("100 earlier calls of it have not returned");
            assertThat(threadsOfPlugins()).isLessThan(250);
        }
    }

    private static long threadsOfPlugins() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("patchbay-plugin"))
                .count();
    }

    private static ChatRequest request() {
        return ChatRequest.builder("m").message(ChatMessage.user("Hi")).build();
    }

    private static HttpSettings limits(Duration limit) {
        return HttpSettings.DEFAULT.onceWithin(limit);
    }

    private Session launch(Patchbay patchbay, String provider) {
        return patchbay.launch(LaunchRequest.query("Hi").provider(provider).build());
    }

    private PatchbayBuilder patchbay(String call, HttpSettings http) {
        return Patchbay.builder()
                .withoutDiscovery()
                .plugin(new HangingPlugin(call))
                .definition(hanging("hanging", http).build())
                .definition(hanging("with-fallback", http)
                        .fallback(List.of(new Fallback("other", Set.of(ProviderException.Kind.TIMEOUT))))
                        .build())
                .definition(Definition.builder("other")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build());
    }

    private Definition.Builder hanging(String id, HttpSettings http) {
        return Definition.builder(id)
                .dialect("hanging")
                .baseUrl(fake.baseUrl("/v1"))
                .auth(Auth.NONE)
                .http(http)
                .defaultModel("m");
    }

    private void hang() {
        reached.countDown();
        boolean interrupted = false;
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not return from one of its calls. */
    private final class HangingPlugin implements ProviderPlugin, Dialect {

        private final String call;

        private HangingPlugin(String call) {
            this.call = call;
        }

        @Override
        public String id() {
            return "hanging";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(this);
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            at("Dialect.connect");
            return new ChatClient() {
                @Override
                public ChatStream stream(ChatRequest request) {
                    at("ChatClient.stream");
                    return new HangingStream();
                }

                @Override
                public void close() {
                    at("ChatClient.close");
                }
            };
        }

        private void at(String called) {
            if (called.equals(call)) {
                hang();
            }
        }

        private final class HangingStream implements ChatStream {

            private int events;

            @Override
            public Optional<ChatEvent> next() {
                if (events == 0) {
                    at("ChatStream.next");
                }
                if (events == 2) {
                    at("second next");
                }
                events++;
                return switch (events) {
                    case 1 -> Optional.of(ChatEvent.textStarted(0));
                    case 2 -> Optional.of(ChatEvent.textDelta(0, "so far"));
                    case 3 -> Optional.of(ChatEvent.blockStopped(0));
                    case 4 -> Optional.of(ChatEvent.stopped());
                    default -> Optional.empty();
                };
            }

            @Override
            public void close() {
                at("ChatStream.close");
            }
        }
    }
}
