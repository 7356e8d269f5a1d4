package dev.patchbay.plugin;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** A plugin's client and its streams behind a {@link Guard}. Closing never fails: by then the answer is there, or is lost. */
final class GuardedClient implements ChatClient {

    private static final System.Logger LOG = System.getLogger(GuardedClient.class.getName());

    private final ChatClient client;
    private final Guard guard;

    GuardedClient(ChatClient client, Guard guard) {
        this.client = client;
        this.guard = guard;
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        return new Stream(guard.call("ChatClient.stream", () -> client.stream(request)), guard);
    }

    @Override
    public void close() {
        closeQuietly("ChatClient.close", client::close, guard);
    }

    private static void closeQuietly(String what, Runnable close, Guard guard) {
        try {
            guard.run(what, close);
        } catch (ProviderException e) {
            LOG.log(System.Logger.Level.DEBUG, "ignored at close", e);
        }
    }

    private record Stream(ChatStream stream, Guard guard) implements ChatStream {

        @Override
        public Optional<ChatEvent> next() {
            return guard.call("ChatStream.next", stream::next);
        }

        @Override
        public void close() {
            closeQuietly("ChatStream.close", stream::close, guard);
        }
    }
}
