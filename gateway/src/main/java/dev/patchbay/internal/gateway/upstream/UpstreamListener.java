package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.spi.ProviderException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Takes the answer of an upstream, on the event loop. After {@code end} or {@code failed} nothing comes. */
public interface UpstreamListener {

    /** The answer begins; comes once, or not at all. */
    void head(int status, MultiMap headers);

    void data(Buffer bytes);

    void end();

    /** No answer comes, or not all of it. */
    void failed(ProviderException failure);
}
