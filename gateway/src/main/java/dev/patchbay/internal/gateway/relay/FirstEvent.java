package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** How an event stream begins. */
final class FirstEvent {

    private static final String DATA = "data:";

    private FirstEvent() {}

    /** The error that a stream consists of, though its status is a success (dialects.md, S12); empty if it begins well. */
    static Optional<UpstreamError> error(Buffer events) {
        return events.toString()
                .lines()
                .filter(line -> line.startsWith(DATA))
                .findFirst()
                .flatMap(line -> Json.tryParse(line.substring(DATA.length()).strip()))
                .filter(FirstEvent::isError)
                .map(ErrorReader::readInside);
    }

    private static boolean isError(JsonNode data) {
        return data.hasNonNull("error") || data.path("type").asText("").equals("error");
    }
}
