package dev.patchbay.testkit;

import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** The transport of {@link TestContext}: the JDK's client, as plain as a host may be. */
final class TestTransport implements HttpTransport {

    private static final Duration FOR_THE_HEAD = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(FOR_THE_HEAD)
            .build();
    private final Optional<URI> baseUrl;
    private final Optional<String> key;

    TestTransport(Optional<URI> baseUrl, Optional<String> key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    @Override
    public HttpReply send(HttpCall call) {
        if (baseUrl.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.NETWORK, "this dialect said that it opens no connection");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(FOR_THE_HEAD);
        request.method(call.method(), BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        key.filter(value -> isOwnOrigin(call.uri()))
                .ifPresent(value -> request.setHeader("Authorization", "Bearer " + value));
        return send(request.build(), call);
    }

    private HttpReply send(HttpRequest request, HttpCall call) {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            return new TestReply(response);
        } catch (HttpTimeoutException e) {
            throw failure(ProviderException.Kind.TIMEOUT, "no answer in time to " + call, e);
        } catch (IOException e) {
            throw failure(ProviderException.Kind.NETWORK, "no answer to " + call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(ProviderException.Kind.CANCELLED, "interrupted during " + call, e);
        }
    }

    private boolean isOwnOrigin(URI uri) {
        return baseUrl.filter(base -> base.getScheme().equalsIgnoreCase(uri.getScheme())
                        && base.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority()))
                .isPresent();
    }

    private static ProviderException failure(ProviderException.Kind kind, String message, Exception cause) {
        return ProviderException.builder(kind, message).cause(cause).build();
    }
}
