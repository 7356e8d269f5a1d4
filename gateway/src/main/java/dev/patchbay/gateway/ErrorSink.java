package dev.patchbay.gateway;

import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Tells the client of an upstream's error (dialects.md, section 1.4). */
final class ErrorSink implements BodySink {

    private static final int LONGEST_BODY = 1 << 20;

    private final Exchange client;
    private final int status;
    private final MultiMap headers;
    private final boolean sameDialect;
    private final Buffer body = Buffer.buffer();

    /** @param sameDialect whether an error of the client's own shape is passed on as it is */
    ErrorSink(Exchange client, int status, MultiMap headers, boolean sameDialect) {
        this.client = client;
        this.status = status;
        this.headers = headers;
        this.sameDialect = sameDialect;
    }

    @Override
    public void data(Buffer bytes) {
        if (body.length() < LONGEST_BODY) {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        byte[] bytes = Unzip.whole(headers, body.getBytes());
        UpstreamError error = ErrorReader.read(status, name -> Optional.ofNullable(headers.get(name)), bytes);
        client.fail(error.toException(), () -> tell(error, bytes));
    }

    private void tell(UpstreamError error, byte[] bytes) {
        RequestIds.of(headers).ifPresent(client::identified);
        boolean asItIs = sameDialect
                && error.kind() != Kind.CONTEXT_LENGTH
                && client.dialect().isOwnError(bytes);
        if (asItIs) {
            RelayHeaders.copy(headers, client.response());
            client.response().headers().remove("content-encoding").remove("content-length");
            client.body(status, Optional.ofNullable(headers.get("content-type")).orElse("application/json"), bytes);
        } else {
            client.tell(error);
        }
    }

    /** What came of it is better than nothing. */
    @Override
    public void failed(ProviderException failure) {
        end();
    }
}
