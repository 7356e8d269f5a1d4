package dev.patchbay;

import static java.util.Objects.requireNonNull;

import dev.patchbay.client.ModelClient;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.http.Threads;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.ReloadingRegistry;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.InMemorySessionStore;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.ModelClients;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.Sessions;
import dev.patchbay.session.UpdateRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any AI provider, from YAML files and plugins: the front door for applications.
 *
 * <pre>{@code
 * try (Patchbay patchbay = Patchbay.builder().config(Path.of("config/providers")).build()) {
 *     Session session = patchbay.launch(LaunchRequest.query("Explain recursion")
 *             .provider("groq").model("llama-3.3-70b-versatile").build());
 *     System.out.println(session.await().text());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Holds connections and, while sessions run, threads: close it.
 */
public final class Patchbay implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Patchbay.class.getName());

    /** Bytes of one batch of vectors: 2 048 of 3 072 numbers, written out, are 130 MB. */
    private static final int LONGEST_EMBEDDINGS = 192 << 20;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final @Nullable ReloadingRegistry reloading;
    private final LoadedPlugins plugins;
    private final SessionStore store;
    private final ProviderRuntime runtime;
    private final ModelClients clients;
    private final FutureTask<Boolean> closingProviders = new FutureTask<>(this::closeProviders, true);
    private final FutureTask<Boolean> closingStore;
    private @Nullable SessionHost host;
    private boolean closed;

    Patchbay(PatchbayBuilder builder) {
        this.plugins = builder.pluginLoader.build().load();
        this.reloading = builder.reloadListener == null ? null : builder.watchOrClose(plugins, builder.reloadListener);
        Supplier<RegistrySnapshot> registry = reloading == null ? fixed(builder.registryOrClose(plugins)) : reloading;
        this.store = builder.store == null ? new InMemorySessionStore() : builder.store;
        this.closingStore = new FutureTask<>(store::close, true);
        this.runtime = new ProviderRuntime(registry, builder.environment, builder.clock, builder.catalog);
        this.clients = new ModelClients(
                runtime::registry,
                runtime.names(),
                runtime.models(),
                (route, listener) -> runtime.clients().connect(route, listener),
                (route, body) -> runtime.clients().post(route, Operation.EMBEDDINGS, body, LONGEST_EMBEDDINGS));
        plugins.lend(() -> runtime.clients().context(HttpSettings.DEFAULT));
    }

    /** Starts a Patchbay that knows the plugins of the class path and no file. */
    public static PatchbayBuilder builder() {
        return new PatchbayBuilder();
    }

    private static Supplier<RegistrySnapshot> fixed(RegistrySnapshot snapshot) {
        return () -> snapshot;
    }

    /** Every provider there is, with its state and what is wrong with it: of this moment, if files are watched. */
    public RegistrySnapshot registry() {
        return runtime.registry();
    }

    /** What became of each plugin that was found: it works, or it was left out and says why. */
    public List<PluginReport> plugins() {
        return plugins.outcomes().stream().map(PluginReport::of).toList();
    }

    /** The same, with what each plugin brings. */
    @InternalApi
    public List<PluginOutcome> pluginOutcomes() {
        return plugins.outcomes();
    }

    /** Where sessions are kept. */
    public SessionStore store() {
        return store;
    }

    /**
     * What a launch would be routed to: URL, headers, model. Nothing is sent, and no command that
     * prints a secret is run.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}
     */
    @InternalApi
    public Route route(LaunchRequest request) {
        return sessions().route(requireNonNull(request, "request is null"));
    }

    /**
     * The request that a launch would send first, with a gap in the place of each secret. Nothing is sent, and no secret is
     * looked up: it may be missing.
     *
     * @return empty where a plugin's dialect makes the requests, which nobody else knows
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}, but for a missing secret
     */
    public Optional<RequestPreview> preview(LaunchRequest request) {
        return host().preview(requireNonNull(request, "request is null"));
    }

    /**
     * A client without a session, for applications that keep conversations themselves: retries, fallbacks and redaction are those
     * of a session, nothing is stored, and no thread is started.
     *
     * <p>Safe for use by several threads, and cheap: connections are shared by all clients. Each request goes by the provider files
     * of its moment, and to the model of the client, whatever it says itself. Closing a stream ends the call to the provider, from
     * any thread.
     *
     * <pre>{@code
     * ModelClient client = patchbay.client("groq/llama-3.3-70b-versatile");
     * ModelResponse answer = client.ask(ChatRequest.builder("").message(ChatMessage.user("Hi")).build());
     * System.out.println(answer.text() + " for " + answer.costUsd());
     * }</pre>
     *
     * @param model {@code provider/model}, an alias or a model of the default provider, or a provider's id and a slash for its
     *     default model; empty: the default model of the default provider (docs/design/sessions.md, section 4). May wait for the default provider's list, five seconds at most,
     *     where what stands before the slash is no provider
     * @throws dev.patchbay.diagnostic.ConfigurationException if it means nothing, with the ids that are near, or cannot work
     *     as configured; nothing was sent
     */
    public ModelClient client(String model) {
        return client(LaunchRequest.query("a client")
                .model(requireNonNull(model, "model is null"))
                .build());
    }

    /**
     * The same for what a launch can say: a provider apart from the model, and proxy settings.
     *
     * @param request its provider, model and proxy settings count, and what it asks does not
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch}
     */
    public ModelClient client(LaunchRequest request) {
        return clients.client(requireNonNull(request, "request is null"));
    }

    /**
     * The models of a provider and what is known of each: those of its file; where that lists none, those that the provider itself
     * lists, and if its list cannot be had those of the catalogue. Waits for that list five seconds at most.
     *
     * @param provider an id
     * @throws ConfigurationException if there is no such provider, or its definition cannot be used
     */
    public List<Model> models(String provider) {
        return clients.models(requireNonNull(provider, "provider is null"));
    }

    /**
     * Starts a session and returns at once. A key that a command or a plugin tells is asked for on the session's thread: where
     * there is none, the session has failed.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot work as configured (unknown provider, missing
     *     setting, variable that is not set); nothing was sent then
     * @throws SessionStateException if this is closed, or 10 000 sessions have not ended
     */
    public Session launch(LaunchRequest request) {
        return sessions().launch(requireNonNull(request, "request is null"), List.of());
    }

    /**
     * Starts a session, heard from its first event on.
     *
     * @param listener called on threads of the session, one event at a time; see {@link Session}
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch(LaunchRequest)}
     */
    public Session launch(LaunchRequest request, Consumer<SessionEvent> listener) {
        return sessions()
                .launch(
                        requireNonNull(request, "request is null"),
                        List.of(requireNonNull(listener, "listener is null")));
    }

    /**
     * Starts a child of a session: it inherits provider, model, proxy settings, instructions and the conversation.
     *
     * @throws SessionStateException if there is no such session, or it has not ended
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch(LaunchRequest)}
     */
    public Session continueSession(String sessionId, ContinueRequest request) {
        return sessions().continueSession(sessionId, requireNonNull(request, "request is null"), List.of());
    }

    /** The same, heard from its first event on. */
    public Session continueSession(String sessionId, ContinueRequest request, Consumer<SessionEvent> listener) {
        return sessions()
                .continueSession(
                        sessionId,
                        requireNonNull(request, "request is null"),
                        List.of(requireNonNull(listener, "listener is null")));
    }

    /**
     * Changes the provider settings of a session, from its next call on.
     *
     * @throws SessionStateException if there is no such session
     */
    public SessionRecord update(String sessionId, UpdateRequest request) {
        return sessions().update(sessionId, requireNonNull(request, "request is null"));
    }

    /** Keeps a launch for later, as a session that is a draft. Nothing is resolved yet: what it lacks may still be set. */
    public SessionRecord draft(LaunchRequest request) {
        return sessions().keepDraft(requireNonNull(request, "request is null"));
    }

    /**
     * Starts a draft, heard from its first event on.
     *
     * @param query takes the place of the draft's own
     * @throws SessionStateException if there is no such session, or it is no draft any more
     * @throws dev.patchbay.diagnostic.ConfigurationException as for {@link #launch(LaunchRequest)}; it stays a draft then
     */
    public Session launchDraft(String sessionId, String query, Consumer<SessionEvent> listener) {
        return launchDraft(sessionId, query, Map.of(), listener);
    }

    /** The same, with the headers of the trace that its calls are a part of; for Patchbay's own modules, such as the daemon. */
    @InternalApi
    public Session launchDraft(
            String sessionId, String query, Map<String, String> trace, Consumer<SessionEvent> listener) {
        return sessions()
                .launchDraft(
                        sessionId,
                        requireNonNull(query, "query is null"),
                        trace,
                        List.of(requireNonNull(listener, "listener is null")));
    }

    /**
     * Throws a draft away, and its key.
     *
     * @throws SessionStateException if there is no such session, or it is no draft any more
     */
    public void discardDraft(String sessionId) {
        sessions().discardDraft(sessionId);
    }

    /**
     * Takes back a draft that was thrown away, without its key.
     *
     * @throws SessionStateException if there is no such session, or it is none that was
     */
    public void restoreDraft(String sessionId) {
        sessions().restoreDraft(sessionId);
    }

    /** Where a session's next call would go; for Patchbay's own modules, such as the daemon. */
    @InternalApi
    public Route route(RegistrySnapshot providers, String sessionId) {
        return sessions().route(providers, sessionId);
    }

    /** Reads the files again now, if they are watched, and not when the next look is due. */
    public RegistrySnapshot reload() {
        if (reloading != null) {
            reloading.reload();
        }
        return registry();
    }

    /**
     * Ends a session: the call to the provider is cancelled within a second. Does nothing if it has ended.
     *
     * @throws SessionStateException if there is no such session
     */
    public void interrupt(String sessionId) {
        sessions().interrupt(sessionId);
    }

    /** A session of this process that has not ended; of others {@link #store} knows the record and the conversation. */
    public Optional<Session> session(String sessionId) {
        return sessions().find(sessionId);
    }

    /**
     * Deletes a session that has ended: record, conversation, key. What continued it stays.
     *
     * @return whether there was one
     * @throws SessionStateException if it has not ended
     */
    public boolean forget(String sessionId) {
        return sessions().forget(sessionId);
    }

    /** What calls to providers need, for the gateway and its like. */
    @InternalApi
    public ProviderRuntime runtime() {
        return runtime;
    }

    /**
     * Interrupts all that still run, at once, waits for the ends, and releases connections, plugins and the store. Waits for no
     * listener; for sessions, plugins and the store together five seconds at most, behind which they are left alone.
     */
    @Override
    public void close() {
        long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
        closeHost();
        // On threads of their own: a plugin, a reload or a store may not return.
        ThreadFactory threads = Threads.platformFactory("patchbay-close");
        threads.newThread(closingProviders).start();
        threads.newThread(closingStore).start();
        try {
            awaitUntil(deadline, closingProviders);
        } finally {
            awaitUntil(deadline, closingStore);
        }
    }

    private void closeProviders() {
        if (reloading != null) {
            reloading.close();
        }
        runtime.close();
        plugins.close();
    }

    /** What fails, fails here; an interrupt waits. */
    private static void awaitUntil(long deadline, FutureTask<?> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException late) {
            LOG.log(Level.WARNING, "a plugin or the session store could not be closed in time");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Sessions sessions() {
        return host().sessions();
    }

    private synchronized SessionHost host() {
        if (host == null) {
            host = new SessionHost(runtime, store);
            if (closed) {
                host.close();
            }
        }
        return host;
    }

    private void closeHost() {
        SessionHost toClose;
        synchronized (this) {
            closed = true;
            toClose = host;
        }
        // Outside the lock: the sessions that end may ask for others.
        if (toClose != null) {
            toClose.close();
        }
    }
}
