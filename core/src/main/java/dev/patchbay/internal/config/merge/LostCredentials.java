package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields.Held;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The credentials that stay behind in a step of extending and that the upper definition does not replace itself. */
final class LostCredentials {

    private static final Pattern REFERENCE = Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*");

    private final List<Held> held;

    private LostCredentials(List<Held> held) {
        this.held = held;
    }

    /** Those among the credentials that are at stake. */
    static LostCredentials of(List<Held> atStake, MapNode upper) {
        Node auth = upper.get(ProviderFieldTable.AUTH.name()).orElse(null);
        boolean ownKey = upper.has(ProviderFieldTable.API_KEY.name())
                || auth instanceof ScalarNode
                || (auth instanceof MapNode map && map.has(ProviderFieldTable.AUTH_KEY.name()));
        List<Held> lost = new ArrayList<>(1);
        for (Held held : atStake) {
            if (held.isKey() ? !ownKey : !isNamedIn(upper, held.path())) {
                lost.add(held);
            }
        }
        return new LostCredentials(lost);
    }

    private static boolean isNamedIn(MapNode upper, List<String> path) {
        boolean anyCase = path.get(0).equals(ProviderFieldTable.HEADERS.name());
        Node at = upper;
        for (String name : path) {
            Node above = at;
            at = above instanceof MapNode map
                    ? map.entries().stream()
                            .filter(entry -> anyCase
                                    ? entry.key().text().equalsIgnoreCase(name)
                                    : entry.key().text().equals(name))
                            .map(MapNode.Entry::value)
                            .findFirst()
                            .orElse(null)
                    : null;
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** The fields that hold them, as {@code apiKey, headers.X-Org}. */
    String names() {
        List<String> names = new ArrayList<>();
        for (Held each : held) {
            names.add(each.name());
        }
        return String.join(", ", names);
    }

    /** The key as it is written, where that is a variable alone; else {@code $NAME}. */
    String keyAsWritten() {
        return held.stream()
                .filter(Held::isKey)
                .map(each -> each.entry().value())
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).text())
                .filter(text -> REFERENCE.matcher(text).matches())
                .findFirst()
                .orElse("$NAME");
    }

    /** Adds where each is declared. */
    Diagnostic declaredAt(Diagnostic.Builder problem) {
        for (Held each : held) {
            problem.related(each.entry().value().location(), each.name() + " is declared here");
        }
        return problem.build();
    }
}
