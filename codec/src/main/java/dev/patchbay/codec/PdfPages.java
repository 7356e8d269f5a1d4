package dev.patchbay.codec;

import dev.patchbay.spi.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PDF costs: about 1500 tokens a page. Pages are counted roughly, where the file says them in the open. */
final class PdfPages {

    private static final int TOKENS = 1500;
    private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page(?![A-Za-z])");

    private PdfPages() {}

    static long tokens(MediaSource source) {
        return (long) TOKENS * (source instanceof MediaSource.Base64 file ? pages(file.data()) : 1);
    }

    private static int pages(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return 1;
        }
        Matcher page = PAGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        int count = 0;
        while (page.find()) {
            count++;
        }
        return Math.max(1, count);
    }
}
