package dev.patchbay.internal.http;

import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the connections of a provider trust, where that is not whom the JDK trusts. */
public final class TrustSettings {

    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";

    private TrustSettings() {}

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
        return settings.caFile().map(TrustSettings::withAuthorities);
    }

    /**
     * What proves this side to a server that asks for a certificate.
     *
     * @return empty for the settings that name none
     */
    public static Optional<KeyManagerFactory> identity(TlsSettings settings) {
        if (settings.clientCert().isEmpty() || settings.clientKey().isEmpty()) {
            return Optional.empty();
        }
        Path file = settings.clientCert().get();
        SecretValue key = settings.clientKey().get();
        String pem = key.resolve().reveal();
        char[] password = new char[0];
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", privateKey(pem, chain), password, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return Optional.of(factory);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause, which may quote the key.
            throw ProviderException.builder(
                            ProviderException.Kind.AUTH,
                            "the certificate in " + file + " and the key from " + key.reference() + " cannot be used ("
                                    + e.getClass().getSimpleName() + ")")
                    .help("http.tls.clientKey is the private key of the first certificate of clientCert, between BEGIN"
                            + " PRIVATE KEY and END PRIVATE KEY; openssl pkcs8 -topk8 -nodes converts other forms")
                    .retryable(false)
                    .build();
        }
    }

    private static PrivateKey privateKey(String pem, Certificate[] chain) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN_KEY);
        int end = pem.indexOf(END_KEY);
        if (begin < 0 || end < begin || chain.length == 0) {
            throw new InvalidKeyException("no private key of PKCS #8, or no certificate");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN_KEY.length(), end));
        return KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** Both as a context of TLS; empty for the settings that name nothing. */
    static Optional<SSLContext> context(TlsSettings settings) {
        if (settings.equals(TlsSettings.DEFAULT)) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity(settings).map(KeyManagerFactory::getKeyManagers).orElse(null),
                    of(settings).map(manager -> new TrustManager[] {manager}).orElse(null),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /** The same, or what the JDK itself uses. */
    static SSLContext contextOrDefault(TlsSettings settings) {
        return context(settings).orElseGet(TrustSettings::usualContext);
    }

    private static SSLContext usualContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private static X509TrustManager withAuthorities(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> certificates = new ArrayList<>(defaultCertificates());
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

    private static List<X509Certificate> defaultCertificates() throws GeneralSecurityException {
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
