package dev.patchbay.internal.http.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.http.contract.HttpStack.Told;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers that answer a request before they have read all of it (RFC 9110, section 10.1.1; RFC 9112, section 9.3). */
@org.junit.jupiter.api.Timeout(60)
public abstract class EarlyAnswerContract extends StackFixture {

    /** More than all buffers on the way hold. */
    private static final int QUESTION = 12 << 20;

    private static final String REFUSAL = "{\"error\":{\"message\":\"far too large\"}}";

    /** What such a provider does behind its answer. */
    enum Afterwards {
        /** Reads nothing more, and leaves the connection open. */
        WAITS,
        /** Says that nothing more comes. */
        ENDS_ITS_SIDE,
        /** Reads on. */
        READS
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"false,WAITS", "false,ENDS_ITS_SIDE", "false,READS", "true,WAITS", "true,ENDS_ITS_SIDE", "true,READS"})
    void hearsAnAnswerThatComesBeforeTheRequestIsRead(boolean tls, Afterwards afterwards) throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(16 << 10);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread provider = new Thread(() -> refuse(server, tls, afterwards, heard));
            provider.setDaemon(true);
            provider.start();
            URI base = URI.create((tls ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort() + "/v1");
            HttpSettings settings = limits(LONG, LONG, LONG, Timeout.OFF);
            HttpStack stack = started(provider(base)
                    .http(settings.withTls(
                            new TlsSettings(Optional.of(certificates().authority()), false))));

            Told told = stack.ask("x".repeat(QUESTION)).told();

            assertThat(told.failure()).contains("far too large");
            assertThat(told.status()).isEqualTo(413);
        } finally {
            heard.complete(null);
        }
    }

    private void refuse(ServerSocket server, boolean tls, Afterwards afterwards, CompletableFuture<Void> heard) {
        try (Socket wire = server.accept();
                Socket socket = tls ? secured(wire) : wire) {
            InputStream in = socket.getInputStream();
            in.readNBytes(20_000);
            socket.getOutputStream()
                    .write(("HTTP/1.1 413 Too Large\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                    + "Content-Length: " + REFUSAL.length() + "\r\n\r\n" + REFUSAL)
                            .getBytes(UTF_8));
            if (afterwards == Afterwards.ENDS_ITS_SIDE) {
                socket.shutdownOutput();
            }
            if (afterwards == Afterwards.READS) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            heard.get(50, TimeUnit.SECONDS);
        } catch (IOException left) {
            // The client has closed the connection.
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SSLSocket secured(Socket wire) throws IOException {
        SSLSocket socket =
                (SSLSocket) certificates().server().getSocketFactory().createSocket(wire, null, true);
        socket.setUseClientMode(false);
        return socket;
    }
}
