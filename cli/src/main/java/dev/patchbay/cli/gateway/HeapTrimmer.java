package dev.patchbay.cli.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives back to the system what the heap does not need. Two collectors' habits are behind it: none makes the heap smaller while
 * nothing is asked, and the serial one grows it up to its limit before it collects its old part at all.
 */
final class HeapTrimmer {

    /** Between two looks. */
    static final Duration PERIOD = Duration.ofSeconds(20);

    /** A heap that is smaller is not worth a collection. */
    private static final long WORTHWHILE_BYTES = 48L << 20;

    /** What is allocated from one look to the next where nothing is asked. */
    private static final long IDLE_BYTES = 1 << 20;

    /** What may lie in it beyond twice what was needed after the last collection, while something is asked. */
    private static final long GARBAGE_BYTES = 96L << 20;

    private final LongSupplier size;
    private final LongSupplier used;
    private final Runnable collection;
    private final boolean serial;
    private long usedBefore = Long.MAX_VALUE;
    private long needed;
    private boolean given;

    /**
     * Of this JVM.
     *
     * @param serial whether it has the serial collector; the others care for themselves while something is asked
     */
    HeapTrimmer(boolean serial, Runnable collection) {
        this(Runtime.getRuntime()::totalMemory, HeapTrimmer::usedHere, serial, collection);
    }

    /** Of a heap with so many bytes, of which so many are used. */
    HeapTrimmer(LongSupplier size, LongSupplier used, boolean serial, Runnable collection) {
        this.size = size;
        this.used = used;
        this.serial = serial;
        this.collection = collection;
    }

    /**
     * Collects once, if the heap is large and nearly nothing was allocated since the last look, or if much lies in it that was not
     * needed after the last collection.
     */
    void look() {
        long now = used.getAsLong();
        boolean idle = now >= usedBefore && now - usedBefore < IDLE_BYTES;
        needed = Math.min(needed, now);
        boolean grown = serial && now > 2 * needed + GARBAGE_BYTES;
        if (!idle) {
            given = false;
        }
        if (grown || (idle && !given && size.getAsLong() > WORTHWHILE_BYTES)) {
            collection.run();
            needed = used.getAsLong();
            given = true;
        }
        usedBefore = used.getAsLong();
    }

    private static long usedHere() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
