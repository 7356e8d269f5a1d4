package dev.patchbay.session;

import dev.patchbay.session.contract.SessionStoreContract;

/** The default store does what every store does. */
final class InMemorySessionStoreContractTest extends SessionStoreContract {

    @Override
    protected SessionStore open() {
        return new InMemorySessionStore();
    }

    @Override
    protected boolean lasts() {
        return false;
    }
}
