package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;

/** Passes a body on as it comes. */
final class PlainRelay implements BodySink {

    private final Exchange client;
    private final Outbox outbox;

    PlainRelay(Exchange client, Outbox outbox) {
        this.client = client;
        this.outbox = outbox;
    }

    @Override
    public void data(Buffer bytes) {
        outbox.write(bytes);
    }

    @Override
    public void end() {
        outbox.end();
    }

    /** The client must not take a part for the whole. */
    @Override
    public void failed(ProviderException failure) {
        if (client.response().headWritten()) {
            client.request().connection().close();
        } else {
            outbox.drop();
            client.fail(failure);
        }
    }
}
