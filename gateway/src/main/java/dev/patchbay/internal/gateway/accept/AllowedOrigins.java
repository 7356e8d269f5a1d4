package dev.patchbay.internal.gateway.accept;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which web pages may use the gateway: those of its own origin (RFC 6454) and those of the origins that were allowed by name. An
 * address is no better than a name here: a page may come from anywhere. Immutable.
 */
public final class AllowedOrigins {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s]+");
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private final Set<String> allowed;

    /** @param allowed in lower case */
    public AllowedOrigins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * The form in which browsers send an origin.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "'" + origin + "' is no origin: a scheme, a host and maybe a port, as in https://app.example.com");
        }
        return lower;
    }

    boolean isAllowed(String origin) {
        return allowed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a page comes from the gateway itself.
     *
     * @param host by which the gateway was called
     */
    static boolean isOwn(String origin, Authority host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith(HTTP)) {
            return isSame(lower.substring(HTTP.length()), host, 80);
        }
        // Where something in front of the gateway speaks TLS for it.
        return lower.startsWith(HTTPS) && isSame(lower.substring(HTTPS.length()), host, 443);
    }

    private static boolean isSame(String origin, Authority host, int defaultPort) {
        Optional<Authority> page = Authority.parse(origin);
        return page.isPresent() && page.get().isSame(host, defaultPort);
    }
}
