package dev.patchbay.registry;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds registries from texts. */
final class Registries {

    private final RegistryBuilder builder = RegistrySnapshot.builder();
    private final Map<String, String> variables = new HashMap<>();

    private Registries() {}

    static Registries with(Layer layer, String yaml) {
        return new Registries().and(layer, yaml);
    }

    /** The text is the content of {@code providers:}, not indented. */
    Registries and(Layer layer, String yaml) {
        builder.text(layer, layer.word() + ".yaml", "providers:\n" + yaml.indent(2));
        return this;
    }

    Registries variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    RegistryBuilder builder() {
        return builder.environment(Environment.of(variables));
    }

    RegistrySnapshot build() {
        return builder().build();
    }

    /** {@code E201 user.yaml:3:5} for each. */
    static List<String> places(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(problem -> problem.code().id() + " " + problem.location())
                .toList();
    }
}
