package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** Answers every request on loopback with a stream that is always the same, so that {@link StartCacheTraining} has a provider. */
final class CannedProvider implements AutoCloseable {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;

    private CannedProvider(ServerSocket server) {
        this.server = server;
    }

    static CannedProvider start() throws IOException {
        CannedProvider provider = new CannedProvider(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(provider::serve, "canned-provider");
        thread.setDaemon(true);
        thread.start();
        return provider;
    }

    static InputStream resource(String name) {
        return requireNonNull(CannedProvider.class.getResourceAsStream("training/" + name), name);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException leftOrClosed) {
                // The next one, or the end.
            }
        }
    }

    private static void answer(Socket socket) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        String first = reader.readLine();
        int length = 0;
        for (String line = first; line != null && !line.isEmpty(); line = reader.readLine()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        while (length > 0 && reader.read() >= 0) {
            length--;
        }
        boolean isMessages = first != null && first.contains("/messages");
        try (InputStream stream = resource(isMessages ? "messages.sse" : "chat.sse")) {
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.getBytes(ISO_8859_1));
            stream.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
