package dev.patchbay.internal.http;

import dev.patchbay.internal.plugin.PluginCalls;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A plugin's client whose calls take no longer than the time-outs of its provider allow, whatever the plugin does: {@code
 * firstByteTimeout} until an answer begins, {@code idleTimeout} from event to event, two seconds to close something.
 */
final class PluginChatClient implements ChatClient {

    private final PluginCalls calls;
    private final PluginSilence silence;
    private final CallSecrets secrets;
    private final ChatClient client;

    private PluginChatClient(PluginCalls calls, PluginSilence silence, CallSecrets secrets, ChatClient client) {
        this.calls = calls;
        this.silence = silence;
        this.secrets = secrets;
        this.client = client;
    }

    /**
     * Connects.
     *
     * @param secrets what was lent to the client; told of each call
     * @throws dev.patchbay.spi.ProviderException if the dialect cannot serve the provider, or does not say so in time
     */
    static ChatClient connect(
            PluginCalls calls, PluginSilence silence, CallSecrets secrets, Supplier<ChatClient> connection) {
        silence.sign();
        ChatClient client = calls.call(
                connection, silence::leftForFirst, () -> silence.tooLate("Dialect.connect"), ChatClient::close);
        return new PluginChatClient(calls, silence, secrets, client);
    }

    /** Returns at once: the first {@code next} calls the plugin. */
    @Override
    public ChatStream stream(ChatRequest request) {
        return new PluginChatStream(calls, silence, () -> {
            secrets.begin();
            return client.stream(request);
        });
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return called("ChatClient.models", client::models);
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        return called("ChatClient.countTokens", () -> client.countTokens(request));
    }

    @Override
    public void close() {
        calls.close(client::close);
    }

    private <T> T called(String what, Supplier<T> call) {
        silence.sign();
        secrets.begin();
        return calls.call(call, silence::leftForFirst, () -> silence.tooLate(what), unused -> {});
    }
}
