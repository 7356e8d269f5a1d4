package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretSource;
import dev.patchbay.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host brings may never return: everybody else does, within the limits that are promised (sessions.md, section 1). */
@Tag("slow")
@Tag("newest")
@Timeout(60)
final class HangingHostTest {

    private static final Duration IN_ALL = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        fake.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatDoesNotCloseHoldsNobodyUp() throws Exception {
        Patchbay patchbay = patchbay().store(new HangingStore("close")).build();
        assertThat(launch(patchbay).await().status()).isEqualTo(SessionStatus.COMPLETED);

        assertThat(within(IN_ALL, closing(patchbay))).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPluginThatDoesNotCloseHoldsNobodyUp() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        HangingStore store = new HangingStore("nothing") {
            @Override
            public void close() {
                closed.countDown();
            }
        };
        Patchbay patchbay =
                patchbay().store(store).plugin(new HangingPlugin(this::hang)).build();
        assertThat(launch(patchbay).await().status()).isEqualTo(SessionStatus.COMPLETED);

        assertThat(within(IN_ALL, closing(patchbay))).isTrue();
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void aStoreThatCannotBeClosedSaysSoToWhoCloses() {
        IllegalStateException full = new IllegalStateException("the disk is full");
        HangingStore store = new HangingStore("nothing") {
            @Override
            public void close() {
                throw full;
            }
        };
        Patchbay patchbay = patchbay().store(store).build();

        assertThatThrownBy(patchbay::close).isSameAs(full);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatDoesNotAnswerLetsWhoWaitsForATimeGo() throws Exception {
        Patchbay patchbay = patchbay().store(new HangingStore("update")).build();
        Session session = launch(patchbay);

        Optional<SessionResult> result = within(IN_ALL, () -> session.await(Duration.ofMillis(200)));
        assertThat(result).isEmpty();
        assertThat(within(IN_ALL, closing(patchbay))).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatDoesNotTakeASessionHoldsNoLaunchUp() throws Exception {
        Patchbay patchbay = patchbay().store(new HangingStore("create")).build();

        Session session = within(IN_ALL, () -> launch(patchbay));
        assertThat(within(IN_ALL, session::id)).isNotEmpty();
        assertThat(within(IN_ALL, () -> session.await(Duration.ofMillis(200)))).isEmpty();
        assertThat(within(IN_ALL, () -> {
                    session.interrupt();
                    return true;
                }))
                .isTrue();
        assertThat(within(IN_ALL, closing(patchbay))).isTrue();
        assertThat(fake.requests()).as("before the store has the session").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "end", "keepKey", "history"})
    @Execution(ExecutionMode.CONCURRENT)
    void everybodyHearsAnEndWhenWhatLaunchedIsClosedThoughTheStoreHangs(String call) throws Exception {
        HangingStore store = new HangingStore(call);
        Patchbay patchbay = patchbay().store(store).build();
        Session session = within(IN_ALL, () -> launchWithKey(patchbay));
        assertThat(store.hangs.await(10, TimeUnit.SECONDS)).isTrue();
        FutureTask<SessionResult> awaited = new FutureTask<>(session::await);
        start(awaited);
        FutureTask<List<SessionEvent>> looped = new FutureTask<>(() -> events(session));
        start(looped);
        CompletableFuture<SessionResult> result = session.result();
        List<SessionStatus> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> told =
                within(IN_ALL, () -> subscribe(session.publisher(), event -> heard.addAll(statuses(List.of(event)))));

        assertThat(within(IN_ALL, closing(patchbay))).isTrue();

        SessionStatus status = session.record().status();
        assertThat(status).isIn(SessionStatus.FAILED, SessionStatus.INTERRUPTED);
        assertThat(awaited.get(1, TimeUnit.SECONDS).status()).isEqualTo(status);
        assertThat(result.get(1, TimeUnit.SECONDS).status()).isEqualTo(status);
        assertThat(statuses(looped.get(1, TimeUnit.SECONDS))).endsWith(status);
        told.get(1, TimeUnit.SECONDS);
        assertThat(heard).endsWith(status);
        assertThat(within(IN_ALL, () -> events(session))).isNotEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anInterruptEndsASessionThatWaitsForTheStore() throws Exception {
        HangingStore store = new HangingStore("update");
        try (Patchbay patchbay = patchbay().store(store).build()) {
            Session session = within(IN_ALL, () -> launch(patchbay));
            session.interrupt();

            SessionResult result = session.await(Duration.ofSeconds(8)).orElseThrow();
            assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
            SessionError error = result.error().orElseThrow();
            assertThat(error.type()).isEqualTo("store");
            assertThat(error.message()).contains("the session store failed", "did not answer");
            assertThat(result.cause().orElseThrow()).isInstanceOf(SessionStoreException.class);

            CountDownLatch stored = store.expect(SessionStatus.FAILED);
            never.countDown();
            assertThat(stored.await(10, TimeUnit.SECONDS))
                    .as("the store has the end once it answers")
                    .isTrue();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whoeverLooksOnDoesNotWaitForTheStore() throws Exception {
        Patchbay patchbay = patchbay().store(new HangingStore("update")).build();
        Session session = within(IN_ALL, () -> launch(patchbay));

        List<SessionEvent> heard = new CopyOnWriteArrayList<>();
        assertThat(within(Duration.ofSeconds(3), () -> {
                    session.onEvent(heard::add);
                    return session.iterator().hasNext();
                }))
                .isTrue();
        assertThat(heard).hasSize(1);
        assertThat(within(IN_ALL, closing(patchbay))).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatIsSlowIsWaitedForBeforeAnythingIsSent() throws Exception {
        HangingStore store = new HangingStore("create");
        try (Patchbay patchbay = patchbay().store(store).build()) {
            Session session = within(IN_ALL, () -> launch(patchbay));
            assertThat(fake.requests()).isEmpty();

            never.countDown();
            assertThat(session.await().status()).isEqualTo(SessionStatus.COMPLETED);
            assertThat(store.conversation(session.id())).hasSize(2);
        }
    }

    @Test
    void aStoreThatReturnsNothingIsAStoreThatFails() {
        HangingStore store = new HangingStore("nothing") {
            @Override
            @SuppressWarnings("NullAway") // what is tried
            public List<ConversationEvent> history(String sessionId) {
                return null;
            }
        };
        try (Patchbay patchbay = patchbay().store(store).build()) {
            SessionError error = launch(patchbay).await().error().orElseThrow();

            assertThat(error.type()).isEqualTo("store");
            assertThat(error.message()).contains("the store returned null");
        }
    }

    /** Each has been at one event for more than a second already when the second one is awaited. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void listenersThatWaitAreNotWaitedForAgain() throws Exception {
        try (Patchbay patchbay = patchbay().build()) {
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                sessions.add(patchbay.launch(
                        LaunchRequest.query("Hi").provider("local").build(), event -> hang()));
            }

            boolean all = within(IN_ALL, () -> {
                sessions.forEach(Session::await);
                return true;
            });
            assertThat(all).isTrue();
        }
    }

    private PatchbayBuilder patchbay() {
        return Patchbay.builder()
                .withoutDiscovery()
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build());
    }

    private static Session launch(Patchbay patchbay) {
        return patchbay.launch(LaunchRequest.query("Hi").provider("local").build());
    }

    private static Session launchWithKey(Patchbay patchbay) {
        return patchbay.launch(LaunchRequest.query("Hi")
                .provider("local")
                .proxyApiKey(Secret.of("sk-of-the-launch"))
                .build());
    }

    private static List<SessionEvent> events(Session session) {
        List<SessionEvent> events = new ArrayList<>();
        session.forEach(events::add);
        return events;
    }

    private static List<SessionStatus> statuses(List<SessionEvent> events) {
        return events.stream()
                .filter(SessionEvent.StatusChanged.class::isInstance)
                .map(event -> ((SessionEvent.StatusChanged) event).to())
                .toList();
    }

    private static CompletableFuture<Void> subscribe(
            Flow.Publisher<SessionEvent> publisher, Consumer<SessionEvent> each) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(SessionEvent event) {
                each.accept(event);
            }

            @Override
            public void onError(Throwable failure) {
                ended.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                ended.complete(null);
            }
        });
        return ended;
    }

    private static Supplier<Boolean> closing(Patchbay patchbay) {
        return () -> {
            patchbay.close();
            return true;
        };
    }

    private static <T> T within(Duration limit, Supplier<T> call)
            throws ExecutionException, InterruptedException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(call::get);
        start(task);
        return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    }

    private void hang() {
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // It does not even listen to that.
            }
        }
    }

    private record HangingPlugin(Runnable hang) implements ProviderPlugin {

        @Override
        public String id() {
            return "hanging";
        }

        @Override
        public List<SecretSource> secretSources() {
            return List.of(new SecretSource() {
                @Override
                public String scheme() {
                    return "hanging";
                }

                @Override
                public Secret resolve(Request request) {
                    return Secret.of("x");
                }

                @Override
                public void close() {
                    hang.run();
                }
            });
        }
    }

    /** Keeps sessions in memory, and does not return from one kind of call. */
    private class HangingStore implements SessionStore {

        private final SessionStore kept = new InMemorySessionStore();
        private final String call;
        private final CountDownLatch hangs = new CountDownLatch(1);
        private final Map<SessionStatus, CountDownLatch> expected = new ConcurrentHashMap<>();

        private HangingStore(String call) {
            this.call = call;
        }

        private CountDownLatch expect(SessionStatus status) {
            return expected.computeIfAbsent(status, any -> new CountDownLatch(1));
        }

        private void hangAt(String reached) {
            if (call.equals(reached)) {
                hangs.countDown();
                hang();
            }
        }

        @Override
        public void create(SessionRecord session, List<SessionEvent> events) {
            hangAt("create");
            kept.create(session, events);
        }

        @Override
        public void update(SessionRecord session, List<SessionEvent> events) {
            hangAt("update");
            if (session.status() == SessionStatus.COMPLETED) {
                hangAt("end");
            }
            kept.update(session, events);
            expect(session.status()).countDown();
        }

        @Override
        public void keepKey(String sessionId, Secret key) {
            hangAt("keepKey");
        }

        @Override
        public List<ConversationEvent> history(String sessionId) {
            hangAt("history");
            return kept.history(sessionId);
        }

        @Override
        public Optional<SessionRecord> find(String sessionId) {
            return kept.find(sessionId);
        }

        @Override
        public List<ConversationEvent> conversation(String sessionId) {
            return kept.conversation(sessionId);
        }

        @Override
        public SessionPage list(SessionQuery query) {
            return kept.list(query);
        }

        @Override
        public boolean forget(String sessionId) {
            return kept.forget(sessionId);
        }

        @Override
        public void close() {
            hangAt("close");
        }
    }
}
