package dev.patchbay.internal.plugin;

import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks each plugin, once, what it brings, and checks the answers. */
final class PluginReader {

    private final TimeLimit limit;
    private final ClaimedNames names = new ClaimedNames();
    private final BuiltInProviders builtIn = new BuiltInProviders();

    PluginReader(TimeLimit limit) {
        this.limit = limit;
    }

    /** Makes a plugin. */
    interface Maker {
        ProviderPlugin make(PluginGuard guard) throws Rejection;
    }

    /** A guard for a plugin that is not made yet. */
    PluginGuard guard(String name, PluginSource source, String className) {
        return new PluginGuard(name, source.key(className), source.loader(), limit);
    }

    /**
     * Makes and reads one plugin; what is wrong with it becomes a {@link PluginOutcome.Rejected}.
     *
     * @param type the plugin's class
     */
    PluginOutcome read(Class<?> type, PluginSource source, Maker maker) {
        PluginGuard guard = guard(type.getSimpleName(), source, type.getName());
        AtomicReference<@Nullable String> id = new AtomicReference<>();
        try {
            LoadedPlugin plugin = guard.loadInTime(source.origin().label() + ", " + type.getName(), () -> {
                ProviderPlugin made = maker.make(guard);
                String own = guard.load("id()", made::id);
                id.set(own);
                return ask(made, own, source, guard.named(own));
            });
            return admit(plugin, source);
        } catch (Rejection e) {
            return source.rejected(Optional.ofNullable(id.get()), e);
        }
    }

    /** Lets a plugin in whose parts are known, unless one of its names is taken. */
    PluginOutcome admit(LoadedPlugin plugin, PluginSource source) throws Rejection {
        boolean jar = source.origin().kind() == PluginOrigin.Kind.JAR;
        if (jar) {
            checkDefinitions(plugin.definitions());
        }
        names.claim(plugin, source.origin().label());
        if (!jar) {
            builtIn.add(plugin.definitions());
        }
        return new PluginOutcome.Loaded(plugin, source.origin(), source.version());
    }

    /** Refuses provider files of a jar that would change what is built in. */
    void checkDefinitions(List<DefinitionFile> ofJar) throws Rejection {
        builtIn.check(ofJar);
    }

    private static LoadedPlugin ask(ProviderPlugin plugin, String id, PluginSource source, PluginGuard guard)
            throws Rejection {
        List<Dialect> dialects = new ArrayList<>();
        for (Dialect dialect : guard.load("dialects()", () -> List.copyOf(plugin.dialects()))) {
            dialects.add(new GuardedDialect(dialect, guard));
        }
        List<Authenticator> authenticators = new ArrayList<>();
        for (Authenticator authenticator : guard.load("authenticators()", () -> List.copyOf(plugin.authenticators()))) {
            authenticators.add(new GuardedAuthenticator(authenticator, guard));
        }
        List<SecretSource> secretSources = new ArrayList<>();
        for (SecretSource secretSource : guard.load("secretSources()", () -> List.copyOf(plugin.secretSources()))) {
            secretSources.add(new GuardedSecretSource(secretSource, guard));
        }
        List<DefinitionFile> definitions = new ArrayList<>();
        for (String resource : guard.load("definitions()", () -> List.copyOf(plugin.definitions()))) {
            definitions.add(source.definition(resource));
        }
        return new LoadedPlugin(id, source.origin().path(), dialects, authenticators, secretSources, definitions);
    }
}
