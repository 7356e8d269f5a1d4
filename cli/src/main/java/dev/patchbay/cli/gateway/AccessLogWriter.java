package dev.patchbay.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.codec.json.Json;
import dev.patchbay.gateway.AccessRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Prints the access log on a thread of its own: whoever does not read it must not keep anybody else waiting. Safe for use by
 * several threads.
 */
public final class AccessLogWriter implements Consumer<AccessRecord>, AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long LOOK_MILLIS = 100;
    private static final long LAST_MILLIS = 500;

    /** No reader notices so little, and lines of a busy gateway leave together. */
    private static final long GATHER_MILLIS = 20;

    /** Names the option. */
    public static final String LOG_FORMAT = "--log-format";

    private final Output out;
    private final Function<AccessRecord, String> line;
    private final BlockingQueue<AccessRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "access-log");
    private final CountDownLatch closing = new CountDownLatch(1);

    private AccessLogWriter(Output out, Function<AccessRecord, String> line) {
        this.out = out;
        this.line = line;
    }

    /** The option that says how a request stands in the log. */
    public static OptionSpec option() {
        return Specs.option(
                LOG_FORMAT, "FORMAT", "How a request is logged: text, or json for one object a line; default: text.");
    }

    /**
     * A log on standard error that is written from now on, in the form that the command line names.
     *
     * @throws UsageException if there is no such form
     */
    public static AccessLogWriter start(Invocation invocation) {
        AccessLogWriter log = new AccessLogWriter(
                invocation.terminal().err(), form(invocation.value(LOG_FORMAT).orElse("text")));
        log.writer.setDaemon(true);
        log.writer.start();
        return log;
    }

    private static Function<AccessRecord, String> form(String word) {
        return switch (word) {
            case "text" -> AccessRecord::toString;
            case "json" -> {
                // Here and not in a field: every command's help asks this class for its option.
                JsonMapper mapper = JsonMapper.builder().build();
                yield record -> Json.text(mapper.<JsonNode>valueToTree(record.toJson()));
            }
            default -> throw new UsageException(LOG_FORMAT + " is text or json, not '" + word + "'");
        };
    }

    @Override
    public void accept(AccessRecord record) {
        if (!waiting.offer(record)) {
            dropped.incrementAndGet();
        }
    }

    /** Waits a little for what is still to be printed. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(LAST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            boolean closed = false;
            while (!closed) {
                AccessRecord first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                // Whoever waits at the queue itself is woken by each record.
                closed = closing.await(first == null ? 0 : GATHER_MILLIS, TimeUnit.MILLISECONDS);
                List<AccessRecord> batch = new ArrayList<>(first == null ? List.of() : List.of(first));
                while (waiting.drainTo(batch, MOST_AT_ONCE) > 0 || !batch.isEmpty()) {
                    print(batch);
                    batch.clear();
                }
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    out.println(lost + " requests were not logged: the log is not read as fast as they come");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(List<AccessRecord> batch) {
        StringBuilder lines = new StringBuilder();
        batch.forEach(record -> lines.append(line.apply(record)).append('\n'));
        out.print(lines.toString());
    }
}
