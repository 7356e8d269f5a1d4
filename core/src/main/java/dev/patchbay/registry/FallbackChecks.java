package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Fallback;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks where fallbacks lead (provider-files.md, section 2): to providers that there are, and not in a circle. */
final class FallbackChecks {

    private final Map<String, Provider> effective = new LinkedHashMap<>();
    private final Diagnostics diagnostics;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> path = new LinkedHashSet<>();

    /** @param byId the provider in effect first */
    FallbackChecks(Map<String, List<Provider>> byId, Diagnostics diagnostics) {
        byId.forEach((id, providers) -> effective.put(id, providers.get(0)));
        this.diagnostics = diagnostics;
    }

    /** The provider itself, or as an invalid one if a fallback of it leads nowhere. */
    Provider checked(Provider provider) {
        Provider checked = provider;
        List<Fallback> fallbacks = fallbacks(provider);
        for (int i = 0; i < fallbacks.size(); i++) {
            if (!effective.containsKey(fallbacks.get(i).to())) {
                Diagnostic problem = unknown(provider, i, fallbacks.get(i).to());
                diagnostics.add(problem);
                checked = checked.refused(problem);
            }
        }
        return checked;
    }

    /** Warns of every circle. It does no harm, since a session asks each provider once, but is hardly meant. */
    void findCircles() {
        effective.values().forEach(this::follow);
    }

    private void follow(Provider provider) {
        if (!seen.add(provider.id())) {
            return;
        }
        path.add(provider.id());
        List<Fallback> fallbacks = fallbacks(provider);
        for (int i = 0; i < fallbacks.size(); i++) {
            String to = fallbacks.get(i).to();
            if (path.contains(to)) {
                diagnostics.add(circle(provider, i, to));
            } else if (effective.containsKey(to)) {
                follow(effective.get(to));
            }
        }
        path.remove(provider.id());
    }

    private static List<Fallback> fallbacks(Provider provider) {
        return provider.definition().map(Definition::fallback).orElse(List.of());
    }

    private Diagnostic unknown(Provider provider, int index, String to) {
        String message = "no provider " + to + " to fall back to" + Nearest.question(to, effective.keySet());
        return place(provider, index)
                .map(node -> node.error(Code.UNKNOWN_PROVIDER, message))
                .orElseGet(() -> Diagnostic.error(Code.UNKNOWN_PROVIDER, provider.location(), message))
                .help("define " + to + ", or remove it from the fallbacks of " + provider.id())
                .build();
    }

    private Diagnostic circle(Provider provider, int index, String to) {
        StringBuilder way = new StringBuilder();
        boolean inside = false;
        for (String id : path) {
            inside |= id.equals(to);
            way.append(inside ? id + " → " : "");
        }
        String message = "fallback goes in a circle: " + way + to;
        return place(provider, index)
                .map(node -> node.warning(Code.FALLBACK_CYCLE, message))
                .orElseGet(() -> Diagnostic.warning(Code.FALLBACK_CYCLE, provider.location(), message))
                .help("a session asks each provider once; remove the one that closes the circle")
                .build();
    }

    private static Optional<Node> place(Provider provider, int index) {
        return provider.tree()
                .flatMap(tree -> tree.get("fallback"))
                .map(list -> ((ListNode) list).items().get(index))
                .flatMap(item -> ((MapNode) item).get("to"));
    }
}
