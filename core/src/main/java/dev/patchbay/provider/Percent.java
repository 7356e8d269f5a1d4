package dev.patchbay.provider;

import dev.patchbay.internal.InternalApi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-decoding for what people type: a percent sign that begins no escape stands for itself. */
@InternalApi
public final class Percent {

    private Percent() {}

    /** The text with its escapes decoded as UTF-8. */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            boolean escape = high >= 0 && low >= 0;
            decoded.write(escape ? high * 16 + low : bytes[i]);
            i += escape ? 2 : 0;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
