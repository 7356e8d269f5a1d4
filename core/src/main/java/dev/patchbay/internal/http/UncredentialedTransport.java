package dev.patchbay.internal.http;

import dev.patchbay.internal.route.DefaultHeaders;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;

/** A transport that adds no key to anything, for what fetches keys itself. */
final class UncredentialedTransport implements HttpTransport {

    private final HttpClients clients;
    private final HttpSettings settings;

    UncredentialedTransport(HttpClients clients, HttpSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public HttpReply send(HttpCall call) {
        Origin origin = Origin.of(call.uri())
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.INVALID_REQUEST,
                        "the URL of a request is not http or https, or has no host"));
        OutgoingRequest request = new OutgoingRequest(call, call.uri());
        request.setHeaderIfAbsent("user-agent", DefaultHeaders.userAgent());
        ProxyServer proxy = clients.proxies().find(settings, origin).orElse(null);
        if (proxy != null) {
            request.goThroughProxy(ProxyAuthorization.of(proxy, SecretValue::resolve));
        }
        return new PendingCall(clients, request, settings, origin, proxy).reply();
    }
}
