package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.ResponseBodyWriter;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Passes a body on as it comes, but for a secret that an error in it repeats. A short one is looked at first: one that is nothing
 * but an error is no success, whatever its status says (dialects.md, R9).
 */
public final class PlainRelay implements BodySink {

    /** An answer that is longer is none that only tells of an error, and begins before it is whole. */
    private static final int SHORT = 64 * 1024;

    private static final Buffer EMPTY = Buffer.buffer(0);

    private static final int END = 8 * 1024;

    /** Not cut with every piece, since pieces may be tiny. */
    private static final int MOST_KEPT = 4 * END;

    private final ClientExchange client;
    private final ResponseBodyWriter writer;
    private final ErrorMask mask;
    private Buffer begin = EMPTY;
    private boolean owned;
    private final CountedTokens tokens;
    private Buffer last = Buffer.buffer(0);

    /** @param sent whose secrets an error may repeat */
    public PlainRelay(ClientExchange client, ResponseBodyWriter writer, PreparedCall sent) {
        this.client = client;
        this.writer = writer;
        this.mask = new ErrorMask(sent, false);
        this.tokens = new CountedTokens(client.dialect());
    }

    @Override
    public void data(Buffer bytes) {
        if (writer.hasBegun()) {
            remember(bytes);
            writer.write(mask.apply(bytes));
            return;
        }
        // Most answers come in one piece, which is nobody else's.
        begin = begin.length() == 0 ? bytes : grown().appendBuffer(bytes);
        if (begin.length() > SHORT) {
            remember(begin);
            writer.write(mask.apply(begin));
        }
    }

    private Buffer grown() {
        if (!owned) {
            owned = true;
            begin = Buffer.buffer(2 * begin.length()).appendBuffer(begin);
        }
        return begin;
    }

    /** Tokens are counted at the end of an answer. */
    private void remember(Buffer bytes) {
        int length = bytes.length();
        last.appendBuffer(length <= END ? bytes : bytes.getBuffer(length - END, length));
        if (last.length() > MOST_KEPT) {
            last = last.getBuffer(last.length() - END, last.length());
        }
    }

    @Override
    public void end() {
        if (writer.hasBegun()) {
            client.used(tokens.in(last.toString()));
        } else if (!isAnswer()) {
            return;
        }
        writer.write(mask.rest());
        writer.end();
    }

    /** Whether a short body is one, which is sent then. */
    private boolean isAnswer() {
        byte[] body = begin.getBytes();
        Optional<JsonNode> failure = AnswerShape.failure(body);
        if (failure.isPresent()) {
            writer.drop();
            client.fail(ErrorReader.readInside(failure.get()));
            return false;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            failed(Bodies.unusable("upstream answered with an empty body"));
            return false;
        }
        client.used(tokens.in(text));
        // All of it is there, so its length is known.
        client.response().setChunked(false);
        writer.write(mask.whole(begin, body));
        return true;
    }

    /** The client must not take a part for the whole. */
    @Override
    public void failed(ProviderException failure) {
        if (client.response().headWritten() || writer.hasBegun()) {
            client.because(failure);
            client.brokeOff();
            writer.breakOff();
        } else {
            writer.drop();
            client.fail(failure);
        }
    }
}
