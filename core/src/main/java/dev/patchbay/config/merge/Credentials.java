package dev.patchbay.config.merge;

import dev.patchbay.config.schema.KeyType;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/** Finds the credentials of a definition, and takes them out. */
final class Credentials {

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

    /** The definition without credentials; how it authenticates stays. */
    static MapNode removeFrom(MapNode definition) {
        List<MapNode.Entry> kept = new ArrayList<>(definition.entries().size());
        for (MapNode.Entry entry : definition.entries()) {
            switch (entry.key().text()) {
                case "apiKey" -> {}
                case "auth" -> kept.add(new MapNode.Entry(entry.key(), withoutKey(entry.value())));
                case "headers" -> kept.add(new MapNode.Entry(entry.key(), plain(entry.value(), KeyType.HEADER)));
                case "query" -> kept.add(new MapNode.Entry(entry.key(), plain(entry.value(), KeyType.QUERY)));
                default -> kept.add(entry);
            }
        }
        return definition.with(kept);
    }

    private static Node withoutKey(Node auth) {
        return auth instanceof MapNode map ? map.without("key") : auth;
    }

    private static Node plain(Node node, KeyType keys) {
        if (!(node instanceof MapNode map)) {
            return node;
        }
        List<MapNode.Entry> kept = new ArrayList<>();
        for (MapNode.Entry entry : map.entries()) {
            if (!isSecret(entry, keys)) {
                kept.add(entry);
            }
        }
        return map.with(kept);
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
