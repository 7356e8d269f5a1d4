package dev.patchbay.internal.http;

import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What proves the caller to a proxy: sent with the first request, since waiting to be asked would take the JDK's
 * authenticator, which then answers for providers too. The JDK's client lets the proxy alone see it.
 */
final class ProxyAuthorization {

    static final String HEADER = "Proxy-Authorization";

    private ProxyAuthorization() {}

    /**
     * The value of the header; empty if the proxy wants no credential.
     *
     * @param lookup finds what a secret is
     */
    static Optional<String> of(ProxyServer proxy, Function<SecretValue, Secret> lookup) {
        return proxy.credential().map(lookup).map(Secret::reveal).map(ProxyAuthorization::basic);
    }

    /** RFC 7617, in UTF-8. */
    private static String basic(String userInfo) {
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether the JDK's client keeps it to itself when it opens a tunnel: it does for Basic, unless the JVM was started
     * with {@code -Djdk.http.auth.tunneling.disabledSchemes=}.
     */
    static boolean isKeptBackForTunnels() {
        String disabled = System.getProperty("jdk.http.auth.tunneling.disabledSchemes");
        return disabled == null || disabled.toLowerCase(Locale.ROOT).contains("basic");
    }
}
