package dev.patchbay.plugin;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import java.util.Optional;

/** A plugin's client and its streams behind a {@link Guard}. Closing never fails: by then the answer is there, or is lost. */
final class GuardedClient implements ChatClient {

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
        Closing.quietly(this::closeLoudly);
    }

    /** Closes it and lets out what that throws. */
    void closeLoudly() {
        guard.run("ChatClient.close", client::close);
    }

    private record Stream(ChatStream stream, Guard guard) implements ChatStream {

        @Override
        public Optional<ChatEvent> next() {
            return guard.call("ChatStream.next", stream::next);
        }

        @Override
        public void close() {
            Closing.quietly(() -> guard.run("ChatStream.close", stream::close));
        }
    }
}
