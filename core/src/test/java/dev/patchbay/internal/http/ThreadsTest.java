package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void boundedOnesRunNoMoreThanSoManyTasksAndLoseNone() throws Exception {
        Executor executor = new BoundedExecutor(Threads.factory("test"), 4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            executor.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                done.countDown();
            });
        }

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void boundedOnesEndWhenTheyHaveNothingToDo() throws Exception {
        List<Thread> made = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(50);
        Executor executor = new BoundedExecutor(
                task -> {
                    Thread thread = new Thread(task, "test");
                    thread.setDaemon(true);
                    made.add(thread);
                    return thread;
                },
                50,
                Duration.ofMillis(20));
        for (int i = 0; i < 50; i++) {
            executor.execute(() -> {
                all.countDown();
                await(all);
            });
        }
        for (Thread thread : made) {
            thread.join(20_000);
        }

        assertThat(made).hasSize(50).noneMatch(Thread::isAlive);
    }

    @Test
    void boundedOnesGoOnAfterATaskThatThrows() throws Exception {
        Thread.UncaughtExceptionHandler quiet = (thread, fault) -> {};
        Executor executor = new BoundedExecutor(
                task -> {
                    Thread thread = Threads.factory("test").newThread(task);
                    thread.setUncaughtExceptionHandler(quiet);
                    return thread;
                },
                1);
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("of a task");
        });
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        executor.execute(() -> {
            interrupted.complete(Thread.currentThread().isInterrupted());
            done.countDown();
        });

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.join()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
