package dev.patchbay.http;

import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** An answer that comes as one JSON body. */
final class WholeBody implements AnswerBody {

    private static final int LONGEST = 64 << 20;

    private final Reply reply;
    private final InputStream body;
    private final NetworkFailures failures;
    private final Consumer<byte[]> reader;
    private boolean ended;

    WholeBody(Reply reply, InputStream body, NetworkFailures failures, Consumer<byte[]> reader) {
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
                throw new ProviderException(ProviderException.Kind.SERVER, "the answer is longer than 64 MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw failures.inside(e, reply.deadlines().isOver());
        }
    }
}
