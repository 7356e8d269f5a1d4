package dev.patchbay.daemon.problem;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.session.SessionException;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.session.SessionStoreException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why something that was asked is not done, in the one shape of errors (docs/design/sessions.md, section 3). */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger(Problem.class.getName());

    private static final String STORE = "store";

    /** Where core says that a launch is at fault, and not a file. */
    private static final String LAUNCH = "launch";

    private static final String PROVIDER = "provider";

    private static final String PROXY_API_KEY = "proxy_api_key";

    /** Settings as core names them, and as the API does. */
    private static final Map<String, String> SETTINGS = Map.of(
            "proxyBaseUrl", "proxy_base_url",
            "proxyApiKey", PROXY_API_KEY,
            "proxyModelOverride", "proxy_model_override",
            "systemPrompt", "system_prompt",
            "appendSystemPrompt", "append_system_prompt",
            "outputSchema", "output_schema",
            "workingDir", "working_dir");

    /** What core says of one setting. */
    private static final Pattern SETTING =
            Pattern.compile("the (\\w+) (?:holds? the key|has more than|must not be blank)");

    private final int status;
    private final String code;
    private final transient Map<String, String> fields;
    private final @Nullable String help;

    private Problem(
            int status,
            String code,
            String message,
            Map<String, String> fields,
            @Nullable String help,
            @Nullable Throwable cause) {
        super(LiteralKeys.maskIn(message), cause);
        this.status = status;
        this.code = code;
        this.fields = new LinkedHashMap<>();
        fields.forEach((name, why) -> this.fields.put(LiteralKeys.maskIn(name), LiteralKeys.maskIn(why)));
        this.help = help == null ? null : LiteralKeys.maskIn(help);
    }

    /**
     * A problem without fields and help.
     *
     * @param status of HTTP
     * @param message for people
     */
    public static Problem of(int status, String message) {
        return new Problem(status, code(status), message, Map.of(), null, null);
    }

    /**
     * What is asked cannot be understood or done, member by member.
     *
     * @param fields by the name of the member, why
     */
    public static Problem fields(Map<String, String> fields) {
        Map.Entry<String, String> first = fields.entrySet().iterator().next();
        String more = fields.size() > 1 ? " (and " + (fields.size() - 1) + " more)" : "";
        return new Problem(422, code(422), first.getKey() + ": " + first.getValue() + more, fields, null, null);
    }

    /** The same for one member. */
    public static Problem field(String name, String why) {
        return fields(Map.of(name, why));
    }

    /** What the store did not do, in its own words. */
    public static Problem store(String message) {
        return new Problem(503, STORE, message, Map.of(), null, null);
    }

    /** Of a session that is not there. */
    public static Problem unknownSession(String id) {
        return of(404, "there is no session '" + id + "'");
    }

    /** Any failure as a problem; what should not happen is logged, and nobody is told more. */
    public static Problem of(Throwable failure) {
        if (failure instanceof Problem known) {
            return known;
        }
        if (failure instanceof ConfigurationException configuration) {
            return configuration(configuration);
        }
        if (failure instanceof SessionStateException state) {
            String message = message(state).replace("proxyApiKey", PROXY_API_KEY);
            Map<String, String> fields = state.kind() == SessionStateException.Kind.KEY_GONE
                    ? Map.of(PROXY_API_KEY, "is needed anew")
                    : Map.of();
            return new Problem(status(state.kind()), code(status(state.kind())), message, fields, null, state);
        }
        if (failure instanceof SessionStoreException || failure instanceof StoreException) {
            return store(failure);
        }
        if (failure instanceof ProviderException provider) {
            int status = provider.status().orElse(502);
            return new Problem(
                    status,
                    code(status),
                    message(provider),
                    Map.of(),
                    provider.help().orElse(null),
                    provider);
        }
        if (failure instanceof SessionException session) {
            return new Problem(500, code(500), message(session), Map.of(), null, session);
        }
        LOG.log(Level.ERROR, "a request failed in the daemon itself", failure);
        return new Problem(500, code(500), "the daemon failed; its log says why", Map.of(), null, failure);
    }

    /** The word that programs read, for a status. */
    public static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 408 -> "timeout";
            case 409 -> "conflict";
            case 413 -> "too_large";
            case 414, 431 -> "head_too_long";
            case 415 -> "unsupported_media_type";
            case 422 -> "invalid";
            case 426 -> "upgrade_required";
            case 429 -> "rate_limit";
            case 503 -> "unavailable";
            case 507 -> STORE;
            default -> status < 500 ? "refused" : "failed";
        };
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Members of the request and what is wrong with each; empty if it is no single one. */
    public Map<String, String> fields() {
        return fields;
    }

    /** What to do. */
    public Optional<String> help() {
        return Optional.ofNullable(help);
    }

    private static Problem store(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof StoreException)) {
            cause = cause.getCause();
        }
        if (cause instanceof IllegalArgumentException unfit) {
            return new Problem(400, code(400), message(unfit), Map.of(), null, failure);
        }
        if (cause instanceof IllegalStateException state) {
            return new Problem(409, code(409), message(state), Map.of(), null, failure);
        }
        return new Problem(
                503,
                STORE,
                cause instanceof StoreException ? message(cause) : message(failure),
                Map.of(),
                null,
                failure);
    }

    private static Problem configuration(ConfigurationException failure) {
        List<Diagnostic> errors =
                failure.diagnostics().stream().filter(Diagnostic::isError).toList();
        Map<String, String> fields = new LinkedHashMap<>();
        errors.forEach(error -> named(error).forEach(name -> fields.putIfAbsent(name, error.message())));
        Diagnostic first = errors.isEmpty() ? failure.diagnostics().get(0) : errors.get(0);
        return new Problem(
                422,
                first.code().name().toLowerCase(Locale.ROOT),
                errors.size() < 2
                        ? first.message()
                        : String.join(
                                "; ", errors.stream().map(Diagnostic::message).toList()),
                fields,
                first.help().orElse(null),
                failure);
    }

    /** The members of a request that a diagnostic is about. */
    private static List<String> named(Diagnostic error) {
        return switch (error.code()) {
            case UNKNOWN_PROVIDER, PROVIDER_DISABLED -> List.of(PROVIDER);
            case CREDENTIAL_DROPPED -> List.of(PROXY_API_KEY);
            case KEY_CHARACTER -> List.of(isOf(error, "proxyApiKey") ? PROXY_API_KEY : PROVIDER);
            case UNKNOWN_MODEL -> List.of("model");
            case BAD_URL -> List.of(isOf(error, LAUNCH) ? "proxy_base_url" : PROVIDER);
            case BAD_VALUE ->
                SETTING.matcher(error.message())
                        .results()
                        .map(found -> SETTINGS.getOrDefault(found.group(1), found.group(1)))
                        .toList();
            case MISSING_FIELD ->
                SETTINGS.entrySet().stream()
                        .filter(setting -> error.message().contains(setting.getKey()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
            // What is wrong in a file is wrong with the provider that was named.
            default -> isOf(error, LAUNCH) ? List.of() : List.of(PROVIDER);
        };
    }

    private static boolean isOf(Diagnostic error, String source) {
        return error.location().source().equals(source);
    }

    private static int status(SessionStateException.Kind kind) {
        return switch (kind) {
            case UNKNOWN -> 404;
            case STATE, KEY_GONE -> 409;
            case CONTENT -> 422;
            case TOO_MANY, CLOSED -> 503;
        };
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
