package dev.patchbay.plugin;

import dev.patchbay.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks each plugin, once, what it brings, and checks the answers. */
final class PluginReader {

    private final Names names = new Names();

    /** Reads one plugin; what is wrong with it becomes a {@link PluginOutcome.Rejected}. */
    PluginOutcome read(ProviderPlugin plugin, PluginSource source) {
        Guard guard = new Guard(plugin.getClass().getSimpleName(), source.loader());
        @Nullable String id = null;
        try {
            id = guard.load("id()", plugin::id);
            return admit(ask(plugin, id, source, guard.named(id)), source);
        } catch (Rejection e) {
            return source.rejected(Optional.ofNullable(id), e);
        }
    }

    /** Lets a plugin in whose parts are known, unless one of its names is taken. */
    PluginOutcome admit(LoadedPlugin plugin, PluginSource source) throws Rejection {
        names.claim(plugin, source.origin().label());
        return new PluginOutcome.Loaded(plugin, source.origin(), source.version());
    }

    private static LoadedPlugin ask(ProviderPlugin plugin, String id, PluginSource source, Guard guard)
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
