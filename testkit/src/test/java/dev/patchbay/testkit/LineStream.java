package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** The answer of {@link LineDialect}. */
final class LineStream implements ChatStream {

    private final LineDialect dialect;
    private final HttpReply reply;
    private final BufferedReader lines;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean started;
    private boolean ended;
    private boolean closed;

    LineStream(LineDialect dialect, HttpReply reply) {
        this.dialect = dialect;
        this.reply = reply;
        this.lines = new BufferedReader(new InputStreamReader(reply.body(), UTF_8));
    }

    @Override
    public Optional<ChatEvent> next() {
        boolean whole = dialect.makes(LineDialect.Mistake.WAITS_FOR_THE_WHOLE_ANSWER);
        while (!ended && (ready.isEmpty() || whole)) {
            read();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void read() {
        try {
            String line = lines.readLine();
            if (line == null && dialect.makes(LineDialect.Mistake.TAKES_ANY_END)) {
                line = "bye";
            }
            if (line == null || !(line.startsWith("say ") || line.equals("bye"))) {
                throw new ProviderException(ProviderException.Kind.SERVER, "the answer cannot be read");
            }
            take(line);
        } catch (IOException e) {
            if (dialect.makes(LineDialect.Mistake.TAKES_ANY_END)) {
                take("bye");
                return;
            }
            throw new ProviderException(ProviderException.Kind.SERVER, "the answer broke off");
        }
    }

    private void take(String line) {
        if (!started) {
            started = true;
            ready.add(ChatEvent.started());
            ready.add(ChatEvent.blockStarted(0, ContentBlock.text("")));
        }
        if (line.equals("bye")) {
            ended = true;
            ready.add(ChatEvent.blockStopped(0));
            ready.add(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()));
            ready.add(ChatEvent.stopped());
            return;
        }
        ready.add(ChatEvent.textDelta(0, line.substring(4)));
    }

    @Override
    public void close() {
        if (closed && dialect.makes(LineDialect.Mistake.CLOSES_ONCE)) {
            throw new IllegalStateException("closed already");
        }
        closed = true;
        if (!dialect.makes(LineDialect.Mistake.FORGETS_TO_CLOSE)) {
            reply.close();
        }
    }
}
