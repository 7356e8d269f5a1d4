package dev.patchbay.internal.http;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ModelInfo;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Lets no failure of a client through that repeats a secret of its route. */
final class RedactingChatClient implements ChatClient {

    private final ChatClient client;
    private final Redaction redaction;

    RedactingChatClient(ChatClient client, Redaction redaction) {
        this.client = client;
        this.redaction = redaction;
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        return cleaned(redaction, () -> new Stream(client.stream(request), redaction));
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return cleaned(redaction, client::models);
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        return cleaned(redaction, () -> client.countTokens(request));
    }

    private static <T> T cleaned(Redaction redaction, Supplier<T> call) {
        try {
            return call.get();
        } catch (ProviderException failure) {
            throw redaction.clean(failure);
        } catch (RuntimeException fault) {
            throw redaction.clean(fault);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private record Stream(ChatStream stream, Redaction redaction) implements ChatStream {

        @Override
        public Optional<ChatEvent> next() {
            return cleaned(redaction, stream::next);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
