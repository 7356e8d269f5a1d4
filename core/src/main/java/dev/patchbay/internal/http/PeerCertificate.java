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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server once more for its certificates, after they were refused: the JDK's error does not show them. Nothing is sent
 * over that connection, and it is never completed.
 */
final class PeerCertificate {

    private static final int MILLIS = 2000;

    private PeerCertificate() {}

    /** The certificates that the server shows, its own first; none if it cannot be asked. */
    static List<X509Certificate> chain(Origin origin, @Nullable ProxyServer proxy) {
        AtomicReference<List<X509Certificate>> shown = new AtomicReference<>(List.of());
        try (Socket plain = new Socket()) {
            connect(plain, origin, proxy);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Refusing(shown)}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, SocketHosts.bare(origin.host()), origin.port(), true)) {
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException | ProviderException refused) {
            // The handshake always ends here, since no certificate is accepted; what was seen is what counts.
            return shown.get();
        }
        return List.of();
    }

    private static void connect(Socket socket, Origin origin, @Nullable ProxyServer proxy) throws IOException {
        if (proxy == null) {
            socket.connect(new InetSocketAddress(SocketHosts.bare(origin.host()), origin.port()), MILLIS);
            socket.setSoTimeout(MILLIS);
            return;
        }
        ProxyTunnel.open(socket, origin, proxy, ProxyAuthorization.of(proxy, SecretValue::resolve), MILLIS);
    }

    private record Refusing(AtomicReference<List<X509Certificate>> shown) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType)
                throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("no client is accepted");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws java.security.cert.CertificateException {
            shown.set(List.of(chain));
            throw new java.security.cert.CertificateException("only looked at");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
