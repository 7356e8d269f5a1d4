package dev.patchbay.daemon.service;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.Probes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of providers, for the API and the page alike. Some of it waits, so none is for an event loop. */
@Singleton
public final class ProviderService {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);

    private final Patchbay patchbay;
    private final DaemonIdentity daemon;

    @Inject
    ProviderService(Patchbay patchbay, DaemonIdentity daemon) {
        this.patchbay = patchbay;
        this.daemon = daemon;
    }

    /** Every provider there is, of this moment. */
    public RegistrySnapshot registry() {
        return patchbay.registry();
    }

    /** Reads the files again, now. */
    public RegistrySnapshot reload() {
        return patchbay.reload();
    }

    /**
     * A provider, presets too.
     *
     * @throws Problem with status 404 if there is none, with the ids that are near
     */
    public Provider require(String id) {
        RegistrySnapshot registry = patchbay.registry();
        return registry.findNamed(id).orElseThrow(() -> {
            String near = String.join(" or ", registry.suggestions(id));
            return Problem.of(
                    404, "no provider is named '" + id + "'" + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
        });
    }

    /** Why a provider is not ready; where a variable is missing, whose environment was looked at. */
    public Optional<String> reason(Provider provider) {
        return provider.reason()
                .map(reason -> provider.state() == ProviderState.UNAVAILABLE
                        ? reason + " (in the daemon's environment of "
                                + CLOCK.format(daemon.startedAt().atZone(ZoneId.systemDefault())) + ")"
                        : reason);
    }

    /** A test of a provider, to be run once and closed. */
    public Probe test(String id, Optional<String> model) {
        require(id);
        LaunchRequest.Builder launch = LaunchRequest.query("test").provider(id);
        model.ifPresent(launch::model);
        return Probes.of(patchbay).test(launch.build());
    }
}
