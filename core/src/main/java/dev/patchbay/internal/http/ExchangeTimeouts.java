package dev.patchbay.internal.http;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import java.time.Duration;

/** How long one exchange may take, from its start on (provider-files.md, section 2.2). */
final class ExchangeTimeouts {

    /** No limit, yet small enough to be added to a time. */
    private static final long FOREVER = Long.MAX_VALUE / 4;

    private final HttpSettings settings;
    private volatile long end;
    private volatile long silence = FOREVER;

    private ExchangeTimeouts(HttpSettings settings, long end) {
        this.settings = settings;
        this.end = end;
    }

    /** The clock starts now. */
    static ExchangeTimeouts start(HttpSettings settings) {
        return new ExchangeTimeouts(settings, System.nanoTime() + nanos(settings.total()));
    }

    /** Nanoseconds for a connection to stand. */
    long forConnection() {
        return nanos(settings.connect());
    }

    /** Nanoseconds left for the head of the answer. */
    long forHead() {
        return Math.min(settings.firstByte().map(ExchangeTimeouts::nanos).orElse(FOREVER), left());
    }

    /** Nanoseconds left for the next piece of the body. */
    long forNextPiece() {
        return Math.min(Math.min(nanos(settings.idle()), silence), left());
    }

    /** Lowers the time between two pieces of the body. */
    void limitSilence(Duration limit) {
        silence = limit.toNanos();
    }

    /** Lowers what is left in all. */
    void endWithin(Duration limit) {
        end = System.nanoTime() + Math.min(left(), limit.toNanos());
    }

    /** Whether the exchange as a whole has taken too long. */
    boolean isOver() {
        return left() <= 0;
    }

    private long left() {
        return end - System.nanoTime();
    }

    private static long nanos(Timeout timeout) {
        return timeout.limit().map(Duration::toNanos).orElse(FOREVER);
    }
}
