package dev.patchbay.internal.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.patchbay.codec.json.Json;
import io.vertx.core.buffer.Buffer;

/** The event that an event stream ends with, where its blank line is missing. */
final class LastEvent {

    private static final String DATA = "data:";
    private static final Buffer EMPTY = Buffer.buffer(0);

    private LastEvent() {}

    /** The rest of a body that ended as it should: a whole event if its data is whole, and otherwise its whole lines. */
    static Buffer closed(Buffer rest) {
        return hasWholeData(rest) ? withEnd(rest) : lines(rest);
    }

    /** The rest of an event whose begin was passed on, with the end that it lacks. */
    static Buffer withEnd(Buffer rest) {
        boolean atLineEnd = rest.length() > 0 && isLineEnd(rest.getByte(rest.length() - 1));
        return atLineEnd ? blankLine(rest.copy()) : rest.copy().appendString("\n\n");
    }

    /** Whole lines, as a whole event. */
    static Buffer lines(Buffer rest) {
        int end = rest.length();
        while (end > 0 && !isLineEnd(rest.getByte(end - 1))) {
            end--;
        }
        return end == 0 ? EMPTY : blankLine(rest.getBuffer(0, end));
    }

    /** A line feed behind a carriage return would end the same line. */
    private static Buffer blankLine(Buffer lines) {
        return lines.appendString(lines.getByte(lines.length() - 1) == '\r' ? "\r" : "\n");
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean hasWholeData(Buffer rest) {
        String data = rest.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()))
                .collect(joining("\n"))
                .strip();
        return data.equals("[DONE]") || Json.tryParse(data).isPresent();
    }
}
