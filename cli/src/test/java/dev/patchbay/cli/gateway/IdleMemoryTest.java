package dev.patchbay.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class IdleMemoryTest {

    /** Makes the heap of any fork of the tests larger than what is worth a collection. */
    private static final int RUSH_BYTES = 64 << 20;

    private static final int LOOKS = 50;

    private final AtomicInteger collections = new AtomicInteger();
    private final IdleMemory memory = new IdleMemory(collections::incrementAndGet);

    @Test
    void collectsOnceWhenNothingIsAskedAnyMore() {
        byte[] rush = new byte[RUSH_BYTES];
        for (int look = 0; look < LOOKS && collections.get() == 0; look++) {
            memory.look();
        }
        Reference.reachabilityFence(rush);
        assertThat(collections).hasValue(1);
    }

    @Test
    void collectsNothingWhileSomethingIsAsked() {
        byte[] rush = new byte[RUSH_BYTES];
        for (int look = 0; look < LOOKS; look++) {
            memory.look();
            Reference.reachabilityFence(new byte[4 << 20]);
        }
        Reference.reachabilityFence(rush);
        assertThat(collections).hasValue(0);
    }
}
