package dev.patchbay.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the fake provider at a point of an answer until the test lets it go on; what other tests do with sleeps.
 *
 * <p>A gate that nobody opens holds until the client leaves or the provider is closed. Safe for use by several threads.
 */
public final class Gate {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch reached = new CountDownLatch(1);

    private Gate() {}

    /** A gate that is closed. */
    public static Gate closed() {
        return new Gate();
    }

    /** Lets everyone through who waits or comes later. Idempotent. */
    public void open() {
        opened.complete(null);
    }

    /**
     * Waits until the provider stands at this gate.
     *
     * @throws AssertionError if it does not in time
     */
    public void awaitReached(Duration timeout) {
        if (!UninterruptedWait.uninterrupted(() -> reached.await(timeout.toNanos(), TimeUnit.NANOSECONDS))) {
            throw new AssertionError("the provider did not reach the gate within " + timeout);
        }
    }

    /** Completes when the gate opens; tells those who wait for somebody to come. */
    CompletableFuture<Void> arrive() {
        reached.countDown();
        return opened.copy();
    }
}
