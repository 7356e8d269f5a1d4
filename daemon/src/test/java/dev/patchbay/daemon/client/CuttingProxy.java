package dev.patchbay.daemon.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries bytes to a server and back, and cuts each connection after a number of bytes that a seed decides. */
final class CuttingProxy implements AutoCloseable {

    private final URI server;
    private final ServerSocket listener;
    private final Random random;
    private final int most;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    private CuttingProxy(URI server, ServerSocket listener, long seed, int most) {
        this.server = server;
        this.listener = listener;
        this.random = new Random(seed);
        this.most = most;
    }

    /**
     * Starts one on a free port.
     *
     * @param most the most bytes of the server that one connection carries
     */
    static CuttingProxy start(URI server, long seed, int most) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), seed, most);
            thread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many connections it has cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                int bytes = 200 + random.nextInt(most);
                thread(() -> carry(client, bytes));
            }
        } catch (IOException closed) {
            // Nobody is served any more.
        }
    }

    private void carry(Socket client, int bytes) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            open.add(upstream);
            thread(() -> copyAll(client, upstream));
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[1024];
            int left = bytes;
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            while (read > 0) {
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
                read = left == 0 ? 0 : in.read(buffer, 0, Math.min(left, buffer.length));
            }
            if (left == 0) {
                cuts.incrementAndGet();
            }
        } catch (IOException gone) {
            // One side has left; the other one is let go of.
        }
    }

    private static void copyAll(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // As above.
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(CuttingProxy::closeQuietly);
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
