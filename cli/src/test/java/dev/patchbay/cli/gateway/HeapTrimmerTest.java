package dev.patchbay.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HeapTrimmerTest {

    /** Makes the heap of any fork of the tests larger than what is worth a collection. */
    private static final int RUSH_BYTES = 64 << 20;

    private static final int LOOKS = 50;

    private final AtomicInteger collections = new AtomicInteger();

    /** A heap whose use a test decides: that of the tests' JVM is also others'. */
    private final AtomicLong size = new AtomicLong(RUSH_BYTES);

    private final AtomicLong used = new AtomicLong();
    private final HeapTrimmer heap = heap(true);

    @Test
    void collectsOnceWhenNothingIsAskedAnyMore() {
        HeapTrimmer ofThisJvm = new HeapTrimmer(false, collections::incrementAndGet);
        byte[] rush = new byte[RUSH_BYTES];
        for (int look = 0; look < LOOKS && collections.get() == 0; look++) {
            ofThisJvm.look();
        }
        Reference.reachabilityFence(rush);
        assertThat(collections).hasValue(1);
    }

    @Test
    void collectsOnceForEachRush() {
        for (int rush = 1; rush <= 2; rush++) {
            used.addAndGet(RUSH_BYTES / 4);
            for (int look = 0; look < LOOKS; look++) {
                heap.look();
            }
            assertThat(collections).hasValue(rush);
        }
    }

    @Test
    void collectsNothingWhileSomethingIsAsked() {
        for (int look = 0; look < LOOKS; look++) {
            heap.look();
            // Now and then a collection comes by itself.
            used.addAndGet(look % 5 == 4 ? -(12 << 20) : 4 << 20);
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void leavesASmallHeapAsItIs() {
        size.set(16 << 20);
        for (int look = 0; look < LOOKS; look++) {
            heap.look();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void collectsWhereMuchMoreLiesThanWasNeededThoughSomethingIsAskedAllTheTime() {
        growing(heap);
        assertThat(collections).hasValueBetween(8, 12);
    }

    @Test
    void waitsLongerWhereMuchIsNeeded() {
        used.set(300L << 20);
        heap.look();
        assertThat(collections).as("nothing is known of what is needed").hasValue(1);
        used.set(690L << 20);
        heap.look();
        assertThat(collections).hasValue(1);
        used.set(700L << 20);
        heap.look();
        assertThat(collections).hasValue(2);
    }

    @Test
    void leavesThatToOtherCollectors() {
        growing(heap(false));
        assertThat(collections).hasValue(0);
    }

    /** A gibibyte, of which a collection leaves nothing. */
    private void growing(HeapTrimmer heap) {
        int before = 0;
        for (int look = 0; look < 256; look++) {
            heap.look();
            if (collections.get() > before) {
                used.set(0);
                before = collections.get();
            }
            used.addAndGet(4L << 20);
        }
    }

    private HeapTrimmer heap(boolean serial) {
        return new HeapTrimmer(size::get, used::get, serial, collections::incrementAndGet);
    }
}
