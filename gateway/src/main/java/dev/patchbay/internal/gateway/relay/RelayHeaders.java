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
            // Of several the first is what the answer was read by.
            if (!passes(name)
                    || (name.equals("content-type") && response.headers().contains(name))) {
                continue;
            }
            left -= name.length() + value.length();
            boolean relayed = left >= 0 && !own.contains(name) && isPrintable(value);
            if (relayed && sent.clean(name).equals(name)) {
                response.headers().add(name, sent.clean(value));
            }
        }
    }

    private static boolean passes(String name) {
        if (PASSED.contains(name)) {
            return true;
        }
        for (String beginning : PASSED_BEGINNINGS) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrintable(String value) {
        if (value.length() > LONGEST_VALUE) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
