package dev.patchbay.config.merge;

import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The credentials that stay behind in a step of extending and that the upper definition does not replace itself. */
final class LostCredentials {

    private static final Pattern REFERENCE = Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*");

    private final List<Credentials.Held> held;

    private LostCredentials(List<Credentials.Held> held) {
        this.held = held;
    }

    /** Those among the credentials that are at stake. */
    static LostCredentials of(List<Credentials.Held> atStake, MapNode upper) {
        Node auth = upper.get("auth").orElse(null);
        boolean ownKey =
                upper.has("apiKey") || auth instanceof ScalarNode || (auth instanceof MapNode map && map.has("key"));
        List<Credentials.Held> lost = new ArrayList<>(1);
        for (Credentials.Held held : atStake) {
            boolean replaced = (held.path().equals("apiKey") || held.path().equals("auth.key"))
                    ? ownKey
                    : isNamedIn(upper, held.path());
            if (!replaced) {
                lost.add(held);
            }
        }
        return new LostCredentials(lost);
    }

    private static boolean isNamedIn(MapNode upper, String path) {
        int dot = path.indexOf('.');
        String name = path.substring(dot + 1);
        return upper.get(path.substring(0, dot)).orElse(null) instanceof MapNode map
                && map.entries().stream().anyMatch(entry -> entry.key().text().equalsIgnoreCase(name));
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** The fields that hold them, as {@code apiKey, headers.X-Org}. */
    String names() {
        List<String> names = new ArrayList<>();
        for (Credentials.Held each : held) {
            names.add(each.path());
        }
        return String.join(", ", names);
    }

    /** The key as it is written, where that is a variable alone; else {@code $NAME}. */
    String keyAsWritten() {
        return held.stream()
                .filter(each -> each.path().equals("apiKey") || each.path().equals("auth.key"))
                .map(each -> each.entry().value())
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).text())
                .filter(text -> REFERENCE.matcher(text).matches())
                .findFirst()
                .orElse("$NAME");
    }

    /** Adds where each is declared. */
    Diagnostic declaredAt(Diagnostic.Builder problem) {
        for (Credentials.Held each : held) {
            problem.related(each.entry().value().location(), each.path() + " is declared here");
        }
        return problem.build();
    }
}
