package dev.patchbay.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a {@link QueuedBody} within the time-outs of the provider. Used by one thread; may be closed by another. */
final class QueuedBodyStream extends InputStream {

    private final QueuedBody body;
    private final ExchangeTimeouts deadlines;
    private ByteBuffer piece = ByteBuffer.allocate(0);

    QueuedBodyStream(QueuedBody body, ExchangeTimeouts deadlines) {
        this.body = body;
        this.deadlines = deadlines;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return piece.remaining();
    }

    @Override
    public void close() {
        body.cancel();
    }

    private boolean fill() throws IOException {
        while (!piece.hasRemaining()) {
            Optional<ByteBuffer> next = body.take(deadlines.forNextPiece());
            if (next.isEmpty()) {
                return false;
            }
            piece = next.get();
        }
        return true;
    }
}
