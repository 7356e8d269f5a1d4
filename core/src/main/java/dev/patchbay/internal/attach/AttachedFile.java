package dev.patchbay.internal.attach;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A file as it goes along with a question. What it is, is found by its content, never by its name.
 *
 * @param kind what it is, such as {@code a PNG image}
 * @param block as it is sent
 */
public record AttachedFile(String kind, ContentBlock block) {

    private static final String HELP = "text, PNG, JPEG, GIF, WebP and PDF can be attached";

    /**
     * What some bytes are.
     *
     * @param name for the model; a document gets what stands behind its last slash
     * @throws IllegalArgumentException if they are nothing that can be sent; the message goes on where the name ends
     */
    public static AttachedFile of(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("is empty");
        }
        Optional<FileKind> kind = FileKind.of(bytes);
        if (kind.isPresent()) {
            String type = kind.get()
                    .mediaType()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "is " + kind.get().words() + ", which no provider takes; " + HELP));
            return new AttachedFile(kind.get().words(), media(kind.get(), type, name, bytes));
        }
        String text = text(bytes)
                .orElseThrow(
                        () -> new IllegalArgumentException("is neither text in UTF-8 nor of a known kind; " + HELP));
        return new AttachedFile(
                "text", ContentBlock.text("<file name=\"" + quoted(name) + "\">\n" + text + "\n</file>"));
    }

    /** The text in some bytes; empty if they are none. */
    public static Optional<String> text(byte[] bytes) {
        Charset charset = startsWith(bytes, 0xff, 0xfe) ? UTF_16LE : startsWith(bytes, 0xfe, 0xff) ? UTF_16BE : UTF_8;
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return whole.indexOf('\0') < 0 ? Optional.of(whole) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static ContentBlock media(FileKind kind, String type, String name, byte[] bytes) {
        MediaSource source = MediaSource.base64(type, Base64.getEncoder().encodeToString(bytes));
        return kind == FileKind.PDF
                ? ContentBlock.document(source, name.substring(name.lastIndexOf('/') + 1), Map.of())
                : ContentBlock.image(source);
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static String quoted(String name) {
        return name.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
