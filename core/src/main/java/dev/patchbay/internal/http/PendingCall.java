package dev.patchbay.internal.http;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A request ready to be sent, everything checked and every key looked up. One thread sends it; any may cancel it. */
final class PendingCall {

    private final HttpClients clients;
    private final HttpRequest request;
    private final HttpSettings settings;
    private final Origin origin;
    private final @Nullable ProxyServer proxy;
    private final NetworkFailures failures;
    private @Nullable HttpExchange current;
    private boolean cancelled;

    /** @param proxy through which it goes; null: directly */
    PendingCall(
            HttpClients clients,
            HttpRequest request,
            HttpSettings settings,
            Origin origin,
            @Nullable ProxyServer proxy) {
        this.clients = clients;
        this.request = request;
        this.settings = settings;
        this.origin = origin;
        this.proxy = proxy;
        NetworkFailures direct = new NetworkFailures(origin, settings);
        this.failures = proxy == null ? direct : direct.through(proxy);
    }

    /**
     * Sends the request and waits for the head of the answer. A pooled connection may have been closed by the other side
     * while the request was on its way to it; where nothing was answered, it is sent once more.
     *
     * @throws dev.patchbay.spi.ProviderException of kind {@code NETWORK}, {@code TIMEOUT} or {@code CANCELLED}
     */
    JdkReply reply() {
        ExchangeTimeouts deadlines = ExchangeTimeouts.start(settings);
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
        HttpExchange running;
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

    private JdkReply await(ExchangeTimeouts deadlines) throws ExecutionException {
        HttpExchange exchange = start();
        try {
            HttpResponse<QueuedBody> head = exchange.head(deadlines.forHead());
            refuseIfByProxy(head);
            clients.answered(origin);
            BodyStream body = new BodyStream(head.body(), deadlines);
            return new JdkReply(head.statusCode(), head.headers(), body, deadlines, this::cancel);
        } catch (ExecutionException e) {
            clients.failed(exchange);
            throw e;
        } catch (SilenceException e) {
            throw failures.silence(deadlines.isOver());
        } catch (ClosedException e) {
            throw NetworkFailures.cancelled();
        }
    }

    /** The status with which a proxy asks for a password; where there is none, it is the provider's own affair. */
    private void refuseIfByProxy(HttpResponse<QueuedBody> head) {
        if (proxy == null || head.statusCode() != ProxyFailures.AUTHENTICATION_REQUIRED) {
            return;
        }
        cancel();
        List<String> schemes = head.headers().allValues("proxy-authenticate");
        boolean keptBack = origin.scheme().equals("https")
                && proxy.credential().isPresent()
                && ProxyFailures.areBasic(schemes)
                && ProxyAuthorization.isKeptBackForTunnels();
        ProxyFailures refusals = new ProxyFailures(proxy, origin);
        throw keptBack ? refusals.keptBack() : refusals.answered(head.statusCode(), schemes);
    }

    private synchronized HttpExchange start() {
        if (cancelled) {
            throw NetworkFailures.cancelled();
        }
        HttpExchange exchange = clients.send(request, settings, proxy);
        current = exchange;
        return exchange;
    }
}
