package dev.patchbay.route;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a URL: what a credential is bound to (provider-files.md, section 4).
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address stands in brackets
 * @param port the port in the URL, else the scheme's own
 */
public record Origin(String scheme, String host, int port) {

    public Origin {
        requireNonNull(scheme, "scheme is null");
        requireNonNull(host, "host is null");
    }

    /**
     * The origin of a URL.
     *
     * @throws IllegalArgumentException if the URL is not {@code http} or {@code https} or has no host
     */
    public static Origin of(URI url) {
        String scheme = lower(url.getScheme() == null ? "" : url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("not an http or https URL");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the URL has no host, or its host is not a valid name");
        }
        int port = url.getPort() == -1 ? defaultPort(scheme) : url.getPort();
        return new Origin(scheme, lower(url.getHost()), port);
    }

    /** Whether what is sent there can be read on the way. */
    public boolean isPlainHttp() {
        return scheme.equals("http");
    }

    /** Whether the host is this machine or in a private network, as far as its name or address tells. */
    public boolean isLocal() {
        return Hosts.isLocal(host);
    }

    /** Whether the host is this machine. */
    public boolean isLoopback() {
        return Hosts.isLoopback(host);
    }

    /** As in a URL; the port only where it is not the scheme's own. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
