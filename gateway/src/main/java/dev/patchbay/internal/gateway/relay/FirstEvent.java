package dev.patchbay.internal.gateway.relay;

import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** How an event stream begins. What came with the first event may be a whole answer, and is not looked at. */
final class FirstEvent {

    private static final String DATA = "data:";

    private FirstEvent() {}

    /** The error that a stream consists of, though its status is a success (dialects.md, S12); empty if it begins well. */
    static Optional<UpstreamError> error(Buffer events) {
        int end = endOfFirstData(events);
        return end < 0 ? Optional.empty() : ErrorReader.inFirstEvent(events.getString(0, end));
    }

    /** The end of the first line that has some; -1 if there is none. */
    private static int endOfFirstData(Buffer events) {
        int length = events.length();
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && events.getByte(end) != '\n' && events.getByte(end) != '\r') {
                end++;
            }
            if (isData(events, start, end)) {
                return end;
            }
            start = end + 1;
        }
        return -1;
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
}
