package dev.patchbay.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that makes a client for each model that its users name, and drops it. */
final class ManyClientsTest {

    private static final String JSON =
            "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}";
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + JSON.length() + "\r\n\r\n" + JSON)
            .getBytes(UTF_8);
    private static final long MEBIBYTE = 1 << 20;

    /** Keeps nothing of what it was asked, unlike a fake provider. */
    private ServerSocket server;

    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final AtomicInteger accepted = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connections.execute(() -> {
            try {
                while (true) {
                    Socket connection = server.accept();
                    accepted.incrementAndGet();
                    connections.execute(() -> answer(connection));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
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
            // The client is closed.
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

    @AfterEach
    void stop() throws IOException {
        server.close();
        connections.shutdownNow();
    }

    @Test
    @Timeout(60)
    void aThousandLeaveNothingBehind() throws InterruptedException {
        leaveNothingBehind(1_000);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void tenThousandLeaveNothingBehind() throws InterruptedException {
        leaveNothingBehind(10_000);
    }

    private void leaveNothingBehind(int clients) throws InterruptedException {
        try (Patchbay patchbay = patchbay()) {
            ask(patchbay, 0, 100);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = heap();

            ask(patchbay, 100, clients);

            long growth = heap() - heap;
            int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            System.out.printf(
                    "%d clients: heap grew by %d kB, threads by %d, %d connections%n",
                    clients, growth / 1024, more, accepted.get());
            assertThat(growth).as("bytes since the first hundred").isLessThan(2 * MEBIBYTE);
            assertThat(more).as("threads since the first hundred").isLessThanOrEqualTo(0);
            assertThat(accepted).hasValue(1);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("patchbay")) {
                thread.join(20_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private Patchbay patchbay() {
        return Patchbay.builder()
                .withoutDiscovery()
                .environment(Map.of())
                .definition(Definition.builder("ok")
                        .baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"))
                        .auth(Auth.NONE)
                        .build())
                .build();
    }

    private static void ask(Patchbay patchbay, int from, int to) {
        for (int i = from; i < to; i++) {
            ChatRequest request =
                    ChatRequest.builder("m").message(ChatMessage.user("Hello")).build();
            assertThat(patchbay.client("ok/m" + i).ask(request).text()).isEqualTo("fine");
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
}
