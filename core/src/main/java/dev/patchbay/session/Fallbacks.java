package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Fallback;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the provider to go on with when one fails (provider-files.md, section 2, {@code fallback}): the fallbacks of the
 * provider that failed, then those that the providers before it still have; each provider once. The one place that decides,
 * for sessions and for the gateway. Used by one thread at a time.
 */
@InternalApi
public final class Fallbacks {

    private final RegistrySnapshot registry;
    private final String requestedModel;
    private final Set<String> tried = new HashSet<>();
    private final List<Fallback> open = new ArrayList<>();
    private final List<SessionError> failures = new ArrayList<>();

    /** Of what begins with a route, in the registry that it was resolved in. */
    public Fallbacks(RegistrySnapshot registry, Route first) {
        this.registry = requireNonNull(registry, "registry is null");
        this.requestedModel = first.requestedModel();
        tried.add(first.provider());
    }

    /**
     * The route to go on with; empty: the failure is final. One that cannot be used as configured is passed over. May wait
     * for a secret.
     *
     * @param failed the route whose provider failed, before anything of its answer was passed on
     */
    public Optional<Route> after(Route failed, ProviderException failure) {
        failures.add(SessionError.of(failed.provider(), failure));
        return next(failed, failure);
    }

    /**
     * The route to go on with in the place of one that was found and cannot be asked; empty: the failure is final. May wait for a secret.
     *
     * @param why it cannot
     * @param failure of the provider before
     */
    public Optional<Route> inPlaceOf(Route unfit, ProviderException why, ProviderException failure) {
        failures.add(SessionError.unusable(unfit.provider(), why));
        return next(unfit, failure);
    }

    private Optional<Route> next(Route failed, ProviderException failure) {
        open.addAll(0, failed.definition().fallback());
        Iterator<Fallback> candidates = open.iterator();
        while (candidates.hasNext()) {
            Fallback next = candidates.next();
            if (next.when().contains(failure.kind())) {
                candidates.remove();
                Optional<Route> route = tried.add(next.to()) ? route(next.to(), failure) : Optional.empty();
                if (route.isPresent()) {
                    return route;
                }
            }
        }
        return Optional.empty();
    }

    /** Every provider that failed or could not be used, in the order in which that turned out. */
    public List<SessionError> failures() {
        return List.copyOf(failures);
    }

    /** Those that could not be asked, with the reason, in words that go on from a failure; empty if there are none. */
    public String passedOver() {
        String each = failures.stream()
                .filter(SessionError::isUnusable)
                .map(other -> other.provider() + ": " + other.message())
                .collect(Collectors.joining("; "));
        return each.isEmpty() ? "" : " (passed over: " + each + ")";
    }

    /** One that is passed over is told of with the failure, which may be final. */
    private Optional<Route> route(String id, ProviderException failure) {
        try {
            return Optional.of(LaunchResolver.fallback(registry, id, requestedModel));
        } catch (ConfigurationException notUsable) {
            failures.add(SessionError.unusable(id, notUsable));
            failure.addSuppressed(notUsable);
            return Optional.empty();
        }
    }
}
