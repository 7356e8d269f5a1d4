package dev.patchbay.internal.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 in lower-case hex. */
final class Sha256 {

    private Sha256() {}

    static String of(InputStream content) throws IOException {
        return copying(content, OutputStream.nullOutputStream());
    }

    /** The digest of what was copied, however the source changes meanwhile. */
    static String copying(InputStream content, OutputStream copy) throws IOException {
        MessageDigest digest = sha256();
        new DigestInputStream(content, digest).transferTo(copy);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** One digest for several. */
    static String of(List<String> digests) {
        byte[] text = String.join("\n", digests).getBytes(StandardCharsets.US_ASCII);
        return digests.size() == 1 ? digests.get(0) : HexFormat.of().formatHex(sha256().digest(text));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
