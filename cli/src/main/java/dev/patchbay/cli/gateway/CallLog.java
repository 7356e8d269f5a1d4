package dev.patchbay.cli.gateway;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreException;
import dev.patchbay.store.UpstreamCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known of a gateway's calls in the store, for {@code patchbay usage}: in batches, on a thread of its own, never a word of what
 * was said. Safe for use by several threads.
 */
public final class CallLog implements Consumer<AccessRecord>, AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 500;
    private static final long LOOK_MILLIS = 250;
    private static final Duration LAST = Duration.ofSeconds(2);

    private final Optional<SqliteSessionStore.Builder> builder;
    private final String source;
    private final CallCosts costs;
    private final Output err;
    private final BlockingQueue<AccessRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer = new Thread(this::run, "call-log");
    private @Nullable SqliteSessionStore store;
    private volatile boolean failed;
    private volatile boolean closed;

    private CallLog(Optional<SqliteSessionStore.Builder> builder, String source, CallCosts costs, Output err) {
        this.builder = builder;
        this.source = source;
        this.costs = costs;
        this.err = err;
    }

    /**
     * Starts.
     *
     * @param source who makes the calls, in one word
     */
    public static CallLog start(Invocation invocation, String source, CallCosts costs) {
        Optional<Path> file = SessionFile.locate(invocation);
        CallLog log = new CallLog(
                file.map(path -> SessionFile.builder(path, invocation)),
                source,
                costs,
                invocation.terminal().err());
        log.writer.setDaemon(true);
        log.writer.start();
        return log;
    }

    /** What cannot be kept in time is not counted; a gateway waits for no disk. */
    @Override
    public void accept(AccessRecord record) {
        if (builder.isPresent() && !failed && record.provider().isPresent()) {
            waiting.offer(record);
        }
    }

    /** Waits a little for what is still to be written. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(LAST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                AccessRecord first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<AccessRecord> batch = new ArrayList<>(List.of(first));
                    waiting.drainTo(batch, BATCH);
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeStore();
        }
    }

    private void write(List<AccessRecord> batch) {
        if (failed) {
            return;
        }
        try {
            if (store == null) {
                store = builder.orElseThrow().open();
            }
            List<UpstreamCall> calls = new ArrayList<>();
            batch.forEach(record -> add(record, calls));
            store.addCalls(calls);
        } catch (StoreException failure) {
            failed = true;
            err.println("patchbay: warning: calls are not counted any more: " + failure.getMessage());
        }
    }

    private void add(AccessRecord record, List<UpstreamCall> calls) {
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
        costs.of(record.provider().orElseThrow(), record.model().orElse(""), record.usage())
                .ifPresent(call::costUsd);
        calls.add(call.build());
    }

    private static String outcome(AccessRecord record) {
        return record.failure()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .orElse(record.complete() ? "completed" : record.brokeOff() ? "broken" : "interrupted");
    }

    private void closeStore() {
        if (store != null) {
            try {
                store.close();
            } catch (StoreException failure) {
                System.getLogger(CallLog.class.getName()).log(System.Logger.Level.DEBUG, "not closed", failure);
            }
        }
    }
}
