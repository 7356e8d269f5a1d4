package dev.patchbay.internal.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.concurrent.TimeUnit;

/**
 * Limits what is read from an upstream before it is the others' turn, who share its event loop: so many bytes, and fewer where
 * these are many tiny pieces, or take long to pass on. One for each connection, used on its event loop.
 */
final class ReadQuota extends AdaptiveRecvByteBufAllocator {

    /** By its own measure Netty reads a little less than two events at once, and then the rest. */
    private static final int LEAST = 2048;

    private static final int MOST = 64 * 1024;

    /** Each takes as long as some hundred bytes of a larger one. */
    private static final int MOST_PIECES = 512;

    /** What is read is searched, masked or translated; a dozen may be at it on one event loop. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Below it, what one reading costs counts; a processor that others have makes any reading long. */
    private static final int LEAST_OF_LONG = 8 * 1024;

    private int most = MOST;
    private int pieces;

    private ReadQuota() {
        super(LEAST, LEAST, MOST);
    }

    static ReadQuota on(Channel channel) {
        // Where TLS has read already its way of reading stays, which is to read sixteen times in a row.
        if (channel.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator before) {
            before.maxMessagesPerRead(1);
        }
        ReadQuota quota = new ReadQuota();
        channel.config().setRecvByteBufAllocator(quota);
        return quota;
    }

    /** A piece of an answer was read. */
    void piece() {
        pieces++;
    }

    @Override
    @SuppressWarnings("deprecation") // As the class that it extends has it.
    public Handle newHandle() {
        return new Turns((ExtendedHandle) super.newHandle());
    }

    /** One turn after the other; each is one reading. */
    private final class Turns extends DelegatingHandle implements ExtendedHandle {

        private final ExtendedHandle reads;
        private long begun;

        Turns(ExtendedHandle reads) {
            super(reads);
            this.reads = reads;
        }

        @Override
        public void reset(ChannelConfig config) {
            pieces = 0;
            begun = System.nanoTime();
            super.reset(config);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator buffers) {
            return buffers.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return Math.min(super.guess(), most);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
            return reads.continueReading(mayBeMore);
        }

        @Override
        public void readComplete() {
            long took = System.nanoTime() - begun;
            if (pieces > MOST_PIECES) {
                most = Math.max(LEAST, most / 2);
            } else if (took > LONGEST_NANOS && lastBytesRead() > LEAST_OF_LONG) {
                most = Math.max(LEAST_OF_LONG, most / 2);
            } else if (lastBytesRead() >= most && pieces < MOST_PIECES / 2 && took < LONGEST_NANOS / 2) {
                most = Math.min(MOST, most * 2);
            }
            super.readComplete();
        }
    }
}
