package dev.patchbay.daemon.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How a client asks the daemon to stop. Safe for use by several threads. */
@Singleton
public final class StopRequest {

    private volatile Runnable asked = () -> {};

    @Inject
    StopRequest() {}

    /** Names who is told. */
    public void whenAsked(Runnable listener) {
        asked = listener;
    }

    /** Asks; returns at once. */
    public void ask() {
        asked.run();
    }
}
