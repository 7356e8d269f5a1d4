package dev.patchbay.internal.gateway;

import io.vertx.core.Handler;

/** A source that can be told to wait for a slow reader. */
public interface PausableSource {

    void pause();

    void resume();

    /**
     * Runs a task when all that arrived together was given out.
     *
     * @return whether it will; false if it cannot tell when that is
     */
    default boolean afterRead(Handler<Void> task) {
        return false;
    }
}
