package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store whose failures are all of one kind, whatever it throws. */
final class CheckedStore implements SessionStore {

    private final SessionStore store;

    CheckedStore(SessionStore store) {
        this.store = store;
    }

    @Override
    public void create(SessionRecord session, List<SessionEvent> events) {
        checked(() -> store.create(session, events));
    }

    @Override
    public void update(SessionRecord session, List<SessionEvent> events) {
        checked(() -> store.update(session, events));
    }

    @Override
    public Optional<SessionRecord> find(String sessionId) {
        return checked(() -> store.find(sessionId));
    }

    @Override
    public List<ConversationEvent> conversation(String sessionId) {
        return checked(() -> store.conversation(sessionId));
    }

    @Override
    public List<ConversationEvent> history(String sessionId) {
        return checked(() -> store.history(sessionId));
    }

    @Override
    public SessionPage list(SessionQuery query) {
        return checked(() -> store.list(query));
    }

    @Override
    public boolean forget(String sessionId) {
        return checked(() -> store.forget(sessionId));
    }

    @Override
    public boolean requestInterrupt(String sessionId) {
        return checked(() -> store.requestInterrupt(sessionId));
    }

    @Override
    public void onInterruptRequested(Consumer<String> interrupter) {
        checked(() -> store.onInterruptRequested(interrupter));
    }

    @Override
    public void keepKey(String sessionId, Secret key) {
        checked(() -> store.keepKey(sessionId, key));
    }

    @Override
    public Optional<Secret> key(String sessionId) {
        return checked(() -> store.key(sessionId));
    }

    @Override
    public void forgetKey(String sessionId) {
        checked(() -> store.forgetKey(sessionId));
    }

    private static void checked(Runnable change) {
        checked(() -> {
            change.run();
            return true;
        });
    }

    private static <T> T checked(Supplier<T> call) {
        try {
            return requireNonNull(call.get(), "the store returned null");
        } catch (RuntimeException | Error failure) {
            throw new SessionStoreException(failure);
        }
    }
}
