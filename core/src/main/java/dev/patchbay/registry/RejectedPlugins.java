package dev.patchbay.registry;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.DefinitionReader;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.internal.plugin.PluginOutcome.Rejected;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was lost with the plugins that were rejected: nothing that they would have brought disappears in silence. */
final class RejectedPlugins {

    private final List<Rejected> rejected;

    RejectedPlugins(List<Rejected> rejected) {
        this.rejected = rejected;
    }

    /** Why a name is not there, for every name that a rejected plugin may have brought. */
    Map<String, String> missing() {
        Map<String, String> why = new HashMap<>();
        for (Rejected plugin : rejected) {
            plugin.names().forEach(name -> why.putIfAbsent(name, reason(plugin)));
        }
        return why;
    }

    /** The providers in the files of rejected plugins, but for ids that others have. */
    List<Provider> providers(Vocabulary vocabulary, Set<String> taken) {
        List<Provider> providers = new ArrayList<>();
        Set<String> ids = new HashSet<>(taken);
        for (Rejected plugin : rejected) {
            for (RawDefinition definition : definitions(plugin, vocabulary)) {
                if (ids.add(definition.id())) {
                    providers.add(provider(definition, plugin));
                }
            }
        }
        return providers;
    }

    /** One problem for each, with the providers that go without it. */
    List<Diagnostic> problems(List<Provider> providers) {
        return rejected.stream()
                .map(plugin -> plugin.diagnostic(PluginDependents.of(plugin, providers)))
                .toList();
    }

    private static List<RawDefinition> definitions(Rejected plugin, Vocabulary vocabulary) {
        List<ConfigInput> inputs = new ArrayList<>();
        for (DefinitionFile file : plugin.definitions()) {
            inputs.add(new ConfigInput.InMemory(Layer.PLUGIN, file.name(), file.content()));
        }
        return DefinitionReader.read(inputs, vocabulary).definitions();
    }

    private static Provider provider(RawDefinition definition, Rejected plugin) {
        return new Provider(
                definition.id(),
                ProviderState.UNAVAILABLE,
                definition.layer(),
                definition.key().location(),
                null,
                null,
                List.of(plugin.diagnostic(List.of(definition.id()))),
                reason(plugin));
    }

    private static String reason(Rejected plugin) {
        return "plugin " + plugin.origin().label() + " was rejected: " + plugin.reason();
    }
}
