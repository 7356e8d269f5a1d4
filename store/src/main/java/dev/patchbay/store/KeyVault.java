package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals the keys of sessions with AES-GCM (NIST SP 800-38D), so that a copy of the store alone tells none of them: what opens them stands
 * in a file of its own, which only this user can read, and is made when the first key is sealed. Safe for use by several threads.
 */
final class KeyVault {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_READS = PosixFilePermissions.fromString("r--------");

    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private @Nullable SecretKeySpec key;

    KeyVault(Path file) {
        this.file = file;
    }

    /** @throws StoreException if the file cannot be made or read, or others can read it */
    String seal(String sessionId, Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] cipherText =
                run(Cipher.ENCRYPT_MODE, sessionId, nonce, secret.reveal().getBytes(UTF_8));
        byte[] both = ByteBuffer.allocate(nonce.length + cipherText.length)
                .put(nonce)
                .put(cipherText)
                .array();
        return Base64.getEncoder().encodeToString(both);
    }

    /** Empty if it was sealed with another key, or for another session, or there is no key any more. */
    Optional<Secret> open(String sessionId, String envelope) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            byte[] both = Base64.getDecoder().decode(envelope);
            ByteBuffer parts = ByteBuffer.wrap(both);
            byte[] nonce = new byte[NONCE_BYTES];
            parts.get(nonce);
            byte[] rest = new byte[parts.remaining()];
            parts.get(rest);
            return Optional.of(Secret.of(new String(run(Cipher.DECRYPT_MODE, sessionId, nonce, rest), UTF_8)));
        } catch (IllegalArgumentException | IllegalStateException | java.nio.BufferUnderflowException foreign) {
            return Optional.empty();
        }
    }

    private byte[] run(int mode, String sessionId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(sessionId.getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a key cannot be sealed or opened", failure);
        }
    }

    private synchronized SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            known = new SecretKeySpec(bytes(), "AES");
            key = known;
        }
        return known;
    }

    private byte[] bytes() {
        try {
            create();
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!mode.equals(OWNER_ONLY) && !mode.equals(OWNER_READS)) {
                throw StoreException.unavailable(
                        file, "others can read the key that seals keys; run chmod 600 on it", null);
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != KEY_BYTES) {
                throw StoreException.unavailable(file, "it does not hold the key that seals keys", null);
            }
            return bytes;
        } catch (IOException failure) {
            throw StoreException.unavailable(file, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Whole from the first moment that it is there: another process may read it. */
    private void create() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(), "key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.write(draft, bytes);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Another process was faster; its key is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
