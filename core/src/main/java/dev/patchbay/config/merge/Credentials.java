package dev.patchbay.config.merge;

import dev.patchbay.config.schema.KeyType;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Finds the credentials of a definition, and takes them out. */
final class Credentials {

    private static final List<String> HOLDERS = List.of("auth", "headers", "query", "endpoints");

    private Credentials() {}

    /** Whether the definition says itself how to authenticate, be it with {@code auth: none}. */
    static boolean isDeclaredIn(MapNode definition) {
        if (definition.has("apiKey")) {
            return true;
        }
        Node auth = definition.get("auth").orElse(null);
        boolean declared = auth instanceof ScalarNode || (auth instanceof MapNode map && needsNoKeyOfOthers(map));
        return declared || hasSecret(definition, "headers") || hasSecret(definition, "query");
    }

    private static boolean needsNoKeyOfOthers(MapNode auth) {
        if (auth.has("key")) {
            return true;
        }
        return auth.get("type").orElse(null) instanceof ScalarNode type
                && !type.text().equals("bearer")
                && !type.text().equals("header");
    }

    /** The credentials of a definition, each as the entry that holds it. */
    static List<Held> in(MapNode definition) {
        List<Held> held = new ArrayList<>(2);
        definition.entry("apiKey").ifPresent(entry -> held.add(new Held("apiKey", entry)));
        if (definition.get("auth").orElse(null) instanceof MapNode auth) {
            auth.entry("key").ifPresent(entry -> held.add(new Held("auth.key", entry)));
        }
        addSecrets(definition, "headers", KeyType.HEADER, held);
        addSecrets(definition, "query", KeyType.QUERY, held);
        return held;
    }

    /** The endpoints with a key of their own. */
    static List<Held> ofEndpoints(MapNode definition) {
        List<Held> held = new ArrayList<>(0);
        if (definition.get("endpoints").orElse(null) instanceof MapNode endpoints) {
            for (MapNode.Entry entry : endpoints.entries()) {
                boolean keyed = entry.value() instanceof MapNode endpoint
                        && endpoint.get("auth").orElse(null) instanceof MapNode;
                if (keyed) {
                    held.add(new Held("endpoints." + entry.key().text(), entry));
                }
            }
        }
        return held;
    }

    /** The definition without credentials; how it authenticates stays. */
    static MapNode removeFrom(MapNode definition) {
        return remove(in(definition), definition);
    }

    /** The definition without some of its credentials. */
    static MapNode remove(List<Held> unwanted, MapNode definition) {
        if (unwanted.isEmpty()) {
            return definition;
        }
        Set<Node> values = Collections.newSetFromMap(new IdentityHashMap<>());
        unwanted.forEach(held -> values.add(held.entry().value()));
        List<MapNode.Entry> kept = new ArrayList<>(definition.entries().size());
        for (MapNode.Entry entry : definition.entries()) {
            if (!values.contains(entry.value())) {
                boolean holder = HOLDERS.contains(entry.key().text()) && entry.value() instanceof MapNode;
                kept.add(holder ? new MapNode.Entry(entry.key(), without(values, (MapNode) entry.value())) : entry);
            }
        }
        return definition.with(kept);
    }

    private static MapNode without(Set<Node> values, MapNode map) {
        return map.with(map.entries().stream()
                .filter(entry -> !values.contains(entry.value()))
                .toList());
    }

    private static boolean hasSecret(MapNode definition, String field) {
        List<Held> held = new ArrayList<>(0);
        addSecrets(definition, field, field.equals("headers") ? KeyType.HEADER : KeyType.QUERY, held);
        return !held.isEmpty();
    }

    private static void addSecrets(MapNode definition, String field, KeyType keys, List<Held> held) {
        if (!(definition.get(field).orElse(null) instanceof MapNode map)) {
            return;
        }
        for (MapNode.Entry entry : map.entries()) {
            if (isSecret(entry, keys)) {
                held.add(new Held(field + "." + entry.key().text(), entry));
            }
        }
    }

    /** A value with a reference is secret whole (provider-files.md, section 2). */
    private static boolean isSecret(MapNode.Entry entry, KeyType keys) {
        return entry.value() instanceof ScalarNode scalar
                && !scalar.isNull()
                && (scalar.text().replace("$$", "").indexOf('$') >= 0
                        || keys.isCredential(entry.key().text()));
    }

    /**
     * A credential.
     *
     * @param path the field that holds it
     */
    record Held(String path, MapNode.Entry entry) {}
}
