package dev.patchbay;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.ProcessEnvironment;
import dev.patchbay.internal.config.load.CatalogPresets;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.Reload;
import dev.patchbay.registry.ReloadingRegistry;
import dev.patchbay.session.SessionStore;
import dev.patchbay.spi.ProviderPlugin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what a Patchbay reads. Not safe for use by several threads. */
public final class PatchbayBuilder {

    private final List<Path> configuration = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    final PluginLoader.Builder pluginLoader = PluginLoader.builder();
    private Presets presets = PresetFiles.of(Patchbay.class.getClassLoader());
    private @Nullable Path home;
    private boolean userLayer;
    private boolean environmentLayer;
    Environment environment = new ProcessEnvironment();

    @Nullable SessionStore store;

    Clock clock = Clock.systemUTC();
    ProviderCatalog catalog = ProviderCatalog.NONE;
    private boolean strict;

    @Nullable Consumer<Reload> reloadListener;

    PatchbayBuilder() {}

    /** Reads a provider file, or every {@code *.yaml} of a folder; can be repeated, later ones are higher. */
    public PatchbayBuilder config(Path fileOrFolder) {
        configuration.add(requireNonNull(fileOrFolder, "fileOrFolder is null"));
        return this;
    }

    /** The user's folder. Default: {@code $PATCHBAY_HOME}, else {@code patchbay} in the XDG configuration folder. */
    public PatchbayBuilder home(Path folder) {
        this.home = requireNonNull(folder, "folder is null");
        return this;
    }

    /** Reads {@code providers/*.yaml} of the user's folder. Default: it is not read. */
    public PatchbayBuilder userLayer() {
        this.userLayer = true;
        return this;
    }

    /** Reads the files and folders that {@code $PATCHBAY_CONFIG} names. Default: it is not read. */
    public PatchbayBuilder environmentLayer() {
        this.environmentLayer = true;
        return this;
    }

    /** Loads plugin jars, {@code *.jar} and {@code <name>/*.jar} of a folder. They are code that is trusted. */
    public PatchbayBuilder pluginDirectory(Path folder) {
        pluginLoader.directory(requireNonNull(folder, "folder is null"));
        return this;
    }

    /** Adds a plugin that the application made. */
    public PatchbayBuilder plugin(ProviderPlugin plugin) {
        pluginLoader.plugin(plugin);
        return this;
    }

    /**
     * How long a plugin may take to be made and to say what it brings; one that takes longer is rejected. Default: 10
     * seconds.
     */
    public PatchbayBuilder pluginTimeLimit(Duration limit) {
        pluginLoader.timeLimit(requireNonNull(limit, "limit is null"));
        return this;
    }

    /** Told in one line of a plugin that takes more than two seconds to load. Default: a warning in the log. */
    public PatchbayBuilder whenPluginIsSlow(Consumer<String> listener) {
        pluginLoader.whenSlow(listener);
        return this;
    }

    /** Looks for plugins and presets with this class loader. Default: the loader of this class. */
    public PatchbayBuilder discovery(ClassLoader loader) {
        pluginLoader.discovery(loader);
        presets = PresetFiles.of(loader);
        return this;
    }

    /** Does not look on the class path for plugins and presets; the built-in providers are found there, too. */
    public PatchbayBuilder withoutDiscovery() {
        pluginLoader.withoutDiscovery();
        presets = Presets.NONE;
        return this;
    }

    /** Adds a definition made in code; it replaces one of the same id from any file. */
    public PatchbayBuilder definition(Definition definition) {
        definitions.add(requireNonNull(definition, "definition is null"));
        return this;
    }

    /** Variables that stand in for those of the process; the map is copied. Default: the environment of the process. */
    public PatchbayBuilder environment(Map<String, String> variables) {
        return environment(Environment.of(requireNonNull(variables, "variables is null")));
    }

    /** Where variables come from, with the name that messages give it. */
    @InternalApi
    public PatchbayBuilder environment(Environment variables) {
        this.environment = requireNonNull(variables, "variables is null");
        return this;
    }

    /**
     * Where limits, prices and abilities of models are looked up that neither a file nor the provider says, and which brings presets beside
     * the tested ones: {@code ModelsDevCatalog.bundled()} of {@code patchbay-catalog}. Default: nothing is known.
     */
    public PatchbayBuilder catalog(ProviderCatalog known) {
        this.catalog = requireNonNull(known, "known is null");
        return this;
    }

    /** Where sessions are kept; closed with the Patchbay. Default: in memory. */
    public PatchbayBuilder store(SessionStore sessions) {
        this.store = requireNonNull(sessions, "sessions is null");
        return this;
    }

    /** The clock of sessions and signatures. Default: the system's. */
    public PatchbayBuilder clock(Clock value) {
        this.clock = requireNonNull(value, "value is null");
        return this;
    }

    /** Whether any error in a file or plugin makes {@link #build} fail. Default: false, what works is used. */
    public PatchbayBuilder strict(boolean value) {
        this.strict = value;
        return this;
    }

    /**
     * Reads provider files again when they change, until the Patchbay is closed: see {@link ReloadingRegistry}. Sessions
     * that run keep the route with which they were launched. Default: files are read once.
     *
     * @param listener told what changed and what is wrong, on a thread of its own; it may wait
     */
    public PatchbayBuilder watch(Consumer<Reload> listener) {
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

    RegistrySnapshot registryOrClose(LoadedPlugins plugins) {
        return orClose(plugins, () -> sources(plugins).build());
    }

    ReloadingRegistry watchOrClose(LoadedPlugins plugins, Consumer<Reload> listener) {
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

    @SuppressWarnings("ReferenceEquality") // None is one object.
    private RegistryBuilder sources(LoadedPlugins plugins) {
        RegistryBuilder registry = RegistrySnapshot.builder()
                .plugins(plugins.plugins())
                .rejected(plugins.rejected())
                .presets(catalog == ProviderCatalog.NONE ? presets : new CatalogPresets(presets, catalog))
                .environment(environment)
                .strict(strict);
        if (userLayer) {
            Path folder = home == null ? PatchbayHome.locate(environment) : home;
            registry.folder(Layer.USER, folder.resolve("providers"));
        }
        if (environmentLayer) {
            PatchbayHome.configuration(environment).forEach(path -> registry.path(Layer.ENVIRONMENT, path));
        }
        configuration.forEach(path -> registry.path(Layer.COMMAND_LINE, path));
        definitions.forEach(registry::definition);
        return registry;
    }
}
