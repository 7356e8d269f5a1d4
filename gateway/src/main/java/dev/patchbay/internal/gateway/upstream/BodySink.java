package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;

/** Takes the body of an upstream's answer. */
public interface BodySink {

    void data(Buffer bytes);

    void end();

    /** The body broke off. */
    void failed(ProviderException failure);
}
