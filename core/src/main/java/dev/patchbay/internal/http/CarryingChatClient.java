package dev.patchbay.internal.http;

import dev.patchbay.internal.plugin.CarriedRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands a plugin's client what its dialect can carry, and says once what it left out. */
final class CarryingChatClient implements ChatClient {

    private static final System.Logger LOG = System.getLogger(CarryingChatClient.class.getName());

    private final ChatClient client;
    private final Dialect dialect;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    CarryingChatClient(ChatClient client, Dialect dialect) {
        this.client = client;
        this.dialect = dialect;
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        return client.stream(carried(request));
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return client.models();
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        return client.countTokens(carried(request));
    }

    @Override
    public void close() {
        client.close();
    }

    private ChatRequest carried(ChatRequest request) {
        return CarriedRequest.of(request, dialect, name -> {
            if (said.add(name)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "the dialect '" + dialect.id() + "' cannot carry this and it is left out: " + name);
            }
        });
    }
}
