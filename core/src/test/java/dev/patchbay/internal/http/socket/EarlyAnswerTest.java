package dev.patchbay.internal.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.internal.http.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers a request before it has read it. */
@Timeout(60)
class EarlyAnswerTest {

    private static final byte[] HEAD =
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 67108864\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = new byte[64 << 20];

    private final ConnectionPool pool =
            new ConnectionPool(Threads.factory("test"), new HostLookup(Threads.platformFactory("test-lookup")));
    private ServerSocket server;
    private Connection connection;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        connection = pool.create(new PeerAddress("127.0.0.1", server.getLocalPort(), null, null));
        connection.open(System.nanoTime() + TimeUnit.SECONDS.toNanos(20), Optional.empty());
        connection.waitUntil(() -> System.nanoTime() + TimeUnit.SECONDS.toNanos(40));
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        connection.abort();
        accepted.close();
        server.close();
        pool.close();
    }

    private void answer(String text) throws IOException {
        accepted.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void isHeardThoughNothingMoreIsRead() throws Exception {
        answer("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(() -> connection.send(HEAD, BODY))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SilenceException.class);
        assertThat(connection.head().status()).isEqualTo(413);
    }

    @Test
    void isGivenAllWhereItReadsOn() throws Exception {
        answer("HTTP/1.1 103 Early Hints\r\n\r\n");
        CompletableFuture<Boolean> whole = CompletableFuture.supplyAsync(() -> {
            try {
                accepted.getInputStream().skipNBytes(HEAD.length + BODY.length);
                answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                return true;
            } catch (IOException cut) {
                return false;
            }
        });

        connection.send(HEAD, BODY);

        assertThat(whole.get(40, TimeUnit.SECONDS)).isTrue();
        assertThat(connection.head().status()).isEqualTo(200);
    }
}
