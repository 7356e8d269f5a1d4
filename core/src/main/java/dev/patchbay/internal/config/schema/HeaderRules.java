package dev.patchbay.internal.config.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which headers can be sent. The check is ours, before the HTTP client sees a header, because the client's own message
 * quotes the value.
 */
public final class HeaderRules {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final boolean[] OF_NAMES = ofNames();

    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization");

    private static final Set<String> CREDENTIALS = Set.of(
            "authorization",
            "cookie",
            "x-api-key",
            "api-key",
            "x-goog-api-key",
            "x-auth-token",
            "x-access-token",
            "ocp-apim-subscription-key");

    private static final Set<String> CREDENTIAL_PARAMETERS =
            Set.of("key", "api_key", "apikey", "api-key", "access_token", "token", "subscription-key", "sig");

    /** In a body {@code key}, {@code token} and {@code sig} may be anything. */
    private static final Set<String> CREDENTIAL_MEMBERS = Set.of(
            "api_key",
            "apikey",
            "api-key",
            "x-api-key",
            "access_token",
            "accesstoken",
            "auth_token",
            "authorization",
            "authorization_token",
            "client_secret",
            "clientsecret",
            "password");

    private HeaderRules() {}

    /** What is wrong with a name; empty if it can be sent. */
    public static Optional<String> problemOfName(String name) {
        if (name.isEmpty()) {
            return Optional.of("the name of a header is empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= OF_NAMES.length || !OF_NAMES[c]) {
                return Optional.of("the name of a header cannot hold the character at " + (i + 1));
            }
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("the header " + name + " is set by the connection itself");
        }
        return Optional.empty();
    }

    private static boolean[] ofNames() {
        boolean[] known = new boolean[128];
        for (char c = 0; c < known.length; c++) {
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            known[c] = letterOrDigit || TOKEN_MARKS.indexOf(c) >= 0;
        }
        return known;
    }

    /** What is wrong with a value, without quoting it; empty if it can be sent. */
    public static Optional<String> problemOfValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n') {
                return Optional.of("a header cannot hold a line break (character " + (i + 1) + ")");
            }
            if ((c < ' ' && c != '\t') || c > '~') {
                return Optional.of("a header holds printable ASCII only; character " + (i + 1) + " is not");
            }
        }
        return Optional.empty();
    }

    /** Headers that the connection sets itself, in lower case. */
    public static Set<String> reserved() {
        return RESERVED;
    }

    /** Headers that hold a credential, in lower case. */
    public static Set<String> credentials() {
        return CREDENTIALS;
    }

    /** Query parameters that hold a credential, in lower case. */
    public static Set<String> credentialParameters() {
        return CREDENTIAL_PARAMETERS;
    }

    /** Whether what stands in that header is a credential. */
    public static boolean isCredential(String header) {
        return CREDENTIALS.contains(header.toLowerCase(Locale.ROOT));
    }

    /** Whether what stands in that query parameter is a credential. */
    public static boolean isCredentialParameter(String parameter) {
        return CREDENTIAL_PARAMETERS.contains(parameter.toLowerCase(Locale.ROOT));
    }

    /** Whether what stands in that member of a body is a credential. */
    public static boolean isCredentialMember(String member) {
        return CREDENTIAL_MEMBERS.contains(member.toLowerCase(Locale.ROOT));
    }
}
