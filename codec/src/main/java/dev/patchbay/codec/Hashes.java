package dev.patchbay.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts in UTF-8, for names that have to be shortened and stay distinct. */
public final class Hashes {

    private Hashes() {}

    /** The 32 bytes. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The 64 digits in lower case. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    /**
     * A text cut to a length and made distinct by eight digits of a hash.
     *
     * @param text what to cut
     * @param original what the hash is taken of
     * @param max the most characters of the result; at most 55 of them are of the text (dialects.md, K5)
     */
    static String shorten(String text, String original, int max) {
        int room = Math.max(0, Math.min(55, max - 9));
        int kept = Math.min(room, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, kept)) + "_"
                + hex(original).substring(0, 8);
    }
}
