package dev.patchbay.codec;

import dev.patchbay.spi.MediaSource;
import java.util.Locale;
import java.util.Optional;

/** Data URLs, in which OpenAI dialects carry images and files (RFC 2397). */
public final class DataUrl {

    private DataUrl() {}

    /** Whether a URL is one. */
    public static boolean isDataUrl(String url) {
        return url.regionMatches(true, 0, "data:", 0, "data:".length());
    }

    /** What it holds; empty if it is none, or not in Base64. */
    public static Optional<MediaSource.Base64> read(String url) {
        int comma = url.indexOf(',');
        if (!isDataUrl(url) || comma < 0) {
            return Optional.empty();
        }
        String[] head =
                url.substring("data:".length(), comma).toLowerCase(Locale.ROOT).split(";", -1);
        if (!head[head.length - 1].strip().equals("base64")) {
            return Optional.empty();
        }
        String type = head[0].strip();
        // Much used, registered nowhere, and refused by Anthropic.
        String registered = type.equals("image/jpg") ? "image/jpeg" : type;
        return Optional.of(MediaSource.base64(registered, url.substring(comma + 1)));
    }
}
