package dev.patchbay.internal.gateway.accept;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections clients may have to a gateway; at the limit the oldest one that asks nothing, or has not come to an end
 * with asking, makes room. Safe for use by several threads.
 */
public final class ConnectionLimit {

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final List<ConnectionWatch> watches = new CopyOnWriteArrayList<>();

    public ConnectionLimit(int most) {
        this.most = most;
    }

    void add(ConnectionWatch watch) {
        watches.add(watch);
    }

    void opened() {
        if (open.incrementAndGet() > most) {
            watches.stream()
                    .min(Comparator.comparingLong(ConnectionWatch::waitingSince))
                    .ifPresent(ConnectionWatch::makeRoom);
        }
    }

    int count() {
        return open.get();
    }

    public int most() {
        return most;
    }

    void closed() {
        open.decrementAndGet();
    }
}
