package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A plugin's client and its streams behind a {@link PluginGuard}. Closing never fails: by then the answer is there, or is lost. */
final class GuardedClient implements ChatClient {

    private final ChatClient client;
    private final PluginGuard guard;

    GuardedClient(ChatClient client, PluginGuard guard) {
        this.client = client;
        this.guard = guard;
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        return new Stream(guard.call("ChatClient.stream", () -> client.stream(request)), guard);
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return guard.call("ChatClient.models", () -> client.models().map(List::copyOf));
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        return guard.call("ChatClient.countTokens", () -> client.countTokens(request));
    }

    @Override
    public void close() {
        QuietClose.quietly(this::closeLoudly);
    }

    /** Closes it and lets out what that throws. */
    void closeLoudly() {
        guard.run("ChatClient.close", client::close);
    }

    private record Stream(ChatStream stream, PluginGuard guard) implements ChatStream {

        @Override
        public Optional<ChatEvent> next() {
            return guard.call("ChatStream.next", stream::next);
        }

        @Override
        public void close() {
            QuietClose.quietly(() -> guard.run("ChatStream.close", stream::close));
        }
    }
}
