package dev.patchbay.internal.plugin;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderPlugin;
import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds plugins: those passed in, those of the class path, and those in folders of jars, in this order; a name belongs to
 * the plugin found first.
 *
 * <p>A plugin that cannot be used is left out and says why; it never keeps another one from being loaded, and never makes
 * {@link #load} fail unless that is {@linkplain Builder#strict asked for}. Plugins are code that is trusted: a loader keeps
 * their mistakes apart, not their intentions.
 */
public final class PluginLoader {

    private static final System.Logger LOG = System.getLogger(PluginLoader.class.getName());

    private final List<ProviderPlugin> plugins;
    private final @Nullable ClassLoader discovery;
    private final List<Path> directories;
    private final List<Path> jars;
    private final @Nullable Path cache;
    private final boolean strict;
    private final Duration timeLimit;
    private final Consumer<String> waiting;

    private PluginLoader(Builder builder) {
        this.plugins = List.copyOf(builder.plugins);
        this.discovery = builder.discovery;
        this.directories = List.copyOf(builder.directories);
        this.jars = List.copyOf(builder.jars);
        this.cache = builder.cache;
        this.strict = builder.strict;
        this.timeLimit = builder.timeLimit;
        this.waiting = builder.waiting;
    }

    /** A loader that looks on the class path of Patchbay itself and nowhere else. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Loads what there is now. Each call loads anew.
     *
     * @throws ConfigurationException in strict mode, if a plugin was rejected; it carries every rejection
     */
    public LoadedPlugins load() {
        List<PluginOutcome> outcomes = new ArrayList<>();
        PluginReader reader = new PluginReader(new TimeLimit(timeLimit, waiting));
        for (ProviderPlugin plugin : plugins) {
            Class<?> type = plugin.getClass();
            outcomes.add(reader.read(type, PluginSource.of(PluginOrigin.CODE, type, "application:"), guard -> plugin));
        }
        if (discovery != null) {
            outcomes.addAll(discover(discovery, reader));
        }
        List<Closeable> open = new ArrayList<>();
        List<JarCandidate> candidates = candidates(outcomes);
        if (!candidates.isEmpty()) {
            loadJars(candidates, reader, outcomes, open);
        }
        LoadedPlugins loaded = new LoadedPlugins(outcomes, open);
        if (strict && !loaded.rejected().isEmpty()) {
            loaded.close();
            throw new ConfigurationException(loaded.diagnostics());
        }
        return loaded;
    }

    private static List<PluginOutcome> discover(ClassLoader loader, PluginReader reader) {
        List<PluginOutcome> outcomes = new ArrayList<>();
        IdentityHashMap<PluginOutcome, URL> homes = new IdentityHashMap<>();
        PluginSource unknown = PluginSource.of(PluginOrigin.CLASS_PATH, PluginLoader.class, "built-in:");
        PluginGuard guard =
                reader.guard("service file", unknown, "service files of " + System.identityHashCode(loader));
        ServiceFileDiscovery.Found found;
        try {
            found = guard.loadInTime("class path", () -> ServiceFileDiscovery.find(loader, guard));
        } catch (Rejection e) {
            return List.of(unknown.rejected(Optional.empty(), e));
        }
        for (ServiceLoader.Provider<ProviderPlugin> plugin : found.plugins()) {
            PluginSource source = PluginSource.of(PluginOrigin.CLASS_PATH, plugin.type(), "built-in:");
            PluginOutcome outcome = reader.read(plugin.type(), source, made -> ServiceFileDiscovery.make(plugin, made));
            outcomes.add(outcome);
            ClassPathFiles.home(plugin.type()).ifPresent(home -> homes.put(outcome, home));
        }
        for (Rejection failure : found.failures()) {
            outcomes.add(unknown.rejected(Optional.empty(), failure));
        }
        return withUnnamedFiles(outcomes, homes);
    }

    /** Gives the provider files that no plugin of a jar names to the first one of it that names none. */
    private static List<PluginOutcome> withUnnamedFiles(
            List<PluginOutcome> outcomes, IdentityHashMap<PluginOutcome, URL> homes) {
        Set<String> named = new HashSet<>();
        for (PluginOutcome outcome : outcomes) {
            if (outcome instanceof PluginOutcome.Loaded loaded) {
                loaded.plugin().definitions().forEach(file -> named.add(homes.get(outcome) + " " + file.name()));
            }
        }
        List<PluginOutcome> complete = new ArrayList<>();
        for (PluginOutcome outcome : outcomes) {
            URL home = homes.get(outcome);
            if (home != null
                    && outcome instanceof PluginOutcome.Loaded loaded
                    && loaded.plugin().definitions().isEmpty()) {
                List<LoadedPlugin.DefinitionFile> unnamed = ClassPathFiles.of(home, "built-in:").stream()
                        .filter(file -> named.add(home + " " + file.name()))
                        .toList();
                complete.add(loaded.withDefinitions(unnamed));
            } else {
                complete.add(outcome);
            }
        }
        return complete;
    }

    private List<JarCandidate> candidates(List<PluginOutcome> outcomes) {
        List<JarCandidate> candidates = new ArrayList<>();
        for (Path directory : directories) {
            try {
                candidates.addAll(JarCandidate.in(directory));
            } catch (IOException | RuntimeException e) {
                outcomes.add(unreadable(directory, "the folder cannot be read", e));
            }
        }
        jars.forEach(jar -> candidates.add(JarCandidate.named(jar)));
        if (candidates.size() > JarSet.MOST_JARS) {
            Path rest = candidates.get(JarSet.MOST_JARS).path();
            outcomes.add(unreadable(
                    rest,
                    "it and all after it are left out",
                    new IOException("more than " + JarSet.MOST_JARS + " plugins")));
            return candidates.subList(0, JarSet.MOST_JARS);
        }
        return candidates;
    }

    private void loadJars(
            List<JarCandidate> candidates, PluginReader reader, List<PluginOutcome> outcomes, List<Closeable> open) {
        try {
            JarCache copies = openCache();
            JarPlugins plugins = new JarPlugins(copies, reader);
            candidates.forEach(plugins::load);
            copies.clean();
            outcomes.addAll(plugins.outcomes());
            open.addAll(plugins.open());
            open.add(copies);
        } catch (IOException | RuntimeException e) {
            candidates.forEach(
                    candidate -> outcomes.add(unreadable(candidate.path(), "there is no place for a copy of it", e)));
        }
    }

    private JarCache openCache() throws IOException {
        if (cache != null) {
            return JarCache.open(cache);
        }
        return directories.isEmpty()
                ? JarCache.temporary()
                : JarCache.open(directories.get(0).resolve(".cache"));
    }

    private static PluginOutcome unreadable(Path path, String what, Exception e) {
        PluginSource source = new PluginSource(
                PluginOrigin.jar(path, Optional.empty()),
                Optional.empty(),
                PluginLoader.class.getClassLoader(),
                "",
                List.of(),
                Set::of);
        return source.rejected(Optional.empty(), Rejection.because(what + ": " + PluginFault.describe(e), e));
    }

    /** Says where to look. Not safe for use by several threads. */
    public static final class Builder {

        private final List<ProviderPlugin> plugins = new ArrayList<>();
        private @Nullable ClassLoader discovery = PluginLoader.class.getClassLoader();
        private final List<Path> directories = new ArrayList<>();
        private final List<Path> jars = new ArrayList<>();
        private @Nullable Path cache;
        private boolean strict;
        private Duration timeLimit = TimeLimit.DEFAULT;
        private Consumer<String> waiting = line -> LOG.log(System.Logger.Level.WARNING, line);

        private Builder() {}

        /** Adds a plugin that the application made. */
        public Builder plugin(ProviderPlugin plugin) {
            plugins.add(requireNonNull(plugin, "plugin is null"));
            return this;
        }

        /**
         * Looks for service files with this class loader.
         *
         * <p>Default: the loader of Patchbay's own classes, never the thread's context loader.
         */
        public Builder discovery(ClassLoader loader) {
            this.discovery = requireNonNull(loader, "loader is null");
            return this;
        }

        /** Does not look on the class path. */
        public Builder withoutDiscovery() {
            this.discovery = null;
            return this;
        }

        /**
         * Loads the jars of a folder, and of the folders in it: {@code folder/*.jar}, each a plugin, and {@code
         * folder/name/*.jar}, together a plugin. A folder that does not exist is empty.
         */
        public Builder directory(Path folder) {
            directories.add(requireNonNull(folder, "folder is null"));
            return this;
        }

        /** Loads one jar, or one folder of jars that are a plugin together. */
        public Builder jar(Path fileOrFolder) {
            jars.add(requireNonNull(fileOrFolder, "fileOrFolder is null"));
            return this;
        }

        /**
         * Where copies of jars are kept, for their owner only.
         *
         * <p>Default: {@code .cache} in the first folder of plugins. Where there is none, or it cannot be written, a temporary
         * folder is used.
         */
        public Builder cache(Path folder) {
            this.cache = requireNonNull(folder, "folder is null");
            return this;
        }

        /** Whether a rejected plugin is a failure of {@link #load}. Default: {@code false}. */
        public Builder strict(boolean value) {
            this.strict = value;
            return this;
        }

        /**
         * How long a plugin may take to be made and to say what it brings, and to check one provider file. One that takes
         * longer is rejected, and is not called again as long as that call has not returned. Default: 10 seconds.
         *
         * @param limit more than zero
         */
        public Builder timeLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("limit is " + limit);
            }
            this.timeLimit = limit;
            return this;
        }

        /**
         * Told in one line when a plugin takes more than two seconds. Default: a warning in the log.
         *
         * @param listener called on the thread that loads
         */
        public Builder whenSlow(Consumer<String> listener) {
            this.waiting = requireNonNull(listener, "listener is null");
            return this;
        }

        public PluginLoader build() {
            return new PluginLoader(this);
        }
    }
}
