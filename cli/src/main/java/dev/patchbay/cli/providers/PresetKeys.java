package dev.patchbay.cli.providers;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Variables that are set here and hold the key of a preset: nobody is asked because of them, but their user may expect it. */
public final class PresetKeys {

    private static final int FEW = 3;

    private PresetKeys() {}

    /**
     * A sentence for whoever named no provider.
     *
     * @return empty if a file names the default provider, or some provider is ready to be asked
     */
    public static Optional<String> instead(RegistrySnapshot registry, Environment environment) {
        boolean isAnswered =
                registry.isDefaultNamed() || !registry.readyToChoose().isEmpty();
        return isAnswered ? Optional.empty() : sentence(registry, environment);
    }

    /** Names the variables and how their presets are used; empty if none is set. */
    public static Optional<String> sentence(RegistrySnapshot registry, Environment environment) {
        Map<String, Set<String>> set = set(registry, environment);
        if (set.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        set.forEach((name, ids) -> named.add("$" + name + " ("
                + String.join(", ", ids.stream().limit(FEW).toList())
                + (ids.size() > FEW ? ", …" : "") + ")"));
        String first = set.values().iterator().next().iterator().next();
        return Optional.of("set for presets: " + String.join(", ", named) + "; ask one with `--provider " + first
                + "`, or choose it for good: `patchbay default " + first + "`");
    }

    /** The presets of each variable; without those that a provider file or this program defines under their own name. */
    private static Map<String, Set<String>> set(RegistrySnapshot registry, Environment environment) {
        Map<String, Set<String>> set = new TreeMap<>();
        for (String id : registry.presets()) {
            if (registry.find(id).isEmpty() && mayBeSet(id, environment)) {
                registry.findNamed(id)
                        .filter(Provider::isReady)
                        .flatMap(PresetKeys::variable)
                        .filter(name -> isSet(name, environment))
                        .ifPresent(name -> set.computeIfAbsent(name, absent -> new TreeSet<>())
                                .add(id));
            }
        }
        return set;
    }

    /** What the catalogue knows spares the reading of a hundred definitions. */
    private static boolean mayBeSet(String id, Environment environment) {
        return UnsavedDefinitions.isTested(id)
                || UnsavedDefinitions.CATALOG.keyVariables(id).stream().anyMatch(name -> isSet(name, environment));
    }

    private static boolean isSet(String name, Environment environment) {
        return environment.get(name).filter(value -> !value.isBlank()).isPresent();
    }

    /** That holds the key of a provider, ready or not; empty if none does. */
    static Optional<String> variable(Provider preset) {
        return preset.definition()
                .flatMap(Definition::auth)
                .flatMap(Auth::key)
                .map(SecretValue::reference)
                .filter(key -> key.source().equals("env"))
                .map(SecretRef::reference);
    }
}
