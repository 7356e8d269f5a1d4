package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer given as status, headers and body. Immutable: every method returns a new answer. */
public final class HttpAnswer extends DeliveredAnswer<HttpAnswer> {

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable String contentType;
    private final Function<RecordedRequest, List<byte[]>> body;
    private final boolean chunked;

    private HttpAnswer(
            Delivery delivery,
            int status,
            List<Map.Entry<String, String>> headers,
            @Nullable String contentType,
            Function<RecordedRequest, List<byte[]>> body,
            boolean chunked) {
        super(delivery);
        this.status = status;
        this.headers = headers;
        this.contentType = contentType;
        this.body = body;
        this.chunked = chunked;
    }

    static HttpAnswer of(int status) {
        return new HttpAnswer(Delivery.regular(), status, List.of(), null, request -> List.of(), false);
    }

    @Override
    public HttpAnswer header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new HttpAnswer(delivery(), status, List.copyOf(more), contentType, body, chunked);
    }

    /** The same with a text body. */
    public HttpAnswer body(String type, String text) {
        return body(type, text.getBytes(UTF_8));
    }

    /** The same with a body. */
    public HttpAnswer body(String type, byte[] bytes) {
        return new HttpAnswer(delivery(), status, headers, type, request -> List.of(bytes), chunked);
    }

    /** The same with a body that is sent piece by piece, for protocols that stream in their own way. */
    public HttpAnswer pieces(String type, String... texts) {
        List<byte[]> pieces = Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
        return new HttpAnswer(delivery(), status, headers, type, request -> pieces, true);
    }

    /** The same with chunked transfer encoding instead of a length. */
    public HttpAnswer chunked() {
        return new HttpAnswer(delivery(), status, headers, contentType, body, true);
    }

    HttpAnswer body(Function<RecordedRequest, String> json) {
        return new HttpAnswer(
                delivery(),
                status,
                headers,
                "application/json",
                request -> List.of(json.apply(request).getBytes(UTF_8)),
                chunked);
    }

    HttpAnswer events(List<String> lines) {
        List<byte[]> events = new ArrayList<>();
        StringBuilder event = new StringBuilder();
        for (String line : lines) {
            event.append(line).append('\n');
            if (line.isEmpty()) {
                events.add(event.toString().getBytes(UTF_8));
                event.setLength(0);
            }
        }
        if (event.length() > 0) {
            events.add(event.toString().getBytes(UTF_8));
        }
        return new HttpAnswer(delivery(), status, headers, "text/event-stream", request -> events, true);
    }

    @Override
    HttpAnswer delivered(Delivery how) {
        return new HttpAnswer(how, status, headers, contentType, body, chunked);
    }

    @Override
    public void send(Exchange exchange) throws IOException {
        FakeResponseHead head = new FakeResponseHead(status, contentType, headers);
        List<byte[]> pieces = body.apply(exchange.request());
        ResponseWriter.send(exchange, head, chunked, delivery(), sink -> {
            for (byte[] piece : pieces) {
                sink.piece(piece);
            }
        });
    }
}
