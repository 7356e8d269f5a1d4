package dev.patchbay.internal.http.socket;

import static java.util.Objects.requireNonNull;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads; connections to equal ones serve each other's requests.
 *
 * @param host without the brackets of an IPv6 address
 * @param tls what the host has to prove, compared by identity; null: a plain connection
 * @param proxy through which it goes; null: directly
 */
public record PeerAddress(
        String host,
        int port,
        @Nullable SSLContext tls,
        @Nullable Proxy proxy) {

    public PeerAddress {
        requireNonNull(host, "host is null");
    }

    /** Whether the proxy passes bytes on, rather than requests. */
    public boolean isTunnelled() {
        return proxy != null && tls != null;
    }

    /** The host as a request names it, in brackets where it has colons; always with its port. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /**
     * A proxy.
     *
     * @param host without the brackets of an IPv6 address
     * @param login the name of what is proven to it: nobody is to use a tunnel that another one opened; empty for nothing
     */
    public record Proxy(String host, int port, String login) {

        public Proxy {
            requireNonNull(host, "host is null");
            requireNonNull(login, "login is null");
        }
    }
}
