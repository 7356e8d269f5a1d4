package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out by its first character what a body is, where the media type does not say. */
final class UndecidedBody implements BodySink {

    private final Function<Byte, BodySink> decision;
    private @Nullable BodySink next;

    UndecidedBody(Function<Byte, BodySink> decision) {
        this.decision = decision;
    }

    @Override
    public void data(Buffer bytes) {
        if (bytes.length() > 0) {
            decided(bytes.getByte(0)).data(bytes);
        }
    }

    @Override
    public void end() {
        decided((byte) 0).end();
    }

    @Override
    public void failed(ProviderException failure) {
        decided((byte) 0).failed(failure);
    }

    private BodySink decided(byte first) {
        if (next == null) {
            next = decision.apply(first);
        }
        return next;
    }
}
