package dev.patchbay.internal.gateway.answer;

import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.SilenceTimer;
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

    private final ClientExchange client;
    private final StreamEncoder encoder;
    private final PausableSource source;
    private final StringBuilder text = new StringBuilder();
    private final @Nullable SilenceTimer ping;
    private final @Nullable HeldAnswer held;
    private @Nullable ResponseBodyWriter writer;

    StreamedAnswer(
            Vertx vertx, Duration pingAfter, ClientExchange client, StreamEncoder encoder, PausableSource source) {
        this.client = client;
        this.encoder = encoder;
        this.source = source;
        this.held = client.dialect().repeatsAnswer() ? new HeldAnswer(client.memory()) : null;
        this.ping = client.dialect().ping().isEmpty() ? null : new SilenceTimer(vertx, pingAfter, this::ping);
    }

    @Override
    public void accept(ChatEvent event) {
        if (held != null) {
            held.add(event);
        }
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
        if (writer == null && text.isEmpty()) {
            client.fail(failure);
            return;
        }
        ProviderException told = GatewayFailures.told(client.clean(failure));
        client.because(failure);
        text.append(encoder.fail(told));
        flush();
        client.brokeOff();
        // Not every client reads events of this kind (dialects.md, "Broken answers").
        committed().breakOff();
    }

    @Override
    public void stop() {
        if (ping != null) {
            ping.stop();
        }
    }

    private void ping() {
        if (writer != null) {
            writer.write(Buffer.buffer(client.dialect().ping()));
        }
    }

    private ResponseBodyWriter committed() {
        if (writer == null) {
            client.response().setChunked(true).putHeader("content-type", "text/event-stream");
            writer = client.writer(source);
        }
        return writer;
    }
}
