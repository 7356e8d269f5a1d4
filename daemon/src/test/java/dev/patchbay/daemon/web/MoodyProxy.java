package dev.patchbay.daemon.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a browser and a daemon: carries bytes, or does what a network, a stopped process or a tired server does. */
final class MoodyProxy implements AutoCloseable {

    enum Mood {
        CARRIES,
        /** Whoever connects is cut off. */
        REFUSES,
        /** Whatever is asked is answered with 503. */
        IS_BUSY,
        /** Takes everything and says nothing; what is open stays so. */
        IS_STILL
    }

    private static final String BUSY =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final URI server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile Mood mood = Mood.CARRIES;

    private MoodyProxy(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    static MoodyProxy start(URI server) {
        try {
            MoodyProxy proxy = new MoodyProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            thread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** From now on; what is open ends, but where it is to be still. */
    void is(Mood next) {
        mood = next;
        if (next != Mood.IS_STILL) {
            open.forEach(MoodyProxy::closeQuietly);
            open.clear();
        }
    }

    /** How many requests were answered with 503. */
    int answeredBusy() {
        return busy.get();
    }

    /** How often the live stream was asked for. */
    int streams() {
        return streams.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                thread(() -> serve(client));
            }
        } catch (IOException closed) {
            // Nobody is served any more.
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (mood == Mood.REFUSES) {
                return;
            }
            if (mood == Mood.IS_BUSY) {
                if (client.getInputStream().read() >= 0) {
                    busy.incrementAndGet();
                    client.getOutputStream().write(BUSY.getBytes(ISO_8859_1));
                }
                return;
            }
            try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
                open.add(upstream);
                thread(() -> copy(client, upstream));
                copy(upstream, client);
            }
        } catch (IOException gone) {
            // One side has left; the other one is let go of.
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                if (new String(buffer, 0, read, ISO_8859_1).startsWith("GET /live")) {
                    streams.incrementAndGet();
                }
                if (mood != Mood.IS_STILL) {
                    out.write(buffer, 0, read);
                }
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // As above.
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "moody-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        is(Mood.REFUSES);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
