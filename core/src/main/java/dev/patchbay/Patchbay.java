package dev.patchbay;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.template.Environment;
import dev.patchbay.http.RequestPreview;
import dev.patchbay.plugin.LoadedPlugins;
import dev.patchbay.plugin.PluginOutcome;
import dev.patchbay.probe.Probes;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.ReloadingRegistry;
import dev.patchbay.route.Route;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.InMemorySessionStore;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.Sessions;
import dev.patchbay.session.UpdateRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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

    private final Supplier<RegistrySnapshot> registry;
    private final @Nullable ReloadingRegistry reloading;
    private final LoadedPlugins plugins;
    private final SessionStore store;
    private final Environment environment;
    private final Clock clock;
    private @Nullable SessionHost host;
    private boolean closed;

    Patchbay(PatchbayBuilder builder) {
        this.plugins = builder.pluginLoader.build().load();
        this.reloading = builder.reloadListener == null ? null : builder.watchOrClose(plugins, builder.reloadListener);
        this.registry = reloading == null ? fixed(builder.registryOrClose(plugins)) : reloading;
        this.store = builder.store == null ? new InMemorySessionStore() : builder.store;
        this.environment = builder.environment;
        this.clock = builder.clock;
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
        return registry.get();
    }

    /** What became of each plugin that was found. */
    public List<PluginOutcome> plugins() {
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
     * Starts a session and returns at once.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot work as configured (unknown provider, missing
     *     setting, variable that is not set); nothing was sent then
     */
    public Session launch(LaunchRequest request) {
        return sessions().launch(requireNonNull(request, "request is null"), List.of());
    }

    /**
     * Starts a session, heard from its first event on.
     *
     * @param listener called on the session's own thread
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
     * @throws SessionStateException if there is no such session in this process, or it has not ended
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
     * @throws SessionStateException if there is no such session in this process
     */
    public SessionRecord update(String sessionId, UpdateRequest request) {
        return sessions().update(sessionId, requireNonNull(request, "request is null"));
    }

    /**
     * Ends a session: the call to the provider is cancelled within a second. Does nothing if it has ended.
     *
     * @throws SessionStateException if there is no such session in this process
     */
    public void interrupt(String sessionId) {
        sessions().require(sessionId).interrupt();
    }

    /** Looks at providers by calling them: tests, and lists of models. */
    public Probes probes() {
        return host().probes();
    }

    /** Interrupts what still runs, waits a few seconds for the ends, and releases connections, plugins and the store. */
    @Override
    public void close() {
        if (reloading != null) {
            reloading.close();
        }
        closeHost();
        plugins.close();
        store.close();
    }

    private Sessions sessions() {
        return host().sessions();
    }

    private synchronized SessionHost host() {
        if (host == null) {
            host = new SessionHost(registry, store, environment, clock);
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
