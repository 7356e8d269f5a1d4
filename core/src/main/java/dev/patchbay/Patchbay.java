package dev.patchbay;

import static java.util.Objects.requireNonNull;

import dev.patchbay.config.PatchbayHome;
import dev.patchbay.config.ProcessEnvironment;
import dev.patchbay.config.load.Presets;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.tree.Layer;
import dev.patchbay.http.RequestPreview;
import dev.patchbay.plugin.LoadedPlugins;
import dev.patchbay.plugin.PluginLoader;
import dev.patchbay.plugin.PluginOutcome;
import dev.patchbay.probe.Probes;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.Reload;
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
import dev.patchbay.spi.ProviderPlugin;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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

    private Patchbay(Builder builder) {
        this.plugins = builder.pluginLoader.build().load();
        this.reloading = builder.reloadListener == null ? null : builder.watchOrClose(plugins, builder.reloadListener);
        this.registry = reloading == null ? fixed(builder.registryOrClose(plugins)) : reloading;
        this.store = builder.store == null ? new InMemorySessionStore() : builder.store;
        this.environment = builder.environment;
        this.clock = builder.clock;
    }

    /** Starts a Patchbay that knows the plugins of the class path and no file. */
    public static Builder builder() {
        return new Builder();
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

    /** Says what a Patchbay reads. Not safe for use by several threads. */
    public static final class Builder {

        private final List<Path> configuration = new ArrayList<>();
        private final List<Definition> definitions = new ArrayList<>();
        private final PluginLoader.Builder pluginLoader = PluginLoader.builder();
        private Presets presets = PresetFiles.of(Patchbay.class.getClassLoader());
        private @Nullable Path home;
        private boolean userLayer;
        private boolean environmentLayer;
        private Environment environment = new ProcessEnvironment();
        private @Nullable SessionStore store;
        private Clock clock = Clock.systemUTC();
        private boolean strict;
        private @Nullable Consumer<Reload> reloadListener;

        private Builder() {}

        /** Reads a provider file, or every {@code *.yaml} of a folder; can be repeated, later ones are higher. */
        public Builder config(Path fileOrFolder) {
            configuration.add(requireNonNull(fileOrFolder, "fileOrFolder is null"));
            return this;
        }

        /** The user's folder. Default: {@code $PATCHBAY_HOME}, else {@code patchbay} in the XDG configuration folder. */
        public Builder home(Path folder) {
            this.home = requireNonNull(folder, "folder is null");
            return this;
        }

        /** Reads {@code providers/*.yaml} of the user's folder. Default: it is not read. */
        public Builder userLayer() {
            this.userLayer = true;
            return this;
        }

        /** Reads the files and folders that {@code $PATCHBAY_CONFIG} names. Default: it is not read. */
        public Builder environmentLayer() {
            this.environmentLayer = true;
            return this;
        }

        /** Loads plugin jars, {@code *.jar} and {@code <name>/*.jar} of a folder. They are code that is trusted. */
        public Builder pluginDirectory(Path folder) {
            pluginLoader.directory(requireNonNull(folder, "folder is null"));
            return this;
        }

        /** Adds a plugin that the application made. */
        public Builder plugin(ProviderPlugin plugin) {
            pluginLoader.plugin(plugin);
            return this;
        }

        /** Looks for plugins and presets with this class loader. Default: the loader of this class. */
        public Builder discovery(ClassLoader loader) {
            pluginLoader.discovery(loader);
            presets = PresetFiles.of(loader);
            return this;
        }

        /** Does not look on the class path for plugins and presets; the built-in providers are found there, too. */
        public Builder withoutDiscovery() {
            pluginLoader.withoutDiscovery();
            presets = Presets.NONE;
            return this;
        }

        /** Adds a definition made in code; it replaces one of the same id from any file. */
        public Builder definition(Definition definition) {
            definitions.add(requireNonNull(definition, "definition is null"));
            return this;
        }

        /** Where variables come from. Default: the environment of the process. */
        public Builder environment(Environment variables) {
            this.environment = requireNonNull(variables, "variables is null");
            return this;
        }

        /** Where sessions are kept; closed with the Patchbay. Default: in memory. */
        public Builder store(SessionStore sessions) {
            this.store = requireNonNull(sessions, "sessions is null");
            return this;
        }

        /** The clock of sessions and signatures. Default: the system's. */
        public Builder clock(Clock value) {
            this.clock = requireNonNull(value, "value is null");
            return this;
        }

        /** Whether any error in a file or plugin makes {@link #build} fail. Default: false, what works is used. */
        public Builder strict(boolean value) {
            this.strict = value;
            return this;
        }

        /**
         * Reads provider files again when they change, until the Patchbay is closed: see {@link ReloadingRegistry}. Sessions
         * that run keep the route with which they were launched. Default: files are read once.
         *
         * @param listener told what changed and what is wrong, on a thread of its own
         */
        public Builder watch(Consumer<Reload> listener) {
            this.reloadListener = requireNonNull(listener, "listener is null");
            return this;
        }

        /**
         * Reads everything.
         *
         * @throws dev.patchbay.diagnostic.ConfigurationException in strict mode, with everything that is wrong
         */
        public Patchbay build() {
            return new Patchbay(this);
        }

        private RegistrySnapshot registryOrClose(LoadedPlugins plugins) {
            return orClose(plugins, () -> sources(plugins).build());
        }

        private ReloadingRegistry watchOrClose(LoadedPlugins plugins, Consumer<Reload> listener) {
            return orClose(plugins, () -> ReloadingRegistry.start(sources(plugins), listener));
        }

        private static <T> T orClose(LoadedPlugins plugins, Supplier<T> registry) {
            try {
                return registry.get();
            } catch (RuntimeException failure) {
                plugins.close();
                throw failure;
            }
        }

        private RegistryBuilder sources(LoadedPlugins plugins) {
            RegistryBuilder registry = RegistrySnapshot.builder()
                    .plugins(plugins.plugins())
                    .rejected(plugins.rejected())
                    .presets(presets)
                    .environment(environment)
                    .strict(strict);
            if (userLayer) {
                Path folder = home == null ? PatchbayHome.locate(environment) : home;
                registry.folder(Layer.USER, folder.resolve("providers"));
            }
            if (environmentLayer) {
                environment
                        .get("PATCHBAY_CONFIG")
                        .ifPresent(list -> paths(list).forEach(path -> registry.path(Layer.ENVIRONMENT, path)));
            }
            configuration.forEach(path -> registry.path(Layer.COMMAND_LINE, path));
            definitions.forEach(registry::definition);
            return registry;
        }

        private static List<Path> paths(String list) {
            List<Path> paths = new ArrayList<>();
            for (String path : list.split(File.pathSeparator, -1)) {
                if (!path.isBlank()) {
                    paths.add(Path.of(path));
                }
            }
            return paths;
        }
    }
}
