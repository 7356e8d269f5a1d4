package dev.patchbay.plugin;

import dev.patchbay.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.plugin.PluginOutcome.Loaded;
import dev.patchbay.spi.ProviderPlugin;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
            outcomes.addAll(jars.hasService() ? withClasses(jars) : definitionsOnly(jars));
        } catch (Rejection e) {
            outcomes.add(source(jars, host).rejected(jars.id(), e));
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

    private List<PluginOutcome> withClasses(JarSet jars) throws Rejection {
        for (JarFacts jar : jars.jars()) {
            jar.checkVersion();
        }
        PluginClassLoader loader =
                new PluginClassLoader("plugin " + jars.candidate().label(), jars.urls(), host);
        PluginSource source = source(jars, loader);
        Discovery.Found found = Discovery.find(loader);
        List<PluginOutcome> results = new ArrayList<>();
        for (ProviderPlugin plugin : found.plugins()) {
            results.add(reader.read(plugin, source));
        }
        for (Rejection failure : found.failures()) {
            results.add(source.rejected(jars.id(), failure));
        }
        if (results.isEmpty()) {
            throw Rejection.because(JarContents.SERVICE_FILE + " names no class");
        }
        boolean used = results.stream().anyMatch(Loaded.class::isInstance);
        if (used) {
            open.add(loader);
        } else {
            Closing.quietly(loader);
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
