package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.decode.PluginParts;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what the plugins brought; of two with one name the first stays. */
final class CollectedPlugins {

    private final Map<String, Dialect> dialects = new HashMap<>();
    private final Map<String, Authenticator> authenticators = new HashMap<>();
    private final Map<String, SecretSource> secretSources = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final List<Diagnostic> problems = new ArrayList<>(0);

    private CollectedPlugins() {}

    static CollectedPlugins of(List<LoadedPlugin> plugins) {
        CollectedPlugins parts = new CollectedPlugins();
        Vocabulary.CORE_DIALECTS.forEach(id -> parts.owners.put("dialect " + id, "core"));
        Vocabulary.CORE_AUTH_TYPES.forEach(type -> parts.owners.put("auth type " + type, "core"));
        SecretFormName.CORE.forEach(form -> parts.owners.put("secret form " + form, "core"));
        for (LoadedPlugin plugin : plugins) {
            parts.add(plugin);
        }
        return parts;
    }

    /** Everything, and why some names are not there. */
    PluginParts pluginParts(Map<String, String> missing) {
        return new PluginParts(dialects, authenticators, secretSources, missing);
    }

    List<Diagnostic> problems() {
        return problems;
    }

    private void add(LoadedPlugin plugin) {
        for (Dialect dialect : plugin.dialects()) {
            if (isFree("dialect " + dialect.id(), plugin)) {
                dialects.put(dialect.id(), dialect);
            }
        }
        for (Authenticator authenticator : plugin.authenticators()) {
            if (isFree("auth type " + authenticator.type(), plugin)) {
                authenticators.put(authenticator.type(), authenticator);
            }
        }
        for (SecretSource source : plugin.secretSources()) {
            if (isFree("secret form " + source.scheme(), plugin)) {
                secretSources.put(source.scheme(), source);
            }
        }
    }

    private boolean isFree(String name, LoadedPlugin plugin) {
        String owner = owners.putIfAbsent(name, plugin.id());
        if (owner == null) {
            return true;
        }
        String place = plugin.jar().map(Object::toString).orElse("plugin " + plugin.id());
        problems.add(Diagnostic.warning(
                        Code.PLUGIN_CONFLICT,
                        Location.of(place),
                        "the " + name + " of plugin " + plugin.id() + " is not used: " + owner + " brings it already")
                .help("remove one of the two plugins")
                .build());
        return false;
    }
}
