package dev.patchbay.testkit;

import dev.patchbay.spi.ProviderException.Kind;
import java.util.Map;
import java.util.TreeMap;

/** Which kind of error a status is (dialects.md E1, E4). */
final class StatusKinds {

    static final Map<Integer, Kind> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry(400, Kind.INVALID_REQUEST),
            Map.entry(401, Kind.AUTH),
            Map.entry(402, Kind.QUOTA),
            Map.entry(403, Kind.AUTH),
            Map.entry(404, Kind.NOT_FOUND),
            Map.entry(408, Kind.TIMEOUT),
            Map.entry(429, Kind.RATE_LIMIT),
            Map.entry(500, Kind.SERVER),
            Map.entry(502, Kind.SERVER),
            Map.entry(503, Kind.OVERLOADED),
            Map.entry(504, Kind.TIMEOUT),
            Map.entry(529, Kind.OVERLOADED)));

    private StatusKinds() {}
}
