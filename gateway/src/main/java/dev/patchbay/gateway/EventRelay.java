package dev.patchbay.gateway;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an event stream on, byte for byte. Adds a ping where the upstream is silent for long, and an error event where the
 * stream ends before it is complete. Where the head was held back, a stream that begins with an error is a refusal.
 */
final class EventRelay implements BodySink {

    /** The end of a chat stream has up to three events: finish, usage, marker; and there may be a comment. */
    private static final int REMEMBERED = 4;

    private final Exchange client;
    private final ClientDialect dialect;
    private final Outbox outbox;
    private final UpstreamExchange upstream;
    private final EventBoundary boundary = new EventBoundary();
    private final ArrayDeque<Buffer> last = new ArrayDeque<>(REMEMBERED + 1);
    private final @Nullable SilenceTimer ping;

    EventRelay(Vertx vertx, Duration pingAfter, Exchange client, Outbox outbox, UpstreamExchange upstream) {
        this.client = client;
        this.dialect = client.dialect();
        this.outbox = outbox;
        this.upstream = upstream;
        this.ping = dialect.ping().isEmpty() ? null : new SilenceTimer(vertx, pingAfter, this::ping);
    }

    @Override
    public void data(Buffer bytes) {
        if (ping != null) {
            ping.touch();
        }
        Buffer whole = boundary.take(bytes);
        if (whole.length() == 0) {
            return;
        }
        Optional<UpstreamError> refusal = outbox.hasBegun() ? Optional.empty() : FirstEvent.error(whole);
        if (refusal.isPresent()) {
            upstream.cancel();
            refused(() -> client.fail(refusal.get()));
        } else {
            last.addLast(whole);
            if (last.size() > REMEMBERED) {
                last.removeFirst();
            }
            outbox.write(whole);
        }
    }

    @Override
    public void end() {
        Buffer rest = boundary.rest();
        if (isComplete(rest)) {
            stop();
            outbox.write(rest);
            outbox.end();
        } else {
            failed(Bodies.unusable("upstream stream ended before completion"));
        }
    }

    /** What is half cannot be used; it is dropped, so that the error can be read. */
    @Override
    public void failed(ProviderException failure) {
        if (!outbox.hasBegun()) {
            refused(() -> client.fail(failure));
            return;
        }
        stop();
        if (!isComplete(Buffer.buffer(0))) {
            String separator = boundary.isOpen() ? "" : "\n\n";
            outbox.write(Buffer.buffer(separator + dialect.failure(Failures.told(failure))));
        }
        outbox.end();
    }

    /** Ends the pings when the client leaves. */
    void stop() {
        if (ping != null) {
            ping.stop();
        }
    }

    private void refused(Runnable told) {
        stop();
        outbox.drop();
        told.run();
    }

    private void ping() {
        if (!last.isEmpty() && boundary.isOpen()) {
            outbox.write(Buffer.buffer(dialect.ping()));
        }
    }

    private boolean isComplete(Buffer rest) {
        StringBuilder text = new StringBuilder();
        last.forEach(text::append);
        return dialect.isComplete(text.append(rest).toString());
    }
}
