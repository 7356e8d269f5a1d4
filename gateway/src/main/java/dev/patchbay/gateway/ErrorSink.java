package dev.patchbay.gateway;

import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Tells the client of an upstream's error (dialects.md, section 1.4), but for the keys that some repeat in it. */
final class ErrorSink implements BodySink {

    private static final int LONGEST_BODY = 1 << 20;

    private final Exchange client;
    private final Plan.OverHttp plan;
    private final int status;
    private final MultiMap headers;
    private final Buffer body = Buffer.buffer();

    /** @param headers of the answer */
    ErrorSink(Exchange client, Plan.OverHttp plan, int status, MultiMap headers) {
        this.client = client;
        this.plan = plan;
        this.status = status;
        this.headers = clean(headers);
    }

    @Override
    public void data(Buffer bytes) {
        if (body.length() < LONGEST_BODY) {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        byte[] bytes = plan.ready().clean(Unzip.whole(headers, body.getBytes()));
        UpstreamError said = ErrorReader.read(status, name -> Optional.ofNullable(headers.get(name)), bytes);
        UpstreamError error = plan.clean(said);
        // A key may be there in yet another form, which only comes to light when the message is read.
        boolean asItIs = plan instanceof Plan.Relayed
                && error.message().equals(said.message())
                && error.kind() != Kind.CONTEXT_LENGTH
                && client.dialect().isOwnError(bytes);
        client.fail(error.toException(), () -> tell(error, bytes, asItIs));
    }

    private void tell(UpstreamError error, byte[] bytes, boolean asItIs) {
        RequestIds.of(headers).ifPresent(client::identified);
        if (asItIs) {
            RelayHeaders.copy(headers, client.response());
            client.response().headers().remove("content-encoding").remove("content-length");
            client.body(status, Optional.ofNullable(headers.get("content-type")).orElse("application/json"), bytes);
        } else {
            client.tell(error);
        }
    }

    private MultiMap clean(MultiMap said) {
        MultiMap cleaned = MultiMap.caseInsensitiveMultiMap();
        said.forEach((name, value) -> cleaned.add(name, plan.ready().clean(value)));
        return cleaned;
    }

    /** What came of it is better than nothing. */
    @Override
    public void failed(ProviderException failure) {
        end();
    }
}
