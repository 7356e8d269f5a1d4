package dev.patchbay.session;

import dev.patchbay.session.contract.SessionStoreContract;
import java.util.List;
import java.util.Optional;

/** A store that keeps nothing but text does what every store does. */
final class StoredJsonTest extends SessionStoreContract {

    @Override
    protected SessionStore open() {
        return new TextStore();
    }

    @Override
    protected boolean lasts() {
        return false;
    }

    /** Keeps sessions in memory, after templates and blocks have been text. */
    private static final class TextStore implements SessionStore {

        private final SessionStore kept = new InMemorySessionStore();

        @Override
        public void create(SessionRecord session, List<SessionEvent> events) {
            kept.create(written(session), written(events));
        }

        @Override
        public void update(SessionRecord session, List<SessionEvent> events) {
            kept.update(written(session), written(events));
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

        private static SessionRecord written(SessionRecord session) {
            return session.toBuilder()
                    .template(StoredJson.template(StoredJson.of(session.template())))
                    .build();
        }

        private static List<SessionEvent> written(List<SessionEvent> events) {
            return events.stream().map(TextStore::written).toList();
        }

        private static SessionEvent written(SessionEvent event) {
            if (!(event instanceof SessionEvent.ConversationUpdated updated)) {
                return event;
            }
            ConversationEvent said = updated.event();
            return new SessionEvent.ConversationUpdated(
                    said.sessionId(),
                    new ConversationEvent(
                            said.sessionId(),
                            said.sequence(),
                            said.createdAt(),
                            said.role(),
                            StoredJson.block(StoredJson.of(said.block())),
                            said.isCompleted()));
        }
    }
}
