package dev.patchbay.internal.plugin;

import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.DefinitionReader;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the providers that are built in. A jar that defined one of them anew would be handed the key that users have
 * for it (provider-files.md, section 4).
 */
final class BuiltInProviders {

    private static final Vocabulary NAMES =
            new Vocabulary(Vocabulary.CORE_DIALECTS, Vocabulary.CORE_AUTH_TYPES, Set.of());

    private final List<DefinitionFile> files = new ArrayList<>();
    private @Nullable Set<String> ids;

    /** Adds provider files that do not come from a jar in a folder of plugins. They are read when a jar is checked. */
    void add(List<DefinitionFile> more) {
        files.addAll(more);
        ids = null;
    }

    /**
     * Looks at the provider files of a jar.
     *
     * @throws Rejection if one of them defines a provider that is built in
     */
    void check(List<DefinitionFile> ofJar) throws Rejection {
        if (ofJar.isEmpty()) {
            return;
        }
        Set<String> known = ids == null ? idsOf(files) : ids;
        ids = known;
        for (RawDefinition definition : definitions(ofJar)) {
            if (known.contains(definition.id())) {
                throw Rejection.conflict("it defines the provider '" + definition.id() + "', which is built in, at "
                                + definition.key().location())
                        .withHelp("only a provider file of your own can change a built-in provider; a plugin that"
                                + " brings another one gives it an id of its own");
            }
        }
    }

    private static Set<String> idsOf(List<DefinitionFile> files) throws Rejection {
        Set<String> ids = new HashSet<>();
        definitions(files).forEach(definition -> ids.add(definition.id()));
        return ids;
    }

    private static List<RawDefinition> definitions(List<DefinitionFile> files) throws Rejection {
        List<ConfigInput> inputs = new ArrayList<>();
        files.forEach(file -> inputs.add(new ConfigInput.InMemory(Layer.PLUGIN, file.name(), file.content())));
        try {
            return DefinitionReader.read(inputs, NAMES).definitions();
        } catch (RuntimeException | StackOverflowError e) {
            throw Rejection.because("its provider files cannot be read: " + PluginFault.describe(e), e);
        }
    }
}
