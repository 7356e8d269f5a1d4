package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.http.Threads;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Launches, continues, changes and ends the sessions of one process. Safe for use by several threads. */
public final class Sessions implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Supplier<RegistrySnapshot> registry;
    private final SessionStore store;
    private final ChatConnector connector;
    private final Clock clock;
    private final Conversations conversations;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final ExecutorService threads = Threads.executor("patchbay-session");
    private volatile boolean closed;

    /**
     * Sessions over a registry.
     *
     * @param registry asked once for each launch, which then keeps what it was given
     */
    public Sessions(Supplier<RegistrySnapshot> registry, SessionStore store, ChatConnector connector, Clock clock) {
        this.registry = requireNonNull(registry, "registry is null");
        this.store = requireNonNull(store, "store is null");
        this.connector = requireNonNull(connector, "connector is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.conversations = new Conversations(store);
    }

    /** What a launch would be routed to; nothing is sent, and no command that prints a secret is run. */
    public Route route(LaunchRequest request) {
        return LaunchResolver.preview(registry.get(), request.settings().applyTo(SessionSettings.NONE));
    }

    /**
     * What a launch would begin with; nothing is sent, and no secret looked up.
     *
     * @param gaps takes the marks of what must not be shown
     */
    public Draft draft(LaunchRequest request, Gaps gaps) {
        Route route = LaunchResolver.preview(registry.get(), request.settings().applyTo(SessionSettings.NONE), gaps);
        ChatMessage turn = new ChatMessage(ChatMessage.Role.USER, request.work().content());
        return new Draft(route, request.work().request(route.upstreamModel(), List.of(turn)));
    }

    /**
     * Starts a session.
     *
     * @param listeners each is given every event of the session, the first one included
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot work as configured; nothing was sent
     */
    public Session launch(LaunchRequest request, Collection<Consumer<SessionEvent>> listeners) {
        SessionSettings settings = request.settings().applyTo(SessionSettings.NONE);
        return start(record(request.query(), request.work()), settings, request.work(), listeners);
    }

    /**
     * Starts a session that goes on where another one ended.
     *
     * @throws SessionStateException if there is no such session, or it has not ended
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}
     */
    public Session continueSession(
            String parentId, ContinueRequest request, Collection<Consumer<SessionEvent>> listeners) {
        Live parent = live(parentId);
        if (!parent.feed.session().status().isFinal()) {
            throw SessionStateException.notEnded(parent.feed.session());
        }
        SessionSettings settings = request.settings().applyTo(parent.settings);
        Work work = request.work(parent.work);
        return start(record(request.query(), work).parentId(parentId), settings, work, listeners);
    }

    /**
     * Changes the provider settings of a session from its next call on: for a session that has ended, what continues it.
     *
     * @throws SessionStateException if there is no such session
     */
    public SessionRecord update(String sessionId, UpdateRequest request) {
        Live session = live(sessionId);
        SessionSettings changed = session.change(request);
        session.feed.settings(record -> {
            request.title().ifPresent(record::title);
            return record.settings(changed);
        });
        return session.feed.session();
    }

    /**
     * A session of this process.
     *
     * @throws SessionStateException if there is no such session
     */
    public Session require(String sessionId) {
        return live(sessionId).session;
    }

    /** Interrupts what still runs and waits a few seconds for the ends. */
    @Override
    public void close() {
        closed = true;
        List<Session> running = live.values().stream()
                .map(found -> found.session)
                .filter(session -> !session.record().status().isFinal())
                .toList();
        running.forEach(Session::interrupt);
        running.forEach(session -> session.await(CLOSING));
        threads.shutdown();
    }

    private SessionRecord.Builder record(String query, Work work) {
        SessionRecord.Builder record = SessionRecord.builder(
                UUID.randomUUID().toString(), UUID.randomUUID().toString(), query, clock.instant());
        work.title().ifPresent(record::title);
        return record;
    }

    private Session start(
            SessionRecord.Builder builder,
            SessionSettings settings,
            Work work,
            Collection<Consumer<SessionEvent>> listeners) {
        if (closed) {
            throw SessionStateException.closed();
        }
        RegistrySnapshot providers = registry.get();
        Route route = LaunchResolver.resolve(providers, settings);
        SessionRecord record = builder.settings(settings)
                .resolved(route.provider(), route.requestedModel(), route.upstreamModel())
                .build();
        SessionFeed feed = new SessionFeed(store, clock, record);
        listeners.forEach(feed::subscribe);
        work.content().forEach(block -> feed.append(ChatMessage.Role.USER, block, true));
        List<ChatMessage> history = conversations.history(record.id());
        Function<Route, Attempt> attempts = to -> new Attempt(
                to,
                client(to, feed),
                work.request(to.upstreamModel(), history),
                new Pricing(to.model().flatMap(Model::price)));
        CompletableFuture<SessionResult> result = new CompletableFuture<>();
        SessionRun run =
                new SessionRun(feed, clock, attempts.apply(route), attempts, new Fallbacks(providers, route), result);
        Session session = new Session(feed, run, result, route.warnings());
        live.put(record.id(), new Live(session, feed, settings, work));
        threads.execute(run);
        return session;
    }

    private Supplier<ChatClient> client(Route route, SessionFeed feed) {
        return () -> connector.connect(
                route,
                (attempt, wait, failure) ->
                        feed.publish(new SessionEvent.Retrying(feed.session().id(), attempt, wait, failure)));
    }

    private Live live(String sessionId) {
        Live found = live.get(requireNonNull(sessionId, "sessionId is null"));
        if (found == null) {
            throw SessionStateException.unknown(sessionId);
        }
        return found;
    }

    /** A session of this process with what must not go into a store: its key is among the settings. */
    private static final class Live {

        private final Session session;
        private final SessionFeed feed;
        private final Work work;
        private volatile SessionSettings settings;

        private Live(Session session, SessionFeed feed, SessionSettings settings, Work work) {
            this.session = session;
            this.feed = feed;
            this.settings = settings;
            this.work = work;
        }

        private synchronized SessionSettings change(UpdateRequest request) {
            settings = request.settings().applyTo(settings);
            return settings;
        }
    }
}
