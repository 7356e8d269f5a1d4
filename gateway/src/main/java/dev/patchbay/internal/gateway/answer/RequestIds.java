package dev.patchbay.internal.gateway.answer;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests: an upstream's own where it gave one, so that its operator can find it. */
public final class RequestIds {

    private static final List<String> HEADERS =
            List.of("x-request-id", "request-id", "x-generation-id", "apim-request-id");

    private RequestIds() {}

    static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "req_" + Long.toString(random.nextLong() >>> 1, 36) + Long.toString(random.nextLong() >>> 1, 36);
    }

    /** The id that an upstream gave. */
    public static Optional<String> of(MultiMap headers) {
        for (String name : HEADERS) {
            String id = headers.get(name);
            if (id != null && !id.isBlank()) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
