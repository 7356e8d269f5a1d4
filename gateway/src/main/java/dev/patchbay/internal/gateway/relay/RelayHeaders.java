package dev.patchbay.internal.gateway.relay;

import dev.patchbay.internal.gateway.ConnectionHeader;
import dev.patchbay.internal.http.PreparedCall;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers of an upstream's answer that are the client's business; what is not named here may speak of the connection, of another
 * host, or to a browser.
 */
public final class RelayHeaders {

    private static final Set<String> PASSED = Set.of(
            "content-type", "x-should-retry", "x-request-id", "request-id", "x-generation-id", "apim-request-id");

    private static final List<String> PASSED_BEGINNINGS =
            List.of("retry-after", "anthropic-ratelimit-", "x-ratelimit-", "openai-");

    /** Of all of them together, in characters: clients have limits of their own. */
    private static final int MOST = 8 * 1024;

    private static final int LONGEST_VALUE = 1024;

    private RelayHeaders() {}

    /** Copies them, without the secrets that were sent. */
    public static void copy(MultiMap headers, HttpServerResponse response, PreparedCall sent) {
        int left = MOST;
        Set<String> own = ConnectionHeader.named(headers);
        // Without it a client would have to guess.
        own.remove("content-type");
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue();
            left -= passes(name) ? name.length() + value.length() : 0;
            boolean relayed = passes(name) && !own.contains(name) && isPrintable(value) && left >= 0;
            if (relayed && sent.clean(name).equals(name)) {
                response.headers().add(name, sent.clean(value));
            }
        }
    }

    private static boolean passes(String name) {
        return PASSED.contains(name) || PASSED_BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private static boolean isPrintable(String value) {
        return value.length() <= LONGEST_VALUE && value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
