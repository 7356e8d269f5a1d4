package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Origin;
import dev.patchbay.testkit.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PeerCertificateTest {

    private static Origin origin(ServerSocket server) {
        return Origin.of(URI.create("https://127.0.0.1:" + server.getLocalPort()))
                .orElseThrow();
    }

    @Test
    void isShownByAServerThatIsNotTrusted(@TempDir Path folder) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) TestCertificates.create(folder)
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().read();
                } catch (IOException refused) {
                    // As it is meant to be.
                }
            });
            answering.setDaemon(true);
            answering.start();

            assertThat(PeerCertificate.chain(origin(server), null, Duration.ofSeconds(40)))
                    .isNotEmpty();
        }
    }

    /** Each of them comes in time for a limit of the time between two. */
    @Test
    void isNotWaitedForWhereAServerShowsAByteNowAndThen() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> drip(server));
            answering.setDaemon(true);
            answering.start();

            assertThat(PeerCertificate.chain(origin(server), null, Duration.ofSeconds(1)))
                    .isEmpty();
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.setSoTimeout(200);
            // A record of the handshake, of 16 000 bytes.
            client.getOutputStream().write(new byte[] {22, 3, 3, 0x3e, (byte) 0x80});
            InputStream in = client.getInputStream();
            for (int read = 0; read >= 0; ) {
                try {
                    read = in.read();
                } catch (SocketTimeoutException silent) {
                    client.getOutputStream().write(2);
                }
            }
        } catch (IOException left) {
            // Whoever asked has gone.
        }
    }
}
