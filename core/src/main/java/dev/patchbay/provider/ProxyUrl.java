package dev.patchbay.provider;

import dev.patchbay.internal.InternalApi;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The URL of a proxy, taken apart; the scheme may be left out. Prints no user name and no password. */
@InternalApi
public final class ProxyUrl {

    private static final String SCHEME = "http://";
    private static final int DEFAULT_PORT = 80;

    private final String host;
    private final int port;
    private final Optional<String> userInfo;

    private ProxyUrl(String host, int port, Optional<String> userInfo) {
        this.host = host;
        this.port = port;
        this.userInfo = userInfo;
    }

    /**
     * Reads a URL such as {@code http://user:password@proxy.example:3128}.
     *
     * @throws IllegalArgumentException if it is none that can be used; the message says why and quotes nothing of it
     */
    public static ProxyUrl parse(String text) {
        int scheme = text.indexOf("://");
        boolean plain = scheme < 0 || text.substring(0, scheme).equalsIgnoreCase("http");
        if (!plain) {
            throw new IllegalArgumentException("the URL of a proxy begins with http://; other kinds are not supported");
        }
        String rest = scheme < 0 ? text : text.substring(scheme + "://".length());
        int at = rest.lastIndexOf('@');
        Optional<String> userInfo = at < 0
                ? Optional.empty()
                : Optional.of(Percent.decode(rest.substring(0, at))).filter(login -> !login.isBlank());
        return server(rest.substring(at + 1), userInfo);
    }

    private static ProxyUrl server(String text, Optional<String> userInfo) {
        URI url;
        try {
            url = new URI(SCHEME + text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a URL cannot hold one of its characters");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            throw new IllegalArgumentException("the URL has no host, or its port is no number");
        }
        if (url.getPort() > 65_535 || url.getPort() == 0) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        boolean more = !(url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                || url.getRawQuery() != null
                || url.getRawFragment() != null;
        if (more) {
            throw new IllegalArgumentException("the URL of a proxy ends with its port");
        }
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        return new ProxyUrl(url.getHost().toLowerCase(Locale.ROOT), port, userInfo);
    }

    /** In lower case; an IPv6 address in brackets. */
    public String host() {
        return host;
    }

    /** The port; 80 where the URL names none. */
    public int port() {
        return port;
    }

    /** {@code user:password}, percent-decoded. */
    public Optional<String> userInfo() {
        return userInfo;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
