package dev.patchbay.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class IdleMemoryTest {

    /** Makes the heap of any fork of the tests larger than what is worth a collection. */
    private static final int RUSH_BYTES = 64 << 20;

    private static final int LOOKS = 50;

    private final AtomicInteger collections = new AtomicInteger();

    /** A heap whose use a test decides: that of the tests' JVM is also others'. */
    private final AtomicLong size = new AtomicLong(RUSH_BYTES);

    private final AtomicLong used = new AtomicLong();
    private final IdleMemory memory = new IdleMemory(size::get, used::get, collections::incrementAndGet);

    @Test
    void collectsOnceWhenNothingIsAskedAnyMore() {
        IdleMemory ofThisJvm = new IdleMemory(collections::incrementAndGet);
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
                memory.look();
            }
            assertThat(collections).hasValue(rush);
        }
    }

    @Test
    void collectsNothingWhileSomethingIsAsked() {
        for (int look = 0; look < LOOKS; look++) {
            memory.look();
            // Now and then a collection comes by itself.
            used.addAndGet(look % 5 == 4 ? -(12 << 20) : 4 << 20);
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void leavesASmallHeapAsItIs() {
        size.set(16 << 20);
        for (int look = 0; look < LOOKS; look++) {
            memory.look();
        }
        assertThat(collections).hasValue(0);
    }
}
