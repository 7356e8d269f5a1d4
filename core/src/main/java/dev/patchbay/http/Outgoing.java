package dev.patchbay.http;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request in the making; headers compare without case. Used by one thread. Prints no header. */
final class Outgoing implements Authenticator.OutgoingRequest {

    private final HttpCall bare;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    /** Begins with the headers of a call, to be sent to a URL that may have more in its query than the call's. */
    Outgoing(HttpCall call, URI url) {
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
        HeaderRules.check(name, value);
        headers.add(Map.entry(name, value));
    }
}
