package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.http.Proxies;
import dev.patchbay.internal.route.Endpoints;
import dev.patchbay.internal.route.InsecureHttp;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks a definition as a whole, once everything is merged. */
final class DefinitionChecks {

    private final DecodeContext context;
    private final MapNode tree;
    private final ScalarNode key;

    DefinitionChecks(DecodeContext context, MapNode tree, ScalarNode key) {
        this.context = context;
        this.tree = tree;
        this.key = key;
    }

    void check(Definition definition) {
        Dialect dialect = dialect(definition.dialect());
        boolean needsBaseUrl =
                dialect == null ? Vocabulary.CORE_DIALECTS.contains(definition.dialect()) : dialect.needsBaseUrl();
        if (needsBaseUrl
                && !tree.has(ProviderFieldTable.BASE_URL.name())
                && !context.isDamaged(ProviderFieldTable.BASE_URL)) {
            context.error(key.error(Code.MISSING_FIELD, context.id() + " has no baseUrl")
                    .help("add " + ProviderFieldTable.BASE_URL.example()));
        }
        pastedOperation(definition);
        insecureHttp(definition);
        sameHeader(definition);
        new ModelChecks(context, tree).check(definition);
        if (dialect != null && !context.isIncomplete()) {
            validate(dialect, definition);
        }
    }

    /** The plugin's dialect; null for one of core's, or an unknown one, which is reported. */
    private @Nullable Dialect dialect(String id) {
        if (Vocabulary.CORE_DIALECTS.contains(id)) {
            return null;
        }
        Dialect plugged = context.plugins().dialects().get(id);
        if (plugged == null) {
            unknownDialect(id);
        }
        return plugged;
    }

    private void unknownDialect(String id) {
        Node place = tree.get(ProviderFieldTable.DIALECT.name()).orElse(key);
        String why = context.plugins().missing().get(id);
        if (why != null) {
            context.missing(place.error(Code.UNKNOWN_DIALECT, "the dialect " + id + " is not there: " + why));
            return;
        }
        Set<String> known = context.plugins().vocabulary().dialects();
        String question = Vocabulary.meantDialect(id)
                .filter(known::contains)
                .map(meant -> "; did you mean " + meant + "?")
                .orElseGet(() -> Nearest.question(id, known));
        Diagnostic.Builder problem = place.error(Code.UNKNOWN_DIALECT, "no plugin brings the dialect " + id + question)
                .help("dialects: " + String.join(", ", new TreeSet<>(known)));
        if (question.isEmpty()) {
            context.missing(problem);
        } else {
            context.error(problem);
        }
    }

    /** What a launch says too; of a preset's URL nobody can mend it. */
    private void pastedOperation(Definition definition) {
        Node place = tree.get(ProviderFieldTable.BASE_URL.name()).orElse(key);
        if (place.layer() != Layer.PRESET) {
            Endpoints.of(definition)
                    .map(Endpoints::warnings)
                    .orElse(List.of())
                    .forEach(warning -> context.warn(place.warning(Code.BAD_URL, warning)));
        }
    }

    private void insecureHttp(Definition definition) {
        boolean credential = OriginRule.hasCredential(definition)
                || definition.auth().filter(auth -> !auth.isNone()).isPresent();
        Node atBase = tree.get(ProviderFieldTable.BASE_URL.name()).orElse(key);
        definition.baseUrl().filter(url -> credential).ifPresent(url -> insecureHttp(definition, url, atBase));
        Node atEndpoints = tree.get(ProviderFieldTable.ENDPOINTS.name()).orElse(key);
        for (Endpoint endpoint : definition.endpoints().values()) {
            if (endpoint instanceof Endpoint.Absolute absolute
                    && absolute.auth().map(auth -> !auth.isNone()).orElse(credential)) {
                insecureHttp(definition, absolute.url(), atEndpoints);
            }
        }
    }

    private void insecureHttp(Definition definition, URI url, Node place) {
        Origin target = Origin.of(url).orElse(null);
        if (target == null) {
            return;
        }
        if (InsecureHttp.reader(definition, target).isPresent()) {
            insecure(place);
            return;
        }
        InsecureHttp.reader(definition, target, () -> proxy(definition, target))
                .ifPresent(reader -> context.unavailable(place.error(
                                Code.INSECURE_HTTP,
                                "the key would go over plain HTTP " + reader
                                        + ", which is neither loopback nor private")
                        .help("use https://, name the host in NO_PROXY, or say allowInsecureHttp: true")));
    }

    /** What the environment says; a proxy that cannot be used is told of where a request would go through it. */
    private Optional<ProxyServer> proxy(Definition definition, Origin target) {
        try {
            return Proxies.of(context.environment()).find(definition.http(), target);
        } catch (ProviderException unusable) {
            return Optional.empty();
        }
    }

    private void sameHeader(Definition definition) {
        String header = definition.auth().flatMap(DefinitionChecks::headerOf).orElse("");
        if (tree.get(ProviderFieldTable.HEADERS.name()).orElse(null) instanceof MapNode headers) {
            for (MapNode.Entry entry : headers.entries()) {
                if (entry.key().text().equalsIgnoreCase(header)) {
                    context.error(entry.key()
                            .error(
                                    Code.CONFLICT,
                                    "the header " + entry.key().text() + " is the one that carries the key")
                            .help("remove it here, or write auth: none"));
                }
            }
        }
    }

    private static Optional<String> headerOf(Auth auth) {
        if (auth.key().isEmpty()) {
            return Optional.empty();
        }
        return auth.type().equals("bearer") ? Optional.of(auth.header().orElse("Authorization")) : auth.header();
    }

    private void insecure(Node place) {
        context.error(place.error(
                        Code.INSECURE_HTTP,
                        "the key would go over plain HTTP to a host or proxy that is neither loopback nor private")
                .help("use https://, or say allowInsecureHttp: true"));
    }

    private void validate(Dialect dialect, Definition definition) {
        List<Dialect.Problem> problems;
        try {
            problems = dialect.validate(definition);
        } catch (ProviderException e) {
            context.error(key.error(Code.DIALECT_REFUSES, String.valueOf(e.getMessage())));
            return;
        }
        for (Dialect.Problem problem : problems) {
            Node place = nearest(tree, problem.path());
            context.error((place == null ? key : place)
                    .error(Code.DIALECT_REFUSES, problem.path() + ": " + problem.message()));
        }
    }

    /** What stands at a dotted path, or the nearest above it that is there; null if not even the first step is. */
    private static @Nullable Node nearest(MapNode tree, String path) {
        Node found = null;
        Node at = tree;
        for (String step : path.split("\\.", -1)) {
            Node next = at instanceof MapNode map ? map.get(step).orElse(null) : null;
            if (next == null) {
                return found;
            }
            found = next;
            at = next;
        }
        return found;
    }
}
