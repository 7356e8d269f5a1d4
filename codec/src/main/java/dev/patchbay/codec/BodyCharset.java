package dev.patchbay.codec;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text can be read as UTF-8, as JSON and event streams have to be (RFC 8259, section 8.1): in UTF-16, say, nobody would
 * find a key in it that has to be masked, and yet clients would read it.
 */
public final class BodyCharset {

    /** So many bytes decide, of a body and behind its blanks. */
    public static final int DECIDING = 2;

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final String ASCII = "{[\"azAZ09+/=:_-.,@~\\]}";

    private BodyCharset() {}

    /**
     * Whether it can.
     *
     * @param contentType of the body; empty if nothing says it
     * @param begin its first bytes
     * @param length how many of them have come
     */
    public static boolean isReadable(String contentType, byte[] begin, int length) {
        int start = start(begin, length);
        return declared(contentType).map(BodyCharset::keepsAscii).orElse(true)
                && (length < DECIDING || !isWide(begin, 0))
                && (length - start < DECIDING || !isWide(begin, start));
    }

    /** Where a body begins, behind a byte order mark of UTF-8 and blank space. */
    public static int start(byte[] begin, int length) {
        boolean marked = length >= 3 && begin[0] == (byte) 0xEF && begin[1] == (byte) 0xBB && begin[2] == (byte) 0xBF;
        int at = marked ? 3 : 0;
        while (at < length && (begin[at] == ' ' || (begin[at] >= '\t' && begin[at] <= '\r'))) {
            at++;
        }
        return at;
    }

    /** What nobody knows is taken for UTF-8: some servers write what they like there. */
    private static Optional<Charset> declared(String contentType) {
        if (contentType.indexOf(';') < 0) {
            return Optional.empty();
        }
        Matcher parameter = PARAMETER.matcher(contentType);
        if (!parameter.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(parameter.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static boolean keepsAscii(Charset charset) {
        return new String(ASCII.getBytes(StandardCharsets.US_ASCII), charset).equals(ASCII);
    }

    /** A mark of UTF-16 or UTF-32, or a character of ASCII in one of them. */
    private static boolean isWide(byte[] begin, int at) {
        int first = begin[at] & 0xff;
        int second = begin[at + 1] & 0xff;
        return first == 0 || second == 0 || (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
    }
}
