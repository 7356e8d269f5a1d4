package dev.patchbay.internal.http;

import dev.patchbay.internal.config.schema.HeaderRules;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request in the making; headers compare without case. Used by one thread. Prints no header. */
final class OutgoingRequest implements Authenticator.OutgoingRequest {

    private final HttpCall bare;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    /** Begins with the headers of a call, to be sent to a URL that may have more in its query than the call's. */
    OutgoingRequest(HttpCall call, URI url) {
        this.bare = call.method().equals("GET") ? HttpCall.get(url) : HttpCall.post(url, call.body());
        call.headers().forEach(header -> addHeader(header.getKey(), header.getValue()));
    }

    @Override
    public HttpCall call() {
        HttpCall call = bare;
        for (Map.Entry<String, String> header : headers) {
            call = call.header(header.getKey(), header.getValue());
        }
        return call;
    }

    @Override
    public void setHeader(String name, String value) {
        headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        addHeader(name, value);
    }

    /** Sets the one header of the connection that is not the HTTP client's own business. */
    void setProxyAuthorization(String value) {
        requireSendable(HeaderRules.problemOfValue(value), ProxyAuthorization.HEADER);
        headers.add(Map.entry(ProxyAuthorization.HEADER, value));
    }

    void setHeaderIfAbsent(String name, String value) {
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase(name))) {
            addHeader(name, value);
        }
    }

    /** As the JDK's client wants it; HTTP/1.1 on a plain connection, where it would ask for HTTP/2 otherwise. */
    HttpRequest toRequest() {
        HttpRequest.Builder request = HttpRequest.newBuilder(bare.uri());
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        if (!bare.uri().getScheme().equalsIgnoreCase("https")) {
            request.version(HttpClient.Version.HTTP_1_1);
        }
        HttpRequest.BodyPublisher body = bare.body().length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(bare.body());
        return request.method(bare.method(), body).build();
    }

    @Override
    public String toString() {
        return bare.toString();
    }

    private void addHeader(String name, String value) {
        requireSendable(HeaderRules.problemOfName(name), name);
        requireSendable(HeaderRules.problemOfValue(value), name);
        headers.add(Map.entry(name, value));
    }

    /** Checked before the JDK does, whose messages quote the value, and that may be a key. */
    private static void requireSendable(Optional<String> problem, String name) {
        if (problem.isPresent()) {
            throw ProviderException.builder(
                            ProviderException.Kind.INVALID_REQUEST,
                            "the header '" + name.replaceAll("[^ -~]", "?") + "' cannot be sent: " + problem.get())
                    .help(
                            "look at headers in the provider's file for line breaks, quotation marks, letters outside ASCII,"
                                    + " and headers of the connection")
                    .build();
        }
    }
}
