package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may use the gateway (sessions.md, section 3): no web page of another origin, and whoever has the token. */
final class Admission {

    /** A name can be made to mean this machine by whoever owns it; an address cannot. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*\\]?");

    private static final String BEARER = "bearer ";

    private final Set<String> hosts;

    /** @param hosts further names by which clients may call the gateway, in lower case */
    Admission(Set<String> hosts) {
        this.hosts = hosts;
    }

    /**
     * Lets a request in.
     *
     * @throws ProviderException of kind AUTH, with status 401 or 403, if not
     */
    void check(HttpServerRequest request, Optional<Secret> token) {
        HostAndPort authority = request.authority();
        if (authority != null && !isOurs(authority.host())) {
            throw refused(403, "the gateway does not answer to the name '" + HeaderText.escape(authority.host()) + "'");
        }
        String origin = request.getHeader("origin");
        if (origin != null && !isOurs(hostOf(origin))) {
            throw refused(403, "web pages of another origin may not use the gateway");
        }
        if (token.isPresent() && !holds(request, token.get())) {
            throw refused(
                    401, "the gateway's token is missing or wrong: send it as Authorization: Bearer, or as x-api-key");
        }
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || ADDRESS.matcher(name).matches() || hosts.contains(name);
    }

    private static String hostOf(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost()).orElse("");
        } catch (IllegalArgumentException notUrl) {
            return "";
        }
    }

    private static boolean holds(HttpServerRequest request, Secret token) {
        String authorization = request.getHeader("authorization");
        boolean bearer = authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && equal(authorization.substring(BEARER.length()).strip(), token);
        return bearer || equal(request.getHeader("x-api-key"), token);
    }

    /** In a time that tells nothing. */
    private static boolean equal(@Nullable String given, Secret token) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static ProviderException refused(int status, String message) {
        return ProviderException.builder(Kind.AUTH, message).status(status).build();
    }
}
