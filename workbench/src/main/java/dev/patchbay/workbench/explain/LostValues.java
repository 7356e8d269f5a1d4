package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.merge.MergedDefinition;
import dev.patchbay.internal.config.schema.FieldPlace;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.workbench.explain.ExplainedValue.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a definition lost on the way from what it extends, and what took it away. */
final class LostValues {

    private final ValueText values;
    private final Map<List<String>, ExplainedValue> found = new LinkedHashMap<>();

    LostValues(ValueText values) {
        this.values = values;
    }

    /** By path; the highest step that took something away. */
    Map<List<String>, ExplainedValue> found() {
        return found;
    }

    /** Compares a definition with the one that it extends directly. */
    void add(MergedDefinition upper, MergedDefinition lower) {
        Map<List<String>, ValueTree.Found> kept = new ValueTree(upper.tree()).leaves();
        new ValueTree(lower.tree()).leaves().forEach((key, lost) -> {
            if (!kept.containsKey(key)) {
                found.put(key, leaf(upper, lost));
            }
        });
    }

    private ExplainedValue leaf(MergedDefinition upper, ValueTree.Found lost) {
        MapNode body = upper.definition().body();
        Optional<ValueTree.Found> nearest = new ValueTree(body).nearest(lost.path());
        if (nearest.isPresent() && isNull(nearest.get().node())) {
            return leaf(lost, Status.REMOVED, nearest.get().node(), "null");
        }
        Node baseUrl = body.get("baseUrl").orElse(body);
        if (upper.moved() && isBound(lost) && !replacesKey(body, lost.path())) {
            return leaf(lost, Status.LEFT_BEHIND, baseUrl, "baseUrl");
        }
        ValueTree.Found by = nearest.or(
                        () -> new ValueTree(body).at(List.of(lost.path().get(0).equals("apiKey") ? "auth" : "apiKey")))
                .orElse(new ValueTree.Found(List.of("extends"), body));
        return leaf(lost, Status.REPLACED, by.node(), String.join(".", by.path()));
    }

    private ExplainedValue leaf(ValueTree.Found lost, Status status, Node by, String name) {
        DeclaredValue before = new DeclaredValue(
                lost.node().layer(), lost.node().location(), values.of(lost).text());
        return ExplainedValue.builder(lost.path(), status, null)
                .decidedBy(new DeclaredValue(by.layer(), by.location(), name))
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
    private boolean isBound(ValueTree.Found lost) {
        List<String> path = lost.path();
        FieldPlace place = FieldPlace.of(path);
        return place.isSecretForm(lost.node())
                || values.of(lost).secret()
                || place.isBound()
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
