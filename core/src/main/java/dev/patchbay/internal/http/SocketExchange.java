package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.Connection;
import dev.patchbay.internal.http.socket.ConnectionPool;
import dev.patchbay.internal.http.socket.PeerAddress;
import dev.patchbay.internal.http.socket.ResponseBody;
import dev.patchbay.internal.http.socket.ResponseHead;
import dev.patchbay.internal.http.socket.SilenceException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An exchange over a blocking socket, on the thread that asks for its answer: sent with {@link #head}. */
final class SocketExchange implements HttpExchange {

    private final ConnectionPool pool;
    private final PeerAddress destination;
    private final OutgoingRequest request;
    private final boolean pooled;
    private final Consumer<HttpExchange> ended;
    private @Nullable Connection connection;
    private boolean reused;
    private boolean cancelled;

    /** Not all of the request was sent. */
    private boolean unsent;

    /**
     * An exchange that is not sent yet.
     *
     * @param pooled whether a connection may be used that served another one
     * @param ended called when nothing more can come; maybe more than once
     */
    SocketExchange(
            ConnectionPool pool,
            PeerAddress destination,
            OutgoingRequest request,
            boolean pooled,
            Consumer<HttpExchange> ended) {
        this.pool = pool;
        this.destination = destination;
        this.request = request;
        this.pooled = pooled;
        this.ended = ended;
    }

    @Override
    public AnswerHead head(ExchangeTimeouts timeouts) throws IOException {
        long start = System.nanoTime();
        long end = start + timeouts.forHead();
        try {
            Connection used = connect(start + timeouts.forConnection(), end);
            used.waitUntil(() -> end);
            ResponseHead head = exchange(used);
            used.waitUntil(() -> System.nanoTime() + timeouts.forNextPiece());
            return new AnswerHead(head.status(), head.headers(), used.body(head, new Ending(this, used)));
        } catch (IOException | RuntimeException e) {
            cancel();
            throw e;
        }
    }

    @Override
    public boolean isRepeatable(IOException failure) {
        Connection used = last();
        return reused && used != null && !used.isAnswered() && NetworkFailures.isBreak(failure);
    }

    @Override
    public void cancel() {
        Connection running;
        synchronized (this) {
            cancelled = true;
            running = connection;
        }
        if (running != null) {
            running.abort();
        }
        ended.accept(this);
    }

    private synchronized @Nullable Connection last() {
        return connection;
    }

    private Connection connect(long connected, long end) throws IOException {
        Connection found = pooled ? pool.take(destination) : null;
        if (found != null) {
            reused = true;
            return hold(found);
        }
        Connection made = hold(pool.create(destination));
        try {
            made.open(connected - end < 0 ? connected : end, request.tunnelProof());
            return made;
        } catch (SilenceException e) {
            if (connected - end < 0) {
                throw new HttpConnectTimeoutException("the connection did not stand in time");
            }
            throw e;
        }
    }

    private Connection hold(Connection used) throws ClosedException {
        synchronized (this) {
            connection = used;
            if (!cancelled) {
                return used;
            }
        }
        used.abort();
        throw new ClosedException();
    }

    /** A server may refuse a request before it has read all of it, and close the connection behind the refusal. */
    private ResponseHead exchange(Connection used) throws IOException {
        try {
            used.send(request.head(), request.body());
        } catch (SilenceException | ClosedException e) {
            throw e;
        } catch (IOException broken) {
            unsent = true;
            try {
                return used.head();
            } catch (IOException unanswered) {
                throw broken;
            }
        }
        return used.head();
    }

    private void complete(Connection used, boolean reusable) {
        synchronized (this) {
            connection = null;
            if (cancelled) {
                return;
            }
        }
        if (reusable && !unsent) {
            pool.put(used);
        } else {
            used.abort();
        }
        ended.accept(this);
    }

    private record Ending(SocketExchange exchange, Connection used) implements ResponseBody.Ending {

        @Override
        public void completed(boolean reusable) {
            exchange.complete(used, reusable);
        }

        @Override
        public void closed() {
            exchange.cancel();
        }
    }
}
