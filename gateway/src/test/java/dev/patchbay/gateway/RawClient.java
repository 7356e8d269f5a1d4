package dev.patchbay.gateway;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that can leave, or stop reading, whenever it likes. */
final class RawClient implements AutoCloseable {

    /**
     * Little, for a reader who stops to be felt soon, and yet several of the loopback's segments of 64 KiB. Into a window that is
     * smaller than a segment a sender puts something only each 200 ms (RFC 9293, section 3.8.6.2): 8 MB took minutes then.
     */
    private static final int RECEIVE_BUFFER = 256 * 1024;

    private final Socket socket;
    private final PushbackInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static RawClient connect(int port) throws IOException {
        return connect(port, Duration.ofSeconds(10));
    }

    /** @param patience how long to wait for something to read */
    static RawClient connect(int port, Duration patience) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout((int) patience.toMillis());
        return new RawClient(socket);
    }

    /** @param headers whole lines */
    static String post(String path, String body, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining()) + "\r\n" + body;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String readSome() throws IOException {
        byte[] buffer = new byte[1024];
        int count = in.read(buffer);
        return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.UTF_8);
    }

    /** Reads until a text has come, and gives what was read; nothing for an empty one. */
    String readUntil(String text) throws IOException {
        return text.isEmpty() ? "" : GatewayFixture.readUntil(in, text);
    }

    /** Everything until the gateway closes the connection. */
    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Waits for the first byte of an answer. */
    void awaitAnswer() throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new EOFException("no answer");
        }
        in.unread(first);
    }

    /** The next answer, read by its own framing: no text in a body or header is taken for an end. */
    RawAnswer readAnswer() throws IOException {
        RawAnswer answer = readWhatComes();
        if (!answer.whole()) {
            throw new EOFException("it broke off: " + answer);
        }
        return answer;
    }

    /** The same where the connection may break behind its head. */
    RawAnswer readWhatComes() throws IOException {
        return RawAnswer.read(in);
    }

    void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
