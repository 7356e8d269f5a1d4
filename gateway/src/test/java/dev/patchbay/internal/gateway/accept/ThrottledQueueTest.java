package dev.patchbay.internal.gateway.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThrottledQueueTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void beginsEverythingInOrder() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, NEVER);
        onLoop(() -> offer(pacer, 1000));

        assertThat(all(1000)).isEqualTo(numbers(1000));
    }

    @Test
    void whatWasSentAheadGoesBehindWhatWasNot() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, NEVER);
        onLoop(() -> {
            while (pacer.admits()) {
                // Until others have to wait.
            }
            for (int i = 0; i < 20; i++) {
                int number = i;
                pacer.laterStill(() -> false, () -> begun.add(100 + number));
            }
            offer(pacer, 0, 9);
        });

        List<Integer> order = all(29);
        assertThat(order.subList(0, 11)).containsExactly(0, 1, 2, 3, 100, 4, 5, 6, 7, 101, 8);
        assertThat(order.subList(11, 29))
                .isEqualTo(IntStream.range(102, 120).boxed().toList());
    }

    @Test
    void behindManyEverySecondOneIsTheNewest() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, Duration.ZERO);
        onLoop(() -> {
            while (pacer.admits()) {
                // Until others have to wait.
            }
            offer(pacer, 6);
        });

        assertThat(all(6)).containsExactly(0, 5, 1, 4, 2, 3);
    }

    @Test
    void lateComersDoNotOvertake() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, NEVER);
        onLoop(() -> {
            offer(pacer, 99);
            vertx.setTimer(20, id -> offer(pacer, 99, 200));
        });

        assertThat(all(200)).isEqualTo(numbers(200));
    }

    @Test
    void goesOnWhileTheLoopIsLate() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, NEVER);
        onLoop(() -> {
            offer(pacer, 12);
            hinder(20);
        });

        assertThat(all(12)).isEqualTo(numbers(12));
    }

    @Test
    void passesOverWhatIsOver() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, NEVER, NEVER);
        onLoop(() -> {
            while (pacer.admits()) {
                begun.add(0);
            }
            pacer.later(() -> true, () -> begun.add(1));
            pacer.later(() -> false, () -> begun.add(2));
        });
        Integer next = begun.poll(10, TimeUnit.SECONDS);
        while (next != null && next == 0) {
            next = begun.poll(10, TimeUnit.SECONDS);
        }

        assertThat(next).isEqualTo(2);
    }

    @Test
    void letsNothingWaitForLongerThanItMay() throws Exception {
        ThrottledQueue pacer = new ThrottledQueue(vertx, Duration.ZERO, NEVER);
        onLoop(() -> {
            offer(pacer, 1000);
            hinder(5);
        });

        assertThat(all(1001)).isEqualTo(numbers(1001));
    }

    private void onLoop(Runnable task) {
        loop.runOnContext(ignored -> task.run());
    }

    private void offer(ThrottledQueue pacer, int count) {
        offer(pacer, 0, count);
    }

    private void offer(ThrottledQueue pacer, int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            if (pacer.admits()) {
                begun.add(number);
            } else {
                pacer.later(() -> false, () -> begun.add(number));
            }
        }
    }

    /** Makes the loop late, some times, and then says so with the number behind the thousand. */
    private void hinder(int times) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        if (times == 1) {
            begun.add(1000);
        } else {
            vertx.setTimer(1, id -> hinder(times - 1));
        }
    }

    private List<Integer> all(int count) throws InterruptedException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Integer next = begun.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("the one after " + all.size()).isNotNull();
            all.add(next);
        }
        return all;
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
