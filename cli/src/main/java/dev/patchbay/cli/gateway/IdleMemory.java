package dev.patchbay.cli.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

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

    private final LongSupplier size;
    private final LongSupplier used;
    private final Runnable collection;
    private long usedBefore = Long.MAX_VALUE;
    private boolean given;

    /** Of this JVM. */
    IdleMemory(Runnable collection) {
        this(Runtime.getRuntime()::totalMemory, IdleMemory::usedHere, collection);
    }

    /** Of a heap with so many bytes, of which so many are used. */
    IdleMemory(LongSupplier size, LongSupplier used, Runnable collection) {
        this.size = size;
        this.used = used;
        this.collection = collection;
    }

    /** Collects once, if the heap is large and nearly nothing was allocated since the last look. */
    void look() {
        long now = used.getAsLong();
        boolean idle = now >= usedBefore && now - usedBefore < IDLE_BYTES;
        if (!idle) {
            given = false;
        } else if (!given && size.getAsLong() > WORTHWHILE_BYTES) {
            collection.run();
            given = true;
        }
        usedBefore = used.getAsLong();
    }

    private static long usedHere() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
