package dev.patchbay.internal.gateway.accept;

import static dev.patchbay.diagnostic.Printable.line;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the gateway (sessions.md, section 3): no web page that was not allowed to, and whoever has the token. Used on one event
 * loop.
 */
public final class AccessControl {

    private static final Pattern JSON =
            Pattern.compile("\\s*[^\\s,/]+/([^\\s,/]+\\+)?json\\s*", Pattern.CASE_INSENSITIVE);
    private static final String BEARER = "bearer ";

    private final Set<String> hosts;
    private final AllowedOrigins origins;

    /** The last one that was let in, which the next request mostly names too. */
    private String known = "localhost";

    private Authority knownHost = new Authority("localhost", 0);

    /**
     * @param hosts further names by which clients may call the gateway, in lower case
     * @param origins whose pages may use it
     */
    public AccessControl(Set<String> hosts, AllowedOrigins origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    /**
     * Lets a request in as far as names and web pages go, whoever sends it.
     *
     * @return the foreign origin that may read the answer; empty if no page asks, or one of the gateway itself
     * @throws ProviderException with status 400 or 403 if not
     */
    public Optional<String> origin(HttpServerRequest request) {
        Authority host = host(request);
        List<String> named = request.headers().getAll("origin");
        if (named.isEmpty()) {
            for (String site : request.headers().getAll("sec-fetch-site")) {
                if (!site.equalsIgnoreCase("none") && !site.equalsIgnoreCase("same-origin")) {
                    throw otherOrigin();
                }
            }
            return Optional.empty();
        }
        String origin = named.get(0);
        if (named.size() == 1 && origins.isAllowed(origin)) {
            return Optional.of(origin);
        }
        if (named.size() > 1 || !AllowedOrigins.isOwn(origin, host)) {
            throw otherOrigin();
        }
        return Optional.empty();
    }

    /**
     * Lets a request in that has the token; where there is none, one that no web page could have sent without being asked first.
     *
     * @throws ProviderException of kind AUTH with status 401, or with status 415, if not; with status 400 for two credentials of one
     *     name
     */
    public void token(HttpServerRequest request, Optional<Secret> token) {
        requireOne(request, "authorization");
        requireOne(request, "x-api-key");
        if (token.isPresent() && !holds(request, token.get())) {
            throw refused(
                    401, "the gateway's token is missing or wrong: send it as Authorization: Bearer, or as x-api-key");
        }
        if (token.isEmpty() && request.method().equals(HttpMethod.POST) && !isJson(request)) {
            throw ProviderException.builder(Kind.INVALID_REQUEST, "send the request as content-type: application/json")
                    .status(415)
                    .build();
        }
    }

    /** Which of two counts nobody can know (RFC 9110, section 5.3): who stands between may take the other one. */
    private static void requireOne(HttpServerRequest request, String header) {
        if (request.headers().getAll(header).stream().distinct().count() > 1) {
            throw badRequest("the request has " + header + " more than once, with different values: send one");
        }
    }

    /** What a request with an absolute target calls is as much its host as what stands in {@code Host} (RFC 9112, 3.2.2). */
    private Authority host(HttpServerRequest request) {
        List<String> named = request.headers().getAll("host");
        if (named.size() > 1 || (named.isEmpty() && request.version() != HttpVersion.HTTP_1_0)) {
            throw badRequest("the request must have one Host header");
        }
        Authority host = new Authority("localhost", 0);
        if (!named.isEmpty()) {
            host = ours(named.get(0));
        }
        String target = request.uri();
        int authority = target.indexOf("://");
        if (!target.startsWith("/") && authority > 0) {
            int end = target.indexOf('/', authority + 3);
            host = ours(target.substring(authority + 3, end < 0 ? target.length() : end));
        }
        return host;
    }

    private Authority ours(String text) {
        if (!text.equals(known)) {
            knownHost = letIn(text);
            known = text;
        }
        return knownHost;
    }

    private Authority letIn(String text) {
        Authority host =
                Authority.parse(text).orElseThrow(() -> badRequest("'" + line(text) + "' is no name of a host"));
        if (!host.host().equals("localhost") && !host.isAddress() && !hosts.contains(host.host())) {
            throw refused(403, "the gateway does not answer to the name '" + host.host() + "'");
        }
        return host;
    }

    /**
     * Whether it says that it is JSON, by one type alone: no parameter, second type or second line makes a request one that a page has to
     * ask for, and a page may send bytes without any type.
     */
    private static boolean isJson(HttpServerRequest request) {
        List<String> named = request.headers().getAll("content-type");
        return named.size() == 1 && JSON.matcher(named.get(0).split(";", 2)[0]).matches();
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

    private static ProviderException otherOrigin() {
        return refused(403, "web pages of another origin may not use the gateway, unless it was started to allow them");
    }

    private static ProviderException badRequest(String message) {
        return ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(400)
                .build();
    }

    private static ProviderException refused(int status, String message) {
        return ProviderException.builder(Kind.AUTH, message).status(status).build();
    }
}
