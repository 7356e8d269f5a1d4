package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much of it at once: bodies of a gigabyte, thousands of connections that say nothing, heads that never end; who asks is answered. */
@Tag("process")
@Tag("newest")
@Tag("slow")
final class DaemonSiegeTest {

    private static final int IDLE = 5_000;
    private static final int SLOW_HEADS = 200;
    private static final long GIGABYTE = 1L << 30;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> open = new ArrayList<>();
    private DaemonProcess daemon;

    @BeforeEach
    void start() {
        daemon = DaemonProcess.start(home, "providers: {}\n", Map.of());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        daemon.close();
    }

    @Test
    void whoAsksIsAnsweredAmongThousandsWhoDoNot() throws Exception {
        for (int i = 0; i < IDLE; i++) {
            connect();
            if (i % 500 == 0) {
                assertWell();
            }
        }
        List<Socket> heads = new ArrayList<>();
        for (int i = 0; i < SLOW_HEADS; i++) {
            Socket socket = connect();
            socket.getOutputStream()
                    .write("POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-".getBytes(ISO_8859_1));
            heads.add(socket);
        }
        for (int piece = 0; piece < 20; piece++) {
            for (Socket socket : heads) {
                drip(socket);
            }
            assertWell();
        }
    }

    @Test
    void aGigabyteIsRefusedHoweverItComesAndNotHeld() throws Exception {
        for (String path : List.of("/api/v1/sessions", "/api/v1/providers/reload", "/login", "/v1/chat/completions")) {
            assertThat(send(path, "Content-Length: " + GIGABYTE + "\r\n", false))
                    .as(path + " by its length")
                    .contains(" 413 ");
            assertThat(send(path, "Transfer-Encoding: chunked\r\n", true))
                    .as(path + " in chunks")
                    .contains(" 413 ");
            assertWell();
        }
    }

    /** What is answered to a body that goes on until somebody says that it is enough. */
    private String send(String path, String headers, boolean chunked) throws IOException {
        Socket socket = connect();
        socket.setSoTimeout((int) LIMIT.toMillis());
        OutputStream out = socket.getOutputStream();
        // The page is for browsers, which show no token.
        String token = path.equals("/login") ? "" : "Authorization: Bearer " + daemon.token() + "\r\n";
        out.write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + token + "Content-Type: application/json\r\n"
                        + headers + "\r\n")
                .getBytes(ISO_8859_1));
        byte[] piece = " ".repeat(1 << 16).getBytes(ISO_8859_1);
        try {
            for (long sent = 0; sent < GIGABYTE && socket.getInputStream().available() == 0; sent += piece.length) {
                if (chunked) {
                    out.write("10000\r\n".getBytes(ISO_8859_1));
                }
                out.write(piece);
                if (chunked) {
                    out.write("\r\n".getBytes(ISO_8859_1));
                }
            }
        } catch (IOException refused) {
            // What it said before is read.
        }
        StringBuilder answer = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException ended) {
            // At its limit.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", daemon.url().getPort());
        open.add(socket);
        return socket;
    }

    private void assertWell() throws Exception {
        for (String path : List.of("/api/v1/health", "/api/v1/sessions")) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(daemon.url().resolve(path))
                                            .timeout(LIMIT)
                                            .header("authorization", "Bearer " + daemon.token())
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
