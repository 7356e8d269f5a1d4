package dev.patchbay.internal.http;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.BodyCharset;
import dev.patchbay.codec.Framing;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the body of a successful answer is. Its first bytes decide, and the media type where they say nothing: servers name the
 * wrong type for streams, whole bodies and errors alike (dialects.md, S14).
 */
public enum BodyKind {
    /** Pieces, as the dialect frames them. */
    EVENTS,
    JSON,
    PAGE,
    /** In a charset in which nothing here looks for anything. */
    UNREADABLE;

    /** So many bytes decide, but for blanks in front of them. */
    public static final int MOST_BYTES = 4096;

    /** So many blanks may stand before a body that is read. */
    static final int MOST_BLANKS = 16 << 20;

    /** How a line of an event stream begins. */
    private static final List<String> EVENT_STARTS = List.of("data:", "event:", "id:", "retry:", ":");

    /**
     * The form of a body, as soon as it can be told.
     *
     * @param begin bytes from the start on
     * @param length how many of {@code begin} have come
     * @param whole whether no more will
     * @return empty if it takes more bytes; if there are {@link #MOST_BYTES} already, {@linkplain #blanks without their blanks}, which say
     *     nothing of what stands behind them
     */
    public static Optional<BodyKind> of(String contentType, byte[] begin, int length, boolean whole) {
        if (!BodyCharset.isReadable(contentType, begin, length)) {
            return Optional.of(UNREADABLE);
        }
        if (length < BodyCharset.DECIDING && !whole) {
            return Optional.empty();
        }
        int start = BodyCharset.start(begin, length);
        if (start == length) {
            return whole ? Optional.of(byType(contentType)) : Optional.empty();
        }
        if (length - start < BodyCharset.DECIDING && !whole) {
            return Optional.empty();
        }
        if (begin[start] == '{' || begin[start] == '[') {
            return Optional.of(JSON);
        }
        if (begin[start] == '<') {
            return Optional.of(PAGE);
        }
        boolean undecided = false;
        for (String word : EVENT_STARTS) {
            int same = commonLength(word, begin, start, length);
            if (same == word.length()) {
                return Optional.of(EVENTS);
            }
            undecided |= same == length - start;
        }
        return undecided && !whole ? Optional.empty() : Optional.of(byType(contentType));
    }

    /** How many of the first bytes are blanks, or the mark of UTF-8. */
    public static int blanks(byte[] begin, int length) {
        return BodyCharset.start(begin, length);
    }

    /** The same for an answer that was to be streamed: lines of JSON begin as a whole body does, and only the dialect tells. */
    public BodyKind streamed(Framing framing) {
        return this == JSON && framing == Framing.LINES ? EVENTS : this;
    }

    /**
     * The same for a body that is read.
     *
     * @param body supports mark; nothing of it is used up but blanks
     */
    static BodyKind of(String contentType, InputStream body) throws IOException {
        byte[] begin = new byte[MOST_BYTES];
        int length = 0;
        int dropped = 0;
        Optional<BodyKind> form = Optional.empty();
        body.mark(MOST_BYTES);
        while (form.isEmpty()) {
            if (length == MOST_BYTES) {
                int blanks = blanks(begin, length);
                dropped += blanks;
                body.reset();
                body.skipNBytes(blanks);
                body.mark(MOST_BYTES);
                length = 0;
            }
            int next = body.read();
            boolean whole = next < 0;
            if (!whole) {
                begin[length++] = (byte) next;
            }
            form = dropped > MOST_BLANKS ? Optional.of(UNREADABLE) : of(contentType, begin, length, whole);
        }
        body.reset();
        return form.get();
    }

    /** For a body that cannot be read. */
    public static ProviderException unreadable() {
        return Bodies.unusable("upstream answered in another charset than UTF-8, which cannot be read");
    }

    private static int commonLength(String word, byte[] bytes, int from, int to) {
        int same = 0;
        while (same < word.length() && from + same < to && bytes[from + same] == word.charAt(same)) {
            same++;
        }
        return same;
    }

    private static BodyKind byType(String contentType) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) {
            return PAGE;
        }
        return type.startsWith("text/event-stream") ? EVENTS : JSON;
    }
}
