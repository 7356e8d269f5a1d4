package dev.patchbay.internal.plugin;

import dev.patchbay.internal.config.schema.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs code of plugins on threads that can be given up, so that a plugin which never returns holds nobody up.
 *
 * <p>A thread that was given up cannot be ended by force. As long as it runs, its plugin is not called again, however often
 * plugins are loaded: the threads do not become more. Safe for use by several threads.
 */
final class TimeLimit {

    static final Duration DEFAULT = Duration.ofSeconds(10);

    private static final Duration SAID_AFTER = Duration.ofSeconds(2);
    private static final Map<String, Thread> GIVEN_UP = new ConcurrentHashMap<>();

    private final Duration limit;
    private final Consumer<String> waiting;

    /**
     * A limit for each call.
     *
     * @param waiting told in one line of a call that takes more than two seconds
     */
    TimeLimit(Duration limit, Consumer<String> waiting) {
        this.limit = limit;
        this.waiting = waiting;
    }

    /**
     * Waits for the code to return.
     *
     * @param who says in messages which plugin it is
     * @param key the same for every call of that plugin, in this process and at the next load
     * @param doing what the code is at, for messages
     * @throws Rejection what the code throws; or if it does not return in time
     */
    <T> T call(String who, String key, Supplier<String> doing, Callable<T> code) throws Rejection {
        GIVEN_UP.values().removeIf(thread -> !thread.isAlive());
        if (GIVEN_UP.containsKey(key)) {
            throw rejection("an earlier call of it has not returned yet");
        }
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(null, task, "patchbay-plugin " + who, 0, false);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        long start = System.nanoTime();
        boolean said = limit.compareTo(SAID_AFTER) <= 0;
        try {
            while (true) {
                try {
                    Duration next = said ? limit : SAID_AFTER;
                    return task.get(Math.max(0, next.toNanos() - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (said) {
                        GIVEN_UP.put(key, thread);
                        task.cancel(true);
                        throw rejection(doing.get() + " did not return within " + DurationText.words(limit));
                    }
                    said = true;
                    say(who + ": " + doing.get() + " has not returned for " + DurationText.words(SAID_AFTER)
                            + "; after " + DurationText.words(limit) + " the plugin is left out");
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof Rejection rejection
                    ? rejection
                    : Rejection.because(doing.get() + " failed with " + PluginFault.describe(cause), cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void say(String line) {
        try {
            waiting.accept(line);
        } catch (RuntimeException ofListener) {
            // It only looks on.
        }
    }

    private static Rejection rejection(String reason) {
        return Rejection.because(reason)
                .withHelp("this is a fault in the plugin: tell its author, or take the plugin out");
    }
}
