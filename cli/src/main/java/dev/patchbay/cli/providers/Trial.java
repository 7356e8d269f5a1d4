package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.config.explain.Explanation;
import dev.patchbay.config.explain.Leaf;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Reference;
import dev.patchbay.config.tree.Layer;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Definitions that are looked at before anybody writes them into a file. */
final class Trial {

    private Trial() {}

    /** What a file would define if it were the only one. */
    static RegistrySnapshot of(String yaml, Environment environment) {
        return RegistrySnapshot.builder()
                .presets(PresetFiles.of(Patchbay.class.getClassLoader()))
                .environment(environment)
                .text(Layer.COMMAND_LINE, "new file", yaml)
                .build();
    }

    /** The ids of all presets. */
    static Set<String> presets() {
        return PresetFiles.of(Patchbay.class.getClassLoader()).ids();
    }

    /** The line that makes a provider of a preset. */
    static String line(String id) {
        return id + ": {extends: preset:" + id + "}";
    }

    /** What the definition says of a field; variables that are not set stay references. */
    static Optional<String> value(Provider provider, String field) {
        return leaves(provider).stream()
                .filter(leaf -> leaf.name().equals(field) && !leaf.value().isEmpty())
                .map(Leaf::value)
                .findFirst();
    }

    /** The variables that it needs and that are not set. */
    static List<String> missing(Provider provider) {
        List<String> names = new ArrayList<>();
        for (Leaf leaf : leaves(provider)) {
            for (Reference variable : leaf.variables()) {
                if (variable.state() == Reference.State.MISSING && !names.contains(variable.name())) {
                    names.add(variable.name());
                }
            }
        }
        return names;
    }

    private static List<Leaf> leaves(Provider provider) {
        return provider.explanation().map(Explanation::leaves).orElse(List.of());
    }
}
