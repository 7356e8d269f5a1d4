package dev.patchbay.internal.http;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Who answers at an origin, as its certificate says.
 *
 * @param protocol the version of TLS, such as {@code TLSv1.3}
 * @param issuer who issued the certificate
 * @param validUntil when it expires
 */
public record TlsPeer(String protocol, String issuer, Instant validUntil) {

    /**
     * Shakes hands over a connection that stands, as the provider's own calls do, and sends nothing. Closing the connection
     * ends it.
     *
     * @throws ProviderException of kind {@code NETWORK}, with what to do about it
     */
    public static TlsPeer shakeHands(Socket connection, Origin origin, HttpSettings settings) {
        String host = origin.host().replaceAll("[\\[\\]]", "");
        try (SSLSocket socket = (SSLSocket) TrustSettings.contextOrDefault(settings.tls())
                .getSocketFactory()
                .createSocket(connection, host, origin.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new TlsPeer(
                    socket.getSession().getProtocol(),
                    own.getIssuerX500Principal().getName(),
                    own.getNotAfter().toInstant());
        } catch (IOException e) {
            throw new NetworkFailures(origin, settings).of(e);
        }
    }
}
