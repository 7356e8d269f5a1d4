package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Fallback;
import java.util.List;

/**
 * The table of the fields of a provider (provider-files.md, section 2): the only place that knows what may stand in a
 * definition, how it merges, whether it is substituted and what it means.
 */
public final class ProviderFieldTable {

    private static final Shape TEXT = Shape.Scalar.of(ScalarType.TEXT);
    private static final Shape BOOLEAN = Shape.Scalar.of(ScalarType.BOOLEAN);
    private static final Shape SECRET = new Shape.SecretForm(false);

    /** The fields of a secret that a command prints. */
    public static final Shape.Table COMMAND = FieldTable.record(
            "a secret with command",
            named("command", new Shape.ListOf(TEXT, false), "command: [corp-auth, print-token]")
                    .required()
                    .describedAs("The program and its arguments; there is no shell."),
            named("ttl", Shape.Scalar.of(ScalarType.DURATION), "ttl: 15m")
                    .usually("15m")
                    .describedAs("How long what it printed is used."),
            named("timeout", Shape.Scalar.of(ScalarType.DURATION), "timeout: 10s")
                    .usually("10s")
                    .describedAs("After which it is ended."));

    /** The fields of {@code auth} where it is a mapping. */
    public static final Shape.Table AUTH = FieldTable.record(
            "auth",
            named("type", TEXT, "type: bearer")
                    .knowing("none", "bearer", "header")
                    .open()
                    .describedAs("none, bearer, header, or the type of a plugin."),
            named("key", SECRET, "key: $PROVIDER_API_KEY")
                    .substituted()
                    .alsoCalled("apiKey", "token", "value", "secret")
                    .describedAs("The key."),
            named("header", Shape.Scalar.of(ScalarType.HEADER_NAME), "header: api-key")
                    .alsoCalled("name")
                    .describedAs("The header that carries it."),
            named("prefix", Shape.Scalar.of(ScalarType.HEADER_VALUE), "prefix: \"Bearer \"")
                    .describedAs("The text before the key in that header."));

    /** {@code none} or a mapping. */
    static final Shape AUTH_FORM =
            new Shape.Either(Shape.Scalar.oneOf("none"), null, AUTH, "none or a mapping {type, key, header, prefix}");

    private static final Shape.Table ENDPOINT = FieldTable.record(
            "an endpoint",
            named("url", Shape.Scalar.of(ScalarType.ENDPOINT_URL), "url: https://api.example.com/anthropic/v1/messages")
                    .required()
                    .substituted()
                    .describedAs("Its address."),
            named("auth", AUTH_FORM, "auth: {type: bearer, key: $OTHER_API_KEY}")
                    .substituted()
                    .describedAs("How to authenticate there."));

    private static final Shape ENDPOINTS = new Shape.MapOf(
            KeyType.OPERATION,
            new Shape.Either(Shape.Scalar.of(ScalarType.ENDPOINT), null, ENDPOINT, "a path, a URL or {url, auth}"),
            true);

    private static final Shape MODELS = new Shape.Either(
            null,
            new Shape.ListOf(TEXT, true),
            new Shape.MapOf(KeyType.ANY, ModelFields.MODEL, false),
            "a list of ids or a mapping of id to model");

    private static final Shape.Table FALLBACK = FieldTable.record(
            "a fallback",
            named("to", TEXT, "to: anthropic").required().describedAs("The id of the provider to go on with."),
            named(
                            "when",
                            new Shape.ListOf(
                                    new Shape.Scalar(ScalarType.TEXT, List.copyOf(Fallback.CAUSES.keySet())), true),
                            "when: [overloaded, network]")
                    .required()
                    .describedAs("The failures that it is for."));

    /** The fields of a provider. */
    public static final Shape.Table PROVIDER = FieldTable.extensible(
            "a provider",
            named("extends", TEXT, "extends: anthropic")
                    .merge(Merge.NOT_INHERITED)
                    .alsoCalled("inherits", "base", "from")
                    .describedAs("The definition to start from: an id, or preset:<id>."),
            named("enabled", BOOLEAN, "enabled: false")
                    .usually("true")
                    .describedAs("Whether it can be used; false: it is listed only."),
            named("name", TEXT, "name: My provider")
                    .alsoCalled("title", "label", "displayName")
                    .describedAs("For people."),
            named("keyUrl", TEXT, "keyUrl: https://console.example.com/keys")
                    .describedAs("Where a key can be had; printed when it is missing."),
            named("dialect", TEXT, "dialect: openai-chat")
                    .usually(Dialects.DEFAULT.id())
                    .knowing(Dialects.ids().toArray(String[]::new))
                    .alsoCalled("type", "kind", "api", "protocol", "format")
                    .describedAs("What sessions speak with it."),
            named("baseUrl", Shape.Scalar.of(ScalarType.BASE_URL), "baseUrl: https://api.example.com/v1")
                    .substituted()
                    .alsoCalled("url", "apiBase", "api_base", "endpoint", "host", "proxyBaseUrl")
                    .describedAs("Everything before the path of the operation."),
            named("endpoints", ENDPOINTS, "endpoints: {messages: /anthropic/v1/messages}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .describedAs("Where an operation is, if not where the dialect has it; null: not offered."),
            named("apiKey", SECRET, "apiKey: $PROVIDER_API_KEY")
                    .substituted()
                    .alsoCalled("key", "token", "secret", "proxyApiKey", "password")
                    .describedAs("The key of the effective auth."),
            named("auth", AUTH_FORM, "auth: {type: bearer, key: $PROVIDER_API_KEY}")
                    .substituted()
                    .alsoCalled("authentication", "authorization")
                    .describedAs("How to authenticate; none sends no credential header."),
            named(
                            "headers",
                            new Shape.MapOf(KeyType.HEADER, valueOrSecret(ScalarType.HEADER_VALUE), false),
                            "headers: {X-Title: my app}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .describedAs("Headers of every request."),
            named(
                            "query",
                            new Shape.MapOf(KeyType.QUERY, valueOrSecret(ScalarType.TEXT), false),
                            "query: {api-version: 2024-10-21}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .alsoCalled("params", "queryParams")
                    .describedAs("Query parameters of every request."),
            named("body", BodyFields.BODY, "body: {drop: [temperature]}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .describedAs("Changes to the body of every request."),
            named("quirks", QuirkFields.QUIRKS, "quirks: {maxTokensField: max_completion_tokens}")
                    .merge(Merge.BY_KEY)
                    .describedAs("How the provider differs from the plainest of its dialect."),
            named("models", MODELS, "models: [model-a, model-b]")
                    .merge(Merge.BY_KEY)
                    .describedAs("The models it offers."),
            named("unknownModels", Shape.Scalar.oneOf("allow", "deny"), "unknownModels: deny")
                    .usually("allow")
                    .describedAs("What a model outside the list does."),
            named("aliases", new Shape.MapOf(KeyType.ANY, TEXT, false), "aliases: {sonnet: model-a}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Names for models, such as sonnet."),
            named("defaultModel", TEXT, "defaultModel: model-a")
                    .alsoCalled("model", "proxyModelOverride")
                    .describedAs("The model of a launch that names none: an id or an alias."),
            named("catalog", TEXT, "catalog: fireworks-ai")
                    .describedAs("Whose limits and prices in the catalogue are this provider's."),
            named("http", HttpFields.HTTP, "http: {totalTimeout: 10m}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .alsoCalled("timeout", "timeouts", "retries", "proxy", "tls")
                    .describedAs("Time-outs and retries."),
            named("fallback", new Shape.ListOf(FALLBACK, false), "fallback: [{to: anthropic, when: [overloaded]}]")
                    .alsoCalled("fallbacks")
                    .describedAs("Where to go on when this provider fails."),
            named(
                            "options",
                            new Shape.MapOf(KeyType.ANY, new Shape.Anything("any value"), false),
                            "options: {region: eu}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .describedAs("The keys of a plugin's dialect."),
            named("allowInsecureHttp", BOOLEAN, "allowInsecureHttp: true")
                    .usually("false")
                    .bound()
                    .describedAs("Whether a key may go over plain HTTP to a public host."));

    private ProviderFieldTable() {}

    private static Shape valueOrSecret(ScalarType type) {
        return new Shape.Either(
                Shape.Scalar.of(type), null, new Shape.SecretForm(true), "a text or a secret such as {file: PATH}");
    }
}
