package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of a client of the proxy, and the one to the server behind it. Used by one thread. */
final class ProxiedConnection {

    private final Socket client;
    private @Nullable Socket upstream;

    ProxiedConnection(Socket client) {
        this.client = client;
    }

    /** Answers in the server's place. */
    void answer(String status, String headers) throws IOException {
        write(client, latin("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n"));
    }

    /** Opens a tunnel and carries bytes both ways until one side ends it. */
    void tunnel(URI target) throws IOException {
        Socket server = connect(target);
        write(client, latin("HTTP/1.1 200 Connection established\r\n\r\n"));
        try {
            copy(client.getInputStream(), server);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Forwards a request, without what is for the proxy alone. */
    void forward(RecordedRequest request, URI named, URI target) throws IOException {
        Socket server = connect(target);
        String path = named.getRawPath() + (named.getRawQuery() == null ? "" : "?" + named.getRawQuery());
        StringBuilder head = new StringBuilder(request.method() + " " + path + " HTTP/1.1\r\n");
        for (Map.Entry<String, String> header : request.headers().entries()) {
            if (!header.getKey().toLowerCase(Locale.ROOT).startsWith("proxy-")) {
                head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n");
            }
        }
        write(server, latin(head.append("\r\n").toString()));
        write(server, request.body());
    }

    private Socket connect(URI target) throws IOException {
        if (upstream != null) {
            return upstream;
        }
        int port = target.getPort() < 0 ? (target.getScheme().equals("https") ? 443 : 80) : target.getPort();
        Socket server = new Socket(target.getHost(), port);
        upstream = server;
        DaemonThread.of("fake-proxy-answers", () -> answers(server)).start();
        return server;
    }

    private void answers(Socket server) {
        try (server) {
            copy(server.getInputStream(), client);
            client.shutdownOutput();
        } catch (IOException e) {
            // One of the two is gone; the try lets go of the other.
            return;
        }
    }

    private static void copy(InputStream from, Socket to) throws IOException {
        byte[] bytes = new byte[8192];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            to.getOutputStream().write(bytes, 0, count);
            to.getOutputStream().flush();
        }
        to.shutdownOutput();
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }
}
