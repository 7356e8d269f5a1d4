package dev.patchbay.internal.http;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends a request again as a provider's file allows, as long as nothing of an answer was passed on. Works for the core's
 * own dialects and for those of plugins.
 */
public final class RetryingChatClient implements ChatClient {

    private final ChatClient client;
    private final RetryPolicy policy;
    private final RetryListener listener;

    public RetryingChatClient(ChatClient client, RetryPolicy policy, RetryListener listener) {
        this.client = requireNonNull(client, "client is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Returns at once: what is sent is sent by the first {@link ChatStream#next}. */
    @Override
    public ChatStream stream(ChatRequest request) {
        RetrySchedule schedule =
                new RetrySchedule(policy, () -> ThreadLocalRandom.current().nextDouble());
        return new RetryingChatStream(() -> client.stream(request), schedule, listener);
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return client.models();
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        return client.countTokens(request);
    }

    @Override
    public void close() {
        client.close();
    }
}
