package dev.patchbay.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps sessions as long as the process runs. */
public final class InMemorySessionStore implements SessionStore {

    private final Object lock = new Object();
    private final Map<String, SessionRecord> sessions = new LinkedHashMap<>();
    private final Map<String, List<ConversationEvent>> conversations = new LinkedHashMap<>();

    @Override
    public void create(SessionRecord session) {
        synchronized (lock) {
            if (sessions.putIfAbsent(session.id(), session) != null) {
                throw new IllegalStateException("session " + session.id() + " is there already");
            }
            conversations.put(session.id(), new ArrayList<>());
        }
    }

    @Override
    public void update(SessionRecord session) {
        synchronized (lock) {
            if (sessions.replace(session.id(), session) == null) {
                throw new IllegalStateException("there is no session " + session.id());
            }
        }
    }

    @Override
    public void append(ConversationEvent event) {
        synchronized (lock) {
            List<ConversationEvent> conversation = conversations.get(event.sessionId());
            if (conversation == null) {
                throw new IllegalStateException("there is no session " + event.sessionId());
            }
            if (event.sequence() != conversation.size() + 1L) {
                throw new IllegalStateException("event " + event.sequence() + " of session " + event.sessionId()
                        + " does not follow event " + conversation.size());
            }
            conversation.add(event);
        }
    }

    @Override
    public Optional<SessionRecord> find(String sessionId) {
        synchronized (lock) {
            return Optional.ofNullable(sessions.get(sessionId));
        }
    }

    @Override
    public List<ConversationEvent> conversation(String sessionId) {
        synchronized (lock) {
            return List.copyOf(conversations.getOrDefault(sessionId, List.of()));
        }
    }

    @Override
    public List<SessionRecord> sessions() {
        synchronized (lock) {
            return sessions.values().stream()
                    .sorted(Comparator.comparing(SessionRecord::lastActivityAt).reversed())
                    .toList();
        }
    }
}
