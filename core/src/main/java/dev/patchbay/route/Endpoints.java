package dev.patchbay.route;

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
     * @return empty if the provider does not offer the operation
     * @throws IllegalArgumentException if the file's endpoint, or the model's name, does not make a URL
     */
    public Optional<Target> target(Operation operation, String model) {
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
        return defaultPath(operation).map(path -> atBase(path, model));
    }

    /** The origin of the base URL. */
    public Origin origin() {
        return base.origin();
    }

    /** What the user should know about how the base URL was read, one sentence each. */
    public List<String> warnings() {
        return base.warning().stream().toList();
    }

    private Optional<String> defaultPath(Operation operation) {
        return BuiltInDialect.of(definition.dialect()).flatMap(dialect -> switch (dialect) {
            case OPENAI_CHAT -> openAiPath(operation);
            case ANTHROPIC_MESSAGES -> anthropicPath(operation);
        });
    }

    private Optional<String> openAiPath(Operation operation) {
        return switch (operation) {
            case CHAT ->
                Optional.of((base.azure() == AzureLayout.DEPLOYMENTS ? base.path() + "/" + MODEL : base.openAiRoot())
                        + "/chat/completions");
            case MODELS ->
                Optional.of((base.azure().isVersionedByQuery() ? base.azureRoot() : base.openAiRoot()) + "/models");
            // Most servers that speak chat do not have Responses, so a file has to say it.
            case RESPONSES, MESSAGES, COUNT_TOKENS -> Optional.empty();
        };
    }

    private Optional<String> anthropicPath(Operation operation) {
        return switch (operation) {
            case MESSAGES -> Optional.of(base.anthropicRoot() + "/messages");
            case COUNT_TOKENS -> Optional.of(base.anthropicRoot() + "/messages/count_tokens");
            case MODELS -> Optional.of(base.anthropicRoot() + "/models");
            case CHAT, RESPONSES -> Optional.empty();
        };
    }

    private Target atBase(String template, String model) {
        int mark = template.indexOf('?');
        String path = mark < 0 ? template : template.substring(0, mark);
        Query own = Query.parse(mark < 0 ? "" : template.substring(mark + 1));
        Query query =
                Query.parse(base.query()).and(own).without(definition.query().keySet());
        if (base.azure().isVersionedByQuery()
                && !query.has(API_VERSION)
                && !definition.query().containsKey(API_VERSION)) {
            query = query.and(API_VERSION, AzureLayout.DEFAULT_API_VERSION);
        }
        URI url = query.andPlain(definition.query()).on(base.origin() + withModel(BaseUrl.collapse(path), model));
        return new Target(url, base.origin(), auth, true);
    }

    private Target absolute(Endpoint.Absolute endpoint, String model) {
        String text = endpoint.url().toASCIIString();
        int mark = text.indexOf('?');
        Query query = Query.parse(mark < 0 ? "" : text.substring(mark + 1))
                .without(definition.query().keySet())
                .andPlain(definition.query());
        URI url = query.on(withModel(mark < 0 ? text : text.substring(0, mark), model));
        Origin origin = BaseUrl.origin(url);
        boolean atBase = origin.equals(base.origin());
        return new Target(url, origin, endpoint.auth().orElse(atBase ? auth : Auth.NONE), atBase);
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
