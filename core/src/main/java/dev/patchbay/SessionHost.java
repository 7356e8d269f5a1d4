package dev.patchbay;

import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.PreparedSession;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.Sessions;
import java.util.Optional;

/** What only sessions need: made for the first of them, so that a look at the registry is quick. */
final class SessionHost implements AutoCloseable {

    private final ProviderRuntime runtime;
    private final Sessions sessions;

    SessionHost(ProviderRuntime runtime, SessionStore store) {
        this.runtime = runtime;
        this.sessions = new Sessions(
                runtime::registry,
                runtime.names(),
                runtime.models()::price,
                store,
                runtime.clients()::connect,
                runtime.clock());
    }

    Sessions sessions() {
        return sessions;
    }

    Optional<RequestPreview> preview(LaunchRequest request) {
        PreparedSession draft = sessions.draft(request);
        return runtime.clients().preview(draft.route(), draft.request(), new SecretPlaceholders());
    }

    @Override
    public void close() {
        sessions.close();
    }
}
