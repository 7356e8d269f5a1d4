package dev.patchbay.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: what a credential belongs to (provider-files.md, section 4).
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address in brackets
 * @param port the default port of the scheme where the URL names none
 */
public record Origin(String scheme, String host, int port) {

    /** The origin of an http or https URL; empty for a URL without scheme or host. */
    public static Optional<Origin> of(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            return Optional.empty();
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return Optional.of(new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port));
    }

    /** Whether the host is this machine or near it, as far as its name gives a hint; nothing is looked up. */
    public boolean isLocal() {
        return LocalHosts.contains(host);
    }

    /** Whether a key may go there unencrypted: this machine or a private network, by its address, or by a name without a dot. */
    public boolean isPrivate() {
        return LocalHosts.isPrivate(host);
    }

    /** Whether the host is this machine, as far as its name tells; nothing is looked up. */
    public boolean isLoopback() {
        return LocalHosts.isLoopback(host);
    }

    /** Written out: each request asks, and those of a record are slow before the second compiler sees them. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Origin origin
                && port == origin.port
                && host.equals(origin.host)
                && scheme.equals(origin.scheme);
    }

    @Override
    public final int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    /** {@code https://host}, with the port where it is not the scheme's default. */
    @Override
    public String toString() {
        boolean isDefaultPort = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (isDefaultPort ? "" : ":" + port);
    }
}
