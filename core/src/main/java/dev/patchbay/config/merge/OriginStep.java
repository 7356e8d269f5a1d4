package dev.patchbay.config.merge;

import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Evaluation;
import dev.patchbay.config.template.Template;
import dev.patchbay.config.template.TemplateException;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of extending, under the rule that a credential belongs to the origin it was declared for (provider-files.md,
 * section 4): where the upper definition names another origin, what is bound to the old one stays behind.
 */
final class OriginStep {

    private final Environment environment;

    OriginStep(Environment environment) {
        this.environment = environment;
    }

    /** What the upper definition inherits. */
    Inherited inherit(MapNode lower, MapNode upper) {
        Node newUrl = upper.get("baseUrl").orElse(null);
        if (newUrl == null || isSame(lower.get("baseUrl").orElse(null), newUrl)) {
            return new Inherited(lower, null, null);
        }
        List<Credentials.Held> lost = lost(lower, upper);
        MapNode tree = withoutAbsoluteEndpoints(Credentials.removeFrom(lower).without("allowInsecureHttp"));
        if (lost.isEmpty()) {
            return new Inherited(tree, null, null);
        }
        if (Credentials.isDeclaredIn(upper)) {
            return new Inherited(tree, null, left(lost, newUrl));
        }
        return new Inherited(tree, dropped(lost, lower, newUrl), null);
    }

    /** The credentials that stay behind and that the upper definition does not replace itself. */
    private static List<Credentials.Held> lost(MapNode lower, MapNode upper) {
        Node auth = upper.get("auth").orElse(null);
        boolean ownKey =
                upper.has("apiKey") || auth instanceof ScalarNode || (auth instanceof MapNode map && map.has("key"));
        List<Credentials.Held> lost = new ArrayList<>(1);
        for (Credentials.Held held : Credentials.in(lower)) {
            boolean replaced = (held.path().equals("apiKey") || held.path().equals("auth.key"))
                    ? ownKey
                    : isNamedIn(upper, held.path());
            if (!replaced) {
                lost.add(held);
            }
        }
        return lost;
    }

    private static boolean isNamedIn(MapNode upper, String path) {
        int dot = path.indexOf('.');
        String name = path.substring(dot + 1);
        return upper.get(path.substring(0, dot)).orElse(null) instanceof MapNode map
                && map.entries().stream().anyMatch(entry -> entry.key().text().equalsIgnoreCase(name));
    }

    private Diagnostic dropped(List<Credentials.Held> lost, MapNode lower, Node newUrl) {
        String from = origin(lower.get("baseUrl").orElse(null))
                .map(origin -> "belongs to " + origin)
                .orElse("was declared without a base URL");
        String to = origin(newUrl).map(Origin::toString).orElse("another origin");
        Diagnostic.Builder problem = newUrl.error(
                        Code.CREDENTIAL_DROPPED,
                        "what is inherited (" + names(lost) + ") " + from + " and is not sent to " + to)
                .help("name the key for it: apiKey: $NAME, or auth: none if it needs none");
        for (Credentials.Held held : lost) {
            problem.related(held.entry().value().location(), held.path() + " is declared here");
        }
        return problem.build();
    }

    private static Diagnostic left(List<Credentials.Held> lost, Node newUrl) {
        Diagnostic.Builder warning = newUrl.warning(
                        Code.CREDENTIAL_DROPPED,
                        "what is inherited (" + names(lost) + ") belongs to another origin and is left out")
                .help("write it again beside this base URL if it is needed there; null removes it for good");
        for (Credentials.Held held : lost) {
            warning.related(held.entry().value().location(), held.path() + " is declared here");
        }
        return warning.build();
    }

    private static String names(List<Credentials.Held> lost) {
        List<String> names = new ArrayList<>();
        for (Credentials.Held held : lost) {
            names.add(held.path());
        }
        return String.join(", ", names);
    }

    /** Endpoints with a URL but no key of their own lie at the old origin. */
    private static MapNode withoutAbsoluteEndpoints(MapNode definition) {
        if (!(definition.get("endpoints").orElse(null) instanceof MapNode endpoints)) {
            return definition;
        }
        List<MapNode.Entry> kept = new ArrayList<>();
        for (MapNode.Entry entry : endpoints.entries()) {
            boolean relative = entry.value() instanceof ScalarNode scalar
                    && (scalar.isNull() || scalar.text().startsWith("/"));
            if (relative) {
                kept.add(entry);
            }
        }
        List<MapNode.Entry> entries = new ArrayList<>();
        for (MapNode.Entry entry : definition.entries()) {
            boolean isEndpoints = entry.key().text().equals("endpoints");
            entries.add(isEndpoints ? new MapNode.Entry(entry.key(), endpoints.with(kept)) : entry);
        }
        return definition.with(entries);
    }

    private boolean isSame(@Nullable Node lower, Node upper) {
        if (!(lower instanceof ScalarNode below) || !(upper instanceof ScalarNode above)) {
            return false;
        }
        if (below.text().equals(above.text())) {
            return true;
        }
        Optional<Origin> before = origin(below);
        return before.isPresent() && before.equals(origin(above));
    }

    private Optional<Origin> origin(@Nullable Node baseUrl) {
        if (!(baseUrl instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        try {
            Evaluation value = Template.parse(scalar.text()).evaluate(environment);
            return value.isComplete() ? Origin.of(new URI(value.text())) : Optional.empty();
        } catch (TemplateException | URISyntaxException e) {
            // Reported where the URL is decoded; an origin that is not known is not the same as any other.
            return Optional.empty();
        }
    }

    /**
     * What is inherited.
     *
     * @param tree the lower definition without what stays behind
     * @param dropped the error for a credential that stays behind and is not replaced
     * @param warning for credentials that stay behind although the upper definition has its own
     */
    record Inherited(
            MapNode tree,
            @Nullable Diagnostic dropped,
            @Nullable Diagnostic warning) {}
}
