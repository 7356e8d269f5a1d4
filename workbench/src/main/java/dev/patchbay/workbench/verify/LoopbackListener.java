package dev.patchbay.workbench.verify;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** An address on this machine that notices who comes by and says nothing. */
final class LoopbackListener implements Closeable {

    private static final int BRIEFLY_MS = 20;

    private final ServerSocket socket;

    private LoopbackListener(ServerSocket socket) {
        this.socket = socket;
    }

    static LoopbackListener open() throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(BRIEFLY_MS);
        return new LoopbackListener(socket);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    /** Whether anyone connected who was not noticed before. */
    boolean wasCalled() throws IOException {
        try {
            socket.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
