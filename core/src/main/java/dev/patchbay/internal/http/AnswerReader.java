package dev.patchbay.internal.http;

import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.function.Consumer;

/**
 * Reads one answer of a dialect.
 *
 * @param request as it was encoded
 */
record AnswerReader(WireDialect dialect, ChatRequest request, Quirks quirks) {

    /** What a body is that begins in some way. */
    BodyKind kind(BodyKind begin) {
        return request.stream() ? begin.streamed(dialect.framing()) : begin;
    }

    /** For an answer that comes as an event stream. */
    StreamDecoder events(Consumer<ChatEvent> sink) {
        return dialect.streamDecoder(request, quirks, sink);
    }

    /** For an answer that comes as one JSON body, though a stream was asked for (dialects.md, S14). */
    void whole(byte[] body, Consumer<ChatEvent> sink) throws ProviderException {
        dialect.decode(request, quirks, body, sink);
    }
}
