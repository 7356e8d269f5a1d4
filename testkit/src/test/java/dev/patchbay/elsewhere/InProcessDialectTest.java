package dev.patchbay.elsewhere;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.DialectContract;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The contract from outside its package, as an author sees it, for a dialect that opens no connection. */
class InProcessDialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new InProcess();
    }

    private static final class InProcess implements Dialect {

        @Override
        public String id() {
            return "in-process";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> new Listed(List.of(
                    ChatEvent.started(),
                    ChatEvent.blockStarted(0, ContentBlock.text("")),
                    ChatEvent.textDelta(0, "no model here"),
                    ChatEvent.blockStopped(0),
                    ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                    ChatEvent.stopped()));
        }
    }

    private static final class Listed implements ChatStream {

        private final Queue<ChatEvent> events;

        Listed(List<ChatEvent> events) {
            this.events = new ArrayDeque<>(events);
        }

        @Override
        public Optional<ChatEvent> next() {
            return Optional.ofNullable(events.poll());
        }

        @Override
        public void close() {
            events.clear();
        }
    }
}
