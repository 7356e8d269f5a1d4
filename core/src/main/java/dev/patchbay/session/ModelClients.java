package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.client.ModelClient;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.models.KnownModels;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import java.util.List;
import java.util.function.Supplier;

/** Makes clients without a session, and has what all of them share. Safe for use by several threads. */
@InternalApi
public final class ModelClients {

    private final Supplier<RegistrySnapshot> registry;
    private final LaunchResolver resolver;
    private final KnownModels models;
    private final ChatConnector connector;
    private final EmbeddingConnector embeddings;

    /**
     * Clients over a registry.
     *
     * @param registry asked once for each request
     */
    public ModelClients(
            Supplier<RegistrySnapshot> registry,
            ModelNames names,
            KnownModels models,
            ChatConnector connector,
            EmbeddingConnector embeddings) {
        this.registry = requireNonNull(registry, "registry is null");
        this.resolver = new LaunchResolver(requireNonNull(names, "names is null"));
        this.models = requireNonNull(models, "models is null");
        this.connector = requireNonNull(connector, "connector is null");
        this.embeddings = requireNonNull(embeddings, "embeddings is null");
    }

    /**
     * A client that goes where a launch would.
     *
     * @param request its provider, model and proxy settings count
     * @throws ConfigurationException if a request could not be routed now
     */
    public ModelClient client(LaunchRequest request) {
        return client(request.settings().applyTo(SessionSettings.NONE));
    }

    /**
     * The models of a provider, with what is known of each.
     *
     * @throws ConfigurationException if there is no such provider, or its definition cannot be used
     */
    public List<Model> models(String provider) {
        return models.described(LaunchResolver.provider(registry(), provider));
    }

    ModelClient client(SessionSettings settings) {
        Route unused = route(registry(), settings);
        return new RoutedModelClient(this, settings);
    }

    /** The settings of a client for another model, named at a client with these. */
    SessionSettings renamed(SessionSettings settings, String name) {
        return resolver.renamed(registry(), settings, name);
    }

    RegistrySnapshot registry() {
        return registry.get();
    }

    Route route(RegistrySnapshot snapshot, SessionSettings settings) {
        return resolver.resolve(snapshot, settings);
    }

    KnownModels models() {
        return models;
    }

    EmbeddingConnector embeddings() {
        return embeddings;
    }

    Pricing pricing(Route route) {
        return new Pricing(() -> models.price(route));
    }

    ChatClient connect(Route route) {
        return connector.connect(route, (attempt, wait, why) -> {});
    }
}
