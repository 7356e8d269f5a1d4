package dev.patchbay.testkit;

import java.util.concurrent.Callable;

/** Waits in tests, where an interrupt is a failure and nothing to handle. */
final class UninterruptedWait {

    private UninterruptedWait() {}

    /** What {@code wait} returns; an interrupt ends the test. */
    static <T> T uninterrupted(Callable<T> wait) {
        try {
            return wait.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
