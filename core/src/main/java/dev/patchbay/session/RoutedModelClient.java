package dev.patchbay.session;

import dev.patchbay.client.EmbeddingRequest;
import dev.patchbay.client.Embeddings;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelStream;
import dev.patchbay.codec.TokenEstimate;
import dev.patchbay.internal.models.OfferedModel;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ModelInfo;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client without a session. It holds settings and the streams that are open, nothing else: each request asks for the registry
 * once, is routed as a launch would be, and keeps that snapshot to its end, fallbacks included. Safe for use by several threads.
 */
final class RoutedModelClient implements ModelClient {

    private final ModelClients clients;
    private final SessionSettings settings;
    private final Set<ChatStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RoutedModelClient(ModelClients clients, SessionSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public ModelStream stream(ChatRequest request) {
        RequestValues.require(request);
        RegistrySnapshot providers = clients.registry();
        Route route = clients.route(providers, settings);
        FallbackChatStream stream = new FallbackChatStream(
                route, new Fallbacks(providers, route), to -> connect(to, request), open::remove);
        open.add(stream);
        if (closed) {
            stream.close();
        }
        return stream;
    }

    @Override
    public ModelClient at(String name) {
        return clients.client(clients.renamed(settings, name));
    }

    @Override
    public String provider() {
        return route().provider();
    }

    @Override
    public Model model() {
        return clients.models().described(route());
    }

    @Override
    public Optional<List<ModelInfo>> models() {
        return clients.models()
                .offered(route().definition())
                .map(offered -> offered.stream().map(OfferedModel::info).toList());
    }

    @Override
    public OptionalLong countTokens(ChatRequest request) {
        RequestValues.require(request);
        Route route = route();
        try (ChatClient client = clients.connect(route)) {
            return client.countTokens(addressed(request, route));
        }
    }

    @Override
    public Embeddings embed(EmbeddingRequest request) {
        request.more().forEach(RequestValues::require);
        Route route = route();
        Embeddings embeddings = new EmbeddingCalls(route, clients.embeddings()).ask(request);
        return clients.pricing(route)
                .cost(embeddings.usage())
                .map(embeddings::withCostUsd)
                .orElse(embeddings);
    }

    @Override
    public long estimateTokens(ChatRequest request) {
        RequestValues.require(request);
        return TokenEstimate.of(request);
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(ChatStream::close);
    }

    @Override
    public String toString() {
        return "ModelClient[" + settings.provider().orElse("default provider") + ", "
                + settings.model().orElse("default model") + "]";
    }

    private Route route() {
        return clients.route(clients.registry(), settings);
    }

    private FallbackChatStream.Attempt connect(Route route, ChatRequest request) {
        if (closed) {
            throw new ProviderException(ProviderException.Kind.CANCELLED, "the client is closed");
        }
        return new FallbackChatStream.Attempt(
                clients.connect(route), addressed(request, route), clients.pricing(route));
    }

    private static ChatRequest addressed(ChatRequest request, Route route) {
        return request.toBuilder().model(route.upstreamModel()).build();
    }
}
