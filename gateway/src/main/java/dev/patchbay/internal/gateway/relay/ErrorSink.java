package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.BodyCharset;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.RequestIds;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.gateway.upstream.Unzip;
import dev.patchbay.internal.http.ContentCoding;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Tells the client of an upstream's error (dialects.md, section 1.4), but for the keys that some repeat in it. */
public final class ErrorSink implements BodySink {

    private static final int LONGEST_BODY = 1 << 20;

    private final ClientExchange client;
    private final Plan.OverHttp plan;
    private final int status;
    private final MultiMap headers;
    private final Buffer body = Buffer.buffer();

    /** @param headers of the answer */
    public ErrorSink(ClientExchange client, Plan.OverHttp plan, int status, MultiMap headers) {
        this.client = client;
        this.plan = plan;
        this.status = status;
        this.headers = clean(headers);
    }

    @Override
    public void data(Buffer bytes) {
        // As a text, once more without secrets, and as what is read from it.
        if (body.length() < LONGEST_BODY && client.memory().tryTake(6L * bytes.length())) {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        byte[] bytes = new ValueMask(plan.ready()).clean(unpacked());
        UpstreamError said = ErrorReader.read(status, name -> Optional.ofNullable(headers.get(name)), bytes);
        UpstreamError error = plan.clean(said);
        // A key may be there in yet another form, which only comes to light when the message is read.
        boolean asItIs = plan instanceof Plan.Relayed
                && error.message().equals(said.message())
                && error.kind() != Kind.CONTEXT_LENGTH
                && error.help().isEmpty()
                && BodyCharset.isReadable(type(), bytes, bytes.length)
                && client.dialect().isOwnError(bytes);
        client.fail(error, passedOver -> tell(error, bytes, asItIs, passedOver));
    }

    private void tell(UpstreamError error, byte[] bytes, boolean asItIs, String passedOver) {
        RequestIds.of(headers).ifPresent(client::identified);
        if (asItIs) {
            RelayHeaders.copy(headers, client.response(), plan.ready());
            byte[] body = passedOver.isEmpty() ? bytes : withMessage(bytes, error.message() + passedOver);
            // What it is was looked at, whatever the provider says of it.
            client.body(status, type().contains("json") ? type() : "application/json", body);
        } else {
            client.tell(error.withMessage(error.message() + passedOver).withHelp());
        }
    }

    /** The client's own shape of an error, all else as it was. */
    private static byte[] withMessage(byte[] bytes, String message) {
        ObjectNode body = Bodies.request(bytes);
        body.withObject("/error").put("message", message);
        return Json.bytes(body);
    }

    private String type() {
        return Optional.ofNullable(headers.get("content-type")).orElse("");
    }

    /** What cannot be unpacked is not shown. */
    private byte[] unpacked() {
        try {
            ContentCoding coding =
                    ContentCoding.of(headers.getAll("content-encoding"), headers.getAll("transfer-encoding"));
            return Unzip.whole(coding, body.getBytes(), LONGEST_BODY);
        } catch (ProviderException unknown) {
            return new byte[0];
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
