package dev.patchbay.provider;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An HTTP proxy: asked to open a tunnel for https targets and for the whole URL of http ones.
 *
 * @param host a name or an address, an IPv6 one in brackets
 * @param credential {@code user:password} for the proxy itself; empty where it wants none
 * @param source what names the proxy, for messages: {@code http.proxy} or a variable such as {@code HTTPS_PROXY}
 */
public record ProxyServer(String host, int port, Optional<SecretValue> credential, String source) {

    public ProxyServer {
        requireNonNull(host, "host is null");
        requireNonNull(credential, "credential is null");
        requireNonNull(source, "source is null");
    }

    /** {@code host:port}. */
    public String address() {
        return host + ":" + port;
    }

    /** Whether a key may go there unencrypted: this machine or a private network, by its address, or by a name without a dot. */
    public boolean isPrivate() {
        return LocalHosts.isPrivate(host);
    }
}
