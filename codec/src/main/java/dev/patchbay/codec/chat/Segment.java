package dev.patchbay.codec.chat;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.function.Consumer;

/**
 * A part of an answer that becomes one block (dialects.md, S3). What comes before its turn waits in it.
 *
 * <p>A piece that ends in the first half of a surrogate pair keeps that half until the other comes: neither can be written
 * alone. Used by one thread.
 */
abstract class Segment {

    private static final int NOT_OPEN = -1;

    private final StringBuilder kept = new StringBuilder();
    private int index = NOT_OPEN;
    private boolean closed;

    /** Whether nothing more has to come before the next segment may begin. */
    abstract boolean isComplete();

    /**
     * Whether the block can begin now.
     *
     * @param isLast whether no other segment has begun yet
     */
    abstract boolean canOpen(boolean isLast);

    /** The block without its text. */
    abstract ContentBlock block();

    abstract ChatEvent delta(int block, String text);

    /** What of more text is new; it will be sent now or kept. */
    String fresh(String text) {
        return text;
    }

    /** What is still to be sent when nothing more comes. */
    String rest() {
        return "";
    }

    /** Tells what is to be told when all of the text is. */
    void beforeStop(int block, Consumer<ChatEvent> sink) {}

    boolean isOpen() {
        return index != NOT_OPEN && !closed;
    }

    boolean isClosed() {
        return closed;
    }

    /** Keeps text until the segment is open. */
    void keep(String text) {
        kept.append(text);
    }

    /** Begins the block and sends what was kept. */
    void open(int block, Consumer<ChatEvent> sink) {
        index = block;
        sink.accept(ChatEvent.blockStarted(block, block()));
        send("", sink);
    }

    /** Sends more text, behind what was kept. */
    void send(String text, Consumer<ChatEvent> sink) {
        if (kept.isEmpty() && !endsInHalf(text)) {
            emit(text, sink);
            return;
        }
        kept.append(text);
        int length = endsInHalf(kept) ? kept.length() - 1 : kept.length();
        String whole = kept.substring(0, length);
        kept.delete(0, length);
        emit(whole, sink);
    }

    void close(Consumer<ChatEvent> sink) {
        closed = true;
        emit(kept + rest(), sink);
        beforeStop(index, sink);
        sink.accept(ChatEvent.blockStopped(index));
    }

    private void emit(String text, Consumer<ChatEvent> sink) {
        if (!text.isEmpty()) {
            sink.accept(delta(index, text));
        }
    }

    private static boolean endsInHalf(CharSequence text) {
        return text.length() > 0 && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
