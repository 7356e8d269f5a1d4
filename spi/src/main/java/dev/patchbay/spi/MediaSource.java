package dev.patchbay.spi;

import java.util.List;

/** Where the content of an image or a document comes from. More kinds can come with a minor version. */
public sealed interface MediaSource {

    /** The content itself. */
    sealed interface Base64 extends MediaSource permits SourceRecords.Base64 {
        /** Such as {@code image/png} or {@code application/pdf}. */
        String mediaType();

        /** The bytes in Base64. */
        String data();
    }

    /** A URL that the provider fetches. */
    sealed interface Url extends MediaSource permits SourceRecords.Url {
        String url();
    }

    /** A file stored with the provider. */
    sealed interface FileId extends MediaSource permits SourceRecords.FileId {
        String id();
    }

    /** Plain text; documents only. */
    sealed interface PlainText extends MediaSource permits SourceRecords.PlainText {
        String text();
    }

    /** Blocks of text and images; documents only. */
    sealed interface Blocks extends MediaSource permits SourceRecords.Blocks {
        List<ContentBlock> content();
    }

    /** Content in Base64, of a media type such as {@code image/png}. */
    static Base64 base64(String mediaType, String data) {
        return new SourceRecords.Base64(mediaType, data);
    }

    /** A URL that the provider fetches. */
    static Url url(String url) {
        return new SourceRecords.Url(url);
    }

    /** A file stored with the provider. */
    static FileId fileId(String id) {
        return new SourceRecords.FileId(id);
    }

    /** Plain text; documents only. */
    static PlainText plainText(String text) {
        return new SourceRecords.PlainText(text);
    }

    /** Blocks of text and images; documents only. */
    static Blocks blocks(List<ContentBlock> content) {
        return new SourceRecords.Blocks(content);
    }
}
