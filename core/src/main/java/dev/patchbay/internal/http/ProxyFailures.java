package dev.patchbay.internal.http;

import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what is wrong with the proxy on the way to a provider, and which line helps. */
public final class ProxyFailures {

    /** The status with which a proxy asks for a password. */
    public static final int AUTHENTICATION_REQUIRED = 407;

    private static final String FIELD = "http.proxy";

    /** The JDK says it in words only. */
    private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    private final ProxyServer proxy;
    private final Origin origin;

    /** @param origin where the request was to go */
    public ProxyFailures(ProxyServer proxy, Origin origin) {
        this.proxy = proxy;
        this.origin = origin;
    }

    /** For a proxy to which no connection could be made. */
    public ProviderException notConnected(Throwable failure) {
        if (NetworkFailures.has(failure, UnresolvedAddressException.class)
                || NetworkFailures.has(failure, UnknownHostException.class)) {
            return unreachable(failure, "there is no host named " + proxy.host() + ", the proxy to " + origin);
        }
        if (NetworkFailures.has(failure, NoRouteToHostException.class)) {
            return unreachable(failure, "there is no way to " + name());
        }
        return unreachable(failure, name() + " refused the connection");
    }

    /** For a proxy, or what lies behind it, that did not connect in time. */
    ProviderException notConnectedInTime(Throwable failure, String limit) {
        return unreachable(failure, "no connection to " + origin + " through " + name() + " within " + limit);
    }

    /**
     * For a proxy that answered in the provider's place.
     *
     * @param status 407, or that with which it refused to open a tunnel
     * @param schemes what its {@code Proxy-Authenticate} headers say
     */
    public ProviderException answered(int status, List<String> schemes) {
        if (status != AUTHENTICATION_REQUIRED) {
            return refused(
                    status,
                    name() + " did not connect to " + origin + " (status " + status + ")",
                    "ask who runs it whether it lets " + origin.host() + " through, or " + goWithout());
        }
        if (!areBasic(schemes)) {
            return refused(
                    status,
                    name() + " wants another proof than a user name and a password",
                    "only Basic is supported: name a proxy of your own that signs in there");
        }
        return proxy.credential().map(this::wrongPassword).orElseGet(this::noPassword);
    }

    /** For a password that the JDK's client did not send. */
    ProviderException keptBack() {
        return refused(
                AUTHENTICATION_REQUIRED,
                name() + " wants the password, and this JVM does not send it to open a tunnel",
                "start Java with -Djdk.http.auth.tunneling.disabledSchemes= (nothing behind the sign), as the patchbay"
                        + " command does");
    }

    private ProviderException wrongPassword(SecretValue credential) {
        boolean ofFile = proxy.source().equals(FIELD);
        return refused(
                AUTHENTICATION_REQUIRED,
                name() + " refused the user name or the password",
                "check " + (ofFile ? "the user name in " + FIELD + " and " + credential.reference() : proxy.source()));
    }

    private ProviderException noPassword() {
        return refused(
                AUTHENTICATION_REQUIRED,
                name() + " wants a user name and a password",
                "write http: {proxy: \"http://USER:$PROXY_PASSWORD@" + proxy.address()
                        + "\"} into the provider's file");
    }

    /** The status with which a proxy refused a tunnel; null if that is not what happened. */
    static @Nullable Integer tunnelStatus(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher said = TUNNEL.matcher(String.valueOf(cause.getMessage()));
            if (said.find()) {
                return Integer.valueOf(said.group(1));
            }
        }
        return null;
    }

    /** Whether Basic is among what a proxy accepts, or it does not say. */
    static boolean areBasic(List<String> schemes) {
        return schemes.isEmpty() || schemes.stream().anyMatch(ProxyFailures::isBasic);
    }

    private static boolean isBasic(String scheme) {
        return scheme.strip().toLowerCase(Locale.ROOT).startsWith("basic");
    }

    private String name() {
        return "the proxy " + proxy.address();
    }

    private static String goWithout() {
        return "go without it: http: {proxy: none} in the provider's file";
    }

    private ProviderException unreachable(Throwable cause, String message) {
        return ProviderException.builder(ProviderException.Kind.NETWORK, message)
                .cause(cause)
                .help("check its host and port in " + proxy.source() + ", or " + goWithout())
                .build();
    }

    private static ProviderException refused(int status, String message, String help) {
        return ProviderException.builder(ProviderException.Kind.NETWORK, message)
                .help(help)
                .retryable(status >= 500)
                .build();
    }
}
