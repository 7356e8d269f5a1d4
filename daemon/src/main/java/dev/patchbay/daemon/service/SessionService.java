package dev.patchbay.daemon.service;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.session.SessionStoreException;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.store.ConversationPage;
import dev.patchbay.store.SessionCounts;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.UsageLine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What can be done with sessions, for the API and the page alike. Its methods wait for the store, so none is for an event loop;
 * what cannot be done is a {@link Problem}, or an exception that {@link Problem#of} makes one. Safe for use by several threads.
 */
@Singleton
public final class SessionService {

    /** Longer than the store itself waits for another process. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(30);

    /** Sessions whose warnings are remembered. */
    private static final int MOST_WARNED = 1_000;

    /** Of sessions that were started here; they are in no store. */
    private final Map<String, List<String>> warnings = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MOST_WARNED;
        }
    });

    private final Patchbay patchbay;
    private final SqliteSessionStore store;
    private final EventHub events;
    private final SessionMeters meters;

    @Inject
    SessionService(Patchbay patchbay, SqliteSessionStore store, EventHub events, SessionMeters meters) {
        this.patchbay = patchbay;
        this.store = store;
        this.events = events;
        this.meters = meters;
    }

    /**
     * A session that runs, and what whoever started it should know.
     *
     * @param warnings as {@link Session#warnings} has them
     */
    public record Started(SessionRecord session, List<String> warnings) {}

    /** Starts a session; it runs when this returns. */
    public Started launch(LaunchRequest request) {
        return started(listener -> patchbay.launch(request, listener));
    }

    /** Keeps a launch for later. */
    public SessionRecord draft(LaunchRequest request) {
        SessionRecord draft = patchbay.draft(request);
        events.wake();
        return draft;
    }

    /** Starts a draft with the question that is asked now, as a part of the trace that these headers name. */
    public Started launchDraft(String id, String query, Map<String, String> trace) {
        require(id);
        return started(listener -> patchbay.launchDraft(id, query, trace, listener));
    }

    /** Throws a draft away; {@link #restore} takes it back. */
    public void discardDraft(String id) {
        require(id);
        patchbay.discardDraft(id);
        events.wake();
    }

    /**
     * A session that nobody will find is none: the store did not take it. The first that a session tells is that the store has it, or
     * that it failed.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // What hangs on the end of a session is told by it.
    private Started started(Function<Consumer<SessionEvent>, Session> start) {
        CountDownLatch told = new CountDownLatch(1);
        Consumer<SessionEvent> subscribers = events.listener();
        Session session = start.apply(event -> {
            told.countDown();
            subscribers.accept(event);
        });
        session.result().thenAccept(result -> meters.ended(result.session()));
        if (!isOverWithin(told, STORE_PATIENCE)) {
            session.interrupt();
            throw Problem.store("the store takes too long to keep the session, which was not begun: try again");
        }
        SessionRecord record = session.record();
        if (record.status() == SessionStatus.FAILED
                && record.error().filter(error -> error.type().equals("store")).isPresent()) {
            throw Problem.store(record.error().orElseThrow().message());
        }
        if (!session.warnings().isEmpty()) {
            warnings.put(record.id(), session.warnings());
        }
        return new Started(record, session.warnings());
    }

    /** What whoever started a session should know, of the last sessions that this process started. */
    public List<String> warnings(String sessionId) {
        return warnings.getOrDefault(sessionId, List.of());
    }

    private static boolean isOverWithin(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a session that goes on where another one ended. */
    public Started continueSession(String parentId, ContinueRequest request) {
        require(parentId);
        return started(listener -> patchbay.continueSession(parentId, request, listener));
    }

    /**
     * A session as it stands now.
     *
     * @throws Problem with status 404 if there is none
     */
    public SessionRecord require(String id) {
        return patchbay.session(id)
                .map(Session::record)
                .filter(running -> !running.status().isFinal())
                .or(() -> store.find(id))
                .orElseThrow(() -> Problem.unknownSession(id));
    }

    /** Changes title, archive or provider settings of a session, from its next call on. */
    public SessionRecord update(String id, UpdateRequest request) {
        SessionRecord after = patchbay.update(id, request);
        events.wake();
        return after;
    }

    /**
     * Asks a session to end, also one of another process.
     *
     * @throws Problem with status 409 if it has ended, or never began
     */
    public void interrupt(String id) {
        SessionRecord session = require(id);
        if (session.status().isFinal() || session.status() == SessionStatus.DRAFT) {
            throw Problem.of(
                    409,
                    "session '" + id + "' is " + session.status().word()
                            + ": only a session that runs can be interrupted");
        }
        patchbay.interrupt(id);
        events.wake();
    }

    /**
     * Deletes a session from the store and its index.
     *
     * @throws Problem with status 409 if it runs, in whatever process
     */
    public void delete(String id) {
        SessionRecord session = require(id);
        if (!session.status().isFinal() && session.status() != SessionStatus.DRAFT) {
            throw Problem.of(
                    409, "session '" + id + "' is " + session.status().word() + ": interrupt it before it is deleted");
        }
        patchbay.forget(id);
    }

    /** The sessions of which a conversation consists, from the first one to this. */
    public List<String> chain(String id) {
        List<String> chain = store.chain(id);
        return chain.isEmpty() ? List.of(require(id).id()) : chain;
    }

    /** All that was said in these sessions, one after another; empty if that is longer than a page of {@link #messagesPage}. */
    public Optional<List<ConversationEvent>> shortConversation(List<String> ids) {
        return store.shortConversation(ids);
    }

    /** A page of one session's own conversation, of about a quarter of a megabyte at most: what comes after a position; empty at its end. */
    public ConversationPage messagesPage(String id, long sequence) {
        return store.conversationPage(id, sequence);
    }

    /**
     * A part of one session's own conversation, in order: the last pieces before a position.
     *
     * @param sequence of the piece that the part ends before
     */
    public List<ConversationEvent> messagesBefore(String id, long sequence, int limit) {
        return store.conversationBefore(id, sequence, limit);
    }

    /** The same for the first pieces after a position. */
    public List<ConversationEvent> messagesAfter(String id, long sequence, int limit) {
        return store.conversationAfter(id, sequence, limit);
    }

    /**
     * Puts sessions into the archive, or takes them out.
     *
     * @return those for which it could not be done
     */
    public List<String> archive(List<String> ids, boolean archived) {
        return failed(
                ids,
                id -> patchbay.update(
                        id, UpdateRequest.builder().archived(archived).build()));
    }

    /**
     * Takes sessions out of the archive, and drafts back that were thrown away.
     *
     * @return those for which it could not be done
     */
    public List<String> restore(List<String> ids) {
        return failed(ids, id -> {
            SessionRecord session = require(id);
            if (session.status() == SessionStatus.DISCARDED) {
                patchbay.restoreDraft(id);
            }
            if (session.archived()) {
                patchbay.update(id, UpdateRequest.builder().archived(false).build());
            }
        });
    }

    private List<String> failed(List<String> ids, Consumer<String> act) {
        List<String> failed = new ArrayList<>();
        for (String id : ids) {
            try {
                act.accept(id);
            } catch (Problem | SessionStateException | SessionStoreException why) {
                failed.add(id);
            }
        }
        events.wake();
        return failed;
    }

    /** What calls came to from a moment on and before another. */
    public List<UsageLine> usage(UsageLine.By by, Instant from, Instant to) {
        return store.usage(by, from, to);
    }

    /**
     * One page of sessions. The store alone knows what its cursors look like, and how many words it can look for.
     *
     * @throws Problem with status 400 if it cannot read the query
     */
    public SessionPage list(SessionQuery query) {
        try {
            return store.list(query);
        } catch (IllegalArgumentException unfit) {
            throw Problem.of(400, String.valueOf(unfit.getMessage()));
        }
    }

    /** How many sessions each list has. */
    public SessionCounts counts() {
        return store.counts();
    }
}
