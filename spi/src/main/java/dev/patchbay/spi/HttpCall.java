package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request of a dialect. Immutable.
 *
 * <p>{@link #toString()} gives method and URL without query, so that it can be logged.
 */
public final class HttpCall {

    private final String method;
    private final URI uri;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    private HttpCall(String method, URI uri, List<Map.Entry<String, String>> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /** A {@code GET} without headers. */
    public static HttpCall get(URI uri) {
        return new HttpCall("GET", requireNonNull(uri, "uri is null"), List.of(), new byte[0]);
    }

    /**
     * A {@code POST} without headers.
     *
     * @param body the bytes to send; not copied, so the caller must not change them afterwards
     */
    public static HttpCall post(URI uri, byte[] body) {
        return new HttpCall(
                "POST", requireNonNull(uri, "uri is null"), List.of(), requireNonNull(body, "body is null"));
    }

    /** The same call with one more header. */
    public HttpCall header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(Map.entry(name, value));
        return new HttpCall(method, uri, Collections.unmodifiableList(more), body);
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    /** Name and value of each header, in order; names may repeat. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The bytes of the body; empty for none. Not a copy. */
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
