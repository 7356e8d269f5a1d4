package dev.patchbay.internal.http;

import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A plain connection towards a host, through a proxy where there is one. */
final class ProxyTunnel {

    private static final int LONGEST_HEAD = 64 * 1024;

    private ProxyTunnel() {}

    /**
     * Opens it; the caller closes the socket, open or not.
     *
     * @param authorization for the proxy; empty if it wants none
     * @throws IOException if it cannot be opened
     */
    static void open(Socket socket, Origin origin, ProxyServer proxy, Optional<String> authorization, int millis)
            throws IOException {
        socket.connect(new InetSocketAddress(SocketHosts.bare(proxy.host()), proxy.port()), millis);
        socket.setSoTimeout(millis);
        String authority = origin.host() + ":" + origin.port();
        String head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
                + authorization
                        .map(value -> ProxyAuthorization.HEADER + ": " + value + "\r\n")
                        .orElse("") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        String answer = head(socket.getInputStream());
        if (!answer.matches("(?s)HTTP/1\\.[01] 2\\d\\d.*")) {
            throw new IOException("the proxy opened no tunnel");
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("the proxy answered no head");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
