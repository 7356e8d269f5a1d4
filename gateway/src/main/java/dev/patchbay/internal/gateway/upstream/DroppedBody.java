package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;

/** For a body of no use: the client has been told already. */
public final class DroppedBody implements BodySink {

    @Override
    public void data(Buffer bytes) {}

    @Override
    public void end() {}

    @Override
    public void failed(ProviderException failure) {}
}
