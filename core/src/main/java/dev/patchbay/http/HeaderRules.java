package dev.patchbay.http;

import dev.patchbay.spi.ProviderException;
import java.util.Locale;
import java.util.Set;

/**
 * Which headers can be sent. Checked before the JDK does, whose messages quote the value, and that may be a key.
 */
final class HeaderRules {

    /** The connection's business; the JDK's client refuses them. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    /**
     * Checks a header.
     *
     * @throws ProviderException of kind {@code INVALID_REQUEST}; it names the header, never the value
     */
    static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenCharacter)) {
            throw refused("'" + printable(name) + "' is not a header's name", "use letters, digits and hyphens");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw refused(
                    "the header " + name + " belongs to the connection and cannot be set",
                    "take it out of headers in the provider's file");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw refused(
                        "the value of the header " + name + " has a character that no header may have, at position "
                                + (i + 1) + " of " + value.length(),
                        "look for line breaks, quotation marks and letters outside ASCII");
            }
        }
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    private static ProviderException refused(String message, String help) {
        return ProviderException.builder(ProviderException.Kind.INVALID_REQUEST, message)
                .help(help)
                .build();
    }
}
