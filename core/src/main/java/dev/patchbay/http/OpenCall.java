package dev.patchbay.http;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A request ready to be sent, everything checked and every key looked up. One thread sends it; any may cancel it. */
final class OpenCall {

    private final HttpClients clients;
    private final HttpRequest request;
    private final HttpSettings settings;
    private final Origin origin;
    private final NetworkFailures failures;
    private @Nullable Exchange current;
    private boolean cancelled;

    OpenCall(HttpClients clients, HttpRequest request, HttpSettings settings, Origin origin) {
        this.clients = clients;
        this.request = request;
        this.settings = settings;
        this.origin = origin;
        this.failures = new NetworkFailures(origin, settings);
    }

    /**
     * Sends the request and waits for the head of the answer. A pooled connection may have been closed by the other side
     * while the request was on its way to it; where nothing was answered, it is sent once more.
     *
     * @throws dev.patchbay.spi.ProviderException of kind {@code NETWORK}, {@code TIMEOUT} or {@code CANCELLED}
     */
    Reply reply() {
        Deadlines deadlines = Deadlines.start(settings);
        boolean mayBeStale = clients.mayBePooled(origin);
        try {
            return await(deadlines);
        } catch (ExecutionException e) {
            if (!mayBeStale || !NetworkFailures.isBreak(e)) {
                throw failures.of(cause(e));
            }
        }
        try {
            return await(deadlines);
        } catch (ExecutionException e) {
            throw failures.of(cause(e));
        }
    }

    NetworkFailures failures() {
        return failures;
    }

    /** Ends the exchange, and closes its connection at once unless the answer was complete. Idempotent. */
    void cancel() {
        Exchange running;
        synchronized (this) {
            cancelled = true;
            running = current;
        }
        if (running != null) {
            running.cancel();
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private Reply await(Deadlines deadlines) throws ExecutionException {
        Exchange exchange = start();
        try {
            HttpResponse<QueuedBody> head = exchange.head(deadlines.forHead());
            clients.answered(origin);
            BodyStream body = new BodyStream(head.body(), deadlines);
            return new Reply(head.statusCode(), head.headers(), body, deadlines, this::cancel);
        } catch (ExecutionException e) {
            clients.failed(exchange);
            throw e;
        } catch (SilenceException e) {
            throw failures.silence(deadlines.isOver());
        } catch (ClosedException e) {
            throw NetworkFailures.cancelled();
        }
    }

    private synchronized Exchange start() {
        if (cancelled) {
            throw NetworkFailures.cancelled();
        }
        Exchange exchange = clients.send(request, settings);
        current = exchange;
        return exchange;
    }
}
