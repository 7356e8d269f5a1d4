package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.HostileClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * The door as a whole, with raw bytes: requests of real clients and of hostile ones, changed at random. Each has to be answered, or
 * its connection closed; nothing may be thrown that nobody expected. A minute in every build, ten with the profile {@code soak}.
 */
@Tag("slow")
@Tag("once")
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
class DoorFuzzTest {

    private static final long SEED = Long.getLong("door.fuzz.seed", 20261129);
    private static final int AT_ONCE = 250;
    private static final int MOST_MILLIS = 8000;

    private static final List<String> WORDS = List.of(
            "\r\n",
            "\n",
            "\r\n\r\n",
            "0\r\n\r\n",
            "\u0000",
            "\u00ff",
            ":",
            " ",
            "\t",
            "%",
            "%zz",
            "%00",
            "..",
            "//",
            "http://",
            "[::1]",
            "Host: a%zz.com\r\n",
            "Content-Length: 0\r\n",
            "Content-Length: 7\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Connection: Upgrade\r\nUpgrade: websocket\r\n",
            "Upgrade: h2c\r\n",
            "Origin: null\r\n",
            "Origin: http://127.0.0.1\r\n",
            "HTTP/1.0",
            "HTTP/2.0",
            "OPTIONS ",
            "HEAD ",
            "CONNECT ",
            "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "/v1/models/",
            "/v1/responses",
            "/metrics",
            "{\"model\":",
            "[",
            "{",
            "\"",
            "\\ud800",
            "1e999999999",
            "ffffffff\r\n",
            "null");

    private final GatewayFixture fixture = new GatewayFixture();
    private final Queue<String> thrown = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Listener(thrown);

    @AfterEach
    void close() {
        Logger.getLogger("").removeHandler(listener);
        fixture.close();
    }

    @Test
    void answersWhateverComes() throws Exception {
        meetFor(Duration.ofSeconds(50));
    }

    @Test
    @Tag("soak")
    void answersWhateverComesForTenMinutes() throws Exception {
        meetFor(Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 600)));
    }

    private void meetFor(Duration length) throws Exception {
        Duration soon = Duration.ofMillis(500);
        fixture.start(
                fixture.chatProvider().defaultModel("m").build(),
                builder -> builder.provider("chat")
                        .headTimeout(soon)
                        .clientTimeout(soon)
                        .bodySilence(soon)
                        .maxRequestBytes(1 << 20));
        Logger.getLogger("").addHandler(listener);
        List<byte[]> seeds = seeds();
        Random random = new Random(SEED);
        long end = System.nanoTime() + length.toNanos();
        int sent = 0;
        while (System.nanoTime() < end) {
            List<byte[]> round = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                round.add(changed(seeds.get(random.nextInt(seeds.size())), seeds, random));
            }
            meet(round, sent);
            sent += round.size();
            assertThat(thrown).as("thrown in round " + sent / AT_ONCE).isEmpty();
            assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
        }
        System.out.println("door fuzz: " + sent + " connections");
        assertThat(sent).isPositive();
    }

    /** At once, so that those that are only closed in the end are waited for together. */
    private void meet(List<byte[]> round, int before) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (byte[] bytes : round) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), fixture.gateway().port());
                sockets.add(socket);
                try {
                    socket.getOutputStream().write(bytes);
                } catch (IOException closed) {
                    // Also an answer.
                }
            }
            for (int i = 0; i < round.size(); i++) {
                assertThat(isOver(sockets.get(i)))
                        .as("connection " + (before + i) + " of seed " + SEED + ": "
                                + new String(round.get(i), ISO_8859_1))
                        .isTrue();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Whether the gateway closes it within its limits; it does whatever came. */
    private static boolean isOver(Socket socket) throws IOException {
        socket.setSoTimeout(MOST_MILLIS);
        try {
            InputStream in = socket.getInputStream();
            while (in.read(new byte[8192]) >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static byte[] changed(byte[] seed, List<byte[]> seeds, Random random) {
        String text = new String(seed, ISO_8859_1);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // Most of what matters stands in the head.
            int within = random.nextBoolean() ? Math.min(text.length(), 400) : text.length();
            int at = random.nextInt(within + 1);
            int to = Math.min(text.length(), at + random.nextInt(1 + random.nextInt(30)));
            text = switch (random.nextInt(6)) {
                case 0 -> text.substring(0, at) + text.substring(to);
                case 1 ->
                    text.substring(0, at)
                            + (char) random.nextInt(256)
                            + text.substring(Math.min(text.length(), at + 1));
                case 2 -> text.substring(0, at) + WORDS.get(random.nextInt(WORDS.size())) + text.substring(at);
                case 3 -> text.substring(0, to) + text.substring(at);
                case 4 -> text.substring(0, at);
                default -> text.substring(0, at) + new String(seeds.get(random.nextInt(seeds.size())), ISO_8859_1);
            };
        }
        return text.substring(0, Math.min(text.length(), 300_000)).getBytes(ISO_8859_1);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (HostileClient client : HostileClient.all()) {
            if (client.pieces().get(0).length < 100_000) {
                seeds.add(client.pieces().get(0));
            }
        }
        for (Path capture : captures()) {
            JsonNode request = Json.parse(Files.readString(capture)).path("request");
            StringBuilder head = new StringBuilder(request.path("method").asText("POST") + " "
                    + request.path("path").asText("/v1/messages") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            request.path("headers").forEach(header -> {
                String line = header.asText();
                String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                if (!name.equals("host") && !name.equals("content-length")) {
                    head.append(line).append("\r\n");
                }
            });
            JsonNode body = request.path("body");
            String text = body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toString();
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            seeds.add((head + "Content-Length: " + bytes.length + "\r\n\r\n" + new String(bytes, ISO_8859_1))
                    .getBytes(ISO_8859_1));
        }
        return seeds;
    }

    /** Requests of agents and SDKs as they came, their texts replaced. */
    private static List<Path> captures() throws IOException {
        Path folder = Path.of(System.getProperty("patchbay.root"), "gateway/src/test/resources/captures");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** What the guards log, and Vert.x and Netty where there was none. */
    private static final class Listener extends Handler {

        private final Queue<String> thrown;

        Listener(Queue<String> thrown) {
            this.thrown = thrown;
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null) {
                thrown.add(record.getMessage() + ": " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
