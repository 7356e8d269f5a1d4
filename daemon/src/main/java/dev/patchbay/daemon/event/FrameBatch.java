package dev.patchbay.daemon.event;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What is told at once: put together once for all who take all of it, since each write costs more than its bytes do. */
final class FrameBatch {

    /** In bytes: more is as well written in parts, and a piece of memory that large is hard to have. */
    static final long MOST_JOINED = 1 << 17;

    private final List<Frame> frames;
    private final Buffer bytes;
    private final boolean isWhole;
    private final long first;
    private final long last;

    FrameBatch(List<Frame> frames) {
        this.frames = List.copyOf(frames);
        long[] stored = frames.stream()
                .mapToLong(Frame::position)
                .filter(position -> position != 0)
                .toArray();
        this.first = stored.length == 0 ? Long.MAX_VALUE : stored[0];
        this.last = stored.length == 0 ? 0 : stored[stored.length - 1];
        long length = frames.stream().mapToLong(frame -> frame.bytes().length()).sum();
        this.isWhole =
                frames.size() > 1 && length <= MOST_JOINED && frames.stream().noneMatch(Frame::isForPages);
        this.bytes = Buffer.buffer(isWhole ? (int) length : 0);
        if (isWhole) {
            frames.forEach(frame -> bytes.appendBuffer(frame.bytes()));
        }
    }

    List<Frame> frames() {
        return frames;
    }

    /** Whether it may be told as one: it is small, and all of it is for all. */
    boolean isWhole() {
        return isWhole;
    }

    Buffer bytes() {
        return bytes;
    }

    /** The position of the first that is stored; the greatest number if none is. */
    long first() {
        return first;
    }

    /** That of the last; 0 if none is. */
    long last() {
        return last;
    }
}
