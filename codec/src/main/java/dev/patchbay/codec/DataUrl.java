package dev.patchbay.codec;

import dev.patchbay.spi.MediaSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Data URLs, in which OpenAI dialects carry images and files (RFC 2397). */
public final class DataUrl {

    /** How images of the types that models take begin in Base64. */
    private static final Map<String, String> IMAGES =
            Map.of("iVBORw0KGgo", "image/png", "/9j/", "image/jpeg", "R0lGOD", "image/gif", "UklGR", "image/webp");

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
        String data = unbroken(url.substring(comma + 1));
        return Optional.of(MediaSource.base64(type(head[0].strip(), data), data));
    }

    /** Base64 in one line: MIME breaks it, and providers refuse that. */
    public static String unbroken(String base64) {
        boolean whole = base64.indexOf('\n') < 0 && base64.indexOf('\r') < 0 && base64.indexOf(' ') < 0;
        return whole ? base64 : base64.replaceAll("[ \\r\\n\\t]", "");
    }

    /** The type of an image is that of its first bytes: Anthropic refuses one that is called something else, {@code image/jpg} too. */
    private static String type(String said, String data) {
        if (!said.startsWith("image/")) {
            return said;
        }
        for (Map.Entry<String, String> type : IMAGES.entrySet()) {
            if (data.startsWith(type.getKey())) {
                return type.getValue();
            }
        }
        return said.equals("image/jpg") ? "image/jpeg" : said;
    }
}
