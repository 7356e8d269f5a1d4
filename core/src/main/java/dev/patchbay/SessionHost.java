package dev.patchbay;

import dev.patchbay.config.template.Environment;
import dev.patchbay.http.HttpClients;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.http.Proxies;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.Sessions;
import java.time.Clock;

/** What only sessions need, connections above all: made for the first of them, so that a look at the registry is quick. */
final class SessionHost implements AutoCloseable {

    private final HttpClients http;
    private final Sessions sessions;

    SessionHost(RegistrySnapshot registry, SessionStore store, Environment environment, Clock clock) {
        this.http = HttpClients.create(Proxies.of(environment));
        ProviderClients clients = ProviderClients.over(http)
                .dialects(registry::dialect)
                .authenticators(registry::authenticator)
                .secrets(new OptionSecrets(registry, environment))
                .clock(clock)
                .build();
        this.sessions = new Sessions(() -> registry, store, clients::connect, clock);
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void close() {
        sessions.close();
        http.close();
    }
}
