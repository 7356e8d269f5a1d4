package dev.patchbay.internal.http;

import dev.patchbay.internal.config.schema.HeaderRules;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request in the making; headers compare without case. Used by one thread. Prints no header. */
final class OutgoingRequest implements Authenticator.OutgoingRequest {

    private final HttpCall bare;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private boolean proxied;
    private Optional<String> proxyProof = Optional.empty();

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

    /** Goes through a proxy, which asks for this proof; empty if it asks for none. */
    void goThroughProxy(Optional<String> proof) {
        proof.ifPresent(value -> requireSendable(HeaderRules.problemOfValue(value), ProxyAuthorization.HEADER));
        proxied = true;
        proxyProof = proof;
    }

    void setHeaderIfAbsent(String name, String value) {
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase(name))) {
            addHeader(name, value);
        }
    }

    /** What proves the caller to a proxy that is asked for a tunnel. */
    Optional<String> tunnelProof() {
        return isSecure() ? proxyProof : Optional.empty();
    }

    /** The head of the request as it stands on the wire of HTTP/1.1 (RFC 9112). */
    byte[] head() {
        URI url = ascii(bare.uri());
        StringBuilder head = new StringBuilder(512);
        head.append(bare.method()).append(' ');
        if (proxied && !isSecure()) {
            head.append("http://").append(host(url));
        }
        head.append(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
        if (url.getRawQuery() != null) {
            head.append('?').append(url.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        add(head, "Host", host(url));
        headers.forEach(header -> add(head, header.getKey(), header.getValue()));
        if (!isSecure()) {
            proxyProof.ifPresent(proof -> add(head, ProxyAuthorization.HEADER, proof));
        }
        if (!bare.method().equals("GET") || bare.body().length > 0) {
            add(head, "Content-Length", String.valueOf(bare.body().length));
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Not a copy. */
    byte[] body() {
        return bare.body();
    }

    /** As the JDK's client wants it; HTTP/1.1 on a plain connection, where it would ask for HTTP/2 otherwise. */
    HttpRequest toRequest() {
        HttpRequest.Builder request = HttpRequest.newBuilder(bare.uri());
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        // The one header of the connection that is not the client's own business; it shows it to the proxy alone.
        proxyProof.ifPresent(proof -> request.header(ProxyAuthorization.HEADER, proof));
        if (!isSecure()) {
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

    private boolean isSecure() {
        return bare.uri().getScheme().equalsIgnoreCase("https");
    }

    /** With what is no ASCII encoded, as a request line wants it. */
    private static URI ascii(URI url) {
        String text = url.toASCIIString();
        return text.equals(url.toString()) ? url : URI.create(text);
    }

    /** With its port where that is not the scheme's. */
    private static String host(URI url) {
        int defaultPort = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == defaultPort ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private void addHeader(String name, String value) {
        requireSendable(HeaderRules.problemOfName(name), name);
        requireSendable(HeaderRules.problemOfValue(value), name);
        headers.add(Map.entry(name, value));
    }

    /** Checked here, since the message of an HTTP client quotes the value, and that may be a key. */
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
