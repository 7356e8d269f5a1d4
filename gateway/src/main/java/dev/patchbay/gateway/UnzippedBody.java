package dev.patchbay.gateway;

import dev.patchbay.codec.Bodies;
import dev.patchbay.spi.ProviderException;
import io.netty.handler.codec.compression.DecompressionException;
import io.vertx.core.buffer.Buffer;

/** Decodes a body on its way. */
final class UnzippedBody implements BodySink {

    private final Unzip unzip;
    private final BodySink next;
    private boolean over;

    UnzippedBody(Unzip unzip, BodySink next) {
        this.unzip = unzip;
        this.next = next;
    }

    @Override
    public void data(Buffer bytes) {
        if (over) {
            return;
        }
        try {
            next.data(Buffer.buffer(unzip.decode(bytes.getBytes())));
        } catch (DecompressionException broken) {
            failed(Bodies.unusable("upstream answered with a body that is not compressed as it says"));
        }
    }

    @Override
    public void end() {
        if (!over) {
            close();
            next.end();
        }
    }

    @Override
    public void failed(ProviderException failure) {
        if (!over) {
            close();
            next.failed(failure);
        }
    }

    private void close() {
        over = true;
        unzip.close();
    }
}
