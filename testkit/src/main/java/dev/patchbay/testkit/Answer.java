package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;

/**
 * What the {@link FakeProvider} does with one request. Answers can be used more than once and hold no state.
 *
 * <p>The factories here cover what providers do; a lambda over {@link Exchange} does anything else.
 */
@FunctionalInterface
public interface Answer {

    /**
     * Answers one request.
     *
     * @throws IOException if the client has left; the provider ignores it
     */
    void send(Exchange exchange) throws IOException;

    /** A text, one delta for each piece where the client asked for a stream; in the dialect of the request's path. */
    static ModelAnswer text(String... pieces) {
        return ModelAnswer.empty().thenText(pieces);
    }

    /**
     * A call of a tool.
     *
     * @param arguments pieces of the JSON text, one delta each; none or one empty piece for empty arguments
     */
    static ModelAnswer toolCall(String id, String name, String... arguments) {
        return ModelAnswer.empty().thenToolCall(id, name, arguments);
    }

    /** A thought and nothing else yet; usually followed by {@link ModelAnswer#thenText}. */
    static ModelAnswer thinking(String... pieces) {
        return ModelAnswer.empty().thenThinking(pieces);
    }

    /** An answer without any content. */
    static ModelAnswer nothing() {
        return ModelAnswer.empty();
    }

    /** The last text of the request, as one piece. */
    static Answer echo() {
        return exchange -> text(LastText.of(exchange.request())).send(exchange);
    }

    /** A text of that many equal pieces, so long that a test can leave in the middle. */
    static ModelAnswer endless(int pieces) {
        return ModelAnswer.empty().thenText(Collections.nCopies(pieces, "on and on "));
    }

    /** A status with an empty body. */
    static HttpAnswer status(int status) {
        return HttpAnswer.of(status);
    }

    /** A status with a JSON body. */
    static HttpAnswer json(int status, String body) {
        return HttpAnswer.of(status).body("application/json", body);
    }

    /** A status with an HTML page, as proxies in front of a provider send it. */
    static HttpAnswer html(int status) {
        return HttpAnswer.of(status)
                .body(
                        "text/html",
                        "<html><head><title>" + status + "</title></head><body><h1>Oh no</h1></body></html>");
    }

    /**
     * An error in the shape that the dialect of the request's path uses.
     *
     * @param type the provider's word for it, such as {@code rate_limit_exceeded}; type and code of the error
     */
    static HttpAnswer error(int status, String type, String message) {
        return HttpAnswer.of(status)
                .body(request -> RequestedOperation.of(request).wire().error(type, message));
    }

    /** A 307 to another address. */
    static HttpAnswer redirect(URI location) {
        return HttpAnswer.of(307).header("Location", location.toString());
    }

    /** A 200 with these lines as an event stream; the pieces are the events, which end with an empty line. */
    static HttpAnswer sse(List<String> lines) {
        return HttpAnswer.of(200).events(lines);
    }

    /** A 200 with these lines as an event stream. */
    static HttpAnswer sse(String... lines) {
        return sse(List.of(lines));
    }

    /** These bytes on the connection, head and all, then the end of the connection. */
    static Answer raw(byte[] bytes) {
        return exchange -> {
            exchange.write(bytes);
            exchange.close();
        };
    }

    /** Half a head, then the end of the connection. */
    static Answer halfHead() {
        return raw("HTTP/1.1 200 OK\r\nContent-Ty".getBytes(UTF_8));
    }

    /** The end of the connection without a byte, as a client sees it when it reuses a connection that went stale. */
    static Answer closeBeforeHead() {
        return Exchange::close;
    }

    /** A reset of the connection without a byte. */
    static Answer resetBeforeHead() {
        return Exchange::reset;
    }

    /** A head that does not come before the client leaves. */
    static Answer silence() {
        return exchange -> exchange.hold(Gate.closed());
    }
}
