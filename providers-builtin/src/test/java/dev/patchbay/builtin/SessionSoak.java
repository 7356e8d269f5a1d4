package dev.patchbay.builtin;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An application that launches sessions one after the other, for as long as one likes, in a small heap: every thousandth
 * listener is slow, every tenth throws, and some wait for ever. Prints what it takes.
 */
final class SessionSoak {

    private static final int LOOKS = 10;

    private final CountDownLatch never = new CountDownLatch(1);
    private final List<Session> waiting = new ArrayList<>();
    private int mostThreads;

    private SessionSoak() {}

    /**
     * Takes how many sessions are launched, how many of their listeners wait for ever, and {@code slow} if every other
     * listener is slow and nobody waits for it.
     */
    public static void main(String[] arguments) throws Exception {
        // A listener that throws is logged; a soak has a hundred thousand of them.
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
        boolean slow = arguments.length > 2 && arguments[2].equals("slow");
        new SessionSoak().run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), slow);
    }

    private void run(int launches, int waitingForEver, boolean slow) throws Exception {
        Patchbay patchbay = Patchbay.builder().build();
        long start = System.nanoTime();
        for (int i = 0; i < launches; i++) {
            LaunchRequest request =
                    LaunchRequest.query("Question " + i).provider("demo").build();
            boolean waits = i < waitingForEver;
            Consumer<SessionEvent> listener = slow ? event -> sleep(50) : listener(i);
            Session session = patchbay.launch(request, waits ? this::waitForEver : listener);
            SessionStatus status = slow
                    ? session.result().get(30, TimeUnit.SECONDS).status()
                    : session.await(Duration.ofSeconds(30)).orElseThrow().status();
            if (status != SessionStatus.COMPLETED) {
                throw new IllegalStateException("session " + i + " is " + status);
            }
            if (waits) {
                waiting.add(session);
            }
            if ((i + 1) % (launches / LOOKS) == 0) {
                look(i + 1, System.nanoTime() - start);
            }
        }
        long closing = System.nanoTime();
        patchbay.close();
        System.out.println("close-ms=" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closing));
        for (Session session : waiting) {
            session.await(Duration.ofSeconds(5)).orElseThrow();
        }
        System.out.println("awaited=" + waiting.size());
        System.out.println("threads-most=" + mostThreads);
    }

    private void look(int launched, long nanos) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        mostThreads = Math.max(mostThreads, threads);
        System.out.println("launched=" + launched + " heap-kib=" + used / 1024 + " threads=" + threads + " seconds="
                + TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    private static Consumer<SessionEvent> listener(int number) {
        if (number % 10 == 1) {
            return event -> {
                throw new IllegalStateException("of a listener");
            };
        }
        return number % 1_000 == 0 ? event -> sleep(1) : event -> {};
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForEver(SessionEvent event) {
        boolean waits = true;
        while (waits) {
            try {
                never.await();
                waits = false;
            } catch (InterruptedException ignored) {
                // As an application that knows no interrupts.
            }
        }
    }
}
