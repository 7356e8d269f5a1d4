package dev.patchbay.gateway;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.http.ReadyCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an event stream on, byte for byte but for a secret that an error repeats. Adds a ping where the upstream is silent for
 * long, and an error event where the stream ends before it is complete. Where the head was held back, a stream that begins with
 * an error is a refusal.
 */
final class EventRelay implements BodySink {

    private final Exchange client;
    private final ClientDialect dialect;
    private final Outbox outbox;
    private final UpstreamExchange upstream;
    private final ReadyCall sent;
    private final EventBoundary boundary = new EventBoundary();
    private final EventTail tail = new EventTail();
    private final @Nullable SilenceTimer ping;

    /** @param sent whose secrets an error may repeat */
    EventRelay(
            Vertx vertx,
            Duration pingAfter,
            Exchange client,
            Outbox outbox,
            UpstreamExchange upstream,
            ReadyCall sent) {
        this.client = client;
        this.dialect = client.dialect();
        this.outbox = outbox;
        this.upstream = upstream;
        this.sent = sent;
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
            tail.add(whole, boundary.isOpen());
            outbox.write(masked(whole));
        }
    }

    @Override
    public void end() {
        Buffer rest = boundary.rest();
        if (isComplete(rest)) {
            stop();
            outbox.write(masked(rest));
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

    /** An error without the secrets that were sent; everything else as it is. */
    private Buffer masked(Buffer events) {
        return ErrorMention.isIn(events) ? Buffer.buffer(sent.clean(events.getBytes())) : events;
    }

    private void refused(Runnable told) {
        stop();
        outbox.drop();
        told.run();
    }

    private void ping() {
        if (!tail.isEmpty() && boundary.isOpen()) {
            outbox.write(Buffer.buffer(dialect.ping()));
        }
    }

    private boolean isComplete(Buffer rest) {
        return dialect.isComplete(tail.text(rest));
    }
}
