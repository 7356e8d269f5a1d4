package dev.patchbay.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TerminalTest {

    private final CountDownLatch shown = new CountDownLatch(1);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(UTF_8).contains("waiting")) {
                shown.countDown();
            }
        }
    };

    @Test
    void coloursNeedATerminalAndNoObjection() {
        assertThat(terminal(true, Map.of("TERM", "xterm")).style()).isEqualTo(Style.COLOURED);
        assertThat(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "")).style())
                .isEqualTo(Style.COLOURED);
        assertThat(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "1")).style())
                .isEqualTo(Style.PLAIN);
        assertThat(terminal(true, Map.of("TERM", "dumb")).style()).isEqualTo(Style.PLAIN);
        assertThat(terminal(true, Map.of()).style()).isEqualTo(Style.PLAIN);
        assertThat(terminal(false, Map.of("TERM", "xterm")).style()).isEqualTo(Style.PLAIN);
    }

    @Test
    void progressAppearsOnATerminalAndLeavesNothingBehind() throws InterruptedException {
        Progress progress = new Progress(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
        progress.start("waiting");
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();
        progress.println("a message");
        progress.stop();
        progress.stop();
        assertThat(err.toString(UTF_8)).contains("\r\u001b[Ka message\n").endsWith("\r\u001b[K");
    }

    @Test
    void progressIsSilentElsewhere() {
        Progress progress = new Progress(terminal(false, Map.of("TERM", "xterm")));
        progress.start("waiting");
        progress.println("a message");
        progress.stop();
        assertThat(err.toString(UTF_8)).isEqualTo("a message\n");
    }

    private Terminal terminal(boolean isTerminal, Map<String, String> variables) {
        return new Terminal(
                InputStream.nullInputStream(),
                false,
                Output.needed(new ByteArrayOutputStream(), false),
                Output.optional(err, isTerminal),
                Environment.of(variables));
    }
}
