package dev.patchbay.internal.gateway;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all requests and answers of a gateway may hold together, whatever each of them may hold alone. Safe for use by
 * several threads.
 *
 * <p>Whoever holds much already is refused more while three quarters are in use, so that the rest serves the many who need
 * little; at thirteen sixteenths those who hold something without need are told to give it back.
 */
public final class BufferBudget {

    /** Holders of more than this may use three quarters, so that the rest serves the many who need less. */
    static final long SMALL = 256 * 1024;

    /** Holders of not more than this may use all there is; others leave an eighth to them. */
    public static final long TINY = 16 * 1024;

    private final long limit;
    private final long forLarge;
    private final long forSmall;
    private final long pressure;
    private final AtomicLong used = new AtomicLong();
    private final List<Runnable> relief = new CopyOnWriteArrayList<>();

    /** @param limit bytes */
    public BufferBudget(long limit) {
        this.limit = limit;
        this.forLarge = limit / 4 * 3;
        this.forSmall = limit / 8 * 7;
        this.pressure = limit / 16 * 13;
    }

    /** A quarter of what this process's heap may grow to, in bytes. */
    public static long quarterOfHeap() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** What one request holds, with its answer; nothing yet. Has to be closed. */
    public Reservation open() {
        return new Reservation();
    }

    long limit() {
        return limit;
    }

    /** Bytes that are held now. */
    public long used() {
        return used.get();
    }

    /** Whether so much is in use that whoever can should give back. */
    public boolean isUnderPressure() {
        return used.get() > pressure;
    }

    /** Is run, on any thread, each time something is taken under pressure or refused; must not wait. */
    public void onPressure(Runnable listener) {
        relief.add(listener);
    }

    /** What is told where there is no more. */
    public static ProviderException exhausted() {
        return ProviderException.builder(
                        Kind.OVERLOADED, "the gateway holds as much of requests and answers as it may; try again")
                .status(503)
                .build();
    }

    private boolean take(long bytes, long then) {
        long most = then > SMALL ? forLarge : then > TINY ? forSmall : limit;
        long before = used.get();
        while (before + bytes <= most) {
            if (used.compareAndSet(before, before + bytes)) {
                if (before + bytes > pressure) {
                    relief.forEach(Runnable::run);
                }
                return true;
            }
            before = used.get();
        }
        relief.forEach(Runnable::run);
        return false;
    }

    /** A part of the budget that grows and shrinks. Safe for use by several threads. */
    public final class Reservation implements AutoCloseable {

        private long held;
        private int holders = 1;

        private Reservation() {}

        /**
         * Takes more.
         *
         * @return false, and nothing is taken, if there is not so much, or if this is closed
         */
        public synchronized boolean tryTake(long bytes) {
            if (holders == 0 || !BufferBudget.this.take(bytes, held + bytes)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /**
         * Takes more.
         *
         * @throws ProviderException of kind OVERLOADED with status 503 if there is not so much
         */
        public void take(long bytes) {
            if (!tryTake(bytes)) {
                throw exhausted();
            }
        }

        /** Gives some back; not more than is held. */
        public synchronized void give(long bytes) {
            long less = Math.min(bytes, held);
            held -= less;
            used.addAndGet(-less);
        }

        public synchronized long held() {
            return held;
        }

        /** One more has to close it before anything is given back: for work on another thread, which may outlive the request. */
        public synchronized Reservation retain() {
            if (holders > 0) {
                holders++;
            }
            return this;
        }

        /** Gives everything back, if nobody else retains it. */
        @Override
        public synchronized void close() {
            if (holders > 0 && --holders == 0) {
                give(held);
            }
        }
    }
}
