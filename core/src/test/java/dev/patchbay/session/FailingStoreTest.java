package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that fails ends the session, and everybody says so: await, record, listeners (sessions.md, section 1). */
@Timeout(60)
final class FailingStoreTest {

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    /** A launch makes four changes: it creates the session, runs it, adds the answer, ends it. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "4, false", "1, true", "2, true", "3, true", "4, true"})
    void aChangeThatIsNotStoredEndsTheSessionVisibly(int change, boolean forEver) {
        IllegalStateException full = new IllegalStateException("the disk is full");
        BrokenStore store = new BrokenStore(change, forEver, full);
        List<SessionStatus> heard = Collections.synchronizedList(new ArrayList<>());
        try (Patchbay patchbay = patchbay(store)) {
            Session session =
                    patchbay.launch(LaunchRequest.query("Hi").provider("local").build(), event -> {
                        if (event instanceof SessionEvent.StatusChanged changed) {
                            heard.add(changed.to());
                        }
                    });
            SessionResult result = session.await(Duration.ofSeconds(10)).orElseThrow();

            assertThat(result.status()).isEqualTo(SessionStatus.FAILED);
            assertThat(session.record().status()).isEqualTo(SessionStatus.FAILED);
            assertThat(heard).endsWith(SessionStatus.FAILED);
            SessionError error = result.error().orElseThrow();
            assertThat(error.type()).isEqualTo("store");
            assertThat(error.message())
                    .isEqualTo("the session store failed: java.lang.IllegalStateException: the disk is full");
            assertThat(result.cause().orElseThrow()).hasRootCause(full);
            assertThatThrownBy(result::text)
                    .hasMessageContaining("the disk is full")
                    .hasRootCause(full);
            if (!forEver && change > 1) {
                assertThat(store.find(session.id()).orElseThrow().status()).isEqualTo(SessionStatus.FAILED);
            }
        }
    }

    private Patchbay patchbay(SessionStore store) {
        return Patchbay.builder()
                .withoutDiscovery()
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .store(store)
                .build();
    }

    /** Fails at one change, and at all after it if it fails for ever. */
    private static final class BrokenStore implements SessionStore {

        private final SessionStore kept = new InMemorySessionStore();
        private final AtomicInteger changes = new AtomicInteger();
        private final int broken;
        private final boolean forEver;
        private final RuntimeException failure;

        private BrokenStore(int broken, boolean forEver, RuntimeException failure) {
            this.broken = broken;
            this.forEver = forEver;
            this.failure = failure;
        }

        private void change() {
            int number = changes.incrementAndGet();
            if (number == broken || (forEver && number > broken)) {
                throw failure;
            }
        }

        @Override
        public void create(SessionRecord session, List<SessionEvent> events) {
            change();
            kept.create(session, events);
        }

        @Override
        public void update(SessionRecord session, List<SessionEvent> events) {
            change();
            kept.update(session, events);
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
    }
}
