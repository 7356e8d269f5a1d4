package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a plugin's silence: its own, and not the time that it waits for a provider through the host. */
final class PluginSilenceTest {

    private static final Duration LIMIT = Duration.ofMillis(1);

    private final PluginSilence silence = new PluginSilence(
            HttpSettings.DEFAULT.withFirstByte(Timeout.of(LIMIT)).onceWithin(LIMIT), "acme");

    @Test
    void aPluginThatSaysNothingIsSilent() {
        takeLongerThanTheLimit();

        assertThat(silence.leftForFirst()).isNotPositive();
        assertThat(silence.leftForNext()).isNotPositive();
    }

    @Test
    void waitingForAProviderThroughTheHostIsNoSilence() throws IOException {
        HttpTransport transport = new WatchedTransport(call -> new SlowReply(), silence);
        takeLongerThanTheLimit();
        try (HttpReply reply = transport.send(HttpCall.get(URI.create("http://127.0.0.1/")))) {
            InputStream body = reply.body();
            takeLongerThanTheLimit();
            assertThat(body.read(new byte[1])).isEqualTo(1);
        }

        takeLongerThanTheLimit();
        assertThat(silence.leftForNext()).isNotPositive();
    }

    @Test
    void whereThereIsNoLimitThereIsNoSilence() {
        PluginSilence endless = new PluginSilence(HttpSettings.DEFAULT.withFirstByte(Timeout.OFF), "acme");
        takeLongerThanTheLimit();

        assertThat(endless.leftForFirst()).isPositive();
    }

    private static void takeLongerThanTheLimit() {
        long end = System.nanoTime() + LIMIT.multipliedBy(3).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Looks at the silence while it is waited for. */
    private final class SlowReply implements HttpReply {

        private SlowReply() {
            takeLongerThanTheLimit();
            assertThat(silence.leftForFirst()).isPositive();
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(new byte[] {'x'}) {
                @Override
                public int read(byte[] buffer, int offset, int length) {
                    takeLongerThanTheLimit();
                    assertThat(silence.leftForNext()).isPositive();
                    return super.read(buffer, offset, length);
                }
            };
        }

        @Override
        public void close() {}
    }
}
