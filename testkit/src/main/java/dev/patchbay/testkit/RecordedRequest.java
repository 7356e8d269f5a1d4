package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as the fake provider received it, to the byte. Immutable. */
public final class RecordedRequest {

    private final int number;
    private final int connection;
    private final String method;
    private final String target;
    private final Headers headers;
    private final byte[] body;

    RecordedRequest(int number, int connection, String method, String target, Headers headers, byte[] body) {
        this.number = number;
        this.connection = connection;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /** The place of this request among all that the provider received, from 1. */
    public int number() {
        return number;
    }

    /** The connection it came on, from 1; requests on one connection were sent with keep-alive. */
    public int connection() {
        return connection;
    }

    public String method() {
        return method;
    }

    /** The request target as sent, query included. */
    public String target() {
        return target;
    }

    /** The target before the query, as sent: percent encoding is kept. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The query as sent, without the question mark. */
    public Optional<String> query() {
        int mark = target.indexOf('?');
        return mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
    }

    /** The first value of a query parameter, decoded. */
    public Optional<String> queryParameter(String name) {
        return query().stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .map(pair -> (pair + "=").split("=", 3))
                .filter(pair -> URLDecoder.decode(pair[0], UTF_8).equals(name))
                .map(pair -> URLDecoder.decode(pair[1], UTF_8))
                .findFirst();
    }

    public Headers headers() {
        return headers;
    }

    /** The first header of that name, ignoring case. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The body, chunked encoding removed; a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    /**
     * The body as JSON: maps in member order, lists, strings, {@link Long} or {@link java.math.BigDecimal}, booleans, null.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> json() {
        if (JsonReader.read(text()) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("the body is not a JSON object: " + text());
    }

    /** A top-level member of the JSON body; empty if it is absent or null, or if the body is no JSON object. */
    public Optional<Object> member(String name) {
        try {
            return Optional.ofNullable(json().get(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the client asks for a stream: {@code "stream": true} at the top level. */
    public boolean wantsStream() {
        return member("stream").filter(Boolean.TRUE::equals).isPresent();
    }

    /** Whether target, header or body hold a text, as it is or percent-encoded. */
    boolean carries(String text) {
        String form = URLEncoder.encode(text, UTF_8);
        Set<String> spellings = Set.copyOf(List.of(text, form, form.replace("+", "%20")));
        return spellings.stream()
                .anyMatch(spelling -> target.contains(spelling)
                        || text().contains(spelling)
                        || headers.entries().stream()
                                .anyMatch(header -> header.getValue().contains(spelling)));
    }

    /** Method and target; nothing that could hold a key but a query. */
    @Override
    public String toString() {
        return "request " + number + ": " + method + " " + target;
    }
}
