package dev.patchbay.internal.http;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The body of a successful answer. */
interface AnswerBody {

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
        InputStream body = new BufferedInputStream(reply.body());
        BodyKind form = reader.kind(form(reply, body, failures));
        return switch (form) {
            case EVENTS -> new EventBody(reply, body, failures, reader.events(sink));
            case JSON -> new WholeBody(reply, body, failures, bytes -> reader.whole(bytes, sink));
            case PAGE -> throw refusals.page();
        };
    }

    private static BodyKind form(UpstreamReply reply, InputStream body, NetworkFailures failures) {
        try {
            return BodyKind.of(reply.header("content-type").orElse(""), body);
        } catch (IOException e) {
            throw failures.inside(e, reply.deadlines().isOver());
        }
    }
}
