package dev.patchbay.internal.config.merge;

import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.schema.SecretFields.Held;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The credentials of a definition and what else is tied to its origin: found by the table of fields, and taken out. */
final class DefinitionCredentials {

    private static final String ENDPOINTS = ProviderFieldTable.ENDPOINTS.name();

    /** What stands in a body may be a secret, but proves nobody. */
    private static final Set<String> OF_BODIES =
            Set.of(ProviderFieldTable.BODY.name(), ProviderFieldTable.MODELS.name());

    private DefinitionCredentials() {}

    /** Whether the definition says itself how to authenticate, be it with {@code auth: none}. */
    static boolean isDeclaredIn(MapNode definition) {
        Node auth = definition.get(ProviderFieldTable.AUTH.name()).orElse(null);
        boolean declared = auth instanceof ScalarNode || (auth instanceof MapNode map && needsNoKeyOfOthers(map));
        return declared
                || in(definition).stream()
                        .anyMatch(held -> !OF_BODIES.contains(held.path().get(0)));
    }

    private static boolean needsNoKeyOfOthers(MapNode auth) {
        return auth.get(ProviderFieldTable.AUTH_TYPE.name()).orElse(null) instanceof ScalarNode type
                && !type.text().equals("bearer")
                && !type.text().equals("header");
    }

    /** The credentials that go to the base URL, each as the entry that holds it. */
    static List<Held> in(MapNode definition) {
        List<Held> held = new ArrayList<>(SecretFields.in(definition));
        held.removeIf(DefinitionCredentials::isOfEndpoint);
        return held;
    }

    /** Whatever stays behind where the origin changes: the credentials, what is bound as a whole, and endpoints elsewhere. */
    static List<Held> tied(MapNode definition) {
        List<Held> held = in(definition);
        held.addAll(BoundSettings.in(definition));
        held.addAll(absoluteEndpoints(definition));
        return held;
    }

    /** The endpoints with a key of their own, whole: one without its key has no use. */
    static List<Held> ofEndpoints(MapNode definition) {
        Set<String> operations = SecretFields.in(definition).stream()
                .filter(DefinitionCredentials::isOfEndpoint)
                .map(secret -> secret.path().get(1))
                .collect(Collectors.toSet());
        List<Held> held = absoluteEndpoints(definition);
        held.removeIf(endpoint -> !operations.contains(endpoint.path().get(1)));
        return held;
    }

    /** The endpoints that name an address of their own, whole. */
    static List<Held> absoluteEndpoints(MapNode definition) {
        List<Held> held = new ArrayList<>(0);
        if (definition.get(ENDPOINTS).orElse(null) instanceof MapNode endpoints) {
            for (MapNode.Entry entry : endpoints.entries()) {
                boolean relative = entry.value() instanceof ScalarNode scalar
                        && (scalar.isNull() || scalar.text().startsWith("/"));
                if (!relative) {
                    held.add(new Held(List.of(ENDPOINTS, entry.key().text()), entry));
                }
            }
        }
        return held;
    }

    private static boolean isOfEndpoint(Held held) {
        return held.path().get(0).equals(ENDPOINTS);
    }

    /** The definition without some of what it holds; how it authenticates stays. */
    static MapNode remove(List<Held> unwanted, MapNode definition) {
        if (unwanted.isEmpty()) {
            return definition;
        }
        Set<Node> values = Collections.newSetFromMap(new IdentityHashMap<>());
        unwanted.forEach(held -> values.add(held.entry().value()));
        return without(values, definition);
    }

    private static MapNode without(Set<Node> values, MapNode map) {
        List<MapNode.Entry> kept = new ArrayList<>(map.entries().size());
        boolean changed = false;
        for (MapNode.Entry entry : map.entries()) {
            if (values.contains(entry.value())) {
                changed = true;
                continue;
            }
            Node value = entry.value() instanceof MapNode inner ? without(values, inner) : entry.value();
            changed |= value != entry.value();
            if (value instanceof MapNode inner && inner.entries().isEmpty() && value != entry.value()) {
                continue;
            }
            kept.add(value == entry.value() ? entry : new MapNode.Entry(entry.key(), value));
        }
        return changed ? map.with(kept) : map;
    }
}
