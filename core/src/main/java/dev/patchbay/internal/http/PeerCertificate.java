package dev.patchbay.internal.http;

import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server once more for its certificates, after they were refused: the JDK's error does not show them. Nothing is sent
 * over that connection, and it is never completed. Asked on a thread of its own, since neither the look-up of a host nor a server
 * that speaks a byte at a time comes to an end by itself.
 */
final class PeerCertificate {

    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int STEP_MILLIS = 2000;

    /** Who is one more than these is told nothing of the certificate. */
    private static final int MOST = 16;

    private static final int THREAD_RESTS_SECONDS = 1;

    private static final Executor THREADS = new ThreadPoolExecutor(
            0,
            MOST,
            THREAD_RESTS_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Threads.platformFactory("patchbay-certificate"));

    private PeerCertificate() {}

    /** The certificates that the server shows, its own first; none if it cannot be asked. */
    static List<X509Certificate> chain(Origin origin, @Nullable ProxyServer proxy) {
        return chain(origin, proxy, LIMIT);
    }

    static List<X509Certificate> chain(Origin origin, @Nullable ProxyServer proxy, Duration limit) {
        try (Socket plain = new Socket()) {
            FutureTask<List<X509Certificate>> asked = new FutureTask<>(() -> ask(plain, origin, proxy));
            THREADS.execute(asked);
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (IOException | ExecutionException | TimeoutException | RejectedExecutionException unasked) {
            return List.of();
        }
    }

    private static List<X509Certificate> ask(Socket plain, Origin origin, @Nullable ProxyServer proxy) {
        Refusing refusing = new Refusing();
        try {
            connect(plain, origin, proxy);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {refusing}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, SocketHosts.bare(origin.host()), origin.port(), true)) {
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException | ProviderException refused) {
            // The handshake always ends here, since no certificate is accepted; what was seen is what counts.
            return refusing.shown;
        }
        return List.of();
    }

    private static void connect(Socket socket, Origin origin, @Nullable ProxyServer proxy) throws IOException {
        if (proxy == null) {
            socket.connect(new InetSocketAddress(SocketHosts.bare(origin.host()), origin.port()), STEP_MILLIS);
            socket.setSoTimeout(STEP_MILLIS);
            return;
        }
        ProxyTunnel.open(socket, origin, proxy, ProxyAuthorization.of(proxy, SecretValue::resolve), STEP_MILLIS);
    }

    private static final class Refusing implements X509TrustManager {

        private List<X509Certificate> shown = List.of();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType)
                throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("no client is accepted");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws java.security.cert.CertificateException {
            shown = List.of(chain);
            throw new java.security.cert.CertificateException("only looked at");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
