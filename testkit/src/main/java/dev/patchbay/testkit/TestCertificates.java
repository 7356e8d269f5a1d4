package dev.patchbay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
 * Certificates for 127.0.0.1 and localhost from an authority that nobody trusts by himself, made by the JDK's {@code
 * keytool}. That takes seconds, once in a JVM.
 */
public final class TestCertificates {

    private static final Duration FOR_KEYTOOL = Duration.ofSeconds(60);
    private static final String PASSWORD = "for-tests-only";
    private static final String AUTHORITY = "authority";
    private static final String HERE = "ip:127.0.0.1,dns:localhost";

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
        made.keytool("-genkeypair", "-alias", AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
        made.certificate("good", HERE);
        made.certificate("expired", HERE, "-startdate", "-10d", "-validity", "5");
        made.keytool("-exportcert", "-rfc", "-alias", AUTHORITY, "-file", made.authority.toString());
        return made;
    }

    private void certificate(String alias, String names, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-signer", AUTHORITY));
        arguments.addAll(List.of("-dname", "CN=localhost", "-ext", "san=" + names));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        String executable =
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString();
        // Short runs: what makes the JVM fast in the long run costs more here than it brings.
        List<String> command = new ArrayList<>(List.of(executable, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        ProcessOutcome outcome = ChildProcess.of(command).run(FOR_KEYTOOL);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("keytool failed: " + outcome.stdout() + outcome.stderr());
        }
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
            for (java.security.cert.Certificate certificate : load().getCertificateChain("good")) {
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
            byte[] derivation = sequence(
                    identifier("2a864886f70d01050c"),
                    sequence(
                            der(0x04, salt),
                            der(0x02, BigInteger.valueOf(rounds).toByteArray()),
                            hash));
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
        certificate(hosts[0], "dns:" + String.join(",dns:", hosts));
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
