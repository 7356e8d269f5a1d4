package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.FakeProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners, stores and plugins that throw errors, interrupt the threads they are called on, and call back: each ends one thing. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class HostileHostTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    /** What a plugin does where it is called. */
    enum Fault {
        LINKAGE_ERROR(() -> {
            throw new NoClassDefFoundError("some/Class");
        }),
        ASSERTION_ERROR(() -> {
            throw new AssertionError("of a plugin");
        }),
        STACK_OVERFLOW(() -> {
            throw new StackOverflowError("of a plugin");
        }),
        UNCHECKED(() -> {
            throw new IllegalStateException();
        }),
        NOTHING(() -> null),
        INTERRUPT(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        });

        @SuppressWarnings("ImmutableEnumChecker") // None has state.
        private final Supplier<Object> what;

        Fault(Supplier<Object> what) {
            this.what = what;
        }
    }

    private PatchbayBuilder builder() {
        HttpSettings usual = HttpSettings.DEFAULT;
        HttpSettings once = new HttpSettings(
                usual.connect(),
                usual.firstByte(),
                usual.idle(),
                usual.total(),
                new RetryPolicy(0, usual.retries().statuses(), false, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        return Patchbay.builder()
                .withoutDiscovery()
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .definition(Definition.builder("faulty")
                        .dialect("faulty")
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .http(once)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aPluginThatFailsInAnyWayFailsItsSessionAndNoOther(Fault fault) {
        for (String call : List.of("connect", "stream", "next", "second next", "close stream", "close client")) {
            try (Patchbay patchbay =
                    builder().plugin(new Faulty(call, fault.what)).build()) {
                SessionResult result = patchbay.launch(
                                LaunchRequest.query("Hi").provider("faulty").build())
                        .await(SOON)
                        .orElseThrow(() -> new AssertionError(call + ": it still runs"));

                if (call.startsWith("close")) {
                    assertThat(result.status()).as(call).isEqualTo(SessionStatus.COMPLETED);
                } else {
                    assertThat(result.status()).as(call).isEqualTo(SessionStatus.FAILED);
                    assertThat(result.error().orElseThrow().message()).as(call).isNotBlank();
                }
                assertThat(ask(patchbay).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            }
        }
    }

    @Test
    void aListenerThatInterruptsItsThreadInterruptsNothingElse() {
        try (Patchbay patchbay = builder().build()) {
            Queue<SessionEvent> heard = new ConcurrentLinkedQueue<>();
            Session session =
                    patchbay.launch(LaunchRequest.query("Hi").provider("local").build(), event -> {
                        heard.add(event);
                        Thread.currentThread().interrupt();
                    });

            assertThat(session.await(SOON).orElseThrow().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(ask(patchbay).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            awaitEnd(heard);
        }
    }

    @Test
    void aListenerMayCallBackWhateverItLikes() throws Exception {
        try (Patchbay patchbay = builder().build()) {
            CountDownLatch done = new CountDownLatch(1);
            Queue<Object> results = new ConcurrentLinkedQueue<>();
            Session first =
                    patchbay.launch(LaunchRequest.query("Hi").provider("local").build());
            first.onEvent(event -> {
                if (first.record().status() == SessionStatus.COMPLETED && results.isEmpty()) {
                    results.add(first.await().text());
                    results.add(ask(patchbay).text());
                    results.add(patchbay.continueSession(
                                    first.id(), ContinueRequest.query("more").build())
                            .await()
                            .text());
                    first.interrupt();
                    first.onEvent(ignored -> {});
                    done.countDown();
                }
            });

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(results).containsOnly(FakeProvider.DEFAULT_TEXT).hasSize(3);
        }
    }

    @Test
    void aListenerMayCloseEverything() throws Exception {
        Patchbay patchbay = builder().build();
        CountDownLatch closed = new CountDownLatch(1);
        Session session =
                patchbay.launch(LaunchRequest.query("Hi").provider("local").build(), event -> {
                    patchbay.close();
                    closed.countDown();
                });

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(session.await(SOON)).isPresent();
        patchbay.close();
    }

    /** Everything that a store can do wrong. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aStoreThatFailsInAnyWayEndsTheSessionVisibly(Fault fault) {
        for (boolean create : List.of(true, false)) {
            SessionStore store = failing(create ? "create" : "update", fault.what);
            try (Patchbay patchbay = builder().store(store).build()) {
                SessionStatus status;
                try {
                    status = patchbay.launch(
                                    LaunchRequest.query("Hi").provider("local").build())
                            .await(SOON)
                            .orElseThrow(() -> new AssertionError("it still runs"))
                            .status();
                } catch (RuntimeException refused) {
                    status = SessionStatus.FAILED;
                }
                assertThat(status)
                        .as(String.valueOf(create))
                        .isEqualTo(fault == Fault.NOTHING ? SessionStatus.COMPLETED : SessionStatus.FAILED);
            }
        }
    }

    private static SessionStore failing(String call, Supplier<Object> what) {
        SessionStore kept = new InMemorySessionStore();
        return (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(),
                new Class<?>[] {SessionStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        what.get();
                    }
                    try {
                        return method.invoke(kept, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static SessionResult ask(Patchbay patchbay) {
        return patchbay.launch(LaunchRequest.query("Hi").provider("local").build())
                .await(SOON)
                .orElseThrow(() -> new AssertionError("it still runs"));
    }

    private static void awaitEnd(Queue<SessionEvent> heard) {
        long end = System.nanoTime() + SOON.toNanos();
        while (heard.stream().noneMatch(event -> event.toString().contains("COMPLETED"))) {
            assertThat(System.nanoTime()).as("heard " + heard).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Does something at one of its calls. */
    private record Faulty(String at, Supplier<Object> what) implements ProviderPlugin, Dialect {

        @Override
        public String id() {
            return "faulty";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(this);
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            if (at.equals("connect")) {
                return (ChatClient) what.get();
            }
            return new ChatClient() {
                @Override
                public ChatStream stream(ChatRequest request) {
                    return at.equals("stream") ? (ChatStream) what.get() : new Events();
                }

                @Override
                public void close() {
                    if (at.equals("close client")) {
                        what.get();
                    }
                }
            };
        }

        /** A short answer. */
        private final class Events implements ChatStream {

            private final Queue<ChatEvent> events = new ConcurrentLinkedQueue<>(List.of(
                    ChatEvent.started(),
                    ChatEvent.textStarted(0),
                    ChatEvent.textDelta(0, "Hello"),
                    ChatEvent.blockStopped(0),
                    ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                    ChatEvent.stopped()));
            private int asked;

            @Override
            @SuppressWarnings("unchecked")
            public Optional<ChatEvent> next() {
                asked++;
                if ((at.equals("next") && asked == 1) || (at.equals("second next") && asked == 3)) {
                    return (Optional<ChatEvent>) what.get();
                }
                return Optional.ofNullable(events.poll());
            }

            @Override
            public void close() {
                if (at.equals("close stream")) {
                    what.get();
                }
            }
        }
    }
}
