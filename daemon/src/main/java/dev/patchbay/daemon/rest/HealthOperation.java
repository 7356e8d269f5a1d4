package dev.patchbay.daemon.rest;

import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.service.DaemonIdentity;
import dev.patchbay.store.SqliteSessionStore;
import jakarta.inject.Inject;

/** Says that the daemon is well, which one it is, and whether its store is. */
final class HealthOperation {

    private final DaemonIdentity identity;
    private final SqliteSessionStore store;

    @Inject
    HealthOperation(DaemonIdentity identity, SqliteSessionStore store) {
        this.identity = identity;
        this.store = store;
    }

    Reply report() {
        return Reply.json(
                200,
                Json.object()
                        .put("status", "ok")
                        .put("version", identity.version())
                        .put("id", identity.id())
                        .put("store", store.damage().isEmpty() ? "ok" : "damaged"));
    }
}
