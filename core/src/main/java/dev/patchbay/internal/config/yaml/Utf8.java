package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes a file strictly: a broken byte is reported where it is, never replaced. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /** The text without byte order marks at the beginning of a line; null if the bytes are not UTF-8. */
    static @Nullable String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // A replacement character may also stand in the file itself; only then is the slow way needed.
        if (text.indexOf(REPLACEMENT) >= 0 && !isValid(bytes)) {
            return null;
        }
        String marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        // A program that joins files leaves the mark of each at the beginning of a line, often after `---`.
        return marked.indexOf(BYTE_ORDER_MARK) < 0 ? marked : marked.replace("\n" + BYTE_ORDER_MARK, "\n");
    }

    /** Says where the first broken byte is. */
    static Diagnostic problem(String name, byte[] bytes) {
        if (bytes.length >= 2 && isUtf16Mark(bytes[0] & 0xff, bytes[1] & 0xff)) {
            return Diagnostic.error(Code.NOT_UTF8, new Location(name, 1, 1), "the file is encoded in UTF-16")
                    .help("save it as UTF-8")
                    .build();
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length + 1);
        strict().decode(input, output, true);
        int offset = input.position();
        String before = output.flip().toString();
        String counted = before.startsWith("\uFEFF") ? before.substring(1) : before;
        TextPlace place = TextPlace.at(counted, counted.length());
        return Diagnostic.error(
                        Code.NOT_UTF8,
                        new Location(name, place.line(), place.column()),
                        "byte " + offset + " of the file, 0x" + Integer.toHexString(bytes[offset] & 0xff)
                                + ", is not UTF-8")
                .help("save the file as UTF-8")
                .build();
    }

    private static boolean isValid(byte[] bytes) {
        try {
            strict().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isUtf16Mark(int first, int second) {
        return (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
    }

    private static CharsetDecoder strict() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
