package dev.patchbay.internal.attach;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** A kind of file that its first bytes tell; text has none that do. */
public enum FileKind {
    PNG("a PNG image", "image/png"),
    JPEG("a JPEG image", "image/jpeg"),
    GIF("a GIF image", "image/gif"),
    WEBP("a WebP image", "image/webp"),
    PDF("a PDF document", "application/pdf"),
    HEIC("a HEIC image", ""),
    AVIF("an AVIF image", ""),
    VIDEO("a video or sound of the MP4 family", ""),
    TIFF("a TIFF image", ""),
    BMP("a BMP image", ""),
    ICO("an icon", ""),
    ZIP("a ZIP archive, or a document made of one", ""),
    GZIP("a gzip archive", ""),
    OFFICE("an old Office document", ""),
    PROGRAM("a program", "");

    private final String words;
    private final String mediaType;

    FileKind(String words, String mediaType) {
        this.words = words;
        this.mediaType = mediaType;
    }

    /** What it is, with its article. */
    String words() {
        return words;
    }

    /** Its media type, if providers take it. */
    public Optional<String> mediaType() {
        return mediaType.isEmpty() ? Optional.empty() : Optional.of(mediaType);
    }

    /** The kind of a file; empty for text and for what is not known. */
    public static Optional<FileKind> of(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 16), ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("%PDF-")) {
            return Optional.of(PDF);
        }
        return head.startsWith("ftyp", 4) ? Optional.of(brand(head)) : other(head);
    }

    private static FileKind brand(String head) {
        String brand = head.substring(8);
        if (brand.startsWith("avi")) {
            return AVIF;
        }
        return brand.startsWith("hei")
                        || brand.startsWith("hev")
                        || brand.startsWith("mif1")
                        || brand.startsWith("msf1")
                ? HEIC
                : VIDEO;
    }

    private static Optional<FileKind> other(String head) {
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        }
        if (head.startsWith("BM") && head.startsWith("\0\0\0\0", 6)) {
            return Optional.of(BMP);
        }
        if (head.startsWith("\0\0\u0001\0")) {
            return Optional.of(ICO);
        }
        if (head.startsWith("PK\u0003\u0004")) {
            return Optional.of(ZIP);
        }
        if (head.startsWith("\u001f\u008b")) {
            return Optional.of(GZIP);
        }
        if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return Optional.of(OFFICE);
        }
        return head.startsWith("\u007fELF") || head.startsWith("MZ\u0090\0") ? Optional.of(PROGRAM) : Optional.empty();
    }
}
