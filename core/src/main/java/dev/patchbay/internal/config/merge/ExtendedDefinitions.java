package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.load.PresetReader;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.load.RawDefinition;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what {@code extends} names: a preset, the same id in a lower layer, or another id of the same layer or a lower one. */
final class ExtendedDefinitions {

    private static final String PRESET = PresetReader.PREFIX;

    private final Map<String, List<RawDefinition>> byId = new HashMap<>();
    private final Presets presets;

    private @Nullable Set<String> ids;
    private @Nullable Set<String> presetIds;

    ExtendedDefinitions(List<RawDefinition> definitions, Presets presets) {
        this.presets = presets;
        for (RawDefinition definition : definitions) {
            byId.computeIfAbsent(definition.id(), id -> new ArrayList<>(1)).add(definition);
        }
    }

    @Nullable RawDefinition find(RawDefinition from, String target) {
        if (target.startsWith(PRESET)) {
            return first(target.substring(PRESET.length()), Layer.PRESET);
        }
        boolean self = target.equals(from.id());
        RawDefinition highest = null;
        for (RawDefinition definition : byId.getOrDefault(target, List.of())) {
            int above = definition.layer().compareTo(from.layer());
            boolean candidate = definition.layer() != Layer.PRESET && (self ? above < 0 : above <= 0);
            if (candidate && (highest == null || definition.layer().compareTo(highest.layer()) > 0)) {
                highest = definition;
            }
        }
        return highest;
    }

    Diagnostic notFound(RawDefinition from, ScalarNode target) {
        String name = target.text();
        if (name.startsWith(PRESET)) {
            return target.error(
                            Code.UNKNOWN_PROVIDER,
                            "there is no preset " + name.substring(PRESET.length())
                                    + Nearest.question(name.substring(PRESET.length()), ids(true)))
                    .build();
        }
        if (name.equals(from.id())) {
            return target.error(Code.UNKNOWN_PROVIDER, name + " extends itself, and no lower layer defines it")
                    .help("remove the line to define it here")
                    .build();
        }
        List<RawDefinition> higher = byId.getOrDefault(name, List.of());
        if (!higher.isEmpty() && higher.get(higher.size() - 1).layer() != Layer.PRESET) {
            RawDefinition last = higher.get(higher.size() - 1);
            return target.error(
                            Code.UNKNOWN_PROVIDER,
                            name + " is defined only in a higher layer, "
                                    + last.layer().word())
                    .related(last.key().location(), "it is defined here")
                    .help("a definition extends one of a lower layer, or of its own")
                    .build();
        }
        Diagnostic.Builder problem = target.error(
                Code.UNKNOWN_PROVIDER, "no provider " + name + " to extend" + Nearest.question(name, ids(false)));
        boolean preset = ids(true).contains(name);
        return (preset ? problem.help("write extends: " + PRESET + name) : problem).build();
    }

    private @Nullable RawDefinition first(String id, Layer layer) {
        for (RawDefinition definition : byId.getOrDefault(id, List.of())) {
            if (definition.layer() == layer) {
                return definition;
            }
        }
        return null;
    }

    private Set<String> ids(boolean isPreset) {
        Set<String> known = isPreset ? presetIds : ids;
        if (known == null) {
            known = collect(isPreset);
            presetIds = isPreset ? known : presetIds;
            ids = isPreset ? ids : known;
        }
        return known;
    }

    private Set<String> collect(boolean isPreset) {
        Set<String> found = new TreeSet<>(isPreset ? presets.ids() : Set.of());
        for (Map.Entry<String, List<RawDefinition>> entry : byId.entrySet()) {
            for (RawDefinition definition : entry.getValue()) {
                if ((definition.layer() == Layer.PRESET) == isPreset) {
                    found.add(entry.getKey());
                }
            }
        }
        return found;
    }
}
