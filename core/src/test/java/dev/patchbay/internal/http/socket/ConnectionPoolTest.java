package dev.patchbay.internal.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.http.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionPoolTest {

    private final List<Socket> accepted = new ArrayList<>();
    private final ConnectionPool pool =
            new ConnectionPool(Threads.factory("test"), new HostLookup(Threads.platformFactory("test-lookup")));
    private ServerSocket server;
    private PeerAddress destination;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        destination = new PeerAddress("127.0.0.1", server.getLocalPort(), null, null);
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        for (Socket socket : accepted) {
            socket.close();
        }
        server.close();
    }

    private Connection open() throws IOException {
        Connection connection = pool.create(destination);
        connection.open(System.nanoTime() + TimeUnit.SECONDS.toNanos(20), Optional.empty());
        accepted.add(server.accept());
        return connection;
    }

    @Test
    void givesTheConnectionBackThatRestedLeast() throws IOException {
        Connection first = open();
        Connection second = open();
        pool.put(first);
        pool.put(second);

        assertThat(pool.take(destination)).isSameAs(second);
        assertThat(pool.take(destination)).isSameAs(first);
        assertThat(pool.take(destination)).isNull();
    }

    @Test
    void givesNoConnectionToAnotherDestination() throws IOException {
        pool.put(open());

        assertThat(pool.take(new PeerAddress("localhost", server.getLocalPort(), null, null)))
                .isNull();
        assertThat(pool.take(new PeerAddress(
                        "127.0.0.1", server.getLocalPort(), null, new PeerAddress.Proxy("127.0.0.1", 1, ""))))
                .isNull();
    }

    @Test
    void givesNoConnectionOnWhichSomethingCameThatNobodyAskedFor() throws IOException {
        Connection connection = open();
        accepted.get(0).getOutputStream().write('H');
        connection.waitUntil(() -> System.nanoTime() + TimeUnit.SECONDS.toNanos(20));

        pool.put(connection);

        assertThat(pool.take(destination)).isNull();
        assertThat(accepted.get(0).getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void keepsNoMoreThanSixtyFourToOneDestination() throws IOException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            connections.add(open());
        }
        connections.forEach(pool::put);

        // The first of them came to rest first.
        assertThat(accepted.get(0).getInputStream().read()).isEqualTo(-1);
        int kept = 0;
        while (pool.take(destination) != null) {
            kept++;
        }
        assertThat(kept).isEqualTo(64);
    }

    @Test
    void closesWhatRestedTooLong() throws IOException {
        try (ConnectionPool impatient = new ConnectionPool(
                Threads.factory("test"), Duration.ofMillis(20), new HostLookup(Threads.factory("test")))) {
            Connection connection = impatient.create(destination);
            connection.open(System.nanoTime() + TimeUnit.SECONDS.toNanos(20), Optional.empty());
            accepted.add(server.accept());

            impatient.put(connection);

            assertThat(accepted.get(0).getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void keepsNothingOnceItIsClosed() throws IOException {
        Connection resting = open();
        Connection used = open();
        pool.put(resting);

        pool.close();
        pool.put(used);

        assertThat(accepted.get(0).getInputStream().read()).isEqualTo(-1);
        assertThat(accepted.get(1).getInputStream().read()).isEqualTo(-1);
    }
}
