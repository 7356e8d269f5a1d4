package dev.patchbay.internal.http;

import dev.patchbay.internal.config.schema.HttpFields;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
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

    private static final String KEY = "PRIVATE KEY-----";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY-----";

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
        char[] password = new char[0];
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", privateKey(settings, key, chain), password, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return Optional.of(factory);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw closed(
                    "the certificate in " + file + " and the key from " + key.reference() + " cannot be used ("
                            + e.getClass().getSimpleName() + ")",
                    "http.tls.clientKey is the private key of the first certificate of clientCert, between BEGIN"
                            + " PRIVATE KEY and END PRIVATE KEY; openssl pkcs8 -topk8 -nodes converts other forms");
        }
    }

    private static PrivateKey privateKey(TlsSettings settings, SecretValue key, Certificate[] chain)
            throws GeneralSecurityException, IOException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        KeyFactory factory = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm());
        String pem = key.resolve().reveal();
        Optional<byte[]> encrypted = decoded(pem, ENCRYPTED_KEY);
        if (encrypted.isPresent()) {
            return factory.generatePrivate(decrypted(encrypted.get(), settings, key));
        }
        byte[] der =
                decoded(pem, KEY).orElseThrow(() -> new InvalidKeyException("no private key in the form of PKCS #8"));
        return factory.generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static Optional<byte[]> decoded(String pem, String label) {
        String first = "-----BEGIN " + label;
        int begin = pem.indexOf(first);
        int end = pem.indexOf("-----END " + label);
        return begin < 0 || end < begin
                ? Optional.empty()
                : Optional.of(Base64.getMimeDecoder().decode(pem.substring(begin + first.length(), end)));
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] der, TlsSettings settings, SecretValue key) {
        SecretValue password = settings.clientKeyPassword()
                .orElseThrow(() -> closed(
                        "the private key from " + key.reference() + " is encrypted, and nothing says its passphrase",
                        "name it beside clientKey: " + HttpFields.CLIENT_KEY_PASSWORD.example()));
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = encrypted.getAlgParameters();
            // PBES2 is a frame: what is in it stands in its parameters.
            String algorithm = parameters == null ? encrypted.getAlgName() : parameters.toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            SecretKeyFactory keys = SecretKeyFactory.getInstance(algorithm);
            PBEKeySpec passphrase = new PBEKeySpec(password.resolve().reveal().toCharArray());
            cipher.init(Cipher.DECRYPT_MODE, keys.generateSecret(passphrase), parameters);
            return encrypted.getKeySpec(cipher);
        } catch (IOException | NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw closed(
                    "the private key from " + key.reference() + " is encrypted in a way that this JDK cannot undo",
                    "encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW");
        } catch (GeneralSecurityException e) {
            throw closed(
                    "the private key from " + key.reference() + " does not open with the passphrase from "
                            + password.reference(),
                    "http.tls.clientKeyPassword is the passphrase that it was encrypted with, in ASCII; to try one:"
                            + " openssl pkey -in FILE -noout");
        }
    }

    /** Without its cause, which may quote the key. */
    private static ProviderException closed(String message, String help) {
        return ProviderException.builder(ProviderException.Kind.AUTH, message)
                .help(help)
                .retryable(false)
                .build();
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
