package dev.patchbay.workbench.probe;

import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes changes as lines of a provider file, each with a comment that says whether it was seen to help. */
final class SuggestedYaml {

    private static final String STEP = "  ";

    private final Definition definition;
    private final DefinitionPlace place;
    private final StringBuilder out = new StringBuilder();

    private SuggestedYaml(Definition definition, DefinitionPlace place) {
        this.definition = definition;
        this.place = place;
    }

    /** @param definition as it is in the file */
    static String of(List<SuggestedSetting> changes, Definition definition, DefinitionPlace place) {
        return new SuggestedYaml(definition, place).write(changes);
    }

    private String write(List<SuggestedSetting> changes) {
        if (changes.isEmpty()) {
            return "";
        }
        if (place.supplied()) {
            out.append("providers:\n  ").append(definition.id()).append(":\n    extends: ");
            out.append(definition.id()).append('\n');
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        for (SuggestedSetting change : changes) {
            if (!place.supplied() && !tree.containsKey(change.path().get(0))) {
                tree.put(change.path().get(0), existing(change.path().get(0)));
            }
            put(tree, change.path(), change);
        }
        write(tree, " ".repeat(place.indent()));
        return out.toString();
    }

    /** What stands beside the change in the same mapping: the lines replace it as a whole. */
    private Map<String, Object> existing(String section) {
        Map<String, Object> there = new LinkedHashMap<>();
        if (section.equals("quirks")) {
            definition.quirks().forEach((key, value) -> {
                if (value != null) {
                    there.put(key, value);
                }
            });
        }
        if (section.equals("body")) {
            BodyRules body = definition.body();
            putUnlessEmpty(there, "default", body.defaults());
            putUnlessEmpty(there, "set", body.set());
            putUnlessEmpty(there, "rename", body.rename());
        }
        return there;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Map<String, ?> value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    @SuppressWarnings("unchecked") // branches are made here, and are maps of this type
    private static void put(Map<String, Object> tree, List<String> path, SuggestedSetting change) {
        Map<String, Object> branch = tree;
        for (String key : path.subList(0, path.size() - 1)) {
            branch = (Map<String, Object>) branch.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        }
        branch.put(path.get(path.size() - 1), change);
    }

    private void write(Map<String, Object> tree, String indent) {
        tree.forEach((key, value) -> {
            out.append(indent).append(SuggestedSetting.inline(key)).append(':');
            if (value instanceof SuggestedSetting change) {
                out.append(' ').append(SuggestedSetting.inline(change.value()));
                out.append(change.proven() ? "  # proven" : "  # untried").append('\n');
            } else if (value instanceof Map<?, ?> branch && holdsChange(branch)) {
                out.append('\n');
                write(branch(branch), indent + STEP);
            } else {
                out.append(' ').append(SuggestedSetting.inline(value)).append('\n');
            }
        });
    }

    private static boolean holdsChange(Map<?, ?> branch) {
        return branch.values().stream()
                .anyMatch(value ->
                        value instanceof SuggestedSetting || (value instanceof Map<?, ?> map && holdsChange(map)));
    }

    private static Map<String, Object> branch(Map<?, ?> map) {
        Map<String, Object> branch = new LinkedHashMap<>();
        map.forEach((key, value) -> branch.put(String.valueOf(key), value));
        return branch;
    }
}
