package dev.patchbay.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for 127.0.0.1 and localhost from an authority that nobody trusts by himself. Made here, without the JDK's {@code
 * keytool}, which is a process for each of them and seconds for a test.
 */
public final class TestCertificates {

    private static final String PASSWORD = "for-tests-only";
    private static final String AUTHORITY = "authority";
    private static final List<String> HERE = List.of("127.0.0.1", "localhost");
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime() >>> 1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static @Nullable TestCertificates first;

    private final Path store;
    private final Path authority;

    private TestCertificates(Path directory) {
        this.store = directory.resolve("test-certificates.p12");
        this.authority = directory.resolve("test-authority.pem");
    }

    /** An authority, a good certificate and an expired one, in files below a directory; the same ones in all of this JVM. */
    public static synchronized TestCertificates create(Path directory) {
        if (first == null) {
            first = createOthers(temporary());
        }
        TestCertificates copy = new TestCertificates(directory);
        try {
            Files.copy(first.store, copy.store);
            Files.copy(first.authority, copy.authority);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("test-certificates");
            // Deleted in the opposite order.
            directory.toFile().deleteOnExit();
            TestCertificates inside = new TestCertificates(directory);
            inside.store.toFile().deleteOnExit();
            inside.authority.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of an authority of its own, whom nobody trusts who trusts the first. */
    public static TestCertificates createOthers(Path directory) {
        TestCertificates made = new TestCertificates(directory);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            KeyPair keys = newKeys();
            byte[] name = name("Test authority");
            X509Certificate authority =
                    certificate(keys.getPrivate(), name, keys.getPublic(), name, Duration.ofDays(90), true, List.of());
            store.setKeyEntry(AUTHORITY, keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {authority});
            made.add(store, "good", Duration.ofDays(90), HERE);
            made.add(store, "expired", Duration.ofDays(-5), HERE);
            made.save(store);
            Files.writeString(made.authority, pem("CERTIFICATE", authority.getEncoded()));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a certificate for these hosts, signed by the authority. */
    private void add(KeyStore store, String alias, Duration left, List<String> hosts) throws GeneralSecurityException {
        char[] password = PASSWORD.toCharArray();
        Certificate authority = store.getCertificate(AUTHORITY);
        KeyPair keys = newKeys();
        X509Certificate certificate = certificate(
                (PrivateKey) store.getKey(AUTHORITY, password),
                name("Test authority"),
                keys.getPublic(),
                name("localhost"),
                left,
                false,
                hosts);
        store.setKeyEntry(alias, keys.getPrivate(), password, new Certificate[] {certificate, authority});
    }

    private void save(KeyStore all) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(store)) {
            all.store(out, PASSWORD.toCharArray());
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /**
     * A certificate of version 3 (RFC 5280, section 4.1), valid since ten days.
     *
     * @param left how long it still is; negative: it has expired
     */
    private static X509Certificate certificate(
            PrivateKey signer,
            byte[] issuer,
            PublicKey key,
            byte[] subject,
            Duration left,
            boolean isAuthority,
            List<String> hosts)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] algorithm = sequence(identifier("2a8648ce3d040302"));
        byte[] content = sequence(
                der(0xa0, number(2)),
                number(SERIAL.incrementAndGet()),
                algorithm,
                issuer,
                sequence(time(now.minus(Duration.ofDays(10))), time(now.plus(left))),
                subject,
                key.getEncoded(),
                der(0xa3, sequence(isAuthority ? authorityExtension() : hostsExtension(hosts))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        byte[] bits = der(0x03, new byte[1], signature.sign());
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(sequence(content, algorithm, bits)));
    }

    private static byte[] authorityExtension() {
        byte[] yes = der(0x01, new byte[] {(byte) 0xff});
        return sequence(identifier("551d13"), yes, der(0x04, sequence(yes)));
    }

    private static byte[] hostsExtension(List<String> hosts) {
        List<byte[]> names = new ArrayList<>();
        for (String host : hosts) {
            names.add(
                    host.equals("127.0.0.1")
                            ? der(0x87, new byte[] {127, 0, 0, 1})
                            : der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
        }
        return sequence(identifier("551d11"), der(0x04, sequence(names.toArray(byte[][]::new))));
    }

    private static byte[] name(String common) {
        byte[] value = der(0x0c, common.getBytes(StandardCharsets.UTF_8));
        return sequence(der(0x31, sequence(identifier("550403"), value)));
    }

    private static byte[] time(Instant when) {
        return der(0x17, TIME.format(when).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] number(long value) {
        return der(0x02, BigInteger.valueOf(value).toByteArray());
    }

    /** The authority's certificate, as PEM. */
    public Path authority() {
        return authority;
    }

    /** For {@link FakeProvider#startTls}: a certificate that is good for those who trust the authority. */
    public SSLContext server() {
        return serverWith("good");
    }

    /** For {@link FakeProvider#startTls}: a certificate of the same authority that has expired. */
    public SSLContext expiredServer() {
        return serverWith("expired");
    }

    private SSLContext serverWith(String alias) {
        try {
            char[] password = PASSWORD.toCharArray();
            KeyStore all = load();
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, password);
            Key key = all.getKey(alias, password);
            one.setKeyEntry(alias, key, password, all.getCertificateChain(alias));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server that is good for those who trust the authority, and that trusts clients with a certificate of it. */
    public SSLContext mutualServer() {
        try {
            char[] password = PASSWORD.toCharArray();
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, password);
            KeyStore all = load();
            one.setKeyEntry("good", all.getKey("good", password), password, all.getCertificateChain("good"));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, password);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, all.getCertificate(AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The chain of the good certificate, as PEM. */
    public String chain() {
        try {
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate : load().getCertificateChain("good")) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key of the good certificate, as PEM. */
    public String privateKey() {
        try {
            return pem(
                    "PRIVATE KEY", load().getKey("good", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same, encrypted with a passphrase in the form that OpenSSL writes by default: PBES2 of PBKDF2 and AES-256 (RFC 8018,
     * appendix A). Written out here, since the JDK 17 cannot encode it.
     */
    public String privateKey(String passphrase) {
        byte[] salt = "sixteen bytes, s".getBytes(StandardCharsets.US_ASCII);
        byte[] vector = "sixteen bytes, v".getBytes(StandardCharsets.US_ASCII);
        int rounds = 2048;
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, rounds, 256))
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            byte[] encrypted =
                    cipher.doFinal(load().getKey("good", PASSWORD.toCharArray()).getEncoded());
            byte[] hash = sequence(identifier("2a864886f70d0209"), der(0x05));
            byte[] derivation =
                    sequence(identifier("2a864886f70d01050c"), sequence(der(0x04, salt), number(rounds), hash));
            byte[] encryption = sequence(identifier("60864801650304012a"), der(0x04, vector));
            byte[] scheme = sequence(identifier("2a864886f70d01050d"), sequence(derivation, encryption));
            return pem("ENCRYPTED PRIVATE KEY", sequence(scheme, der(0x04, encrypted)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] identifier(String hex) {
        return der(0x06, HexFormat.of().parseHex(hex));
    }

    private static byte[] sequence(byte[]... members) {
        return der(0x30, members);
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() > 0xff) {
            whole.write(0x82);
            whole.write(content.size() >> 8);
        } else if (content.size() > 0x7f) {
            whole.write(0x81);
        }
        whole.write(content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    /** For {@link FakeProvider#startTls}: a good certificate for other hosts, behind a {@link FakeProxy}. */
    public SSLContext serverFor(String... hosts) {
        try {
            KeyStore all = load();
            add(all, hosts[0], Duration.ofDays(90), List.of(hosts));
            save(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return serverWith(hosts[0]);
    }

    /** For a client: trusts the authority and nobody else. */
    public SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, PASSWORD.toCharArray());
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
