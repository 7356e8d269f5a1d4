package dev.patchbay.internal.route;

import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Builds the URL of every operation of a provider (provider-files.md, section 2.4; dialects.md, section 1.9). The one
 * place that does: launch, model listing and {@code providers test} cannot disagree. Immutable.
 */
public final class Endpoints {

    private static final String API_VERSION = "api-version";
    private static final String MODEL = "{model}";

    /** How a URL has to spell it. */
    private static final String ENCODED_MODEL = "%7Bmodel%7D";

    private final Definition definition;
    private final BaseUrl base;
    private final Auth auth;

    private Endpoints(Definition definition, BaseUrl base, Auth auth) {
        this.definition = definition;
        this.base = base;
        this.auth = auth;
    }

    /**
     * The endpoints of a provider.
     *
     * @return empty for a provider without a base URL
     * @throws IllegalArgumentException if the base URL is not {@code http} or {@code https} or has no host
     */
    public static Optional<Endpoints> of(Definition definition) {
        return definition
                .baseUrl()
                .map(url -> new Endpoints(
                        definition, BaseUrl.of(url), definition.auth().orElse(Auth.NONE)));
    }

    /**
     * Where an operation is.
     *
     * @param model the model's name on the wire; in a path it is one segment, percent-encoded
     * @param stream whether the answer is to be streamed, which some dialects say in the path
     * @return empty if the provider does not offer the operation
     * @throws IllegalArgumentException if the file's endpoint, or the model's name, does not make a URL
     */
    public Optional<OperationTarget> target(Operation operation, String model, boolean stream) {
        Endpoint configured = definition.endpoints().get(operation);
        if (configured instanceof Endpoint.NotOffered) {
            return Optional.empty();
        }
        if (configured instanceof Endpoint.Absolute absolute) {
            return Optional.of(absolute(absolute, model));
        }
        if (configured instanceof Endpoint.Path path) {
            return Optional.of(atBase(base.path() + "/" + path.path(), model));
        }
        return defaultPath(operation, stream).map(path -> atBase(path, model));
    }

    /** The origin of the base URL. */
    public Origin origin() {
        return base.origin();
    }

    /** What the user should know about how the base URL was read, one sentence each. */
    public List<String> warnings() {
        return base.warning().stream().toList();
    }

    private Optional<String> defaultPath(Operation operation, boolean stream) {
        return Dialects.find(definition.dialect())
                .flatMap(dialect -> dialect.path(operation.key(), stream))
                .map(place -> root(place.root()) + place.path());
    }

    private String root(OperationPath.Root root) {
        return switch (root) {
            case OPENAI -> base.azure().isVersionedByQuery() ? base.azureRoot() : base.openAiRoot();
            case OPENAI_DEPLOYMENT ->
                base.azure() == AzureLayout.DEPLOYMENTS ? base.path() + "/" + MODEL : base.openAiRoot();
            case ANTHROPIC -> base.anthropicRoot();
            case BASE -> base.path();
        };
    }

    private OperationTarget atBase(String template, String model) {
        int mark = template.indexOf('?');
        String path = mark < 0 ? template : template.substring(0, mark);
        UrlQuery own = UrlQuery.parse(mark < 0 ? "" : template.substring(mark + 1));
        UrlQuery query =
                UrlQuery.parse(base.query()).and(own).without(definition.query().keySet());
        if (base.azure().isVersionedByQuery()
                && !query.has(API_VERSION)
                && !definition.query().containsKey(API_VERSION)) {
            query = query.and(API_VERSION, AzureLayout.DEFAULT_API_VERSION);
        }
        URI url = query.andPlain(definition.query()).on(base.origin() + withModel(BaseUrl.collapse(path), model));
        return new OperationTarget(url, base.origin(), auth, true);
    }

    private OperationTarget absolute(Endpoint.Absolute endpoint, String model) {
        String text = endpoint.url().toASCIIString();
        int mark = text.indexOf('?');
        UrlQuery query = UrlQuery.parse(mark < 0 ? "" : text.substring(mark + 1))
                .without(definition.query().keySet())
                .andPlain(definition.query());
        URI url = query.on(withModel(mark < 0 ? text : text.substring(0, mark), model));
        Origin origin = BaseUrl.origin(url);
        boolean atBase = origin.equals(base.origin());
        return new OperationTarget(url, origin, endpoint.auth().orElse(atBase ? auth : Auth.NONE), atBase);
    }

    private static String withModel(String path, String model) {
        String template = path.contains(ENCODED_MODEL) ? path.replace(ENCODED_MODEL, MODEL) : path;
        if (!template.contains(MODEL)) {
            return template;
        }
        if (model.equals(".") || model.equals("..")) {
            throw new IllegalArgumentException("a model named " + model + " cannot be part of a path");
        }
        return template.replace(MODEL, PercentEncoding.encode(model));
    }
}
