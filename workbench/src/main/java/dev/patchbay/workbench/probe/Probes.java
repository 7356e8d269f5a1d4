package dev.patchbay.workbench.probe;

import static java.util.Objects.requireNonNull;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.LaunchRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at providers by calling them: tests them, and asks which models they have. Safe for use by several threads. */
public final class Probes {

    /** Enough for a model that thinks before it answers. */
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** A model on this machine may have to be loaded first. */
    private static final Duration LOCAL_LIMIT = Duration.ofMinutes(3);

    private final Supplier<RegistrySnapshot> registry;
    private final Function<LaunchRequest, Route> routes;
    private final ProviderClients clients;

    /** Of the providers of a Patchbay, with its connections: close that when they are no longer needed. */
    public static Probes of(Patchbay patchbay) {
        return new Probes(
                patchbay::registry, patchbay::route, patchbay.runtime().clients());
    }

    private Probes(
            Supplier<RegistrySnapshot> registry, Function<LaunchRequest, Route> routes, ProviderClients clients) {
        this.registry = registry;
        this.routes = routes;
        this.clients = clients;
    }

    /**
     * A test of what a launch would call; nothing is called yet.
     *
     * @param limit for one call; a shorter time-out of the provider's file goes before it
     * @throws dev.patchbay.diagnostic.ConfigurationException as the launch would throw it
     */
    public Probe test(LaunchRequest launch, Duration limit) {
        Route route = routes.apply(requireNonNull(launch, "launch is null"));
        DefinitionPlace place = registry.get()
                .findNamed(route.provider())
                .map(DefinitionPlace::of)
                .orElse(DefinitionPlace.NONE);
        return new Probe(route, place, clients, requireNonNull(limit, "limit is null"));
    }

    /** The same with the usual limit: a minute, three where the host is local. */
    public Probe test(LaunchRequest launch) {
        Route route = routes.apply(requireNonNull(launch, "launch is null"));
        boolean local = route.origin().filter(origin -> origin.isLocal()).isPresent();
        return test(launch, local ? LOCAL_LIMIT : DEFAULT_LIMIT);
    }

    /**
     * What a provider lists and what it answers; nothing is called yet.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if the provider is unknown or not ready
     */
    public ModelInquiry models(String provider) {
        Optional<Definition> definition = registry.get()
                .findNamed(requireNonNull(provider, "provider is null"))
                .flatMap(Provider::definition);
        // The list is the same for every model; where the file names none, any name will do.
        String model = definition
                .flatMap(known -> known.defaultModel()
                        .or(() -> known.models().keySet().stream().findFirst()))
                .orElse("any");
        Route route = routes.apply(
                LaunchRequest.query("models").provider(provider).model(model).build());
        return new ModelInquiry(new ProbedProvider(route, DEFAULT_LIMIT), clients, new CallTimeLimit(DEFAULT_LIMIT));
    }
}
