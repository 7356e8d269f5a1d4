package dev.patchbay.internal.plugin;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Option;
import java.util.List;

/** A plugin's authenticator behind a {@link PluginGuard}. */
final class GuardedAuthenticator implements Authenticator {

    private final Authenticator authenticator;
    private final PluginGuard guard;
    private final String type;
    private final List<Option> options;

    GuardedAuthenticator(Authenticator authenticator, PluginGuard guard) throws Rejection {
        this.authenticator = authenticator;
        this.guard = guard;
        this.type = guard.load("Authenticator.type", authenticator::type);
        this.options = guard.options("Authenticator.options", "auth type '" + type + "'", authenticator::options);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<Option> options() {
        return options;
    }

    @Override
    public void authenticate(OutgoingRequest request, Credential credential) {
        guard.callForRequest("Authenticator.authenticate", () -> {
            authenticator.authenticate(request, credential);
            return Boolean.TRUE;
        });
    }

    @Override
    public void close() {
        guard.close("Authenticator.close", authenticator::close);
    }
}
