package com.example.signed;

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
import java.util.function.Consumer;

/** Reads an answer: {@link Field fields} {@code text} with more text, then {@code end} with {@code stop} or {@code length}. */
final class AnswerStream implements ChatStream {

    private final HttpReply reply;
    private final Consumer<ChatStream> whenClosed;
    private final BufferedReader lines;
    private final Queue<ChatEvent> events = new ArrayDeque<>();
    private boolean textIsOpen;
    private boolean ended;
    private volatile boolean closed;

    AnswerStream(HttpReply reply, Consumer<ChatStream> whenClosed) {
        this.reply = reply;
        this.whenClosed = whenClosed;
        this.lines = new BufferedReader(new InputStreamReader(reply.body(), UTF_8));
        events.add(new ChatEvent.Started(reply.header("X-Acme-Request"), Optional.empty(), Usage.unknown()));
    }

    @Override
    public Optional<ChatEvent> next() {
        while (events.isEmpty() && !ended) {
            read(nextLine());
        }
        return Optional.ofNullable(events.poll());
    }

    @Override
    public void close() {
        closed = true;
        reply.close();
        whenClosed.accept(this);
    }

    private String nextLine() {
        try {
            String line = lines.readLine();
            if (line != null) {
                return line;
            }
        } catch (IOException e) {
            if (closed) {
                throw new ProviderException(ProviderException.Kind.CANCELLED, "the answer was closed before its end");
            }
        }
        throw new ProviderException(ProviderException.Kind.SERVER, "the answer broke off");
    }

    private void read(String line) {
        Field field = Field.read(line);
        switch (field.name()) {
            case "text" -> text(field.value());
            case "end" -> end(field.value());
            default ->
                throw new ProviderException(ProviderException.Kind.SERVER, "the provider's answer cannot be read");
        }
    }

    private void text(String piece) {
        if (!textIsOpen) {
            textIsOpen = true;
            events.add(new ChatEvent.BlockStarted(0, new ContentBlock.Text("")));
        }
        events.add(new ChatEvent.TextDelta(0, piece));
    }

    private void end(String reason) {
        ended = true;
        if (textIsOpen) {
            events.add(new ChatEvent.BlockStopped(0));
        }
        StopReason stop = reason.equals("length") ? StopReason.MAX_TOKENS : StopReason.END_TURN;
        events.add(new ChatEvent.Finishing(stop, Optional.empty(), Usage.unknown()));
        events.add(new ChatEvent.Stopped());
    }
}
