package dev.patchbay.builtin;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text as the stream of an answer, word by word. */
final class DemoStream implements ChatStream {

    /** After each run of white space, so that the pieces together are the text. */
    private static final Pattern AFTER_A_SPACE = Pattern.compile("(?<=\\s)(?=\\S)");

    private final Iterator<ChatEvent> events;
    private volatile boolean closed;

    DemoStream(String model, String text) {
        List<ChatEvent> all = new ArrayList<>();
        all.add(ChatEvent.started("", model, Usage.unknown()));
        all.add(ChatEvent.blockStarted(0, ContentBlock.text("")));
        AFTER_A_SPACE.splitAsStream(text).forEach(piece -> all.add(ChatEvent.textDelta(0, piece)));
        all.add(ChatEvent.blockStopped(0));
        all.add(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()));
        all.add(ChatEvent.stopped());
        this.events = all.iterator();
    }

    @Override
    public Optional<ChatEvent> next() {
        if (!events.hasNext()) {
            return Optional.empty();
        }
        if (closed) {
            throw new ProviderException(ProviderException.Kind.CANCELLED, "the answer was closed before its end");
        }
        return Optional.of(events.next());
    }

    @Override
    public void close() {
        closed = true;
    }
}
