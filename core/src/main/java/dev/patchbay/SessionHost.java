package dev.patchbay;

import dev.patchbay.config.template.Environment;
import dev.patchbay.http.HttpClients;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.http.Proxies;
import dev.patchbay.http.RequestPreview;
import dev.patchbay.probe.Probes;
import dev.patchbay.provider.Gaps;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.Draft;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.Sessions;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** What only sessions need, connections above all: made for the first of them, so that a look at the registry is quick. */
final class SessionHost implements AutoCloseable {

    private final HttpClients http;
    private final ProviderClients clients;
    private final Sessions sessions;
    private final Probes probes;

    /** @param current asked for each launch; plugins are the same in every snapshot */
    SessionHost(Supplier<RegistrySnapshot> current, SessionStore store, Environment environment, Clock clock) {
        RegistrySnapshot registry = current.get();
        this.http = HttpClients.create(Proxies.of(environment));
        this.clients = ProviderClients.over(http)
                .dialects(registry::dialect)
                .authenticators(registry::authenticator)
                .secrets(new OptionSecrets(registry, environment))
                .clock(clock)
                .build();
        this.sessions = new Sessions(current, store, clients::connect, clock);
        this.probes = new Probes(current, sessions::route, clients);
    }

    Sessions sessions() {
        return sessions;
    }

    Optional<RequestPreview> preview(LaunchRequest request) {
        Gaps gaps = new Gaps();
        Draft draft = sessions.draft(request, gaps);
        return clients.preview(draft.route(), draft.request(), gaps);
    }

    Probes probes() {
        return probes;
    }

    @Override
    public void close() {
        sessions.close();
        http.close();
    }
}
