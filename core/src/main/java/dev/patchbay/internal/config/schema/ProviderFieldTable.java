package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Fallback;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The table of the fields of a provider (provider-files.md, section 2): the only place that knows what may stand in a
 * definition, how it merges, whether it is substituted and what it means.
 */
public final class ProviderFieldTable {

    private static final Shape TEXT = ScalarDecoder.TEXT.shape();
    private static final Shape SECRET = new Shape.SecretForm(false);

    public static final Field<Node> COMMAND = named(
                    SecretFormName.COMMAND, new Shape.ListOf(TEXT, false), "command: [corp-auth, print-token]")
            .required()
            .describedAs("The program and its arguments; there is no shell.");
    public static final Field<Duration> COMMAND_TTL = named("ttl", ScalarDecoder.DURATION, "ttl: 15m")
            .byDefault("15m")
            .describedAs("How long what it printed is used.");
    public static final Field<Duration> COMMAND_TIMEOUT = named("timeout", ScalarDecoder.DURATION, "timeout: 10s")
            .byDefault("10s")
            .describedAs("After which it is ended.");

    /** The fields of a secret that a command prints. */
    public static final Shape.Table COMMAND_FIELDS =
            FieldTable.record("a secret with command", COMMAND, COMMAND_TTL, COMMAND_TIMEOUT);

    public static final Field<String> AUTH_TYPE = named("type", ScalarDecoder.TEXT, "type: bearer")
            .knowing("none", "bearer", "header")
            .open()
            .describedAs("none, bearer, header, or the type of a plugin.");
    public static final Field<Node> AUTH_KEY = named("key", SECRET, "key: $PROVIDER_API_KEY")
            .substituted()
            .alsoCalled("apiKey", "token", "value", "secret")
            .describedAs("The key.");
    public static final Field<String> AUTH_HEADER = named(
                    "header", ScalarDecoder.text(ScalarType.HEADER_NAME), "header: api-key")
            .alsoCalled("name")
            .describedAs("The header that carries it.");
    public static final Field<String> AUTH_PREFIX = named(
                    "prefix", ScalarDecoder.text(ScalarType.HEADER_VALUE), "prefix: \"Bearer \"")
            .describedAs("The text before the key in that header.");

    /** The fields of {@code auth} where it is a mapping. */
    public static final Shape.Table AUTH_FIELDS =
            FieldTable.record("auth", AUTH_TYPE, AUTH_KEY, AUTH_HEADER, AUTH_PREFIX);

    /** {@code none} or a mapping. */
    static final Shape AUTH_FORM = new Shape.Either(
            Shape.Scalar.oneOf("none"), null, AUTH_FIELDS, "none or a mapping {type, key, header, prefix}");

    public static final Field<String> ENDPOINT_URL = named(
                    "url",
                    ScalarDecoder.text(ScalarType.ENDPOINT_URL),
                    "url: https://api.example.com/anthropic/v1/messages")
            .required()
            .substituted()
            .describedAs("Its address.");
    public static final Field<Node> ENDPOINT_AUTH = named(
                    "auth", AUTH_FORM, "auth: {type: bearer, key: $OTHER_API_KEY}")
            .substituted()
            .describedAs("How to authenticate there.");

    private static final Shape.Table ENDPOINT_FIELDS = FieldTable.record("an endpoint", ENDPOINT_URL, ENDPOINT_AUTH);

    private static final Shape ENDPOINT_MAP = new Shape.MapOf(
            KeyType.OPERATION,
            new Shape.Either(
                    Shape.Scalar.of(ScalarType.ENDPOINT), null, ENDPOINT_FIELDS, "a path, a URL or {url, auth}"),
            true);

    private static final Shape MODEL_LIST = new Shape.Either(
            null,
            new Shape.ListOf(TEXT, true),
            new Shape.MapOf(KeyType.ANY, ModelFields.MODEL, false),
            "a list of ids or a mapping of id to model");

    public static final Field<String> FALLBACK_TO = named("to", ScalarDecoder.TEXT, "to: anthropic")
            .required()
            .describedAs("The id of the provider to go on with.");
    public static final Field<Node> FALLBACK_WHEN = named(
                    "when",
                    new Shape.ListOf(new Shape.Scalar(ScalarType.TEXT, List.copyOf(Fallback.CAUSES.keySet())), true),
                    "when: [overloaded, network]")
            .required()
            .describedAs("The failures that it is for.");

    private static final Shape.Table FALLBACK_FIELDS = FieldTable.record("a fallback", FALLBACK_TO, FALLBACK_WHEN);

    public static final Field<String> EXTENDS = named("extends", ScalarDecoder.TEXT, "extends: anthropic")
            .merge(Merge.NOT_INHERITED)
            .alsoCalled("inherits", "base", "from")
            .describedAs("The definition to start from: an id, or preset:<id>.");
    public static final Field<Boolean> ENABLED = named("enabled", ScalarDecoder.BOOLEAN, "enabled: false")
            .byDefault("true")
            .describedAs("Whether it can be used; false: it is listed only.");
    public static final Field<String> NAME = named("name", ScalarDecoder.TEXT, "name: My provider")
            .alsoCalled("title", "label", "displayName")
            .describedAs("For people.");
    public static final Field<String> KEY_URL = named(
                    "keyUrl", ScalarDecoder.TEXT, "keyUrl: https://console.example.com/keys")
            .describedAs("Where a key can be had; printed when it is missing.");
    public static final Field<String> STATUS_URL = named(
                    "statusUrl", ScalarDecoder.TEXT, "statusUrl: https://status.example.com")
            .alsoCalled("statusPage")
            .describedAs("Where the provider says whether it is up; printed when it fails or is overloaded.");
    public static final Field<String> DIALECT = named("dialect", ScalarDecoder.TEXT, "dialect: openai-chat")
            .byDefault(Dialects.DEFAULT.id())
            .knowing(Dialects.ids().toArray(String[]::new))
            .alsoCalled("type", "kind", "api", "protocol", "format")
            .describedAs("What sessions speak with it.");
    public static final Field<URI> BASE_URL = named(
                    "baseUrl", ScalarDecoder.BASE_URL, "baseUrl: https://api.example.com/v1")
            .substituted()
            .alsoCalled("url", "apiBase", "api_base", "endpoint", "host", "proxyBaseUrl")
            .describedAs("Everything before the path of the operation.");
    public static final Field<Node> ENDPOINTS = named(
                    "endpoints", ENDPOINT_MAP, "endpoints: {messages: /anthropic/v1/messages}")
            .merge(Merge.BY_KEY)
            .substituted()
            .describedAs("Where an operation is, if not where the dialect has it; null: not offered.");
    public static final Field<Node> API_KEY = named("apiKey", SECRET, "apiKey: $PROVIDER_API_KEY")
            .substituted()
            .alsoCalled("key", "token", "secret", "proxyApiKey", "password")
            .describedAs("The key of the effective auth.");
    public static final Field<Node> AUTH = named("auth", AUTH_FORM, "auth: {type: bearer, key: $PROVIDER_API_KEY}")
            .substituted()
            .alsoCalled("authentication", "authorization")
            .describedAs("How to authenticate; none sends no credential header.");
    public static final Field<Node> HEADERS = named(
                    "headers",
                    new Shape.MapOf(KeyType.HEADER, valueOrSecret(ScalarType.HEADER_VALUE), false),
                    "headers: {X-Title: my app}")
            .merge(Merge.BY_KEY)
            .substituted()
            .describedAs("Headers of every request.");
    public static final Field<Node> QUERY = named(
                    "query",
                    new Shape.MapOf(KeyType.QUERY, valueOrSecret(ScalarType.TEXT), false),
                    "query: {api-version: 2024-10-21}")
            .merge(Merge.BY_KEY)
            .substituted()
            .alsoCalled("params", "queryParams")
            .describedAs("Query parameters of every request.");
    public static final Field<Node> BODY = named("body", BodyFields.BODY, "body: {drop: [temperature]}")
            .merge(Merge.BY_KEY)
            .substituted()
            .describedAs("Changes to the body of every request.");
    public static final Field<Node> QUIRKS = named(
                    "quirks", QuirkFields.QUIRKS, "quirks: {maxTokensField: max_completion_tokens}")
            .merge(Merge.BY_KEY)
            .describedAs("How the provider differs from the plainest of its dialect.");
    public static final Field<Node> MODELS = named("models", MODEL_LIST, "models: [model-a, model-b]")
            .merge(Merge.BY_KEY)
            .describedAs("The models it offers.");
    public static final Field<String> UNKNOWN_MODELS = named(
                    "unknownModels", ScalarDecoder.oneOf("allow", "deny"), "unknownModels: deny")
            .byDefault("allow")
            .describedAs("What a model outside the list does.");
    public static final Field<Node> ALIASES = named(
                    "aliases", new Shape.MapOf(KeyType.ANY, TEXT, false), "aliases: {sonnet: model-a}")
            .merge(Merge.BY_KEY)
            .describedAs("Names for models, such as sonnet.");
    public static final Field<String> DEFAULT_MODEL = named("defaultModel", ScalarDecoder.TEXT, "defaultModel: model-a")
            .alsoCalled("model", "proxyModelOverride")
            .describedAs("The model of a launch that names none: an id or an alias.");
    public static final Field<String> CATALOG = named("catalog", ScalarDecoder.TEXT, "catalog: fireworks-ai")
            .describedAs("Whose limits and prices in the catalogue are this provider's.");
    public static final Field<Node> HTTP = named("http", HttpFields.HTTP, "http: {totalTimeout: 10m}")
            .merge(Merge.BY_KEY)
            .substituted()
            .alsoCalled("timeout", "timeouts", "retries", "proxy", "tls")
            .describedAs("Time-outs and retries.");
    public static final Field<Node> FALLBACK = named(
                    "fallback",
                    new Shape.ListOf(FALLBACK_FIELDS, false),
                    "fallback: [{to: anthropic, when: [overloaded]}]")
            .alsoCalled("fallbacks")
            .describedAs("Where to go on when this provider fails.");
    public static final Field<Node> OPTIONS = named(
                    "options",
                    new Shape.MapOf(KeyType.ANY, new Shape.Anything("any value"), false),
                    "options: {region: eu}")
            .merge(Merge.BY_KEY)
            .substituted()
            .describedAs("The keys of a plugin's dialect.");
    public static final Field<Boolean> ALLOW_INSECURE_HTTP = named(
                    "allowInsecureHttp", ScalarDecoder.BOOLEAN, "allowInsecureHttp: true")
            .byDefault("false")
            .bound()
            .describedAs("Whether a key may go over plain HTTP to a public host.");

    /** The fields of a provider. */
    public static final Shape.Table PROVIDER = FieldTable.extensible(
            "a provider",
            EXTENDS,
            ENABLED,
            NAME,
            KEY_URL,
            STATUS_URL,
            DIALECT,
            BASE_URL,
            ENDPOINTS,
            API_KEY,
            AUTH,
            HEADERS,
            QUERY,
            BODY,
            QUIRKS,
            MODELS,
            UNKNOWN_MODELS,
            ALIASES,
            DEFAULT_MODEL,
            CATALOG,
            HTTP,
            FALLBACK,
            OPTIONS,
            ALLOW_INSECURE_HTTP);

    private ProviderFieldTable() {}

    private static Shape valueOrSecret(ScalarType type) {
        return new Shape.Either(
                Shape.Scalar.of(type), null, new Shape.SecretForm(true), "a text or a secret such as {file: PATH}");
    }
}
