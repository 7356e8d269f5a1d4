package dev.patchbay.store;

import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What tests of the store have in common. */
final class StoreTesting {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private static final Path LIBRARY = Path.of(System.getProperty(
            "patchbay.test.library", Path.of("target", "native").toString()));

    private StoreTesting() {}

    /** A store whose library all tests share, and which keeps what is old. */
    static SqliteSessionStore.Builder builder(Path file) {
        return SqliteSessionStore.builder(file).retention(Retention.OFF).libraryFolder(LIBRARY);
    }

    static SessionRecord.Builder record(String id) {
        return SessionRecord.builder(id, "run", "query of " + id, NOW).resolved("local", "m", "model-1");
    }

    static SessionEvent said(String id, long sequence, String text) {
        return new SessionEvent.ConversationUpdated(
                id, new ConversationEvent(id, sequence, NOW, ChatMessage.Role.USER, ContentBlock.text(text), true));
    }

    static SessionEvent changed(String id, SessionStatus from, SessionStatus to) {
        return new SessionEvent.StatusChanged(id, from, to);
    }

    /** A session that has ended, with one piece of conversation. */
    static void addEnded(SqliteSessionStore store, String id, Instant activity, String text) {
        store.create(
                record(id)
                        .status(SessionStatus.RUNNING)
                        .lastActivityAt(activity)
                        .build(),
                List.of(said(id, 1, text)));
        store.update(
                record(id)
                        .status(SessionStatus.COMPLETED)
                        .lastActivityAt(activity)
                        .completedAt(activity)
                        .build(),
                List.of(changed(id, SessionStatus.RUNNING, SessionStatus.COMPLETED)));
    }
}
