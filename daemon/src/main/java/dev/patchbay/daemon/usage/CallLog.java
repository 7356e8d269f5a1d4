package dev.patchbay.daemon.usage;

import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.UpstreamCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps what is known of a gateway's calls in the store: in batches, on a thread of its own, never a word of what was said. A call is
 * kept a quarter of a second after its end, or when the log is closed; a process that is killed loses those that still wait. What cannot
 * be kept is not counted, which is said once for as long as it is so. Safe for use by several threads.
 */
public final class CallLog implements Consumer<AccessRecord>, AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 500;
    private static final long LOOK_MILLIS = 250;

    /** A transaction costs more than the rows in it: those of so long share one. */
    private static final long GATHER_MILLIS = 250;

    private static final Duration LAST = Duration.ofSeconds(2);

    private final Supplier<SqliteSessionStore> store;
    private final String source;
    private final CallCosts costs;
    private final Consumer<String> problems;
    private final BlockingQueue<AccessRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer = new Thread(this::run, "patchbay-call-log");
    private final CountDownLatch closing = new CountDownLatch(1);
    private String saidOfFailure = "";

    private CallLog(Supplier<SqliteSessionStore> store, String source, CallCosts costs, Consumer<String> problems) {
        this.store = store;
        this.source = source;
        this.costs = costs;
        this.problems = problems;
    }

    /**
     * Starts.
     *
     * @param store asked for on the thread of the log when there is something to be kept; not closed by it
     * @param source who makes the calls, in one word
     * @param problems told why calls are not counted
     */
    public static CallLog start(
            Supplier<SqliteSessionStore> store, String source, CallCosts costs, Consumer<String> problems) {
        CallLog log = new CallLog(store, source, costs, problems);
        log.writer.setDaemon(true);
        log.writer.start();
        return log;
    }

    /** What cannot be kept in time is not counted; a gateway waits for no disk. */
    @Override
    public void accept(AccessRecord record) {
        if (record.provider().isPresent() && !waiting.offer(record)) {
            isNotCounted("more calls end than the store takes");
        }
    }

    /** Waits a little for what is still to be written. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(LAST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean closed = false;
            while (!closed) {
                AccessRecord first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                // Whoever waits at the queue itself is woken by each call.
                closed = closing.await(first == null ? 0 : GATHER_MILLIS, TimeUnit.MILLISECONDS);
                List<AccessRecord> batch = new ArrayList<>(first == null ? List.of() : List.of(first));
                while (waiting.drainTo(batch, BATCH) > 0 || !batch.isEmpty()) {
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<AccessRecord> batch) {
        try {
            List<UpstreamCall> calls = new ArrayList<>();
            Function<AccessRecord, Optional<BigDecimal>> cost = costs.ofMoment();
            batch.forEach(record -> add(record, cost, calls));
            store.get().addCalls(calls);
            isCounted();
        } catch (RuntimeException failure) {
            isNotCounted(String.valueOf(failure.getMessage()));
        }
    }

    private synchronized void isCounted() {
        saidOfFailure = "";
    }

    private synchronized void isNotCounted(String why) {
        if (!why.equals(saidOfFailure)) {
            saidOfFailure = why;
            problems.accept("calls are not counted: " + why);
        }
    }

    private void add(AccessRecord record, Function<AccessRecord, Optional<BigDecimal>> cost, List<UpstreamCall> calls) {
        for (String before : record.failedBefore()) {
            calls.add(UpstreamCall.builder(record.at(), source, "failed")
                    .asked(before, record.model().orElse(""))
                    .build());
        }
        UpstreamCall.Builder call = UpstreamCall.builder(record.at(), source, outcome(record))
                .asked(record.provider().orElseThrow(), record.model().orElse(""))
                .usage(record.usage())
                .duration(record.took());
        record.status().ifPresent(call::httpStatus);
        record.firstToken().ifPresent(call::firstToken);
        cost.apply(record).ifPresent(call::costUsd);
        calls.add(call.build());
    }

    private static String outcome(AccessRecord record) {
        return record.failure()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .orElse(record.complete() ? "completed" : record.brokeOff() ? "broken" : "interrupted");
    }
}
