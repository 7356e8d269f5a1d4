package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the default store keeps, and what it lets go (sessions.md, section 1). */
final class InMemorySessionStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void keepsTheLastThousandThatEnded() {
        InMemorySessionStore store = new InMemorySessionStore();
        IntStream.range(0, 1_500).forEach(number -> end(store, "s" + number, null, "text"));

        assertThat(store.find("s499")).isEmpty();
        assertThat(store.conversation("s499")).isEmpty();
        assertThat(store.find("s500")).isPresent();
        assertThat(store.find("s1499")).isPresent();
    }

    @Test
    void keepsSessionsThatRunHoweverManyEnd() {
        InMemorySessionStore store = new InMemorySessionStore(2, Long.MAX_VALUE);
        store.create(record("running", null).build(), List.of(said("running", 1, "text")));
        IntStream.range(0, 10).forEach(number -> end(store, "s" + number, null, "text"));

        assertThat(store.find("running")).isPresent();
        assertThat(store.conversation("running")).hasSize(1);
    }

    @Test
    void letsTheOldestGoWhereTextsTakeMoreThanTheLimit() {
        InMemorySessionStore store = new InMemorySessionStore(1_000, 1 << 20);
        IntStream.range(0, 20).forEach(number -> end(store, "s" + number, null, "x".repeat(100_000)));

        assertThat(store.find("s9")).isEmpty();
        assertThat(store.find("s10")).isPresent();
    }

    @Test
    void keepsAConversationWholeForTheSessionThatContinuesIt() {
        InMemorySessionStore store = new InMemorySessionStore(3, Long.MAX_VALUE);
        end(store, "t0", null, "turn 0");
        IntStream.range(1, 10).forEach(turn -> end(store, "t" + turn, "t" + (turn - 1), "turn " + turn));

        assertThat(store.find("t5")).isEmpty();
        assertThat(store.history("t9"))
                .extracting(event -> event.text().orElseThrow())
                .containsExactly(
                        IntStream.range(0, 10).mapToObj(turn -> "turn " + turn).toArray(String[]::new));
    }

    @Test
    void aConversationThatNobodyContinuesAnyMoreTakesNoMemory() {
        InMemorySessionStore store = new InMemorySessionStore(1_000, 1 << 20);
        end(store, "t0", null, "x".repeat(300_000));
        end(store, "t1", "t0", "x".repeat(300_000));
        end(store, "t2", "t1", "x".repeat(300_000));
        end(store, "other", null, "x".repeat(50_000));
        assertThat(store.find("t2")).isPresent();
        end(store, "another", null, "x".repeat(500_000));

        assertThat(store.find("t2")).isEmpty();
        assertThat(store.find("other")).isPresent();
    }

    @Test
    void forgetsASessionAndItsTexts() {
        InMemorySessionStore store = new InMemorySessionStore();
        end(store, "t0", null, "private");
        end(store, "t1", "t0", "next");

        assertThat(store.forget("t0")).isTrue();
        assertThat(store.find("t0")).isEmpty();
        assertThat(store.history("t1"))
                .extracting(event -> event.text().orElseThrow())
                .containsExactly("next");
        assertThat(store.forget("t0")).isFalse();
    }

    private static void end(SessionStore store, String id, @Nullable String parent, String text) {
        store.create(record(id, parent).build(), List.of(said(id, 1, text)));
        store.update(record(id, parent).status(SessionStatus.COMPLETED).build(), List.of());
    }

    private static SessionRecord.Builder record(String id, @Nullable String parent) {
        SessionRecord.Builder record = SessionRecord.builder(id, "run", "query", NOW);
        return parent == null ? record : record.parentId(parent);
    }

    private static SessionEvent said(String id, long sequence, String text) {
        return new SessionEvent.ConversationUpdated(
                id, new ConversationEvent(id, sequence, NOW, ChatMessage.Role.USER, ContentBlock.text(text), true));
    }
}
