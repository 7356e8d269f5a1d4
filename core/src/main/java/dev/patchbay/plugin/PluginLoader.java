package dev.patchbay.plugin;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderPlugin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final List<ProviderPlugin> plugins;
    private final @Nullable ClassLoader discovery;
    private final List<Path> directories;
    private final List<Path> jars;
    private final @Nullable Path cache;
    private final boolean strict;

    private PluginLoader(Builder builder) {
        this.plugins = List.copyOf(builder.plugins);
        this.discovery = builder.discovery;
        this.directories = List.copyOf(builder.directories);
        this.jars = List.copyOf(builder.jars);
        this.cache = builder.cache;
        this.strict = builder.strict;
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
        PluginReader reader = new PluginReader();
        for (ProviderPlugin plugin : plugins) {
            outcomes.add(reader.read(plugin, PluginSource.of(PluginOrigin.CODE, plugin.getClass(), "application:")));
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
        Discovery.Found found = Discovery.find(loader);
        for (ProviderPlugin plugin : found.plugins()) {
            outcomes.add(reader.read(plugin, PluginSource.of(PluginOrigin.CLASS_PATH, plugin.getClass(), "built-in:")));
        }
        PluginSource unknown = PluginSource.of(PluginOrigin.CLASS_PATH, PluginLoader.class, "built-in:");
        for (Rejection failure : found.failures()) {
            outcomes.add(unknown.rejected(Optional.empty(), failure));
        }
        return outcomes;
    }

    private List<JarCandidate> candidates(List<PluginOutcome> outcomes) {
        List<JarCandidate> candidates = new ArrayList<>();
        for (Path directory : directories) {
            try {
                candidates.addAll(JarCandidate.in(directory));
            } catch (IOException e) {
                outcomes.add(unreadable(directory, "the folder cannot be read", e));
            }
        }
        jars.forEach(jar -> candidates.add(JarCandidate.named(jar)));
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
        } catch (IOException e) {
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

    private static PluginOutcome unreadable(Path path, String what, IOException e) {
        PluginSource source = new PluginSource(
                PluginOrigin.jar(path, Optional.empty()),
                Optional.empty(),
                PluginLoader.class.getClassLoader(),
                "",
                List.of(),
                Set::of);
        return source.rejected(Optional.empty(), Rejection.because(what + ": " + Fault.describe(e), e));
    }

    /** Says where to look. Not safe for use by several threads. */
    public static final class Builder {

        private final List<ProviderPlugin> plugins = new ArrayList<>();
        private @Nullable ClassLoader discovery = PluginLoader.class.getClassLoader();
        private final List<Path> directories = new ArrayList<>();
        private final List<Path> jars = new ArrayList<>();
        private @Nullable Path cache;
        private boolean strict;

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

        public PluginLoader build() {
            return new PluginLoader(this);
        }
    }
}
