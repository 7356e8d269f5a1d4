package dev.patchbay.internal.http;

import dev.patchbay.spi.ProviderException;
import java.time.Duration;

/** Hears that a request is about to be sent again; called by the thread that waits for the answer. */
@FunctionalInterface
public interface RetryListener {

    /** Hears nothing. */
    RetryListener NONE = (attempt, wait, failure) -> {};

    /**
     * A request failed and will be sent again.
     *
     * @param attempt the attempt to come, from 2
     * @param wait how long until then
     * @param failure why
     */
    void retrying(int attempt, Duration wait, ProviderException failure);
}
