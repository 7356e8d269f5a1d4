package dev.patchbay.plugin;

import dev.patchbay.spi.Authenticator;

/** A plugin's authenticator behind a {@link Guard}. */
final class GuardedAuthenticator implements Authenticator {

    private final Authenticator authenticator;
    private final Guard guard;
    private final String type;

    GuardedAuthenticator(Authenticator authenticator, Guard guard) throws Rejection {
        this.authenticator = authenticator;
        this.guard = guard;
        this.type = guard.load("Authenticator.type", authenticator::type);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public void authenticate(OutgoingRequest request, Credential credential) {
        guard.run("Authenticator.authenticate", () -> authenticator.authenticate(request, credential));
    }
}
