package dev.patchbay.internal.http;

import dev.patchbay.codec.Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** An answer that comes as one JSON body. */
final class WholeBody implements AnswerBody {

    private static final int LONGEST = 16 << 20;

    private final UpstreamReply reply;
    private final InputStream body;
    private final NetworkFailures failures;
    private final Consumer<byte[]> reader;
    private boolean ended;

    WholeBody(UpstreamReply reply, InputStream body, NetworkFailures failures, Consumer<byte[]> reader) {
        this.reply = reply;
        this.body = body;
        this.failures = failures;
        this.reader = reader;
    }

    @Override
    public boolean readMore() {
        if (ended) {
            return false;
        }
        ended = true;
        reader.accept(bytes());
        return true;
    }

    private byte[] bytes() {
        try {
            byte[] bytes = body.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw Bodies.unusable("upstream answered with more than " + (LONGEST >> 20) + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw failures.inside(e, reply.deadlines().isOver());
        }
    }
}
