package dev.patchbay.internal.http;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The body of a successful answer. */
interface AnswerBody {

    /** Enough for what decides of which form a body is. */
    int BUFFER = 2 * BodyKind.MOST_BYTES;

    /**
     * Reads on and passes on the events that come of it, maybe none.
     *
     * @return false if the answer had ended before
     * @throws ProviderException if the answer fails
     */
    boolean readMore();

    /** The reader for whatever form the answer has. */
    static AnswerBody of(
            UpstreamReply reply,
            NetworkFailures failures,
            ErrorResponses refusals,
            AnswerReader reader,
            Consumer<ChatEvent> sink) {
        byte[] buffer = new byte[BUFFER];
        int length = 0;
        int dropped = 0;
        Optional<BodyKind> kind = Optional.empty();
        try {
            while (kind.isEmpty()) {
                if (length >= BodyKind.MOST_BYTES) {
                    int blanks = BodyKind.blanks(buffer, length);
                    length -= blanks;
                    System.arraycopy(buffer, blanks, buffer, 0, length);
                    dropped += blanks;
                    if (dropped > BodyKind.MOST_BLANKS) {
                        throw BodyKind.unreadable();
                    }
                }
                int count = reply.body().read(buffer, length, BUFFER - length);
                length += Math.max(count, 0);
                kind = BodyKind.of(reply.header("content-type").orElse(""), buffer, length, count < 0);
            }
        } catch (IOException e) {
            throw failures.inside(e, reply.deadlines().isOver());
        }
        return switch (reader.kind(kind.get())) {
            case EVENTS -> new EventBody(reply, buffer, length, failures, reader.events(sink));
            case JSON -> {
                InputStream begin = new ByteArrayInputStream(buffer, 0, length);
                InputStream body = new SequenceInputStream(begin, reply.body());
                yield new WholeBody(reply, body, failures, bytes -> reader.whole(bytes, sink));
            }
            case PAGE -> throw refusals.page();
            case UNREADABLE -> throw BodyKind.unreadable();
        };
    }
}
