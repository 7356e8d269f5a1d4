package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.catalog.ModelsDevCatalog;
import dev.patchbay.internal.config.load.CatalogPresets;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Reference;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Definitions that are looked at before anybody writes them into a file. */
final class UnsavedDefinitions {

    static final ModelsDevCatalog CATALOG = ModelsDevCatalog.bundled();

    private static final Presets TESTED = PresetFiles.of(Patchbay.class.getClassLoader());
    private static final Presets ALL = new CatalogPresets(TESTED, CATALOG);

    private UnsavedDefinitions() {}

    /** What a file would define if it were the only one. */
    static RegistrySnapshot of(String yaml, Environment environment) {
        return RegistrySnapshot.builder()
                .presets(ALL)
                .environment(environment)
                .text(Layer.COMMAND_LINE, "new file", yaml)
                .build();
    }

    /** The ids of all presets. */
    static Set<String> presets() {
        return ALL.ids();
    }

    /** Whether somebody has compared it with the provider's documents; the others are as the catalogue has them. */
    static boolean isTested(String id) {
        return TESTED.ids().contains(id);
    }

    /** The line that makes a provider of a preset. */
    static String line(String id) {
        return id + ": {extends: preset:" + id + "}";
    }

    /** What the definition says of a field; variables that are not set stay references. */
    static Optional<String> value(Provider provider, String field) {
        return leaves(provider).stream()
                .filter(leaf -> leaf.name().equals(field) && !leaf.value().isEmpty())
                .map(ExplainedValue::value)
                .findFirst();
    }

    /** The variables that it needs and that are not set. */
    static List<String> missing(Provider provider) {
        List<String> names = new ArrayList<>();
        for (ExplainedValue leaf : leaves(provider)) {
            for (Reference variable : leaf.variables()) {
                if (variable.state() == Reference.State.MISSING && !names.contains(variable.name())) {
                    names.add(variable.name());
                }
            }
        }
        return names;
    }

    private static List<ExplainedValue> leaves(Provider provider) {
        return Explainer.explain(provider).map(Explanation::leaves).orElse(List.of());
    }
}
