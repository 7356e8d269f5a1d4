package dev.patchbay.codec;

import dev.patchbay.spi.ProviderException;

/**
 * Turns the bytes of an upstream's event stream into events, as they arrive; the events go to the consumer that it was
 * made with.
 *
 * <p>Incremental and without I/O: nothing is held back that can be passed on. What it emits satisfies the grammar of {@link
 * dev.patchbay.spi.ChatEvent}, whatever comes in. Used by one thread at a time; reports failures by {@link
 * ProviderException}, after which it emits nothing more.
 */
public interface StreamDecoder {

    /**
     * Takes what was read, cut anywhere.
     *
     * @throws ProviderException if the answer turned out to be a failure
     */
    void feed(byte[] bytes, int offset, int length);

    /** Takes a whole array; otherwise as {@link #feed(byte[], int, int)}. */
    default void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    /**
     * Takes one line without its line feed; not to be mixed with {@code feed} inside a line.
     *
     * @throws ProviderException if the answer turned out to be a failure
     */
    void line(String line);

    /**
     * Takes the end of the body. Does nothing if the answer has ended before.
     *
     * @param clean false if the connection broke
     * @throws ProviderException if the answer is not complete
     */
    void end(boolean clean);

    /**
     * Whether the answer is whole but for its usage, though the upstream has not marked its end: why it ended was said. When
     * nothing follows for a second, {@link #end} completes it (dialects.md, S9). May become false again: some servers give a
     * reason with every chunk.
     */
    boolean isWhole();

    /** How many bytes are held of an event that is not whole yet. */
    default int held() {
        return 0;
    }

    /** Whether the answer has ended, well or not: nothing that may still come has any meaning. */
    boolean isDone();
}
