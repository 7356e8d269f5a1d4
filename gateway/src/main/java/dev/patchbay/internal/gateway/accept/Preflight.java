package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.answer.ClientExchange;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A browser's question before it lets a page of another origin send a request (Fetch standard, CORS-preflight request). */
public final class Preflight {

    private static final Pattern NAMES = Pattern.compile("[a-z0-9!#$&^_`|~.+-]+( *, *[a-z0-9!#$&^_`|~.+-]+)*");
    private static final String PRIVATE_NETWORK = "access-control-request-private-network";
    private static final String DEFAULT_HEADERS =
            "authorization, content-type, x-api-key, anthropic-version, anthropic-beta";

    private static final List<HttpMethod> DEFAULT_METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE);

    private Preflight() {}

    public static boolean isOne(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains("origin")
                && request.headers().contains("access-control-request-method");
    }

    /** The method that the page means to use; none that is unknown. */
    public static HttpMethod askedMethod(HttpServerRequest request) {
        String name = String.valueOf(request.getHeader("access-control-request-method"));
        return DEFAULT_METHODS.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElse(HttpMethod.GET);
    }

    /** Says yes to an origin that was let in; any header may come, since the token decides. */
    public static void answer(ClientExchange client, HttpMethod method) {
        HttpServerRequest request = client.request();
        String asked = String.valueOf(request.getHeader("access-control-request-headers"))
                .toLowerCase(Locale.ROOT);
        client.response()
                .putHeader("access-control-allow-methods", method.name())
                .putHeader(
                        "access-control-allow-headers",
                        NAMES.matcher(asked).matches() && !asked.equals("null") ? asked : DEFAULT_HEADERS)
                .putHeader("access-control-max-age", "600")
                .putHeader("vary", "origin, access-control-request-headers");
        if (request.headers().contains(PRIVATE_NETWORK)) {
            client.response().putHeader("access-control-allow-private-network", "true");
        }
        client.response().setStatusCode(204).end();
    }
}
