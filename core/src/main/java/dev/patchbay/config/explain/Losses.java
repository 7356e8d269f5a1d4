package dev.patchbay.config.explain;

import dev.patchbay.config.explain.Leaf.Status;
import dev.patchbay.config.merge.Merged;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a definition lost on the way from what it extends, and what took it away. */
final class Losses {

    private final ValueText values;
    private final Map<List<String>, Leaf> found = new LinkedHashMap<>();

    Losses(ValueText values) {
        this.values = values;
    }

    /** By path; the highest step that took something away. */
    Map<List<String>, Leaf> found() {
        return found;
    }

    /** Compares a definition with the one that it extends directly. */
    void add(Merged upper, Merged lower) {
        Map<List<String>, Tree.Found> kept = new Tree(upper.tree()).leaves();
        new Tree(lower.tree()).leaves().forEach((key, lost) -> {
            if (!kept.containsKey(key)) {
                found.put(key, leaf(upper, lost));
            }
        });
    }

    private Leaf leaf(Merged upper, Tree.Found lost) {
        MapNode body = upper.definition().body();
        Optional<Tree.Found> nearest = new Tree(body).nearest(lost.path());
        if (nearest.isPresent() && isNull(nearest.get().node())) {
            return leaf(lost, Status.REMOVED, nearest.get().node(), "null");
        }
        Node baseUrl = body.get("baseUrl").orElse(body);
        if (upper.moved() && isBound(lost) && !replacesKey(body, lost.path())) {
            return leaf(lost, Status.LEFT_BEHIND, baseUrl, "baseUrl");
        }
        Tree.Found by = nearest.or(
                        () -> new Tree(body).at(List.of(lost.path().get(0).equals("apiKey") ? "auth" : "apiKey")))
                .orElse(new Tree.Found(List.of("extends"), body));
        return leaf(lost, Status.REPLACED, by.node(), String.join(".", by.path()));
    }

    private Leaf leaf(Tree.Found lost, Status status, Node by, String name) {
        Said before = new Said(
                lost.node().layer(), lost.node().location(), values.of(lost).text());
        return Leaf.builder(lost.path(), status, null)
                .decidedBy(new Said(by.layer(), by.location(), name))
                .overrode(List.of(before))
                .note(note(status, name))
                .build();
    }

    private static String note(Status status, String name) {
        return switch (status) {
            case REMOVED -> "removed with null";
            case LEFT_BEHIND -> "declared for a base URL at another origin";
            default -> "replaced by " + name;
        };
    }

    /** Whether it stays behind where the origin changes (provider-files.md, section 4). */
    private boolean isBound(Tree.Found lost) {
        List<String> path = lost.path();
        return Fields.isSecretForm(path)
                || values.of(lost).secret()
                || path.get(0).equals("allowInsecureHttp")
                || path.get(0).equals("endpoints");
    }

    private static boolean replacesKey(MapNode body, List<String> path) {
        boolean key = path.equals(List.of("apiKey")) || path.equals(List.of("auth", "key"));
        return key && (body.has("apiKey") || body.has("auth"));
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isNull();
    }
}
