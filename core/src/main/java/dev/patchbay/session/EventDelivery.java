package dev.patchbay.session;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's events to one receiver: in order, one at a time, on a thread that is taken while there are any, so that
 * a receiver that waits holds up nothing but its own next event. Safe for use by several threads.
 */
abstract class EventDelivery implements EventReceiver {

    /** About what the objects around the events take, in bytes. */
    private static final int OBJECTS = 512;

    private final Executor threads;
    private final ListenerBacklog backlog;
    private final EventQueue queue = new EventQueue();
    private boolean begun;
    private boolean ended;
    private @Nullable Throwable failure;
    private boolean working;
    private boolean done;
    private long counted;
    private long stepStarted;
    private @Nullable Thread worker;

    EventDelivery(Executor threads, ListenerBacklog backlog) {
        this.threads = threads;
        this.backlog = backlog;
    }

    /** Before the first event; throws nothing. */
    abstract void begin();

    /** Whether the receiver may be given an event now; asked with this object's lock held. */
    abstract boolean isWanted();

    /** Gives the receiver an event; may wait, and throws nothing. */
    abstract void deliver(SessionEvent event);

    /** After the last event of a session that has ended; throws nothing. */
    abstract void complete();

    /** In the place of all further events; throws nothing. */
    abstract void fail(Throwable cause);

    /** Adds an event. Never waits. */
    @Override
    public final void add(SessionEvent event) {
        synchronized (this) {
            if (done) {
                return;
            }
            queue.add(event);
        }
        work();
    }

    /** No event follows. Never waits. */
    @Override
    public final void end() {
        synchronized (this) {
            ended = true;
            if (working && !done) {
                counted = OBJECTS + queue.bytes();
                backlog.add(counted);
            }
        }
        work();
    }

    /** Ends with a failure once the receiver has taken what it is at. Never waits. */
    final void endWith(Throwable cause) {
        synchronized (this) {
            failure = cause;
        }
        work();
    }

    /** Nothing is delivered any more. */
    final synchronized void stop() {
        done = true;
        queue.clear();
        backlog.remove(counted);
        counted = 0;
    }

    /** Takes a thread if there is something to do for it, and none at work. */
    final void work() {
        synchronized (this) {
            if (working || !hasWork()) {
                return;
            }
            working = true;
            stepStarted = System.nanoTime();
        }
        try {
            threads.execute(this::run);
        } catch (RuntimeException | Error noThread) {
            // The next event asks for a thread again.
            synchronized (this) {
                working = false;
            }
        }
    }

    @Override
    public final synchronized long backlog() {
        return working ? OBJECTS + queue.bytes() : 0;
    }

    private boolean hasWork() {
        return !done && (!begun || failure != null || (queue.isEmpty() ? ended : isWanted()));
    }

    @Override
    public final synchronized boolean isAt(Thread thread) {
        return worker == thread;
    }

    @Override
    public final synchronized void awaitTold(long patience, long deadline) throws InterruptedException {
        while (working && worker != Thread.currentThread()) {
            long now = System.nanoTime();
            long left = Math.min(stepStarted + patience - now, deadline - now);
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void run() {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        Optional<Runnable> step = next();
        while (step.isPresent()) {
            step.get().run();
            // What a receiver did to its thread must not reach the next event.
            Thread.interrupted();
            step = next();
        }
    }

    private synchronized Optional<Runnable> next() {
        stepStarted = System.nanoTime();
        notifyAll();
        if (!hasWork()) {
            working = false;
            worker = null;
            return Optional.empty();
        }
        if (!begun) {
            begun = true;
            return Optional.of(this::begin);
        }
        Throwable cause = failure;
        if (cause != null) {
            stop();
            return Optional.of(() -> fail(cause));
        }
        Optional<SessionEvent> event = queue.poll();
        if (event.isEmpty()) {
            stop();
            return Optional.of(this::complete);
        }
        return Optional.of(() -> deliver(event.get()));
    }
}
