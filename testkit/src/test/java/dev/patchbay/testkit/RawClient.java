package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;

/** A client that sees every byte of an answer as it came. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(FakeProvider fake) throws IOException {
        this.socket = new Socket("127.0.0.1", fake.port());
        socket.setSoTimeout(10_000);
    }

    /** The whole answer to one request, head included. */
    static String exchange(FakeProvider fake, String path, String body) throws IOException {
        try (RawClient client = new RawClient(fake)) {
            client.send(path, body);
            return new String(client.rest(), UTF_8);
        }
    }

    /** The body of an answer in chunks, put together. */
    static String stream(FakeProvider fake, String path, String body) throws IOException {
        String answer = exchange(fake, path, body);
        return unchunked(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    RawClient send(String path, String body) throws IOException {
        int length = body.getBytes(UTF_8).length;
        return write("POST " + path + " HTTP/1.1\r\nHost: fake\r\nConnection: close\r\nContent-Length: " + length
                + "\r\n\r\n" + body);
    }

    RawClient write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /** Everything up to the regular end of the connection. */
    byte[] rest() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Everything up to and including this text. */
    String until(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new AssertionError("the connection ended after: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }

    int available() throws IOException {
        return socket.getInputStream().available();
    }

    private static String unchunked(String chunks) {
        byte[] bytes = chunks.getBytes(UTF_8);
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int lineEnd = at;
            while (bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            int length = Integer.parseInt(new String(bytes, at, lineEnd - at, UTF_8), 16);
            if (length == 0) {
                return body.toString(UTF_8);
            }
            body.write(bytes, lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
