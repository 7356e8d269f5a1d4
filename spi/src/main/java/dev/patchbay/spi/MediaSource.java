package dev.patchbay.spi;

import java.util.List;

/** Where the content of an image or a document comes from. */
public sealed interface MediaSource {

    /**
     * The content itself.
     *
     * @param mediaType such as {@code image/png} or {@code application/pdf}
     * @param data the bytes in Base64
     */
    record Base64(String mediaType, String data) implements MediaSource {}

    /** A URL that the provider fetches. */
    record Url(String url) implements MediaSource {}

    /** A file stored with the provider. */
    record FileId(String id) implements MediaSource {}

    /** Plain text; documents only. */
    record PlainText(String text) implements MediaSource {}

    /** Blocks of text and images; documents only. */
    record Blocks(List<ContentBlock> content) implements MediaSource {

        public Blocks {
            content = List.copyOf(content);
        }
    }
}
