package dev.patchbay.provider;

import static java.util.Objects.requireNonNull;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderDefinition;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider as configured: every file merged, every variable but the secrets substituted. Immutable; holds no secret.
 *
 * <p>The fields are those of provider-files.md, section 2; what no file says is absent, and whoever uses the field applies
 * the default of that section.
 */
public final class Definition implements ProviderDefinition {

    private final String id;
    private final @Nullable String name;
    private final @Nullable String keyUrl;
    private final @Nullable String statusUrl;
    private final String dialect;
    private final @Nullable URI baseUrl;
    private final Map<Operation, Endpoint> endpoints;
    private final @Nullable Auth auth;
    private final Map<String, Value> headers;
    private final Map<String, Value> query;
    private final BodyRules body;
    private final Map<String, @Nullable Object> quirks;
    private final Map<String, Model> models;
    private final boolean unknownModelsDenied;
    private final Map<String, String> aliases;
    private final @Nullable String defaultModel;
    private final @Nullable String catalog;
    private final HttpSettings http;
    private final List<Fallback> fallback;
    private final boolean insecureHttpAllowed;
    private final Options options;
    private final Options openOptions;

    private Definition(Builder builder) {
        this.id = builder.id;
        this.name = builder.name;
        this.keyUrl = builder.keyUrl;
        this.statusUrl = builder.statusUrl;
        this.dialect = builder.dialect;
        this.baseUrl = builder.baseUrl;
        this.endpoints = copy(builder.endpoints);
        this.auth = builder.auth;
        this.headers = copy(builder.headers);
        this.query = copy(builder.query);
        this.body = builder.body;
        this.quirks = copy(builder.quirks);
        this.models = copy(builder.models);
        this.unknownModelsDenied = builder.unknownModelsDenied;
        this.aliases = copy(builder.aliases);
        this.defaultModel = builder.defaultModel;
        this.catalog = builder.catalog;
        this.http = builder.http;
        this.fallback = builder.fallback;
        this.insecureHttpAllowed = builder.insecureHttpAllowed;
        this.options = builder.options;
        this.openOptions = builder.openOptions;
    }

    /** A definition of the default dialect, {@code openai-chat}, with nothing else said. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** The same definition, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(id);
        builder.name = name;
        builder.keyUrl = keyUrl;
        builder.statusUrl = statusUrl;
        builder.dialect = dialect;
        builder.baseUrl = baseUrl;
        builder.endpoints = endpoints;
        builder.auth = auth;
        builder.headers = headers;
        builder.query = query;
        builder.body = body;
        builder.quirks = quirks;
        builder.models = models;
        builder.unknownModelsDenied = unknownModelsDenied;
        builder.aliases = aliases;
        builder.defaultModel = defaultModel;
        builder.catalog = catalog;
        builder.http = http;
        builder.fallback = fallback;
        builder.insecureHttpAllowed = insecureHttpAllowed;
        builder.options = options;
        builder.openOptions = openOptions;
        return builder;
    }

    @Override
    public String id() {
        return id;
    }

    /** For people; default: the id. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Where a key can be had. */
    public Optional<String> keyUrl() {
        return Optional.ofNullable(keyUrl);
    }

    /** Where the provider says whether it is up. */
    public Optional<String> statusUrl() {
        return Optional.ofNullable(statusUrl);
    }

    @Override
    public String dialect() {
        return dialect;
    }

    /** Substituted, otherwise as written; the URL rule (provider-files.md, section 2.4) is applied by the route. */
    @Override
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    /** Only what a file says; an operation without an entry is where the dialect has it. */
    public Map<Operation, Endpoint> endpoints() {
        return endpoints;
    }

    /** Empty: no file names a key. */
    public Optional<Auth> auth() {
        return Optional.ofNullable(auth);
    }

    public Map<String, Value> headers() {
        return headers;
    }

    public Map<String, Value> query() {
        return query;
    }

    public BodyRules body() {
        return body;
    }

    /** Quirks by their keys in the file, as plain JDK values; only what a file says. */
    public Map<String, @Nullable Object> quirks() {
        return quirks;
    }

    /** By id, in the order of the files. */
    public Map<String, Model> models() {
        return models;
    }

    /** Whether only listed models may be used; default: any may. */
    public boolean unknownModelsDenied() {
        return unknownModelsDenied;
    }

    /** Alias to model id. */
    public Map<String, String> aliases() {
        return aliases;
    }

    /** Id or alias; empty: the first listed model, if any. */
    public Optional<String> defaultModel() {
        return Optional.ofNullable(defaultModel);
    }

    /** The entry of the catalogue whose limits and prices are this provider's; empty: the one at its address, or of its id. */
    public Optional<String> catalog() {
        return Optional.ofNullable(catalog);
    }

    public HttpSettings http() {
        return http;
    }

    /** Where sessions go on when this provider fails, in the order in which it is tried; default: nowhere. */
    public List<Fallback> fallback() {
        return fallback;
    }

    /** Whether a key may go over plain HTTP to a public host. */
    public boolean insecureHttpAllowed() {
        return insecureHttpAllowed;
    }

    @Override
    public Options options() {
        return options;
    }

    /** The options of which no part is secret; {@link #options} itself where that is so of all. */
    public Options openOptions() {
        return openOptions;
    }

    @Override
    public String toString() {
        return "Definition[" + id + ", " + dialect + ", " + baseUrl + "]";
    }

    private static <K, V extends @Nullable Object> Map<K, V> copy(Map<K, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Collects a definition. Not safe for use by several threads. */
    public static final class Builder {

        private final String id;
        private @Nullable String name;
        private @Nullable String keyUrl;
        private @Nullable String statusUrl;
        private String dialect = Dialects.DEFAULT.id();
        private @Nullable URI baseUrl;
        private Map<Operation, Endpoint> endpoints = Map.of();
        private @Nullable Auth auth;
        private Map<String, Value> headers = Map.of();
        private Map<String, Value> query = Map.of();
        private BodyRules body = BodyRules.NONE;
        private Map<String, @Nullable Object> quirks = Map.of();
        private Map<String, Model> models = Map.of();
        private boolean unknownModelsDenied;
        private Map<String, String> aliases = Map.of();
        private @Nullable String defaultModel;
        private @Nullable String catalog;
        private HttpSettings http = HttpSettings.DEFAULT;
        private List<Fallback> fallback = List.of();
        private boolean insecureHttpAllowed;
        private Options options = Options.none();
        private Options openOptions = options;

        private Builder(String id) {
            this.id = requireNonNull(id, "id is null");
        }

        public Builder name(String text) {
            this.name = requireNonNull(text, "text is null");
            return this;
        }

        public Builder keyUrl(String url) {
            this.keyUrl = requireNonNull(url, "url is null");
            return this;
        }

        public Builder statusUrl(String url) {
            this.statusUrl = requireNonNull(url, "url is null");
            return this;
        }

        public Builder dialect(String dialectId) {
            this.dialect = requireNonNull(dialectId, "dialectId is null");
            return this;
        }

        public Builder baseUrl(URI url) {
            this.baseUrl = requireNonNull(url, "url is null");
            return this;
        }

        public Builder endpoints(Map<Operation, Endpoint> map) {
            this.endpoints = requireNonNull(map, "map is null");
            return this;
        }

        public Builder auth(Auth value) {
            this.auth = requireNonNull(value, "value is null");
            return this;
        }

        public Builder headers(Map<String, Value> map) {
            this.headers = requireNonNull(map, "map is null");
            return this;
        }

        public Builder query(Map<String, Value> map) {
            this.query = requireNonNull(map, "map is null");
            return this;
        }

        public Builder body(BodyRules rules) {
            this.body = requireNonNull(rules, "rules is null");
            return this;
        }

        public Builder quirks(Map<String, @Nullable Object> map) {
            this.quirks = requireNonNull(map, "map is null");
            return this;
        }

        public Builder models(Map<String, Model> map) {
            this.models = requireNonNull(map, "map is null");
            return this;
        }

        public Builder unknownModelsDenied(boolean value) {
            this.unknownModelsDenied = value;
            return this;
        }

        public Builder aliases(Map<String, String> map) {
            this.aliases = requireNonNull(map, "map is null");
            return this;
        }

        public Builder defaultModel(String idOrAlias) {
            this.defaultModel = requireNonNull(idOrAlias, "idOrAlias is null");
            return this;
        }

        public Builder catalog(String entry) {
            this.catalog = requireNonNull(entry, "entry is null");
            return this;
        }

        public Builder http(HttpSettings settings) {
            this.http = requireNonNull(settings, "settings is null");
            return this;
        }

        public Builder fallback(List<Fallback> list) {
            this.fallback = List.copyOf(list);
            return this;
        }

        public Builder insecureHttpAllowed(boolean value) {
            this.insecureHttpAllowed = value;
            return this;
        }

        public Builder options(Options value) {
            return options(value, value.withoutSecrets());
        }

        /**
         * The options, where more of them is secret than their types say.
         *
         * @param open those of which no part is
         */
        public Builder options(Options value, Options open) {
            this.options = requireNonNull(value, "value is null");
            this.openOptions = requireNonNull(open, "open is null");
            return this;
        }

        public Definition build() {
            return new Definition(this);
        }
    }
}
