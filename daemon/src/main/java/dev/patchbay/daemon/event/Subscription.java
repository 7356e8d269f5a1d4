package dev.patchbay.daemon.event;

import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.gateway.ServiceRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that listens: it is given what it missed, a page at a time and as fast as it reads, and then each event as it happens. A
 * client that does not keep up is given no more until it has read what waits for it, and then what it missed, from the store: it costs
 * no more memory than others, and loses nothing. Used on the event loop of its connection, but for {@link #tell}, {@link #joined}, {@link
 * #beat}, {@link #endUnlessWelcome} and {@link #end}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A client that has left is told by the request.
public final class Subscription {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());

    /** What may wait for a client that reads slower than things happen, in bytes. */
    private static final long MOST_WAITING = 1 << 20;

    /**
     * How long a client may read nothing of what waits for it, in nanoseconds: one that comes again goes on by its last id, and one that
     * left behind a proxy that keeps its connection is known by nothing else.
     */
    private static final long MOST_STILL = TimeUnit.SECONDS.toNanos(30);

    /** What is written at once, so that it shows whether the client reads. */
    private static final int MOST_AT_ONCE = 1 << 16;

    /** How long the client waits for the head of its answer, in nanoseconds: others whose turn it is may have it wait. */
    private static final long LONGEST_BEGINNING = TimeUnit.SECONDS.toNanos(10);

    private static final Buffer COMMENT = Buffer.buffer(":\n\n");

    private final EventHub hub;
    private final ServiceRequest request;
    private final EventFilter filter;
    private final Executor workers;
    private final BooleanSupplier isWelcome;
    private final Consumer<RuntimeException> refusal;
    private final long begun = System.nanoTime();
    private @Nullable HttpServerResponse response;
    private Future<Void> lastWrite = Future.succeededFuture();
    private volatile OptionalLong position = OptionalLong.empty();
    private volatile boolean live;
    private boolean takesEvents;
    private long waiting;
    private long progress = System.nanoTime();
    private boolean over;

    /** Bytes of the large page that it is given now. */
    private final AtomicLong held = new AtomicLong();

    private Subscription(
            EventHub hub,
            ServiceRequest request,
            EventFilter filter,
            Executor workers,
            BooleanSupplier isWelcome,
            Consumer<RuntimeException> refusal) {
        this.hub = hub;
        this.request = request;
        this.filter = filter;
        this.workers = workers;
        this.isWelcome = isWelcome;
        this.refusal = refusal;
    }

    /**
     * Answers a request with events; its head goes out when what the client missed begins to be read.
     *
     * @param lastEventId where the client was; empty for one that has seen nothing
     * @param workers for what waits for the store
     * @param isWelcome whether the client may still listen, asked from any thread
     * @param refusal answers the request otherwise, with what failed before that
     */
    public static void open(
            EventHub hub,
            ServiceRequest request,
            EventFilter filter,
            Optional<String> lastEventId,
            Executor workers,
            Clock clock,
            BooleanSupplier isWelcome,
            Consumer<RuntimeException> refusal) {
        Subscription subscription = new Subscription(hub, request, filter, workers, isWelcome, refusal);
        if (!hub.add(subscription)) {
            throw Problem.of(503, "as many clients listen as may; end one, or try again later");
        }
        subscription.begin(lastEventId, clock);
    }

    private void begin(Optional<String> lastEventId, Clock clock) {
        aside(() -> {
            if (lastEventId.isEmpty()) {
                hub.join(this, filter.session());
                return;
            }
            position = known(lastEventId.get());
            request.dispatch(() -> {
                if (position.isPresent()) {
                    replay();
                    return;
                }
                write(Frame.passing("state_reset", "", "", clock.instant(), Json.object())
                        .bytes());
                aside(() -> hub.join(this, Optional.empty()));
            });
        });
    }

    /** Does what waits for the store. */
    private void aside(Runnable work) {
        try {
            workers.execute(() -> orRefuse(work));
        } catch (RejectedExecutionException full) {
            refuse(Problem.of(503, "too many requests wait for the store; try again"));
        }
    }

    private void orRefuse(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    /** Where the store cannot be read the client is told so or, when it has been given something already, has to come again. */
    void refuse(RuntimeException failure) {
        LOG.log(Level.DEBUG, "a client could not be given what it missed", failure);
        end(failure);
    }

    private OptionalLong known(String id) {
        try {
            long number = Long.parseLong(id.strip());
            return hub.knows(number) ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }

    /** The position of the last event that it was given; empty for one that begins now. */
    OptionalLong position() {
        return position;
    }

    /** Gives the next page of what it missed, when the one before has gone out. */
    private void replay() {
        if (!over) {
            hub.replays().read(() -> orRefuse(this::nextPage));
        }
    }

    private void nextPage() {
        if (request.isGone()) {
            hub.replays().give(0);
            return;
        }
        List<Frame> page = hub.page(position.orElseThrow());
        long bytes = page.stream()
                .filter(filter::takes)
                .mapToLong(frame -> frame.bytes().length())
                .sum();
        if (bytes > Frame.LARGE) {
            if (!hub.replays().take(bytes, () -> orRefuse(this::nextPage))) {
                return;
            }
            held.set(bytes);
            if (request.isGone()) {
                giveBack();
                return;
            }
        }
        request.dispatch(() -> {
            if (response == null) {
                // However long it takes to find something that it wants.
                write(COMMENT);
            }
            if (bytes > FrameBatch.MOST_JOINED) {
                page.forEach(this::give);
            } else {
                Buffer all = Buffer.buffer((int) bytes);
                page.forEach(frame -> taken(frame).ifPresent(all::appendBuffer));
                write(all);
            }
            if (page.isEmpty()) {
                aside(() -> hub.join(this, Optional.empty()));
                return;
            }
            lastWrite.onComplete(sent -> giveBack());
            lastWrite.onSuccess(sent -> replay());
        });
    }

    private void giveBack() {
        long bytes = held.getAndSet(0);
        if (bytes > 0) {
            hub.replays().give(bytes);
        }
    }

    /**
     * Takes part from now on, or has to be given another page first.
     *
     * @param from the position from which it takes part
     * @param missed what happened since its last page
     * @param underWay text that has come, and is not stored yet
     * @param all whether that is all
     */
    void joined(long from, List<Frame> missed, Optional<Frame> underWay, boolean all) {
        live = all;
        request.dispatch(() -> {
            if (position.isEmpty()) {
                position = OptionalLong.of(from);
            }
            missed.forEach(this::give);
            underWay.ifPresent(this::give);
            takesEvents = all;
            // Whoever has seen nothing yet has the answer's head only now: from there on it misses nothing, pieces of
            // text neither.
            write(COMMENT);
            if (!all) {
                lastWrite.onSuccess(sent -> replay());
            }
        });
    }

    /** Something happened. */
    void tell(FrameBatch batch) {
        if (live) {
            request.dispatch(() -> {
                if (takesWhole(batch)) {
                    position = batch.last() == 0 ? position : OptionalLong.of(batch.last());
                    write(batch.bytes());
                    return;
                }
                batch.frames().forEach(this::giveLive);
            });
        }
    }

    private boolean takesWhole(FrameBatch batch) {
        return takesEvents
                && waiting <= MOST_WAITING
                && batch.isWhole()
                && filter.takesAll()
                && position.isPresent()
                && position.getAsLong() < batch.first();
    }

    /** Says that the connection is alive. */
    void beat() {
        request.dispatch(() -> {
            if (response == null && System.nanoTime() - begun < LONGEST_BEGINNING) {
                return;
            }
            if (waiting == 0) {
                write(COMMENT);
            } else if (System.nanoTime() - progress > MOST_STILL) {
                LOG.log(Level.DEBUG, "a client reads nothing of what waits for it");
                request.cutOff();
            }
        });
    }

    /** Ends it if the client may not listen any more. */
    void endUnlessWelcome() {
        if (!isWelcome.getAsBoolean()) {
            end();
        }
    }

    /** The client has to come again. */
    void end() {
        end(Problem.of(503, "the stream of events ended before it began; try again"));
    }

    private void end(RuntimeException why) {
        hub.remove(this);
        request.dispatch(() -> {
            if (over) {
                return;
            }
            over = true;
            if (response == null) {
                refusal.accept(why);
            } else {
                response.end();
            }
        });
    }

    private void giveLive(Frame frame) {
        if (!takesEvents) {
            return;
        }
        if (waiting > MOST_WAITING || (frame.isLarge() && frame.position() != 0 && filter.takes(frame))) {
            takesEvents = false;
            live = false;
            lastWrite.onSuccess(sent -> replay());
            return;
        }
        give(frame);
    }

    private void give(Frame frame) {
        taken(frame).ifPresent(this::write);
    }

    /** What it is given of a frame, which it is told then; empty for one that it has seen, or does not want. */
    private Optional<Buffer> taken(Frame frame) {
        if (frame.position() != 0) {
            if (position.isPresent() && frame.position() <= position.getAsLong()) {
                return Optional.empty();
            }
            position = OptionalLong.of(frame.position());
        }
        if (!filter.takes(frame)) {
            return Optional.empty();
        }
        return Optional.of(filter.brief() ? frame.brief() : frame.bytes());
    }

    private void write(Buffer bytes) {
        if (over) {
            return;
        }
        if (request.isGone()) {
            left();
            return;
        }
        if (response == null) {
            response = request.stream("text/event-stream", this::left);
        }
        HttpServerResponse open = response;
        if (waiting == 0) {
            progress = System.nanoTime();
        }
        for (int from = 0; from < bytes.length(); from += MOST_AT_ONCE) {
            int length = Math.min(MOST_AT_ONCE, bytes.length() - from);
            waiting += length;
            lastWrite = open.write(bytes.slice(from, from + length)).onComplete(sent -> {
                waiting -= length;
                progress = System.nanoTime();
            });
        }
    }

    private void left() {
        over = true;
        hub.remove(this);
        giveBack();
    }
}
