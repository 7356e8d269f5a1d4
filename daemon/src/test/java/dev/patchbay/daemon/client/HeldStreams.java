package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Streams of events that somebody opened and reads nothing of; as a process of its own they end when that is killed. */
final class HeldStreams {

    private HeldStreams() {}

    /** The arguments are the port, the token and how many; says when all are open. */
    public static void main(String[] arguments) throws Exception {
        List<Socket> held = open(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        System.out.println(held.size() + " open");
        new CountDownLatch(1).await();
    }

    /** Each takes part when this returns. */
    static List<Socket> open(int port, String token, int number) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sockets.add(open(port, token, "/api/v1/stream/events"));
        }
        return sockets;
    }

    static Socket open(int port, String token, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(US_ASCII));
        if (socket.getInputStream().read() != 'H') {
            throw new IOException("no answer");
        }
        return socket;
    }
}
