package dev.patchbay.daemon;

import com.google.inject.AbstractModule;
import dev.patchbay.daemon.service.DaemonIdentity;
import dev.patchbay.store.SqliteSessionStore;
import java.time.Clock;

/** What the daemon is made of, beside a {@code Patchbay}: one of each, wired by their constructors. */
final class DaemonModule extends AbstractModule {

    private final DaemonIdentity identity;
    private final SqliteSessionStore store;

    DaemonModule(DaemonIdentity identity, SqliteSessionStore store) {
        this.identity = identity;
        this.store = store;
    }

    @Override
    protected void configure() {
        binder().requireAtInjectOnConstructors();
        bind(DaemonIdentity.class).toInstance(identity);
        bind(SqliteSessionStore.class).toInstance(store);
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(DaemonService.class);
    }
}
