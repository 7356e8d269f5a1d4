package dev.patchbay.internal.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** How an event stream begins. What came with the first event may be a whole answer, and is not looked at. */
final class FirstEvent {

    private static final String DATA = "data:";

    private FirstEvent() {}

    /** The error that a stream consists of, though its status is a success (dialects.md, S12); empty if it begins well. */
    static Optional<UpstreamError> error(Buffer events) {
        return data(events).flatMap(Json::tryParse).filter(FirstEvent::isError).map(ErrorReader::readInside);
    }

    /** Of the first line that has some. */
    private static Optional<String> data(Buffer events) {
        int length = events.length();
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && events.getByte(end) != '\n' && events.getByte(end) != '\r') {
                end++;
            }
            if (isData(events, start, end)) {
                return Optional.of(new String(events.getBytes(start + DATA.length(), end), UTF_8).strip());
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isData(Buffer events, int start, int end) {
        if (end - start < DATA.length()) {
            return false;
        }
        for (int i = 0; i < DATA.length(); i++) {
            if (events.getByte(start + i) != DATA.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isError(JsonNode data) {
        return data.hasNonNull("error") || data.path("type").asText("").equals("error");
    }
}
