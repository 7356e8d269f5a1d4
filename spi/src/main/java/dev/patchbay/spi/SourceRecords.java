package dev.patchbay.spi;

import java.util.List;

/** The sources of {@link MediaSource}: out of sight, so that they can get more members. */
final class SourceRecords {

    private SourceRecords() {}

    record Base64(String mediaType, String data) implements MediaSource.Base64 {}

    record Url(String url) implements MediaSource.Url {}

    record FileId(String id) implements MediaSource.FileId {}

    record PlainText(String text) implements MediaSource.PlainText {}

    record Blocks(List<ContentBlock> content) implements MediaSource.Blocks {

        // Written out: a compact constructor loses the annotations of its parameters' type arguments in the class file.
        Blocks(List<ContentBlock> content) {
            this.content = List.copyOf(content);
        }
    }
}
