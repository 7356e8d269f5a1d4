package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Launches, continues, changes and ends the sessions of one process; holds those that run, and of others nothing but keys that
 * they were given. Safe for use by several threads.
 */
@InternalApi
public final class Sessions implements AutoCloseable {

    private final Supplier<RegistrySnapshot> registry;
    private final LaunchResolver resolver;
    private final SessionStore store;
    private final Function<Route, Optional<Model.Price>> prices;
    private final ChatConnector connector;
    private final Clock clock;
    private final Conversations conversations;
    private final GivenKeys keys;
    private final RunningSessions running;
    private final Object updating = new Object();

    /**
     * Sessions over a registry.
     *
     * @param registry asked once for each launch, which then keeps what it was given
     * @param names finds what the name of a model means where a launch names no provider
     * @param prices what the model of a route costs; asked when an answer is there
     */
    public Sessions(
            Supplier<RegistrySnapshot> registry,
            ModelNames names,
            Function<Route, Optional<Model.Price>> prices,
            SessionStore store,
            ChatConnector connector,
            Clock clock) {
        this.prices = requireNonNull(prices, "prices is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.resolver = new LaunchResolver(requireNonNull(names, "names is null"));
        this.store = new CheckedStore(requireNonNull(store, "store is null"));
        this.running = new RunningSessions(!(store instanceof InMemorySessionStore));
        this.keys = new GivenKeys(this.store);
        this.connector = requireNonNull(connector, "connector is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.conversations = new Conversations(this.store);
        this.store.onInterruptRequested(running::interruptNow);
    }

    /** What a launch would be routed to; nothing is sent, and no command that prints a secret is run. */
    public Route route(LaunchRequest request) {
        return resolver.route(registry.get(), request.settings().applyTo(SessionSettings.NONE));
    }

    /** What a launch would begin with; nothing is sent, and no secret looked up. */
    public PreparedSession draft(LaunchRequest request) {
        Route route = resolver.outline(registry.get(), request.settings().applyTo(SessionSettings.NONE));
        return new PreparedSession(route, request.work().request(route.upstreamModel(), said(request.work())));
    }

    /**
     * Starts a session.
     *
     * @param listeners each is given every event of the session, the first one included
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot work as configured; nothing was sent
     * @throws SessionStateException if there are 10 000 that have not ended
     */
    public Session launch(LaunchRequest request, Collection<Consumer<SessionEvent>> listeners) {
        SessionSettings settings = request.settings().applyTo(SessionSettings.NONE);
        SessionNames.require(request.work().title(), settings);
        return start(
                record(request.query(), request.work()),
                settings,
                request.work(),
                listeners,
                feed -> feed.create(said(request.work())));
    }

    /**
     * Starts a session that goes on where another one ended, in this process or another one.
     *
     * @throws SessionStateException if there is no such session, it has not ended, it needs a key that is not here, or the
     *     request answers a tool call that nobody made
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}
     */
    public Session continueSession(
            String parentId, ContinueRequest request, Collection<Consumer<SessionEvent>> listeners) {
        SessionRecord parent = require(parentId);
        if (!parent.status().isFinal()) {
            throw SessionStateException.notEnded(parent);
        }
        SessionSettings settings = request.settings().applyTo(keys.settings(parent));
        if (GivenKeys.isGone(settings)) {
            throw SessionStateException.keyGone(parentId);
        }
        SessionTask work = request.work(parent.template());
        SessionNames.require(work.title(), settings);
        requireCalls(parentId, work);
        return start(
                record(request.query(), work)
                        .title(work.title().orElse(parent.title()))
                        .parentId(parentId),
                settings,
                work,
                listeners,
                feed -> feed.create(said(work)));
    }

    /**
     * Changes the provider settings of a session from its next call on: for a session that has ended, what continues it.
     *
     * @throws SessionStateException if there is no such session
     * @throws dev.patchbay.diagnostic.ConfigurationException if a key stands where it would be shown, or the next call could not be made,
     *     whatever key it had; of a draft, only what no launch could use is refused
     */
    public SessionRecord update(String sessionId, UpdateRequest request) {
        synchronized (updating) {
            SessionRecord before = require(sessionId);
            SessionSettings settings = request.settings().applyTo(keys.settings(before));
            SessionNames.require(request.title(), settings);
            refuseMisplacedKey(before, settings, request);
            UnaryOperator<SessionRecord.Builder> change = changed(request, settings, isDraft(before));
            SessionRecord after = running.feed(sessionId)
                    .filter(feed -> feed.change(change, Sessions::settingsChanged))
                    .map(SessionFeed::session)
                    .orElseGet(() -> updateStored(before, change));
            keys.keep(sessionId, settings);
            return after;
        }
    }

    /**
     * Keeps a launch for later. Nothing is resolved yet: what it lacks may still be set.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if a key stands where it would be shown
     */
    public SessionRecord keepDraft(LaunchRequest request) {
        SessionSettings settings = request.settings().applyTo(SessionSettings.NONE);
        SessionNames.require(request.work().title(), settings);
        SessionRecord draft = record(request.query(), request.work())
                .settings(settings)
                .status(SessionStatus.DRAFT)
                .build();
        MisplacedKey.refuse(draft.template());
        MisplacedKey.refuse(draft, settings, request.work().content());
        List<SessionEvent> events = new ArrayList<>();
        for (ContentBlock block : request.work().content()) {
            boolean isQuery =
                    block instanceof ContentBlock.Text text && text.text().equals(request.query());
            if (!isQuery) {
                events.add(new SessionEvent.ConversationUpdated(
                        draft.id(),
                        new ConversationEvent(
                                draft.id(), events.size() + 1L, clock.instant(), ChatMessage.Role.USER, block, true)));
            }
        }
        settingsChanged(draft).ifPresent(events::add);
        store.create(draft, events);
        keys.keep(draft.id(), settings);
        return draft;
    }

    /**
     * Starts a draft.
     *
     * @param query takes the place of the draft's own
     * @param trace headers that say of which trace its calls are a part
     * @throws SessionStateException if there is no such session, or it is no draft any more
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}; it stays a draft then
     */
    public Session launchDraft(
            String sessionId, String query, Map<String, String> trace, Collection<Consumer<SessionEvent>> listeners) {
        LaunchRequest.requireQuery(query);
        synchronized (updating) {
            SessionRecord draft = requireDraft(sessionId);
            SessionSettings settings = keys.settings(draft);
            if (GivenKeys.isGone(settings)) {
                throw SessionStateException.keyGone(sessionId);
            }
            List<ContentBlock> asked = List.of(ContentBlock.text(query));
            SessionTask work = new SessionTask(
                    draft.template(), List.of(), asked, null, Optional.of(draft.title()), draft.workingDir(), trace);
            long pieces = store.conversation(sessionId).size();
            return start(
                    draft.toBuilder()
                            .query(query)
                            .status(SessionStatus.STARTING)
                            .lastActivityAt(clock.instant()),
                    settings,
                    work,
                    listeners,
                    feed -> feed.resume(SessionStatus.DRAFT, pieces, asked));
        }
    }

    /**
     * Throws a draft away, and its key; {@link #restoreDraft} takes it back without the key.
     *
     * @throws SessionStateException if there is no such session, or it is no draft any more
     */
    public void discardDraft(String sessionId) {
        synchronized (updating) {
            SessionRecord draft = requireDraft(sessionId);
            move(draft, SessionStatus.DISCARDED, draft.toBuilder().hasApiKey(false));
            keys.keep(sessionId, draft.settings());
        }
    }

    /**
     * Takes back a draft that was thrown away.
     *
     * @throws SessionStateException if there is no such session, or it is none that was
     */
    public void restoreDraft(String sessionId) {
        synchronized (updating) {
            SessionRecord discarded = require(sessionId);
            if (discarded.status() != SessionStatus.DISCARDED) {
                throw SessionStateException.noDraft(discarded);
            }
            move(discarded, SessionStatus.DRAFT, discarded.toBuilder());
        }
    }

    private SessionRecord requireDraft(String sessionId) {
        SessionRecord draft = require(sessionId);
        if (draft.status() != SessionStatus.DRAFT || running.feed(sessionId).isPresent()) {
            throw SessionStateException.noDraft(draft);
        }
        return draft;
    }

    private void move(SessionRecord before, SessionStatus status, SessionRecord.Builder after) {
        store.update(
                after.status(status).lastActivityAt(clock.instant()).build(),
                List.of(new SessionEvent.StatusChanged(before.id(), before.status(), status)));
    }

    /**
     * Where a session's next call would go: its provider, its model, its key.
     *
     * @throws SessionStateException if there is no such session, or its key is not here
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}
     */
    @InternalApi
    public Route route(RegistrySnapshot providers, String sessionId) {
        SessionRecord session = require(sessionId);
        SessionSettings settings = keys.settings(session);
        if (GivenKeys.isGone(settings)) {
            throw SessionStateException.keyGone(sessionId);
        }
        return resolver.resolve(providers, settings);
    }

    /**
     * Ends a session, also one of another process that shares the store. Does nothing if it has ended.
     *
     * @throws SessionStateException if there is no such session
     */
    public void interrupt(String sessionId) {
        if (!running.interrupt(requireNonNull(sessionId, "sessionId is null"))
                && !require(sessionId).status().isFinal()) {
            store.requestInterrupt(sessionId);
        }
    }

    /**
     * Deletes a session that has ended, its conversation and its key. What continued it stays.
     *
     * @return whether there was one
     * @throws SessionStateException if it has not ended
     */
    public boolean forget(String sessionId) {
        notEnded(sessionId).ifPresent(session -> {
            throw SessionStateException.running(session);
        });
        keys.forget(sessionId);
        return store.forget(sessionId);
    }

    /** A session that runs in this process. */
    public Optional<Session> find(String sessionId) {
        return running.find(requireNonNull(sessionId, "sessionId is null"));
    }

    /** Interrupts all that still run, at once; returns when they have ended, after 4.5 seconds at most. */
    @Override
    public void close() {
        running.close();
    }

    private SessionRecord.Builder record(String query, SessionTask work) {
        SessionRecord.Builder record = SessionRecord.builder(
                        UUID.randomUUID().toString(), UUID.randomUUID().toString(), query, clock.instant())
                .template(work.template());
        work.title().ifPresent(record::title);
        work.workingDir().ifPresent(record::workingDir);
        return record;
    }

    private Session start(
            SessionRecord.Builder builder,
            SessionSettings settings,
            SessionTask work,
            Collection<Consumer<SessionEvent>> listeners,
            Consumer<SessionFeed> begin) {
        running.requireRoom();
        MisplacedKey.refuse(work.template());
        MisplacedKey.refuse(builder.build(), settings, blocks(said(work)));
        RegistrySnapshot providers = registry.get();
        Route route = resolver.resolve(providers, settings);
        SessionRecord record = builder.settings(settings)
                .resolved(route.provider(), route.requestedModel(), route.upstreamModel())
                .keySent(route.sendsKey())
                .build();
        SessionFeed feed = new SessionFeed(store, clock, record);
        listeners.forEach(listener -> running.listen(feed, listener));
        Function<Route, ProviderAttempt> attempts = to -> attempt(to, work, feed);
        return running.start(feed, route, attempts, new Fallbacks(providers, route), warnings(route, work), () -> {
            begin.accept(feed);
            keys.keep(record.id(), settings);
        });
    }

    private static List<String> warnings(Route route, SessionTask work) {
        List<String> warnings = new ArrayList<>(route.warnings());
        warnings.addAll(LeftOutSettings.of(route, work.request(route.upstreamModel(), List.of())));
        return warnings;
    }

    private ProviderAttempt attempt(Route route, SessionTask work, SessionFeed feed) {
        List<ChatMessage> history = conversations.history(feed.session().id(), route.provider(), route.upstreamModel());
        return new ProviderAttempt(
                client(route.carrying(work.trace()), feed),
                work.request(route.upstreamModel(), history),
                new Pricing(() -> prices.apply(route)));
    }

    private Supplier<ChatClient> client(Route route, SessionFeed feed) {
        return () -> connector.connect(
                route,
                (attempt, wait, failure) ->
                        feed.publish(new SessionEvent.Retrying(feed.session().id(), attempt, wait, failure)));
    }

    private static List<ChatMessage> said(SessionTask work) {
        List<ChatMessage> said = new ArrayList<>(work.earlier());
        said.add(new ChatMessage(ChatMessage.Role.USER, work.content()));
        return said;
    }

    private static List<ContentBlock> blocks(List<ChatMessage> messages) {
        return messages.stream().flatMap(message -> message.content().stream()).toList();
    }

    /** Also of what was there before the key: what a user said is stored as it is. */
    private void refuseMisplacedKey(SessionRecord before, SessionSettings settings, UpdateRequest request) {
        SessionRecord.Builder after = before.toBuilder();
        request.title().ifPresent(after::title);
        List<ContentBlock> said = request.settings().givesKey()
                ? store.conversation(before.id()).stream()
                        .filter(piece -> piece.role() == ChatMessage.Role.USER)
                        .map(ConversationEvent::block)
                        .toList()
                : List.of();
        MisplacedKey.refuse(after.build(), settings, said);
        // A change that drops the key or brings another may show the one that was.
        keys.settings(before)
                .proxyApiKey()
                .ifPresent(key -> MisplacedKey.refuse(after.build(), settings.withKey(key), List.of()));
    }

    private void requireCalls(String parentId, SessionTask work) {
        if (work.content().stream().noneMatch(ContentBlock.ToolResult.class::isInstance)) {
            return;
        }
        try {
            ToolResults.requireCalls(work.content(), conversations.calls(parentId));
        } catch (IllegalArgumentException noSuchCall) {
            throw SessionStateException.noSuchCall(parentId, noSuchCall);
        }
    }

    private SessionRecord updateStored(SessionRecord before, UnaryOperator<SessionRecord.Builder> change) {
        SessionRecord.Builder changed = change.apply(require(before.id()).toBuilder());
        if (isDraft(before)) {
            // Who names or archives what has ended is not active in it: what was last before is last still.
            changed.lastActivityAt(clock.instant());
        }
        SessionRecord after = changed.build();
        store.update(after, settingsChanged(after).stream().toList());
        return after;
    }

    private static boolean isDraft(SessionRecord session) {
        return session.status() == SessionStatus.DRAFT || session.status() == SessionStatus.DISCARDED;
    }

    /** What a request changes of a record; where it changes who is asked next, that is looked up, and shown. */
    private UnaryOperator<SessionRecord.Builder> changed(
            UpdateRequest request, SessionSettings settings, boolean isDraft) {
        SettingsChange change = request.settings();
        Optional<Route> next =
                change.isEmpty() || isDraft ? Optional.empty() : Optional.of(resolver.next(registry.get(), settings));
        return record -> {
            request.title().ifPresent(record::title);
            request.archived().ifPresent(record::archived);
            record.settings(settings);
            if (isDraft) {
                record.next(settings.provider().orElse(null), settings.model().orElse(null));
            } else if (change.names()) {
                next.ifPresent(route -> record.next(route.provider(), route.requestedModel()));
            }
            next.ifPresent(route -> record.keySent(sendsKey(route, settings)));
            return record;
        };
    }

    /** A key that is awaited is not there. */
    private static boolean sendsKey(Route route, SessionSettings settings) {
        return route.sendsKey()
                && (settings.proxyApiKey().isPresent()
                        || route.secrets().stream()
                                .noneMatch(secret -> secret.reference().source().equals("given")));
    }

    private static Optional<SessionEvent> settingsChanged(SessionRecord session) {
        return Optional.of(new SessionEvent.SettingsChanged(session.id(), session));
    }

    private SessionRecord require(String sessionId) {
        // Of one that has ended the store knows more: it may have been changed since.
        return notEnded(requireNonNull(sessionId, "sessionId is null"))
                .or(() -> store.find(sessionId))
                .orElseThrow(() -> SessionStateException.unknown(sessionId));
    }

    private Optional<SessionRecord> notEnded(String sessionId) {
        return running.feed(sessionId)
                .map(SessionFeed::session)
                .filter(session -> !session.status().isFinal());
    }
}
