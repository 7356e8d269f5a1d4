package dev.patchbay.daemon.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Carries one connection as a process of its own, and listens no more once it has it: another one can take its place while it is stopped
 * and its connection looks open.
 */
final class OneConnectionProxy {

    private OneConnectionProxy() {}

    /** The arguments are a port, 0 for any, and that of the server; the first line of the output is the port. */
    public static void main(String[] arguments) throws IOException {
        Socket client;
        try (ServerSocket listener =
                new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
            System.out.println(listener.getLocalPort());
            client = listener.accept();
        }
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]))) {
            Thread requests = new Thread(() -> carry(client, server), "requests");
            requests.setDaemon(true);
            requests.start();
            carry(server, client);
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // One side has left, and so does this.
        }
    }
}
