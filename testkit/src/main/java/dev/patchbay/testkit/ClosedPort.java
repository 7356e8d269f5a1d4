package dev.patchbay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** An address on which every connection is refused; held, so that nobody else gets it meanwhile. */
public final class ClosedPort implements AutoCloseable {

    private final Socket bound;

    private ClosedPort(Socket bound) {
        this.bound = bound;
    }

    /** Takes a free port of 127.0.0.1. */
    public static ClosedPort open() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(Loopback.address(), 0));
            return new ClosedPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base URL of a provider that is not there. */
    public URI baseUrl(String path) {
        return URI.create("http://127.0.0.1:" + bound.getLocalPort() + path);
    }

    /** Gives the port back. */
    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
