package dev.patchbay.cli.gateway;

import java.time.Duration;

/**
 * Gives back to the system what a rush needed. The collector by itself makes the heap smaller only when it is full, and where nothing
 * is asked it never gets full.
 */
final class IdleMemory {

    /** Between two looks. */
    static final Duration PERIOD = Duration.ofSeconds(20);

    /** A heap that is smaller is not worth a collection. */
    private static final long WORTHWHILE_BYTES = 48L << 20;

    /** What is allocated from one look to the next where nothing is asked. */
    private static final long IDLE_BYTES = 1 << 20;

    private final Runtime runtime = Runtime.getRuntime();
    private final Runnable collection;
    private long used = Long.MAX_VALUE;
    private boolean given;

    IdleMemory(Runnable collection) {
        this.collection = collection;
    }

    /** Collects once, if the heap is large and nearly nothing was allocated since the last look. */
    void look() {
        long now = used();
        boolean idle = now >= used && now - used < IDLE_BYTES;
        if (!idle) {
            given = false;
        } else if (!given && runtime.totalMemory() > WORTHWHILE_BYTES) {
            collection.run();
            given = true;
        }
        used = used();
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
