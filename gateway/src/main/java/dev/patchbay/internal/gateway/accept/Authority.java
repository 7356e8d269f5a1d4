package dev.patchbay.internal.gateway.accept;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and maybe a port, as in {@code Host} (RFC 9110, section 7.2). Immutable.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port 0 if there is none
 */
record Authority(String host, int port) {

    /** Nothing percent-encoded: no name of a machine needs it, and readers of it do not agree. */
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}\\]|[a-z0-9._-]{1,253})(?::([0-9]{1,5}))?");

    /** A name can be made to mean this machine by whoever owns it; an address cannot. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*\\]");

    /** Empty if it is none. */
    static Optional<Authority> parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
        return port > 65_535 ? Optional.empty() : Optional.of(new Authority(form.group(1), port));
    }

    boolean isAddress() {
        return ADDRESS.matcher(host).matches();
    }

    /** Whether both are the same where a scheme has this port for its own. */
    boolean isSame(Authority other, int defaultPort) {
        return host.equals(other.host)
                && (port == 0 ? defaultPort : port) == (other.port == 0 ? defaultPort : other.port);
    }
}
