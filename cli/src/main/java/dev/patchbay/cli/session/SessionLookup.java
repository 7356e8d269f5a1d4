package dev.patchbay.cli.session;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SqliteSessionStore;
import java.util.List;

/** Finds a session by what somebody types. */
public final class SessionLookup {

    private SessionLookup() {}

    /**
     * The session with an id, or the only one whose id begins so.
     *
     * @throws UsageException if there is none, or more than one
     */
    public static SessionRecord require(SqliteSessionStore store, String id) {
        return store.find(id).orElseGet(() -> {
            List<String> found = store.idsThatBeginWith(id, 2);
            if (found.isEmpty()) {
                throw unknown(id);
            }
            if (found.size() > 1) {
                throw new UsageException("several sessions have an id that begins with '" + id + "'; give more of it");
            }
            return store.find(found.get(0)).orElseThrow(() -> unknown(id));
        });
    }

    /** What is said where there is none. */
    public static UsageException unknown(String id) {
        return new UsageException("there is no session '" + id + "'; see: patchbay sessions list");
    }
}
