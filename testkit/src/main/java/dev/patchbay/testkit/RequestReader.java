package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads HTTP/1.1 requests from a connection (RFC 9112), one after the other. */
final class RequestReader {

    /** Takes a request that is complete. */
    @FunctionalInterface
    interface Taker {
        RecordedRequest take(String method, String target, Headers headers, byte[] body);
    }

    /** Sends the go-ahead of {@code Expect: 100-continue}. */
    @FunctionalInterface
    interface ExpectHandler {
        void goAhead() throws IOException;
    }

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for the next request.
     *
     * @param onExpect called when the client waits for a go-ahead before it sends the body
     * @return empty at a regular end of the connection between two requests
     * @throws IOException if the connection breaks, or what comes is no request
     */
    Optional<RecordedRequest> next(ExpectHandler onExpect, Taker taker) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        String[] line = ((char) first + line()).split(" ", 3);
        if (line.length != 3 || !line[2].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1.1 request");
        }
        Headers headers = headers();
        if (headers.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            onExpect.goAhead();
        }
        return Optional.of(taker.take(line[0], line[1], headers, body(headers)));
    }

    private Headers headers() throws IOException {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line");
            }
            entries.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Headers(entries);
    }

    private byte[] body(Headers headers) throws IOException {
        Optional<String> encoding = headers.first("Transfer-Encoding").map(text -> text.toLowerCase(Locale.ROOT));
        if (encoding.filter("chunked"::equals).isPresent()) {
            return chunks();
        }
        return exactly(Integer.parseInt(headers.first("Content-Length").orElse("0")));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            body.writeBytes(exactly(length));
            if (length == 0) {
                skipTrailers();
                return body.toByteArray();
            }
            line();
        }
    }

    private void skipTrailers() throws IOException {
        String line = line();
        while (!line.isEmpty()) {
            line = line();
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended inside a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended inside a head");
            }
            line.write(b);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
