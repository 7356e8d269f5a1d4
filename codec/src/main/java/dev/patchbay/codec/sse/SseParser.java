package dev.patchbay.codec.sse;

import dev.patchbay.codec.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads an event stream (dialects.md, S1; the server-sent events section of the HTML standard).
 *
 * <p>Comments, {@code id} and {@code retry} are skipped, data lines of one event are joined with LF, and an event without
 * data is none. Incremental: an event is given as soon as its blank line is there. Used by one thread.
 */
public final class SseParser {

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final int FIRST_SIZE = 1024;

    /** What one event may have; it has to be held until it is whole. */
    private static final int MOST_BYTES = 16 << 20;

    private final EventSink sink;
    private final LineSplitter splitter = new LineSplitter(this::line);
    private String name = "";
    private byte[] data = new byte[FIRST_SIZE];
    private int dataLength;
    private boolean hasData;
    private boolean begun;
    private final JsonExtent extent = new JsonExtent();

    /** Takes one event. */
    public interface EventSink {

        /**
         * Takes one event.
         *
         * @param name the name from the {@code event} line; empty if there was none
         * @param data UTF-8, only valid during the call
         * @param length how many bytes of {@code data} belong to the event
         */
        void event(String name, byte[] data, int length);
    }

    public SseParser(EventSink sink) {
        this.sink = sink;
    }

    /**
     * Takes what was read, cut anywhere.
     *
     * @throws dev.patchbay.spi.ProviderException of kind SERVER if an event is longer than 16 MiB
     */
    public void feed(byte[] bytes, int offset, int length) {
        splitter.feed(bytes, offset, length);
    }

    /** Takes one line without its line feed; a carriage return at its end is part of the line end. */
    public void line(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        splitter.feed(bytes, 0, bytes.length);
    }

    /** How many bytes of an event that is not whole are held. */
    public int held() {
        return splitter.held() + dataLength;
    }

    /**
     * Takes the end of the body.
     *
     * @param clean true: an event without its blank line is given all the same; false: the connection broke, and what is
     *     not whole is dropped
     */
    public void end(boolean clean) {
        if (clean) {
            splitter.end();
            dispatch();
        }
    }

    private void line(byte[] bytes, int offset, int length) {
        if (!begun) {
            begun = true;
            if (startsWithByteOrderMark(bytes, offset, length)) {
                field(bytes, offset + 3, length - 3);
                return;
            }
        }
        field(bytes, offset, length);
    }

    private void field(byte[] bytes, int offset, int length) {
        if (length == 0) {
            dispatch();
            return;
        }
        int end = offset + length;
        int colon = offset;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(end, colon + 1);
        if (value < end && bytes[value] == ' ') {
            value++;
        }
        if (Arrays.equals(bytes, offset, colon, DATA, 0, DATA.length)) {
            data(bytes, value, end - value);
        } else if (Arrays.equals(bytes, offset, colon, EVENT, 0, EVENT.length)) {
            dispatchIfWhole();
            name = new String(bytes, value, end - value, StandardCharsets.UTF_8);
        } else if (isBareJson(bytes[offset])) {
            dispatchIfWhole();
            append(bytes, offset, length);
        }
    }

    /**
     * Whether a line of no known field is JSON that lacks the name of the field: an error that a proxy wrote into the stream, or a
     * value that is printed over many lines. Other fields and comments begin with what no line of JSON begins with.
     */
    private boolean isBareJson(byte first) {
        boolean goesOn = dataLength > 0 && data[0] == '{' && first != 'i' && first != 'r' && first != ':';
        return first == '{' || (goesOn && !extent.isWhole(data, dataLength));
    }

    /** The marker of the end is given at its line end; two whole values in one event are two events (S1). */
    private void data(byte[] bytes, int offset, int length) {
        boolean marker = SseData.isDoneMarker(bytes, offset, length);
        if (marker && hasData) {
            dispatch();
        } else {
            dispatchIfWhole();
        }
        append(bytes, offset, length);
        if (marker) {
            dispatch();
        }
    }

    /** Some servers end an event with one line feed only. */
    private void dispatchIfWhole() {
        if (hasData && extent.isWhole(data, dataLength)) {
            dispatch();
        }
    }

    /**
     * A length that may be held.
     *
     * @throws dev.patchbay.spi.ProviderException if it may not
     */
    static int checkedLength(long length) {
        if (length > MOST_BYTES) {
            throw Bodies.unusable("upstream event is longer than " + (MOST_BYTES >> 20) + " MiB");
        }
        return (int) length;
    }

    private void append(byte[] bytes, int offset, int length) {
        int needed = checkedLength(dataLength + (long) length + 1);
        if (needed > data.length) {
            data = Arrays.copyOf(data, Math.max(needed, data.length * 2));
        }
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(bytes, offset, data, dataLength, length);
        dataLength += length;
        hasData = true;
    }

    private void dispatch() {
        String event = name;
        int length = dataLength;
        name = "";
        dataLength = 0;
        hasData = false;
        extent.reset();
        if (length > 0) {
            sink.event(event, data, length);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] bytes, int offset, int length) {
        return length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
    }
}
