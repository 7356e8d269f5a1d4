package dev.patchbay.cli.providers;

import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a provider that no view of it shows in a form of its own: whatever the table of fields has. */
final class OtherFields {

    private static final Set<String> SHOWN = Set.of(
            "extends",
            "enabled",
            "name",
            "keyUrl",
            "dialect",
            "baseUrl",
            "endpoints",
            "apiKey",
            "auth",
            "headers",
            "query",
            "models",
            "aliases",
            "defaultModel",
            "allowInsecureHttp");

    private OtherFields() {}

    /** Those that the definition has, defaults too. */
    static List<ExplainedValue> of(Provider provider) {
        return values(provider, SHOWN);
    }

    /** The same as mappings within mappings, with the models: a field of theirs that is new in the table is shown, too. */
    static Map<String, Object> json(Provider provider) {
        Set<String> shown = new HashSet<>(SHOWN);
        shown.remove("models");
        Map<String, Object> root = new LinkedHashMap<>();
        for (ExplainedValue leaf : values(provider, shown)) {
            leaf.data().ifPresent(data -> put(root, leaf.path(), data));
        }
        return root;
    }

    private static List<ExplainedValue> values(Provider provider, Set<String> shown) {
        List<ExplainedValue> others = new ArrayList<>();
        for (ExplainedValue leaf :
                Explainer.explain(provider).map(Explanation::leaves).orElse(List.of())) {
            if (leaf.isThere() && !shown.contains(leaf.path().get(0))) {
                others.add(leaf);
            }
        }
        return others;
    }

    private static void put(Map<String, Object> map, List<String> path, Object data) {
        if (path.size() == 1) {
            map.put(path.get(0), data);
            return;
        }
        Object inner = map.computeIfAbsent(path.get(0), key -> new LinkedHashMap<String, Object>());
        @SuppressWarnings("unchecked") // a path that has others below it holds nothing but them
        Map<String, Object> members = (Map<String, Object>) inner;
        put(members, path.subList(1, path.size()), data);
    }
}
