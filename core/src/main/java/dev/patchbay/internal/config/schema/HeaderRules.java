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
}
