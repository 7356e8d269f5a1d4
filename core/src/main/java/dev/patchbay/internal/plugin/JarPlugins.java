package dev.patchbay.internal.plugin;

import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.internal.plugin.PluginOutcome.Loaded;
import dev.patchbay.spi.ProviderPlugin;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads plugins from jars, each with a class loader of its own. */
final class JarPlugins {

    private final JarCache cache;
    private final PluginReader reader;
    private final HostClasses host;
    private final List<PluginOutcome> outcomes = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();

    JarPlugins(JarCache cache, PluginReader reader) {
        this.cache = cache;
        this.reader = reader;
        this.host = new HostClasses(ProviderPlugin.class.getClassLoader());
    }

    /** One or more for each candidate that was loaded. */
    List<PluginOutcome> outcomes() {
        return outcomes;
    }

    /** The class loaders of the plugins that work. */
    List<Closeable> open() {
        return open;
    }

    /** Loads one candidate; never fails. */
    void load(JarCandidate candidate) {
        JarSet jars;
        try {
            jars = JarSet.copied(candidate, cache);
        } catch (Rejection e) {
            PluginOrigin origin = PluginOrigin.jar(candidate.path(), JarSet.digestOf(candidate));
            outcomes.add(unreadable(origin).rejected(Optional.empty(), e));
            return;
        }
        try {
            reader.checkDefinitions(jars.definitions());
            outcomes.addAll(jars.hasService() ? withClasses(jars) : definitionsOnly(jars));
        } catch (Rejection e) {
            outcomes.add(source(jars, host).rejected(jars.id(), e));
        } catch (IOException | RuntimeException | LinkageError e) {
            Rejection rejection = Rejection.because("it cannot be loaded: " + PluginFault.describe(e), e);
            outcomes.add(source(jars, host).rejected(jars.id(), rejection));
        }
    }

    private List<PluginOutcome> definitionsOnly(JarSet jars) throws Rejection {
        if (jars.definitions().isEmpty()) {
            throw Rejection.because(
                            "it brings nothing: no " + JarContents.SERVICE_FILE + " and no META-INF/providers/*.yaml")
                    .withHelp("it is not a plugin of Patchbay, or was built without its resources");
        }
        String id = jars.id().orElseGet(() -> idOf(jars.candidate().baseName()));
        LoadedPlugin plugin =
                new LoadedPlugin(id, jars.origin().path(), List.of(), List.of(), List.of(), jars.definitions());
        return List.of(reader.admit(plugin, source(jars, host)));
    }

    private List<PluginOutcome> withClasses(JarSet jars) throws Rejection, IOException {
        for (JarFacts jar : jars.jars()) {
            jar.checkVersion();
        }
        PluginClassLoader loader =
                new PluginClassLoader("plugin " + jars.candidate().label(), jars.files(), host);
        PluginSource source = source(jars, loader);
        List<PluginOutcome> results = new ArrayList<>();
        try {
            PluginGuard guard = reader.guard("service file", source, "");
            ServiceFileDiscovery.Found found =
                    guard.loadInTime(jars.candidate().label(), () -> ServiceFileDiscovery.find(loader, guard));
            for (ServiceLoader.Provider<ProviderPlugin> plugin : found.plugins()) {
                results.add(reader.read(plugin.type(), source, made -> ServiceFileDiscovery.make(plugin, made)));
            }
            for (Rejection failure : found.failures()) {
                results.add(source.rejected(jars.id(), failure));
            }
            if (results.isEmpty()) {
                throw Rejection.because(JarContents.SERVICE_FILE + " names no class");
            }
        } catch (Rejection | RuntimeException | LinkageError e) {
            QuietClose.quietly(loader);
            throw e;
        }
        boolean used = results.stream().anyMatch(Loaded.class::isInstance);
        if (used) {
            open.add(loader);
        } else {
            QuietClose.quietly(loader);
        }
        return withUnnamedDefinitions(results, jars.definitions());
    }

    /** Gives the provider files that no plugin of the jar names itself to the first one that works. */
    private static List<PluginOutcome> withUnnamedDefinitions(List<PluginOutcome> results, List<DefinitionFile> all) {
        Set<String> named = results.stream()
                .filter(Loaded.class::isInstance)
                .flatMap(result -> ((Loaded) result).plugin().definitions().stream())
                .map(DefinitionFile::name)
                .collect(Collectors.toCollection(HashSet::new));
        List<DefinitionFile> rest =
                all.stream().filter(file -> !named.contains(file.name())).toList();
        List<PluginOutcome> complete = new ArrayList<>();
        boolean given = false;
        for (PluginOutcome result : results) {
            if (result instanceof Loaded loaded && !given) {
                complete.add(loaded.withDefinitions(rest));
                given = true;
            } else {
                complete.add(result);
            }
        }
        return complete;
    }

    private static PluginSource source(JarSet jars, ClassLoader loader) {
        return new PluginSource(
                jars.origin(), jars.version(), loader, jars.candidate().label() + "!", jars.definitions(), jars::names);
    }

    private PluginSource unreadable(PluginOrigin origin) {
        return new PluginSource(origin, Optional.empty(), host, "", List.of(), Set::of);
    }

    /** An id from a file name: {@code Groq 1.0} becomes {@code groq-1.0}. */
    private static String idOf(String baseName) {
        String id = baseName.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("^[^a-z0-9]+", "");
        return id.substring(0, Math.min(id.length(), 64));
    }
}
