package dev.patchbay.provider;

import java.util.Optional;

/**
 * How the connections of a provider leave this machine (provider-files.md, section 2.2, {@code proxy}). Bound to the origin
 * like a key. Immutable.
 */
public final class ProxySettings {

    /** As the environment says, {@code HTTPS_PROXY}, {@code NO_PROXY} and the like; loopback hosts always directly. The default. */
    public static final ProxySettings INHERIT = new ProxySettings(true, Optional.empty());

    /** Always directly. */
    public static final ProxySettings NONE = new ProxySettings(false, Optional.empty());

    private final boolean inherited;
    private final Optional<ProxyServer> server;

    private ProxySettings(boolean inherited, Optional<ProxyServer> server) {
        this.inherited = inherited;
        this.server = server;
    }

    /** Always through one proxy, loopback hosts too. */
    public static ProxySettings through(ProxyServer server) {
        return new ProxySettings(false, Optional.of(server));
    }

    /** Whether the environment decides. */
    public boolean isInherited() {
        return inherited;
    }

    /** The proxy that is named; empty for {@link #INHERIT} and {@link #NONE}. */
    public Optional<ProxyServer> server() {
        return server;
    }

    @Override
    public String toString() {
        return server.map(ProxyServer::address).orElse(inherited ? "inherit" : "none");
    }
}
