package dev.patchbay.session;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** Events for whoever asks for the next one and waits. Safe for use by several threads. */
final class EventIterator implements Iterator<SessionEvent>, EventReceiver {

    private final Object lock = new Object();
    private final EventQueue queue = new EventQueue();
    private final Supplier<SessionRecord> session;
    private boolean ended;

    EventIterator(Supplier<SessionRecord> session) {
        this.session = session;
    }

    @Override
    public void add(SessionEvent event) {
        synchronized (lock) {
            queue.add(event);
            lock.notifyAll();
        }
    }

    @Override
    public void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    @Override
    public long backlog() {
        return 0;
    }

    @Override
    public boolean isAt(Thread thread) {
        return false;
    }

    @Override
    public void awaitTold(long patience, long deadline) {}

    @Override
    public boolean hasNext() {
        synchronized (lock) {
            while (queue.isEmpty() && !ended) {
                try {
                    lock.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new SessionException(session.get(), interrupted);
                }
            }
            return !queue.isEmpty();
        }
    }

    @Override
    public SessionEvent next() {
        synchronized (lock) {
            Optional<SessionEvent> next = hasNext() ? queue.poll() : Optional.empty();
            return next.orElseThrow(
                    () -> new NoSuchElementException("session " + session.get().id() + " has ended"));
        }
    }
}
