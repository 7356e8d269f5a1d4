package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request ready to be sent, everything checked and every key looked up. One thread sends it; any may cancel it. */
final class PendingCall {

    private final HttpClients clients;
    private final OutgoingRequest request;
    private final HttpSettings settings;
    private final Origin origin;
    private final @Nullable ProxyServer proxy;
    private final NetworkFailures failures;
    private @Nullable HttpExchange current;
    private boolean cancelled;

    /** @param proxy through which it goes; null: directly */
    PendingCall(
            HttpClients clients,
            OutgoingRequest request,
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
    UpstreamReply reply() {
        ExchangeTimeouts deadlines = ExchangeTimeouts.start(settings);
        HttpExchange first = start(true);
        try {
            return await(first, deadlines);
        } catch (IOException e) {
            if (!first.isRepeatable(e) && !clients.isForHttp2(origin, e)) {
                throw failures.of(e);
            }
        }
        try {
            return await(start(false), deadlines);
        } catch (IOException e) {
            throw failures.of(e);
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

    private UpstreamReply await(HttpExchange exchange, ExchangeTimeouts deadlines) throws IOException {
        try {
            AnswerHead head = exchange.head(deadlines);
            refuseIfByProxy(head);
            return new UpstreamReply(head, deadlines, this::cancel);
        } catch (SilenceException e) {
            throw failures.silence(deadlines.isOver());
        } catch (ClosedException e) {
            throw NetworkFailures.cancelled();
        }
    }

    /** The status with which a proxy asks for a password; where there is none, it is the provider's own affair. */
    private void refuseIfByProxy(AnswerHead head) {
        if (proxy == null || head.status() != ProxyFailures.AUTHENTICATION_REQUIRED) {
            return;
        }
        cancel();
        List<String> schemes = head.headers().allValues("proxy-authenticate");
        boolean keptBack = origin.scheme().equals("https")
                && proxy.credential().isPresent()
                && ProxyFailures.areBasic(schemes)
                && ProxyAuthorization.isKeptBackForTunnels();
        ProxyFailures refusals = new ProxyFailures(proxy, origin);
        throw keptBack ? refusals.keptBack() : refusals.answered(head.status(), schemes);
    }

    private synchronized HttpExchange start(boolean pooled) {
        if (cancelled) {
            throw NetworkFailures.cancelled();
        }
        HttpExchange exchange = clients.begin(request, settings, origin, proxy, pooled);
        current = exchange;
        return exchange;
    }
}
