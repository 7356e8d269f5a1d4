package dev.patchbay.workbench.verify;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code of a plugin on a thread of its own, so that one which never comes back is a finding and not the end. */
final class VerifierTimeouts {

    private final Duration limit;

    VerifierTimeouts(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs the work.
     *
     * @param context the thread's context class loader
     * @throws TimeoutException if it does not come back in time; its thread is left to itself
     */
    <T> T run(Callable<T> work, ClassLoader context) throws TimeoutException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "patchbay-verify");
        thread.setDaemon(true);
        thread.setContextClassLoader(context);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }

    /** What to say of work that was given up. */
    String exceeded() {
        return "did not come back within " + limit.toSeconds() + " s";
    }
}
