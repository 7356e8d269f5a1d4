package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.sse.SseData;
import dev.patchbay.codec.sse.SseParser;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the answers that a chat request with {@code n} asked for have begun, and which have ended (dialects.md, S9). Every event
 * has to be read for that, so a stream of one answer goes without. Used on one event loop.
 */
final class SeveralChoices {

    /** A longer event is not held a second time; from then on one end counts for all. */
    private static final int LONGEST_HELD = 1 << 20;

    private final int wanted;
    private final SseParser parser = new SseParser(this::event);
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private boolean lost;

    SeveralChoices(int wanted) {
        this.wanted = wanted;
        this.lost = wanted <= 1;
    }

    void take(Buffer bytes) {
        if (lost) {
            return;
        }
        byte[] array = bytes.getBytes();
        parser.feed(array, 0, array.length);
        lost = parser.held() > LONGEST_HELD;
    }

    /** The body ended as it should: an event without its blank line counts. */
    void end() {
        if (!lost) {
            parser.end(true);
        }
    }

    /** Whether no answer that began goes on; some servers give one only, whatever was asked for. */
    boolean haveEnded() {
        return lost || ended.containsAll(begun);
    }

    /** Whether none can follow, not even one that has not begun. */
    boolean areAllThere() {
        return lost || ended.size() >= wanted;
    }

    private void event(String name, byte[] data, int length) {
        for (JsonNode choice :
                SseData.parse(data, length).map(chunk -> chunk.path("choices")).orElseGet(Json::object)) {
            int index = choice.path("index").asInt(0);
            if (index < 0 || index >= wanted) {
                continue;
            }
            begun.add(index);
            String reason = choice.path("finish_reason").asText("");
            if (choice.path("finish_reason").isTextual() && !reason.isEmpty() && !reason.equals("error")) {
                ended.add(index);
            }
        }
    }
}
