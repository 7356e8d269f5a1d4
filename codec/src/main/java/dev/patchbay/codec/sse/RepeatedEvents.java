package dev.patchbay.codec.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream, most of which are the one before but for some texts and counts. Where the bytes around those are the
 * same, so is all that they say: the tree of the event before is taken again, with the values that are new. What comes out is what
 * {@link SseData#parse} gives; what an event means is not known here.
 *
 * <p>A tree is lent until the next event is read. Used by one thread.
 */
public final class RepeatedEvents {

    /** Where so many events in a row were unlike the one before, the rest of the stream is, too. */
    private static final int MOST_UNLIKE = 16;

    private int unlike;
    private @Nullable EventShape shape;

    /** The value, as {@link SseData#parse} gives it. */
    public Optional<JsonNode> parse(byte[] data, int length) {
        if (unlike == MOST_UNLIKE) {
            return SseData.parse(data, length);
        }
        JsonNode again = shape == null ? null : shape.read(data, length);
        if (again != null) {
            unlike = 0;
            return Optional.of(again);
        }
        unlike++;
        shape = null;
        try {
            JsonNode value = Json.parse(data, 0, length);
            shape = EventShape.of(data, length, value);
            return Optional.of(value);
        } catch (JsonSyntaxException notStrict) {
            return SseData.parse(data, length);
        }
    }
}
