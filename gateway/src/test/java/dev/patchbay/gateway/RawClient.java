package dev.patchbay.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that can leave, or stop reading, whenever it likes. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(10_000);
        return new RawClient(socket);
    }

    static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String readSome() throws IOException {
        byte[] buffer = new byte[1024];
        int count = socket.getInputStream().read(buffer);
        return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.UTF_8);
    }

    /** Reads until a text has come, and gives what was read; nothing for an empty one. */
    String readUntil(String text) throws IOException {
        return text.isEmpty() ? "" : GatewayFixture.readUntil(socket.getInputStream(), text);
    }

    /** Everything until the gateway closes the connection. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    void skip(long bytes) throws IOException {
        socket.getInputStream().skipNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
