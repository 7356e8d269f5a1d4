package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes an object for each model that an application's users name, uses and drops it, and looks at what stays. */
public final class ManyObjects implements AutoCloseable {

    /** What the provider says to everything. */
    public static final String TEXT = "fine";

    private static final String JSON =
            "{\"choices\":[{\"message\":{\"content\":\"" + TEXT + "\"},\"finish_reason\":\"stop\"}]}";
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + JSON.length() + "\r\n\r\n" + JSON)
            .getBytes(UTF_8);
    private static final long MOST_GROWTH = 2 << 20;

    /** Keeps nothing of what it was asked, unlike a fake provider. */
    private final ServerSocket server;

    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final AtomicInteger accepted = new AtomicInteger();

    private ManyObjects(ServerSocket server) {
        this.server = server;
        connections.execute(this::accept);
    }

    /**
     * Asks with so many objects, one after another.
     *
     * @param open makes what the objects stand on, for a provider of OpenAI's chat dialect at this base URL
     * @param ask makes an object for the model of this name, and asks it
     * @throws AssertionError if heap, threads or connections are more than after the first hundred, or a thread of ours stays
     */
    @SuppressWarnings("try") // whoever is interrupted while closing fails the test
    public static <H extends AutoCloseable> void leaveNothingBehind(
            int count, Function<URI, H> open, BiConsumer<H, String> ask) throws Exception {
        try (ManyObjects provider = new ManyObjects(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()))) {
            try (H host = open.apply(URI.create("http://127.0.0.1:" + provider.server.getLocalPort() + "/v1"))) {
                provider.ask(count, name -> ask.accept(host, name));
            }
            awaitThreadsGone();
        }
    }

    private void ask(int count, Consumer<String> ask) {
        for (int i = 0; i < 100; i++) {
            ask.accept("m" + i);
        }
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long heap = heap();
        for (int i = 100; i < count; i++) {
            ask.accept("m" + i);
        }
        long growth = heap() - heap;
        int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
        String seen = count + " objects: heap grew by " + growth / 1024 + " kB, threads by " + more + ", "
                + accepted.get() + " connections";
        System.out.println(seen);
        if (growth > MOST_GROWTH || more > 0 || accepted.get() != 1) {
            throw new AssertionError(seen);
        }
    }

    private static void awaitThreadsGone() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("patchbay")) {
                thread.join(20_000);
                if (thread.isAlive()) {
                    throw new AssertionError(thread.getName() + " is still there");
                }
            }
        }
    }

    /** Used after collections that change nothing any more. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                connections.execute(() -> answer(connection));
            }
        } catch (IOException closed) {
            return; // the test is over
        }
    }

    private static void answer(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            int length = 0;
            for (String line = line(in); line != null; line = line(in)) {
                if (line.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                } else if (line.isEmpty()) {
                    in.skipNBytes(length);
                    connection.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException left) {
            return; // the client is closed
        }
    }

    private static @Nullable String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }
}
