package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.ResponseBodyWriter;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * Passes a body on as it comes, but for a secret that an error in it repeats. A short one is looked at first: one that is nothing
 * but an error is no success, whatever its status says (dialects.md, R9).
 */
public final class PlainRelay implements BodySink {

    /** An answer that is longer is none that only tells of an error, and begins before it is whole. */
    private static final int SHORT = 64 * 1024;

    private static final int END = 8 * 1024;

    private static final List<String> ANSWERS = List.of("choices", "content", "output", "input_tokens", "data");
    private static final List<String> ERRORS = List.of("error", "errors", "detail", "base_resp", "msg");

    private final ClientExchange client;
    private final ResponseBodyWriter writer;
    private final ErrorMask mask;
    private final Buffer begin = Buffer.buffer(0);
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
        begin.appendBuffer(bytes);
        if (begin.length() > SHORT) {
            remember(begin);
            writer.write(mask.apply(begin));
        }
    }

    /** Tokens are counted at the end of an answer. */
    private void remember(Buffer bytes) {
        Buffer end = bytes.length() <= END ? bytes : bytes.getBuffer(bytes.length() - END, bytes.length());
        Buffer both = last.length() + end.length() <= 2 * END
                ? last
                : last.getBuffer(Math.max(0, last.length() - END), last.length());
        last = Buffer.buffer().appendBuffer(both).appendBuffer(end);
    }

    @Override
    public void end() {
        Optional<JsonNode> failure = writer.hasBegun() ? Optional.empty() : failure();
        if (failure.isPresent()) {
            writer.drop();
            client.fail(ErrorReader.readInside(failure.get()));
            return;
        }
        if (!writer.hasBegun() && begin.toString().isBlank()) {
            failed(Bodies.unusable("upstream answered with an empty body"));
            return;
        }
        if (writer.hasBegun()) {
            client.used(tokens.in(last.toString()));
        } else {
            client.used(tokens.in(begin.toString()));
            writer.write(mask.apply(begin));
        }
        writer.write(mask.rest());
        writer.end();
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

    private Optional<JsonNode> failure() {
        return Json.tryParse(begin.toString()).filter(body -> {
            JsonNode first = body.isArray() ? body.path(0) : body;
            return ANSWERS.stream()
                            .noneMatch(name -> first.path(name).isContainerNode()
                                    || first.path(name).isNumber())
                    && ERRORS.stream().anyMatch(first::hasNonNull);
        });
    }
}
