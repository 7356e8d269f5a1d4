package dev.patchbay.internal.http.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next request: at most 256, 64 of them to one destination, for 30 seconds at most. Safe for
 * use by several threads. Has one thread, which ends when there was nothing to look after for some seconds.
 */
public final class ConnectionPool implements AutoCloseable {

    private static final int MOST = 256;
    private static final int MOST_TO_ONE = 64;
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final int THREAD_RESTS_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer;
    private final long longestRest;
    private final HostLookup hosts;
    private final ThreadFactory threads;

    /** In the order in which they came to rest. */
    private final Deque<Connection> resting = new ArrayDeque<>();

    private boolean sweeping;
    private boolean closed;

    /**
     * @param threads makes the thread that ends waits and closes what rested too long, and those that read while something is sent
     */
    public ConnectionPool(ThreadFactory threads, HostLookup hosts) {
        this(threads, LONGEST_REST, hosts);
    }

    ConnectionPool(ThreadFactory threads, Duration longestRest, HostLookup hosts) {
        this.hosts = hosts;
        this.threads = threads;
        this.longestRest = longestRest.toNanos();
        timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(THREAD_RESTS_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** A connection to be opened. */
    public Connection create(PeerAddress destination) {
        return new Connection(destination, timer, hosts, threads);
    }

    /** An open connection, the one that rested least; null if there is none. */
    public @Nullable Connection take(PeerAddress destination) {
        for (Connection found = remove(destination); found != null; found = remove(destination)) {
            if (found.isFresh()) {
                return found;
            }
            found.close();
        }
        return null;
    }

    /** Keeps a connection whose last answer came as a whole. */
    public void put(Connection connection) {
        connection.rest();
        Connection superfluous = null;
        synchronized (this) {
            if (closed) {
                superfluous = connection;
            } else {
                resting.addLast(connection);
                superfluous = superfluous(connection.destination());
                sweepLater(longestRest);
            }
        }
        if (superfluous != null) {
            superfluous.close();
        }
    }

    /** Closes those that rest; those that are in use have to be aborted before. */
    @Override
    public void close() {
        List<Connection> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(resting);
            resting.clear();
        }
        last.forEach(Connection::close);
        timer.shutdownNow();
    }

    private synchronized @Nullable Connection remove(PeerAddress destination) {
        Iterator<Connection> newestFirst = resting.descendingIterator();
        while (newestFirst.hasNext()) {
            Connection connection = newestFirst.next();
            if (connection.destination().equals(destination)) {
                newestFirst.remove();
                return connection;
            }
        }
        return null;
    }

    /** The oldest of those that are too many; null if there are none. */
    private @Nullable Connection superfluous(PeerAddress destination) {
        if (resting.size() > MOST) {
            return resting.removeFirst();
        }
        if (resting.size() <= MOST_TO_ONE) {
            return null;
        }
        List<Connection> same = resting.stream()
                .filter(connection -> connection.destination().equals(destination))
                .toList();
        if (same.size() <= MOST_TO_ONE) {
            return null;
        }
        resting.remove(same.get(0));
        return same.get(0);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A sweep does not fail: closing a connection throws nothing.
    private void sweepLater(long nanos) {
        if (!sweeping) {
            sweeping = true;
            timer.schedule(this::sweep, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        List<Connection> expired = new ArrayList<>();
        synchronized (this) {
            sweeping = false;
            long now = System.nanoTime();
            while (!resting.isEmpty() && now - resting.getFirst().idleSince() >= longestRest) {
                expired.add(resting.removeFirst());
            }
            if (!resting.isEmpty()) {
                sweepLater(longestRest - (now - resting.getFirst().idleSince()));
            }
        }
        expired.forEach(Connection::close);
    }
}
