package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How a secret stands in texts that encode it: in hexadecimal, and in Base64 at whatever place of what is encoded, as in {@code user:key} of
 * Basic authentication (RFC 7617). Of the latter the part that only the secret decides.
 */
final class SecretEncodings {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private SecretEncodings() {}

    /** @param secret long enough that no innocent text holds what it is encoded to */
    static Set<String> of(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        String hex = hex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            String form = base64(bytes, before);
            forms.add(form);
            forms.add(form.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** Without the characters in which bits of other bytes are, before it and behind. */
    private static String base64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = new String(Base64.getEncoder().withoutPadding().encode(shifted), ISO_8859_1);
        int first = (before * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return encoded.substring(first, end);
    }

    private static String hex(byte[] bytes) {
        char[] hex = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            hex[2 * i] = HEX[(bytes[i] >> 4) & 0xf];
            hex[2 * i + 1] = HEX[bytes[i] & 0xf];
        }
        return new String(hex);
    }
}
