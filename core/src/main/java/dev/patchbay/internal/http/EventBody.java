package dev.patchbay.internal.http;

import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** An event stream, passed on as it arrives. */
final class EventBody implements AnswerBody {

    /** The end of the body usually comes together with the last event; then the connection can be used again. */
    private static final Duration GRACE = Duration.ofMillis(100);

    /** Once the upstream has said why the answer ended, only its usage may still come (dialects.md, S9). */
    private static final Duration AFTER_FINISH = Duration.ofSeconds(1);

    private static final Duration NO_LIMIT = Duration.ofDays(36_500);

    private final UpstreamReply reply;
    private final InputStream body;
    private final NetworkFailures failures;
    private final StreamDecoder decoder;
    private final byte[] buffer;
    private int begun;
    private boolean ended;

    /**
     * An event stream of which something was read.
     *
     * @param buffer to read into; begins with what was read
     * @param begun how many bytes that are
     */
    EventBody(UpstreamReply reply, byte[] buffer, int begun, NetworkFailures failures, StreamDecoder decoder) {
        this.reply = reply;
        this.body = reply.body();
        this.buffer = buffer;
        this.begun = begun;
        this.failures = failures;
        this.decoder = decoder;
    }

    @Override
    public boolean readMore() {
        if (ended) {
            return false;
        }
        if (decoder.isDone()) {
            ended = true;
            readToTheEnd();
            return false;
        }
        try {
            int count = begun > 0 ? begun : body.read(buffer);
            begun = 0;
            if (count < 0) {
                ended = true;
                decoder.end(true);
                return true;
            }
            decoder.feed(buffer, 0, count);
            // What seemed whole may go on all the same.
            reply.deadlines().limitSilence(decoder.isWhole() ? AFTER_FINISH : NO_LIMIT);
        } catch (IOException e) {
            ended = true;
            broken(e);
        }
        return true;
    }

    /** An answer may be complete although its connection is not (dialects.md, S11). */
    private void broken(IOException cause) {
        if (cause instanceof ClosedException) {
            throw NetworkFailures.cancelled();
        }
        boolean silent = cause instanceof SilenceException;
        try {
            decoder.end(silent && decoder.isWhole());
        } catch (ProviderException incomplete) {
            throw silent || cause instanceof UnreadableBodyException
                    ? failures.inside(cause, reply.deadlines().isOver())
                    : incomplete;
        }
        reply.close();
    }

    private void readToTheEnd() {
        reply.endWithin(GRACE);
        try {
            while (body.read(buffer) >= 0) {
                // Nobody wants it, but the connection can be used again behind it.
            }
        } catch (IOException e) {
            reply.close();
        }
    }
}
