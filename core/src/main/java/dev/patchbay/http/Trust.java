package dev.patchbay.http;

import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the connections of a provider trust, where that is not whom the JDK trusts. */
public final class Trust {

    private Trust() {}

    /**
     * What decides whether a server is trusted; reads the file of certificates, so keep it.
     *
     * @return empty for the settings that trust what the JDK trusts
     * @throws ProviderException of kind {@code NETWORK}, not to be tried again, if the certificates cannot be used
     */
    public static Optional<X509TrustManager> of(TlsSettings settings) {
        if (settings.insecureSkipVerify()) {
            return Optional.of(new Anyone());
        }
        return settings.caFile().map(Trust::withAuthorities);
    }

    /** The same as a context of TLS. */
    static Optional<SSLContext> context(TlsSettings settings) {
        return of(settings).map(manager -> {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {manager}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no TLS", e);
            }
        });
    }

    private static X509TrustManager withAuthorities(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> certificates = new ArrayList<>(usual());
            certificates.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            return manager(trusted);
        } catch (IOException | GeneralSecurityException e) {
            throw ProviderException.builder(
                            ProviderException.Kind.NETWORK, "the certificates in " + file + " cannot be used")
                    .cause(e)
                    .help("http.tls.caFile names a file with certificates in PEM form, each between BEGIN and END")
                    .retryable(false)
                    .build();
        }
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        return List.of(manager(null).getAcceptedIssuers());
    }

    /** @param trusted null for what the JDK trusts */
    private static X509TrustManager manager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for certificates");
    }

    /** Accepts every server, its host name unchecked too: that is what whoever asks for it gets. */
    private static final class Anyone extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
