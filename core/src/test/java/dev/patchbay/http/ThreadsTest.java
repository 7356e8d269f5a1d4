package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void keepNoProcessAlive() throws Exception {
        ExecutorService executor = Threads.executor("test");
        try {
            Thread thread = executor.submit(Thread::currentThread).get();

            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("test-");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void areVirtualWhereTheJdkHasThem() throws Exception {
        boolean virtual = Threads.factory("test").newThread(() -> {}).toString().startsWith("VirtualThread");

        assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
        assertThat(Threads.areVirtual()).isEqualTo(virtual);
    }
}
