package dev.patchbay.plugin;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ProviderPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final boolean strict;

    private PluginLoader(Builder builder) {
        this.plugins = List.copyOf(builder.plugins);
        this.discovery = builder.discovery;
        this.strict = builder.strict;
    }

    /** A loader that looks on the class path of Patchbay itself and nowhere else. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Loads what there is now. Each call loads anew.
     *
     * @throws PluginException in strict mode, if a plugin was rejected
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
        LoadedPlugins loaded = new LoadedPlugins(outcomes, List.of());
        if (strict && !loaded.rejected().isEmpty()) {
            loaded.close();
            throw new PluginException(loaded.rejected());
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

    /** Says where to look. Not safe for use by several threads. */
    public static final class Builder {

        private final List<ProviderPlugin> plugins = new ArrayList<>();
        private @Nullable ClassLoader discovery = PluginLoader.class.getClassLoader();
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
