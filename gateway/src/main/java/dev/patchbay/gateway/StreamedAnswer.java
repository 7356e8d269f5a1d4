package dev.patchbay.gateway;

import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer as an event stream. The response is not committed before the first event, so that a failure before it is an error
 * answer (dialects.md, S12).
 */
final class StreamedAnswer implements ClientAnswer {

    private final Exchange client;
    private final StreamEncoder encoder;
    private final Flow source;
    private final StringBuilder text = new StringBuilder();
    private final @Nullable SilenceTimer ping;
    private @Nullable Outbox outbox;

    StreamedAnswer(Vertx vertx, Duration pingAfter, Exchange client, StreamEncoder encoder, Flow source) {
        this.client = client;
        this.encoder = encoder;
        this.source = source;
        this.ping = client.dialect().ping().isEmpty() ? null : new SilenceTimer(vertx, pingAfter, this::ping);
    }

    @Override
    public void accept(ChatEvent event) {
        text.append(encoder.encode(event));
    }

    @Override
    public void flush() {
        if (text.isEmpty()) {
            return;
        }
        if (ping != null) {
            ping.touch();
        }
        committed().write(Buffer.buffer(text.toString()));
        text.setLength(0);
    }

    @Override
    public void complete() {
        stop();
        flush();
        committed().end();
    }

    @Override
    public void failed(ProviderException failure) {
        stop();
        if (outbox == null && text.isEmpty()) {
            client.fail(failure);
            return;
        }
        text.append(encoder.fail(Failures.told(client.clean(failure))));
        flush();
        committed().end();
    }

    @Override
    public void stop() {
        if (ping != null) {
            ping.stop();
        }
    }

    private void ping() {
        if (outbox != null) {
            outbox.write(Buffer.buffer(client.dialect().ping()));
        }
    }

    private Outbox committed() {
        if (outbox == null) {
            client.response()
                    .setChunked(true)
                    .putHeader("content-type", "text/event-stream")
                    .putHeader("cache-control", "no-cache");
            outbox = client.outbox(source);
        }
        return outbox;
    }
}
