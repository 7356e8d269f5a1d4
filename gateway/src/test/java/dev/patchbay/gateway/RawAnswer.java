package dev.patchbay.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer as it came over a socket (RFC 9112).
 *
 * @param headers by their names in lower case
 * @param body as far as it came
 * @param whole whether the body ended as it should
 * @param trailing lines behind the last chunk
 */
record RawAnswer(int status, Map<String, String> headers, String body, boolean whole, int trailing) {

    /** Reads one answer and not a byte more, interim ones (1xx) left out; its body up to where the connection breaks. */
    static RawAnswer read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        Map<String, String> headers = headers(in);
        if (status < 200) {
            return read(in);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int trailing = 0;
        boolean whole = true;
        try {
            trailing = body(in, status, headers, body);
        } catch (EOFException | SocketException broken) {
            whole = false;
        }
        return new RawAnswer(status, headers, body.toString(StandardCharsets.UTF_8), whole, trailing);
    }

    /** Reads a body, and says how many lines trail it. */
    private static int body(InputStream in, int status, Map<String, String> headers, OutputStream body)
            throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                exactly(in, size, body);
                if (!line(in).isEmpty()) {
                    throw new IOException("a chunk is longer than it says");
                }
            }
            return headers(in).size();
        }
        if (headers.containsKey("content-length")) {
            exactly(in, Integer.parseInt(headers.get("content-length")), body);
        } else if (status != 204 && status != 304) {
            in.transferTo(body);
        }
        return 0;
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static void exactly(InputStream in, int length, OutputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        for (int left = length; left > 0; ) {
            int count = in.read(buffer, 0, Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("the body ended " + left + " bytes early");
            }
            body.write(buffer, 0, count);
            left -= count;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no answer, or half of one: " + line);
            }
            line.append((char) c);
        }
        return line.substring(0, Math.max(0, line.length() - 1));
    }
}
