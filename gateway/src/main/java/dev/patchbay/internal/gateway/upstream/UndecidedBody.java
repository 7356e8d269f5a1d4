package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.internal.http.BodyKind;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out by its first bytes what a body is (dialects.md, S14). */
public final class UndecidedBody implements BodySink {

    private final String contentType;
    private final Function<BodyKind, BodySink> decision;
    private Buffer begin = Buffer.buffer(0);
    private @Nullable BodySink next;

    /** @param decision makes what takes the body, from its first byte on */
    public UndecidedBody(String contentType, Function<BodyKind, BodySink> decision) {
        this.contentType = contentType;
        this.decision = decision;
    }

    @SuppressWarnings("ReferenceEquality") // This very buffer belongs to whoever gave it, and is written anew.
    @Override
    public void data(Buffer bytes) {
        if (next != null) {
            next.data(bytes);
            return;
        }
        boolean first = begin.length() == 0;
        Buffer all = first ? bytes : begin.appendBuffer(bytes);
        Optional<BodyKind> form = form(all, false);
        while (form.isEmpty() && all.length() >= BodyKind.MOST_BYTES) {
            // They may go on for as long as the upstream has nothing to say.
            all = all.getBuffer(BodyKind.blanks(all.getBytes(), all.length()), all.length());
            form = form(all, false);
        }
        if (form.isPresent()) {
            next = decision.apply(form.get());
            next.data(all);
        } else {
            begin = all == bytes ? all.copy() : all;
        }
    }

    @Override
    public void end() {
        decided().end();
    }

    @Override
    public void failed(ProviderException failure) {
        decided().failed(failure);
    }

    private BodySink decided() {
        if (next == null) {
            next = decision.apply(form(begin, true).orElseThrow());
            if (begin.length() > 0) {
                next.data(begin);
            }
        }
        return next;
    }

    private Optional<BodyKind> form(Buffer all, boolean whole) {
        int length = Math.min(all.length(), BodyKind.MOST_BYTES);
        return BodyKind.of(contentType, all.getBytes(0, length), length, whole);
    }
}
