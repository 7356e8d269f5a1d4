package dev.patchbay.internal.config.schema;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which headers, query parameters and members of a body hold a credential, by the last words of their names: every service puts
 * words of its own before them ({@code xi-api-key}, {@code X-Functions-Key}, {@code Private-Token}).
 */
public final class CredentialNames {

    private static final Set<String> OF_HEADERS = Set.of(
            "authorization",
            "auth",
            "cookie",
            "key",
            "apikey",
            "token",
            "secret",
            "password",
            "credential",
            "credentials");

    private static final Set<String> OF_PARAMETERS =
            Set.of("key", "apikey", "token", "sig", "signature", "secret", "password");

    /** In a body {@code key}, {@code token} and {@code sig} may be anything. */
    private static final Set<String> OF_MEMBERS = Set.of(
            "api_key",
            "apikey",
            "access_key",
            "auth_key",
            "private_key",
            "secret_key",
            "subscription_key",
            "api_token",
            "access_token",
            "accesstoken",
            "auth_token",
            "authorization",
            "authorization_token",
            "bearer_token",
            "refresh_token",
            "security_token",
            "session_token",
            "clientsecret",
            "secret",
            "password",
            "credentials");

    /** Keys that open nothing. */
    private static final Set<String> NONE = Set.of("idempotency-key", "cache-key", "partition-key", "routing-key");

    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private CredentialNames() {}

    /** The last words of headers that hold one, in lower case. */
    public static Set<String> ofHeaders() {
        return OF_HEADERS;
    }

    /** The last words of query parameters that hold one, in lower case. */
    public static Set<String> ofParameters() {
        return OF_PARAMETERS;
    }

    /** The last words of those that hold none all the same, in lower case. */
    public static Set<String> none() {
        return NONE;
    }

    /** Whether what stands in that header is a credential. */
    public static boolean isHeader(String header) {
        return ends(header.toLowerCase(Locale.ROOT), OF_HEADERS);
    }

    /** Whether what stands in that query parameter is a credential. */
    public static boolean isParameter(String parameter) {
        return ends(parameter.toLowerCase(Locale.ROOT), OF_PARAMETERS);
    }

    /** Whether what stands in that member of a body is a credential. */
    public static boolean isMember(String member) {
        String words = CAMEL_CASE.matcher(member).replaceAll("_").toLowerCase(Locale.ROOT);
        return ends(words.replace('-', '_'), OF_MEMBERS);
    }

    private static boolean ends(String name, Set<String> words) {
        return isAmong(name, words) && !isAmong(name, NONE);
    }

    private static boolean isAmong(String name, Set<String> words) {
        for (String word : words) {
            int before = name.length() - word.length() - 1;
            if (name.endsWith(word) && (before < 0 || isBetweenWords(name.charAt(before)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBetweenWords(char c) {
        return c == '-' || c == '_' || c == '.';
    }
}
